import { shortGpuName } from '../../../core/calculators/names/gpu-names.ts';
import { designWords, readStoredDesign } from '../../../core/cases/designs.ts';
import { shownNumber } from '../../../core/cases/draw.ts';
import { targetOf } from '../../../core/cases/open.ts';
import { type CaseStep, twistOf } from '../../../core/cases/play.ts';
import type { Twist } from '../../../core/cases/schema.ts';
import { formatUsd } from '../../../core/units.ts';
import { runLine } from '../../../spine/button.ts';
import type { Block, Button } from '../../../spine/reply.ts';
import { type CaseSession, designBefore } from './playing.ts';

/** What a design has to do now, with its prices and its limit. */
function targetBlocks({ playing }: CaseSession, step: CaseStep): Block[] {
  const { drawn, facts } = playing;
  const twist = twistOf(playing, step);
  const target = targetOf(drawn, facts, twist);
  const prices = facts.gpus
    .filter(({ id }) => target.prices.has(id))
    .map((gpu) => `${shortGpuName(gpu)} ${formatUsd(target.prices.get(gpu.id) ?? 0)}`);
  const { promptTokens, cachedTokens, outputTokens, rate, firstTokenMs, perTokenMs } = target;
  const { budget = 0, most, adapters } = target;
  const cached = cachedTokens > 0 ? ` (${shownNumber(cachedTokens)} cached)` : '';
  return [
    ...(twist ? [{ kind: 'text' as const, text: TWISTS[twist] }] : []),
    {
      kind: 'fields',
      fields: [
        { label: 'Model', value: target.model.name },
        { label: 'Load', value: `${shownNumber(rate)} requests per second` },
        {
          label: 'Each request',
          value: `${shownNumber(promptTokens)} tokens in${cached}, ${shownNumber(outputTokens)} out`,
        },
        ...(adapters
          ? [{ label: 'Adapters', value: `${adapters.count} of rank ${adapters.rank} in memory` }]
          : []),
        { label: 'First token', value: `${shownNumber(firstTokenMs)} ms or less, queueing aside` },
        { label: 'Average per token', value: `${shownNumber(perTokenMs)} ms or less` },
        { label: 'Budget', value: `${formatUsd(budget)} per hour` },
        { label: 'Prices per hour', value: prices.join(', ') },
        ...(most ? [{ label: 'GPUs', value: `Up to ${most}` }] : []),
      ],
    },
  ];
}

const TWISTS: Readonly<Record<Twist, string>> = {
  load: 'The launch went well: the load is 10 times higher, and you may spend about 10 times as much.',
  spare:
    'A GPU died in the middle of a batch, and its whole copy was gone. From now on one copy may be down while the others carry the load.',
  long: 'The product changed: prompts are 100,000 tokens of fresh text, there are 50 times fewer of them, and the first token may take 20 seconds.',
  cut: 'Finance asks again: tokens may take twice as long, and the budget may be smaller.',
};

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
            text: [
              { bold: 'Your design: ' },
              designWords(readStoredDesign(before, playing.facts.gpus)),
            ],
          },
        ]
      : []),
    { kind: 'buttons', buttons },
    {
      kind: 'note',
      text: 'TP: GPUs per matrix. PP: stages. DP: copies. The batch limit is for each copy, and its cache must hold so many whole requests.',
    },
  ];
}
