import { z } from 'zod';
import type { Catalog } from '../../../core/catalog.ts';
import { itemsOf, spokenOf, unseenCount } from '../../../core/questions/choose.ts';
import type { Question } from '../../../core/questions/schema.ts';
import { dayIn, formatDay } from '../../../core/time.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { PartHealth } from '../../../spine/health.ts';
import type { Block, Text } from '../../../spine/reply.ts';
import type { OutboxRow, Post, Schedule } from '../../../store/schema.ts';
import { comingSlots } from '../../daily/coming-slots.ts';
import { draftBlocks } from '../../daily/drafts.ts';
import { formatDays, formatMix, formatState, goOnWith } from '../../daily/schedule-words.ts';
import { changeTable } from '../../daily/setting-changes.ts';
import { examinerFields } from '../../interview/examiner-setup.ts';
import { invitationBlocks } from '../../peers/cards.ts';
import { teamView } from '../team-view.ts';

export const status = defineCommand({
  name: 'setup status',
  summary: 'Show schedules, the last and next questions, and recent errors',
  example: 'setup status',
  says: [
    {
      like: ['how does the team take part', 'which chapters does the team miss', 'show the team'],
      values: { view: 'team' },
      takes: [],
      label: 'Show team',
    },
    {
      like: [
        'when does the next question come',
        'is anything broken',
        'show schedules',
        'is the schedule running',
        'is the schedule on',
        'where are the questions posted',
        'which channel do you post in',
        'list the schedules',
        'is the bot ok',
        'health',
        'are you alive',
        'when is the next post',
        'did something fail',
        'what went wrong',
        'any problems',
        'show the status',
        'what is the status',
        'when is the next question',
        'are there errors',
        'what schedules do we have',
        'status of the bot',
        'are the daily questions working',
        'are the daily posts working',
        'does the daily question work',
        'is everything working',
        'is the bot working',
      ],
      takes: [],
      label: 'Show status',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  access: ({ view }) => (view === 'team' ? 'admin' : 'everybody'),
  input: z.object({
    view: z
      .enum(['schedules', 'team'])
      .default('schedules')
      .describe('Schedules, or how the team takes part (admins)'),
  }),

  async run({ view }, context) {
    if (view === 'team') return teamView(context);
    const { store, team, catalog, clock, locale, isAdmin, health } = context;
    const now = clock.now();
    const parts = isAdmin ? [...healthFields(health()), ...examinerBlocks(context)] : [];
    const changes = isAdmin ? changeTable(await store.settingChangesOf(team.id, 5)) : [];
    const waiting = [...(await invitationBlocks(context)), ...(await draftBlocks(context))];
    const schedules = [
      ...(await store.schedulesOf(team.id)),
      ...(await store.schedulesOff(team.id)),
    ];
    if (schedules.length === 0)
      return {
        title: 'Status',
        blocks: [
          {
            kind: 'text',
            text: [
              'No daily question yet. An admin can set it up with ',
              { command: 'setup' },
              '.',
            ],
          },
          ...waiting,
          ...parts,
          ...changes,
        ],
      };
    const asked = await store.askedQuestions(team.id);
    const recent = await store.recentPosts(team.id, 30);
    const blocks: Block[] = [];
    for (const schedule of schedules) {
      if (schedule.state === 'off') {
        blocks.push({ kind: 'fields', fields: offFields(schedule) });
        continue;
      }
      const [next] = await comingSlots(schedule, 1, { store, clock });
      const last = recent.find((post) => post.scheduleId === schedule.id);
      blocks.push({
        kind: 'fields',
        fields: [
          ...scheduleFields(schedule),
          ...questionFields({ schedule, last, next, locale }),
          ...leftFields(schedule, catalog, asked),
          ...daysOffField(schedule, now),
        ],
      });
    }
    blocks.push(...waiting, ...parts, ...changes);
    if (isAdmin)
      blocks.push({
        kind: 'buttons',
        buttons: [
          { label: 'Show team', run: 'setup status view:team' },
          { label: 'Weekly digest', run: 'setup digest' },
        ],
      });
    blocks.push(...problemTable(await store.recentProblems(team.id, 5)));
    return { title: 'Status', blocks };
  },
});

type Field = { label: string; value: Text };

function scheduleFields({ id, state, channel, time, days, zone, mix }: Schedule): Field[] {
  return [
    { label: `Schedule ${id}`, value: state },
    { label: 'Channel', value: { channel } },
    { label: 'Time', value: `${time} ${formatDays(days)}, ${zone}` },
    { label: 'Questions', value: formatMix(mix) },
  ];
}

/** One that is off has nothing to come; it is named since it keeps its place and can be turned on again. */
const offFields = (schedule: Schedule): Field[] => [
  ...scheduleFields(schedule),
  { label: 'Next', value: formatNothingComing(schedule) },
];

const formatNothingComing = (schedule: Schedule): Text =>
  schedule.state === 'on'
    ? 'no upcoming days'
    : [`none while ${schedule.state}. `, ...goOnWith(schedule)];

function questionFields({
  schedule,
  last,
  next,
  locale,
}: {
  schedule: Schedule;
  last: Post | undefined;
  next: { at: Date } | undefined;
  locale: string;
}): Field[] {
  return [
    {
      label: 'Last',
      value: last ? [`${formatDay(last.day, locale)}: `, ...formatState(last)] : 'none yet',
    },
    {
      label: 'Next',
      value:
        schedule.state === 'on' && next
          ? { time: next.at, show: 'moment' }
          : formatNothingComing(schedule),
    },
  ];
}

function leftFields(
  { mix, spokenDay }: Schedule,
  { questions, spoken }: Pick<Catalog, 'questions' | 'spoken'>,
  asked: readonly string[],
): Field[] {
  const left = formatLeft(spokenOf(spoken, mix), asked);
  return [
    { label: 'Unused questions', value: formatLeft(itemsOf(questions, mix), asked) },
    {
      label: 'Free-text question',
      value: spokenDay === null ? 'off' : `${formatDays(String(spokenDay))} (unused: ${left})`,
    },
  ];
}

function daysOffField({ daysOff, zone }: Schedule, now: Date): Field[] {
  const coming = daysOff.filter((day) => day >= dayIn(now, zone));
  return coming.length > 0 ? [{ label: 'Skipped days', value: coming.join(', ') }] : [];
}

function examinerBlocks(context: Context): Block[] {
  const fields = examinerFields(context);
  return fields.length > 0 ? [{ kind: 'fields', fields }] : [];
}

/** How the connections and the database are, for admins. */
function healthFields(parts: readonly PartHealth[]): Block[] {
  if (parts.length === 0) return [];
  const fields = parts.map(({ part, title, health }): Field => {
    const isPlatform = part !== 'database';
    if (health.ok) return { label: title, value: isPlatform ? 'connected' : 'working' };
    const state = isPlatform ? 'not connected since ' : 'not working since ';
    return {
      label: title,
      value: [state, { time: health.since, show: 'moment' }, `. ${health.words}`],
    };
  });
  return [{ kind: 'fields', fields }];
}

function problemTable(problems: readonly OutboxRow[]): Block[] {
  if (problems.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: 'Recent errors',
      columns: [{ label: 'What' }, { label: 'Why' }],
      rows: problems.map((row) => [row.what, row.problem ?? 'unknown']),
    },
  ];
}

function formatLeft(items: readonly Question[], asked: readonly string[]): string {
  const unseen = unseenCount(items, asked);
  if (unseen > 0) return `${unseen} of ${items.length}`;
  return `0 of ${items.length}, so questions repeat, oldest first`;
}
