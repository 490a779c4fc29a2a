import { z } from 'zod';
import { dayIn } from '../../../core/time.ts';
import { CHAPTER_REWRITES } from '../../../session/chapter-input.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply, Text } from '../../../spine/reply.ts';
import type { Values } from '../../../spine/request.ts';
import type { Schedule } from '../../../store/schema.ts';
import { comingSlots } from '../coming-slots.ts';
import { scheduleCard, scheduleFields } from '../schedule-card.ts';
import {
  allSchedules,
  checkedFreeTextDay,
  chosenSchedule,
  freeTextDay,
  readableBy,
  readMix,
  readTime,
  readZone,
} from '../schedule-input.ts';
import { editButtons, startAfterChange } from '../schedule-switching.ts';
import {
  FREE_TEXT_DAYS,
  formatUpcoming,
  goOnWith,
  parseDays,
  typedDays,
} from '../schedule-words.ts';
import { changesOf } from '../setting-changes.ts';
import { setupPanel } from '../setup-panel.ts';

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;

const input = z.object({
  action: z
    .enum(['plan', 'change'])
    .default('plan')
    .meta({ typed: true })
    .describe('Plan a new schedule, or change one'),
  channel: z
    .string()
    .max(64)
    .meta({ kind: 'channel', inForm: true })
    .optional()
    .describe('Channel to post in'),
  time: z
    .string()
    .max(16)
    .superRefine(readableBy(readTime))
    .meta({ suggests: 'times', inForm: true })
    .optional()
    .describe('Local time, like 09:00'),
  zone: z
    .string()
    .max(64)
    .superRefine(readableBy(readZone))
    .meta({ suggests: 'zones', inForm: true })
    .optional()
    .describe('Time zone, like Europe/Berlin'),
  days: z
    .string()
    .max(60)
    .superRefine(readableBy(parseDays))
    .meta({ suggests: 'days', inForm: true })
    .optional()
    .describe('Days, like weekdays or mon wed fri'),
  difficulty: z
    .array(z.enum(DIFFICULTIES))
    .max(3)
    .meta({ inForm: true })
    .optional()
    .describe('Difficulties (default: easy and medium)'),
  chapters: z
    .string()
    .max(60)
    .meta({ suggests: 'chapters' })
    .optional()
    .describe('Chapters, like 1 2 5 or 3-6 (default: all)'),
  closes: z
    .enum(['hours', 'next'])
    .optional()
    .describe('Close after 23 hours, or when the next question is posted'),
  schedule: z.int().min(1).optional().describe('Schedule number to change'),
  open: z
    .enum(FREE_TEXT_DAYS)
    .optional()
    .describe('Weekday for a free-text question without points, or off'),
});

type Input = z.output<typeof input>;

