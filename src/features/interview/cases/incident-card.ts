import { fillIn, shownIn } from '../../../core/cases/draw.ts';
import { checksRun, fixesOf, minutesOf } from '../../../core/cases/incident.ts';
import { shuffled } from '../../../core/random.ts';
import { runLine } from '../../../spine/button.ts';
import type { Block } from '../../../spine/reply.ts';
import type { CaseSession } from './playing.ts';

/** The log and the metrics of an incident. */
export function evidenceBlocks({ playing }: CaseSession): Block[] {
  const { played, drawn } = playing;
  if (played.kind !== 'incident') return [];
  const cause = String(drawn['cause']);
  const lines = [...played.log.map((line) => shownIn(line, cause))].filter((line) => line !== '');
  return [
    { kind: 'code', code: lines.map((line) => fillIn(line, drawn)).join('\n') },
    {
      kind: 'table',
      caption: 'Before and now',
      columns: [
        { label: 'Metric' },
        { label: 'Before', align: 'right' },
        { label: 'Now', align: 'right' },
      ],
      rows: played.metrics.map(({ label, before, now }) => [
        label,
        fillIn(before, drawn),
        fillIn(shownIn(now, cause), drawn),
      ]),
    },
    ...(played.diff.length > 0
      ? [{ kind: 'code' as const, code: played.diff.map((line) => fillIn(line, drawn)).join('\n') }]
      : []),
  ];
}

/** What the checks have shown so far, and the minutes they took. */
function checkedBlocks({ playing, state }: CaseSession): Block[] {
  const { played, drawn } = playing;
  if (played.kind !== 'incident') return [];
  const run = checksRun(played, state.checks);
  return run.map(
    ({ ask, shows, minutes }): Block => ({
      kind: 'text',
      text: [
        { bold: `${ask} (${minutes} min): ` },
        fillIn(shownIn(shows, String(drawn['cause'])), drawn),
      ],
    }),
  );
}

/** What to check next, and the cause to name. */
export function causeBlocks(session: CaseSession): Block[] {
  const { play, playing, state } = session;
  const { played, drawn } = playing;
  if (played.kind !== 'incident') return [];
  const left = played.checks.filter(({ id }) => !state.checks.includes(id));
  const spent = minutesOf(played, state.checks);
  const isFirst = state.checks.length === 0;
  return [
    ...(isFirst ? evidenceBlocks(session) : checkedBlocks(session)),
    ...(left.length > 0
      ? [
          {
            kind: 'select' as const,
            label: 'Next check',
            run: runLine('mock step', { case: play.id }),
            option: 'check',
            choices: left.map(({ id, ask, minutes }) => ({
              label: `${ask} (${minutes} min)`,
              value: id,
            })),
          },
        ]
      : []),
    {
      kind: 'select',
      label: 'Name the cause',
      run: runLine('mock step', { case: play.id, step: 'cause' }),
      option: 'value',
      choices: shuffled(played.causes, `${drawn['order']} causes`).map(({ id, name }) => ({
        label: name,
        value: id,
      })),
    },
    ...(isFirst
      ? []
      : [
          {
            kind: 'buttons' as const,
            buttons: [
              { label: 'Show log', run: runLine('mock step', { case: play.id, log: 'yes' }) },
            ],
          },
        ]),
    {
      kind: 'note',
      text: `${spent} min spent. Rule out the other causes in as few as you can, then name yours once.`,
    },
  ];
}

/** What to do about the cause. */
export function fixBlocks({ play, playing }: CaseSession): Block[] {
  const { played, drawn } = playing;
  if (played.kind !== 'incident') return [];
  const cause = played.causes.find(({ id }) => id === drawn['cause']);
  return [
    { kind: 'text', text: ['The cause: ', { bold: cause?.name ?? '' }, '. What do you do?'] },
    {
      kind: 'select',
      label: 'Choose the fix',
      run: runLine('mock step', { case: play.id, step: 'fix' }),
      option: 'value',
      choices: shuffled(
        fixesOf(played, drawn).map((label, at) => ({ label, value: String(at) })),
        `${drawn['order']} fixes`,
      ),
    },
  ];
}
