import type { Catalog } from '../../core/catalog.ts';
import { spokenOf } from '../../core/questions/choose.ts';
import type { SlotTime } from '../../core/slots.ts';
import { dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Block, type Reply, spans, type Text } from '../../spine/reply.ts';
import type { Schedule } from '../../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import { closingSlot, postedCard, questionFor } from './posting.ts';
import { editButtons } from './schedule-switching.ts';
import {
  formatDays,
  formatMix,
  formatSpokenDay,
  gapWarning,
  ownClock,
  SPOKEN_DAYS,
} from './schedule-words.ts';

/** What was planned, the real card, what is missing, and one button to turn it on. */
export async function setupPanel(schedule: Schedule, context: Context): Promise<Reply> {
  const { clock, catalog, store, team, platform } = context;
  const problems = await platform.check(schedule.channel);
  const slots = await comingSlots(schedule, 5, context);
  const warning = gapWarning(schedule, clock.now());
  const day = slots[0]?.day ?? dayIn(clock.now(), schedule.zone);
  const question = questionFor(schedule, catalog, {
    day,
    asked: await store.askedQuestions(team.id),
    seed: `preview ${schedule.id}`,
  });
  const closesAt = await closingSlot(schedule, day, context);
  const card = question && postedCard({ id: 0, question, closesAt }, catalog);
  const blocks: Block[] = [
    { kind: 'fields', fields: scheduleFields(schedule) },
    ...problems.map(
      (problem): Block => ({
        kind: 'text',
        text: [{ bold: 'Missing: ' }, ...spans(problem.words)],
      }),
    ),
    ...(warning ? [{ kind: 'note', text: warning } satisfies Block] : []),
    ...nextBlocks(slots, schedule, context.zone),
    ...(card ? previewBlocks(card) : []),
    ...othersNote(await store.schedulesOf(team.id), schedule),
    ...spokenMenu(schedule, catalog),
    {
      kind: 'buttons',
      buttons: [
        { label: 'Turn on', run: `setup action:on schedule:${schedule.id}`, style: 'primary' },
        ...editButtons(schedule),
        { label: 'Check permissions', run: `setup action:check schedule:${schedule.id}` },
      ],
    },
  ];
  return { title: 'Daily question (not turned on yet)', blocks };
}

function nextBlocks(slots: readonly SlotTime[], schedule: Schedule, zone: string): Block[] {
  if (slots.length === 0) return [];
  const times = slots.flatMap((slot, index) => [
    index > 0 ? ' · ' : '',
    { time: slot.at, show: 'moment' } as const,
    // Once is enough: it is the same hour every day.
    index === 0 ? ownClock(slot.at, schedule, zone) : '',
  ]);
  return [{ kind: 'text', text: ['Next: ', ...times] }];
}

/** The card of a question without its buttons, which would answer nothing. */
function previewBlocks({ blocks }: Reply): Block[] {
  return [
    { kind: 'text', text: { bold: 'Preview:' } },
    ...blocks.filter((block) => block.kind !== 'buttons'),
  ];
}

/** A person who only meant to move the question is told how. */
function othersNote(all: readonly Schedule[], { id }: Schedule): Block[] {
  const [other] = all.filter((each) => each.id !== id && each.state === 'on');
  if (!other) return [];
  return [
    {
      kind: 'note',
      text: [
        `This adds a second schedule. Schedule ${other.id} (`,
        { channel: other.channel },
        `, ${other.time} ${other.zone}) stays on. To move it instead, run `,
        { command: `setup change schedule:${other.id} time:10:00` },
        '.',
      ],
    },
  ];
}

/** Which day has a free-text question, to be chosen where one fits. */
function spokenMenu({ id, days, mix }: Schedule, { spoken }: Catalog): Block[] {
  if (spokenOf(spoken, mix).length === 0) return [];
  return [
    {
      kind: 'select',
      label: 'Weekly free-text question',
      run: `setup action:change schedule:${id}`,
      option: 'open',
      choices: [
        { label: 'Off', value: 'off' },
        ...[...days].map((day) => ({
          label: capital(formatDays(day)),
          value: SPOKEN_DAYS[Number(day)] ?? 'off',
          description: 'Written answers and a team vote, no points',
        })),
      ],
    },
  ];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A schedule as rows. */
export function scheduleFields(schedule: Schedule): { label: string; value: Text }[] {
  return [
    { label: 'Channel', value: { channel: schedule.channel } },
    { label: 'Time', value: `${schedule.time} ${formatDays(schedule.days)}, ${schedule.zone}` },
    { label: 'Questions', value: formatMix(schedule.mix) },
    {
      label: 'Closes',
      value: schedule.closes === 'hours' ? 'after 23 hours' : 'when the next question is posted',
    },
    { label: 'Free-text question', value: formatSpokenDay(schedule.spokenDay) },
  ];
}