export const setup = defineCommand({
  name: 'setup',
  summary: 'Set up the daily question, and see how it runs',
  example: 'setup time:09:00 zone:Europe/Berlin days:weekdays',
  says: [
    {
      like: [
        'schedule a question {days} {time} in {channel}',
        'set the daily question up for {channel}',
        'start daily questions in {channel}',
        'we want a daily question',
        'add a schedule',
        'new schedule {channel} {time}',
        'plan questions for {channel}',
        'i want to set up warmup',
        'post questions to {channel} {days}',
        'setup',
        'set up the daily question',
        'configure the bot',
        'set up daily questions in {channel}',
        'post a question in {channel} {time} {days}',
        'daily question in {channel} {time}',
        'ask a question every day',
        'i want {difficulty} questions {days} {time}',
      ],
      takes: ['channel', 'time', 'zone', 'days', 'difficulty', 'chapters', 'closes'],
      label: 'Set up schedule',
    },
    {
      like: [
        'ask {difficulty} questions only',
        'ask only {difficulty} questions',
        'post at {time} instead',
        'move the daily question to {time}',
        'post at {time} from now on',
        'use {channel} instead',
        'change the channel to {channel}',
        'change the days to {days}',
        'edit the schedule',
        'edit {schedule}',
        'change the time to {time}',
        'only {chapters}',
        'questions only from {chapters}',
        'change the difficulty to {difficulty}',
        'question should come at {time}',
        'use the time zone {zone} for the daily question',
        'change the schedule',
        'change the time of the daily question to {time}',
        'move the question to {channel}',
        'ask only questions from {chapters}',
        'post questions only on {days}',
        'close questions when the next one is posted',
        'only {difficulty} questions',
        'change the daily question',
      ],
      values: { action: 'change' },
      takes: ['channel', 'time', 'zone', 'days', 'difficulty', 'chapters', 'closes', 'schedule'],
      label: 'Change schedule',
    },
    {
      like: [
        'ask a free-text question on {open}',
        'free-text question every {open}',
        'give us a free-text question on {open}',
      ],
      values: { action: 'change' },
      takes: ['open', 'schedule'],
      label: 'Set free-text day',
    },
    {
      like: [
        'where are the questions posted',
        'which channel do you post in',
        'show schedules',
        'list the schedules',
        'what schedules do we have',
        'is the schedule running',
        'is the schedule on',
        'show the status',
        'what is the status',
        'status of the bot',
        'health',
        'is the bot ok',
        'are you alive',
        'is anything broken',
        'is everything working',
        'is the bot working',
        'are the daily questions working',
        'are the daily posts working',
        'does the daily question work',
        'did something fail',
        'what went wrong',
        'any problems',
        'are there errors',
        'is everything set up right',
        "why can't the bot post",
        "why can't you post",
        'is the bot allowed to post',
        'can the bot post',
        'does the bot have access',
        'does the bot have the right permissions',
        "check the bot's permissions",
        'check the setup',
        'test the setup',
      ],
      takes: [],
      label: 'Show setup',
    },
  ],
  visibility: 'private',
  formerly: { status: 'setup', digest: 'setup digest', quality: 'setup quality' },
  elsewhere: { when: /^\s*(?:on|off|pause|delete)\b/i, command: 'setup switch' },
  onlyShows: ({ action: _, ...settings }) => isEmpty(settings),
  access: 'admin',
  async asks(given, context) {
    const { action, ...settings } = given;
    const isEdit = action === 'change' || settings['schedule'] !== undefined;
    if (isEdit)
      return Object.keys(settings).every((name) => name === 'schedule') ? IN_FORM : undefined;
    if (!isEmpty(settings) || (action === undefined && (await allSchedules(context)).length > 0))
      return undefined;
    if (context.isElsewhere) throw new UserError(NO_CHANNEL_HERE);
    return ['channel', ...IN_FORM.slice(0, 4)];
  },
  rewrites: [...CHAPTER_REWRITES, [/^\s*(?:status|check)\b/i, '']],
  input,

  async prefill({ action, schedule: id }, context) {
    if (action === 'change' || id !== undefined)
      return scheduleValues(await chosenSchedule(typeof id === 'number' ? id : undefined, context));
    const { place, zone, team } = context;
    return {
      channel: place.channel,
      time: '09:00',
      zone: team.zone === 'UTC' ? zone : team.zone,
      days: 'weekdays',
    };
  },

  async run(given, context) {
    const { action, ...settings } = given;
    if (action === 'change')
      return change(await chosenSchedule(given.schedule, context), given, context);
    return isEmpty(settings) ? setupPanel(context) : planned(given, context);
  },
});

const isEmpty = (values: Record<string, unknown>) =>
  Object.values(values).every((value) => value === undefined);

/** What a form asks for, of a schedule that is there. */
const IN_FORM = ['time', 'zone', 'days', 'difficulty', 'chapters'];

const scheduleValues = ({ time, zone, days, mix }: Schedule): Values => ({
  time,
  zone,
  days: typedDays(days),
  difficulty: mix.difficulties,
  chapters: mix.chapters.length > 0 ? mix.chapters.join(',') : 'all',
});

/** A new schedule, or a change of the one that is meant: nothing that runs is put off by it. */
async function planned(given: Input, context: Context): Promise<Reply> {
  const { store, team, platform, place } = context;
  const schedules = [
    ...(await store.schedulesOf(team.id)),
    ...(await store.scheduleDrafts(team.id)),
  ];
  const isNew = given.schedule === undefined && (given.channel ?? given.time) !== undefined;
  if (!isNew && schedules.length > 0)
    return change(await chosenSchedule(given.schedule, context), given, context);
  if (context.isElsewhere && given.channel === undefined) throw new UserError(NO_CHANNEL_HERE);
  const channel = given.channel ?? place.channel;
  const time = readTime(given.time ?? '09:00');
  const same = schedules.find((each) => isAt(each, { platform: platform.name, channel, time }));
  return same ? change(same, given, context) : plan(given, context);
}

