import type { Catalog } from '../../core/catalog.ts';
import { freeTextOf, itemsOf, unseenCount } from '../../core/questions/choose.ts';
import type { Question } from '../../core/questions/schema.ts';
import type { SlotTime } from '../../core/slots.ts';
import { dayIn, formatDay } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type Block, type Button, type Reply, spans, type Text } from '../../spine/reply.ts';
import type { Schedule } from '../../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import { closingSlot, postedCard, questionFor } from './posting.ts';
import { editButtons } from './schedule-switching.ts';
import {
  FREE_TEXT_DAYS,
  formatDays,
  formatFreeTextDay,
  formatMix,
  formatState,
  gapWarning,
  ownClock,
} from './schedule-words.ts';

/** A schedule with all that an admin can do about it; a draft also shows what a question will look like. */
export async function scheduleCard(schedule: Schedule, context: Context): Promise<Reply> {
  const { id, state, daysOff, zone } = schedule;
  if (state === 'draft') return draftCard(schedule, context);
  const { store, team, catalog, clock, locale } = context;
  const asked = await store.askedQuestions(team.id);
  const last = (await store.recentPosts(team.id, 30)).find(({ scheduleId }) => scheduleId === id);
  const [next] = await comingSlots(schedule, 1, context);
  const off = daysOff.filter((day) => day >= dayIn(clock.now(), zone));
  const unused = formatLeft(itemsOf(catalog.questions, schedule.mix), asked);
  const unusedFreeText = formatLeft(freeTextOf(catalog.freeText, schedule.mix), asked);
  return {
    title: `Schedule ${id}: ${state}`,
    blocks: [
      ...(await missingBlocks([schedule.channel], context)),
      {
        kind: 'fields',
        fields: [
          ...scheduleFields(schedule),
          {
            label: 'Last question',
            value: last ? [`${formatDay(last.day, locale)}: `, ...formatState(last)] : 'none yet',
          },
          { label: 'Next question', value: formatNext(schedule, next) },
          { label: 'Unused questions', value: unused },
          ...(schedule.freeTextDay === null
            ? []
            : [{ label: 'Unused free-text questions', value: unusedFreeText }]),
          ...(off.length > 0 ? [{ label: 'Skipped days', value: off.join(', ') }] : []),
        ],
      },
      { kind: 'buttons', buttons: stateButtons(schedule) },
    ],
  };
}

const ADD: Button = { label: 'Add schedule', run: 'setup action:plan' };

const turnOffButton = ({ id }: Schedule): Button => ({
  label: 'Turn off',
  run: `setup switch schedule:${id} do:off`,
});

/** What admins seldom need of a schedule that is on: its card has no room for it. */
export function moreOfSchedule(schedule: Schedule, { catalog }: Context): Reply {
  const { id } = schedule;
  return {
    title: `Schedule ${id}: more`,
    blocks: [
      ...freeTextMenu(schedule, catalog),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Skip next', run: `daily action:skip schedule:${id}` },
          turnOffButton(schedule),
          editButtons(schedule)[1],
          ADD,
        ],
      },
    ],
  };
}

/** When the next question comes, for a row of its own. */
export const formatNext = ({ state }: Schedule, next: SlotTime | undefined): Text => {
  if (state !== 'on') return `none while ${state}`;
  return next ? { time: next.at, show: 'moment' } : 'no upcoming days';
};

/** At most five, of which the last leads to the rest. */
function stateButtons(schedule: Schedule): Button[] {
  const { id, state } = schedule;
  const [edit, remove] = editButtons(schedule);
  const daily = (label: string, action: string): Button => ({
    label,
    run: `daily action:${action} schedule:${id}`,
  });
  switch (state) {
    case 'on':
      return [
        daily('Preview', 'preview'),
        daily('Post now', 'now'),
        daily('Pause', 'pause'),
        edit,
        { label: 'More', run: `setup switch schedule:${id} do:more` },
      ];
    case 'paused':
      return [daily('Resume', 'resume'), turnOffButton(schedule), edit, remove, ADD];
    default:
      // One that is off can't be changed before it's on again.
      return [
        { label: 'Turn on', run: `setup switch schedule:${id} do:on`, style: 'primary' },
        remove,
        ADD,
      ];
  }
}

/** The permissions that are missing in channels where questions are posted. */
export async function missingBlocks(
  channels: readonly string[],
  { platform }: Pick<Context, 'platform'>,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const channel of new Set(channels))
    for (const { words } of await platform.check(channel))
      blocks.push({
        kind: 'text',
        text: [{ bold: 'Missing: ' }, ...spans(words)],
      });
  return blocks;
}

function formatLeft(items: readonly Question[], asked: readonly string[]): string {
  const unseen = unseenCount(items, asked);
  if (unseen > 0) return `${unseen} of ${items.length}`;
  return `0 of ${items.length}, so questions repeat, oldest first`;
}

/** What was planned, the real card, what is missing, and one button to turn it on. */
async function draftCard(schedule: Schedule, context: Context): Promise<Reply> {
  const { clock, catalog, store, team } = context;
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
    ...(await missingBlocks([schedule.channel], context)),
    ...(warning ? [{ kind: 'note', text: warning } satisfies Block] : []),
    ...nextBlocks(slots, schedule, context.zone),
    ...(card ? previewBlocks(card) : []),
    ...othersNote(await store.schedulesOf(team.id), schedule),
    ...freeTextMenu(schedule, catalog),
    {
      kind: 'buttons',
      buttons: [
        { label: 'Turn on', run: `setup switch schedule:${schedule.id} do:on`, style: 'primary' },
        ...editButtons(schedule),
        { label: 'Check again', run: `setup switch schedule:${schedule.id}` },
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
        { command: `setup schedule:${other.id} time:10:00` },
        '.',
      ],
    },
  ];
}

/** Which day has a free-text question, to be chosen where one fits. */
function freeTextMenu({ id, days, mix }: Schedule, { freeText }: Catalog): Block[] {
  if (freeTextOf(freeText, mix).length === 0) return [];
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
          value: FREE_TEXT_DAYS[Number(day)] ?? 'off',
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
    { label: 'Free-text question', value: formatFreeTextDay(schedule.freeTextDay) },
  ];
}
