import type { Context } from '../../spine/command.ts';
import type { Block, Button, Reply, Text } from '../../spine/reply.ts';
import type { OutboxRow, Schedule } from '../../store/schema.ts';
import { examinerFields } from '../interview/examiner-setup.ts';
import { comingSlots } from './coming-slots.ts';
import { formatNext, missingBlocks } from './schedule-card.ts';
import { allSchedules } from './schedule-input.ts';
import { formatDays } from './schedule-words.ts';

/** Schedules with a row of their own; a phone's screen has no room for more. */
const ROWS = 3;

/** All that admins look after, on one screen of a phone: how it runs, and a way to the rest. */
export async function setupPanel(context: Context): Promise<Reply> {
  const schedules = await allSchedules(context);
  const running = schedules.filter(({ state }) => state === 'on' || state === 'paused');
  const rows = await Promise.all(schedules.slice(0, ROWS).map((each) => rowOf(each, context)));
  return {
    title: 'Setup',
    blocks: [
      schedules.length > 0
        ? { kind: 'fields', fields: [...rows, ...moreRow(schedules.length - ROWS)] }
        : { kind: 'text', text: 'No daily question yet.' },
      ...(await missingBlocks(
        running.slice(0, ROWS).map(({ channel }) => channel),
        context,
      )),
      { kind: 'fields', fields: await healthRows(context) },
      ...chooseSchedule(schedules),
      {
        kind: 'buttons',
        buttons: [
          ...scheduleButton(schedules),
          { label: 'Past questions', run: 'daily action:history' },
          { label: 'Team', run: 'setup digest' },
          { label: 'Reports and quality', run: 'setup quality' },
          { label: 'Errors and changes', run: 'setup log' },
          ...(context.examiner ? [{ label: 'Examiner', run: 'setup examiner' }] : []),
        ],
      },
    ],
  };
}

type Row = { label: string; value: Text };

async function rowOf(schedule: Schedule, context: Context): Promise<Row> {
  const { id, state, channel, time, days } = schedule;
  const [next] = state === 'on' ? await comingSlots(schedule, 1, context) : [];
  const coming: Text = state === 'on' ? [', next: ', ...[formatNext(schedule, next)].flat()] : [];
  return {
    label: `Schedule ${id}`,
    value: [`${state}, `, { channel }, ` ${time} ${formatDays(days)}`, ...coming],
  };
}

const moreRow = (more: number): Row[] =>
  more > 0 ? [{ label: 'More schedules', value: String(more) }] : [];

const SENT: Partial<Record<string, string>> = {
  question: 'daily question',
  closing: 'closed question',
};

/** What couldn't be sent, and when. */
export const errorName = ({ what, at }: OutboxRow): Text => [
  `${SENT[what] ?? what}, `,
  { time: at, show: 'moment' },
];

/** Whether all works, and what waits for an admin. */
async function healthRows(context: Context): Promise<Row[]> {
  const { store, team, health } = context;
  const broken = health().filter((part) => !part.health.ok);
  const reports = await store.openReports(team.id);
  const waiting = await store.waitingSuggestions(team.id);
  const [error] = await store.recentProblems(team.id, 1);
  return [
    {
      label: 'Health',
      value:
        broken.length === 0
          ? 'working'
          : `${broken.map(({ title }) => title).join(', ')} not working`,
    },
    ...(error ? [{ label: 'Last error', value: errorName(error) }] : []),
    { label: 'Open reports', value: String(reports.length) },
    ...(waiting.length > 0
      ? [{ label: 'Suggested questions', value: String(waiting.length) }]
      : []),
    ...examinerFields(context),
  ];
}

function scheduleButton([first, second]: readonly Schedule[]): Button[] {
  if (!first) return [{ label: 'Add schedule', run: 'setup action:plan', style: 'primary' }];
  return second ? [] : [{ label: 'Schedule', run: `setup switch schedule:${first.id}` }];
}

function chooseSchedule(schedules: readonly Schedule[]): Block[] {
  if (schedules.length < 2) return [];
  return [
    {
      kind: 'select',
      label: 'Show a schedule',
      run: 'setup switch',
      option: 'schedule',
      choices: schedules.slice(0, 25).map(({ id, state, time, days }) => ({
        label: `${id}: ${time} ${formatDays(days)} (${state})`,
        value: String(id),
      })),
    },
  ];
}