const NO_CHANNEL_HERE: Text = [
  'The daily question needs a channel of the server. Run ',
  { command: 'setup' },
  ' in that channel.',
];

async function plan(given: Input, context: Context): Promise<Reply> {
  const { store, team, person, clock, platform, place } = context;
  const zone = readZone(given.zone ?? context.zone);
  const days = parseDays(given.days ?? 'weekdays');
  const mix = readMix(given, context);
  const schedule = await store.addSchedule({
    teamId: team.id,
    platform: platform.name,
    channel: given.channel ?? place.channel,
    time: readTime(given.time ?? '09:00'),
    zone,
    days,
    mix,
    closes: given.closes ?? 'hours',
    freeTextDay: checkedFreeTextDay(
      given.open ? freeTextDay(given.open) : null,
      { days, mix },
      context,
    ),
    state: 'draft',
    daysOff: [],
    startsOn: dayIn(clock.now(), zone),
    keeperId: person.id,
    createdAt: clock.now(),
  });
  if (!schedule) throw new UserError("I couldn't save this schedule. Try again.");
  if (team.zone === 'UTC' && zone !== 'UTC') await store.setTeamZone(team.id, zone);
  return scheduleCard(schedule, context);
}

async function change(schedule: Schedule, given: Input, context: Context): Promise<Reply> {
  const { store } = context;
  const days = given.days ? parseDays(given.days) : schedule.days;
  const isMixed = given.difficulty !== undefined || given.chapters !== undefined;
  const mix = isMixed ? readMix(given, context, schedule.mix) : schedule.mix;
  const inWords = given.open ? freeTextDay(given.open) : schedule.freeTextDay;
  const wanted = {
    channel: given.channel ?? schedule.channel,
    time: given.time ? readTime(given.time) : schedule.time,
    zone: given.zone ? readZone(given.zone) : schedule.zone,
    days,
    mix,
    freeTextDay: checkedFreeTextDay(inWords, { days, mix }, context),
    closes: given.closes ?? schedule.closes,
  };
  const { startsOn, isDue } = await startAfterChange(schedule, { ...schedule, ...wanted }, context);
  const noted = schedule.state === 'draft' ? [] : changesOf(schedule, wanted, context);
  const changed = await store.changeSchedule(schedule.id, { ...wanted, startsOn }, noted);
  if (!changed)
    throw new UserError(await formatTaken({ ...wanted, platform: schedule.platform }, context), {
      option: 'time',
    });
  if (changed.state !== 'on') return scheduleCard(changed, context);
  const [next] = await comingSlots(changed, 1, context);
  if (isDue) context.wake();
  return {
    title: 'Schedule changed',
    blocks: [
      { kind: 'fields', fields: scheduleFields(changed) },
      {
        kind: 'text',
        text: [
          isDue
            ? "There's still only 1 question a day, and I'm posting today's now. "
            : "There's still only 1 question a day. ",
          ...formatUpcoming(changed, next, context.zone),
        ],
      },
      { kind: 'buttons', buttons: editButtons(changed) },
    ],
  };
}

type Slot = Pick<Schedule, 'platform' | 'channel' | 'time'>;

const isAt = (schedule: Slot, { platform, channel, time }: Slot) =>
  schedule.platform === platform && schedule.channel === channel && schedule.time === time;

/** Why a schedule cannot be moved there: one that is off is named, since it may be what is wanted. */
async function formatTaken(wanted: Slot, { store, team }: Context): Promise<Text> {
  const off = (await store.schedulesOff(team.id)).find((each) => isAt(each, wanted));
  return off
    ? [
        `Schedule ${off.id} already has this channel and time, but it's off. `,
        ...goOnWith(off),
        ' Or choose another time.',
      ]
    : 'Another schedule already has this channel and time. Choose another time.';
}
