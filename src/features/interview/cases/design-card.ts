import { shortGpuName } from '../../../core/calculators/names/gpu-names.ts';
import { budgetOf } from '../../../core/cases/checker.ts';
import { pricesOf } from '../../../core/cases/draw.ts';
import { type CaseStep, checkerOf, twistOf } from '../../../core/cases/play.ts';
import { formatUsd } from '../../../core/units.ts';
import { runLine } from '../../../spine/button.ts';
import type { Block, Button } from '../../../spine/reply.ts';
import { type CaseSession, designBefore } from './playing.ts';

/** What a design has to do now, with its prices and its limit. */
function targetBlocks({ playing }: CaseSession, step: CaseStep): Block[] {
  const { drawn, facts } = playing;
  const twist = twistOf(playing, step);
  const checker = checkerOf(playing);
  const asked = { drawn, facts, twist };
  const offered = pricesOf(drawn);
  const prices = facts.gpus
    .filter(({ id }) => offered.has(id))
    .map((gpu) => `${shortGpuName(gpu)} ${formatUsd(offered.get(gpu.id) ?? 0)}`);
  return [
    ...(twist ? [{ kind: 'text' as const, text: checker.twists[twist] ?? '' }] : []),
    {
      kind: 'fields',
      fields: [
        ...checker.targets(asked),
        { label: 'Budget', value: `${formatUsd(budgetOf(asked) ?? 0)} ${checker.per}` },
        { label: 'Prices per hour', value: prices.join(', ') },
      ],
    },
  ];
}

/** A design step: what is wanted now, the design so far, and the way to its form. */
export function designBlocks(session: CaseSession, step: CaseStep): Block[] {
  const { play, playing } = session;
  const before = designBefore(session, step);
  const form = runLine('mock design', { case: play.id, step });
  const buttons: Button[] = before
    ? [
        { label: 'Keep design', run: runLine('mock step', { case: play.id, step, value: before }) },
        { label: 'Change design', run: form },
      ]
    : [{ label: 'Enter design', run: form, style: 'primary' }];
  return [
    ...targetBlocks(session, step),
    ...(before
      ? [
          {
            kind: 'text' as const,
            text: [{ bold: 'Your design: ' }, checkerOf(playing).words(before, playing.facts)],
          },
        ]
      : []),
    { kind: 'buttons', buttons },
    {
      kind: 'note',
      text: checkerOf(playing).note,
    },
  ];
}
