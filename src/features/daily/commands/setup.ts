import { z } from 'zod';
import { dayIn } from '../../../core/time.ts';
import { CHAPTER_REWRITES } from '../../../session/chapter-input.ts';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { refuseUnused } from '../../../spine/grammar/parse-errors.ts';
import { type Block, type Reply, spans, type Text } from '../../../spine/reply.ts';
import type { Values } from '../../../spine/request.ts';
import type { Schedule } from '../../../store/schema.ts';
import { comingSlots } from '../coming-slots.ts';
import {
  checkedSpokenDay,
  readableBy,
  readMix,
  readTime,
  readZone,
  scheduleMeant,
  scheduleOnOrOff,
  spokenDay,
} from '../schedule-input.ts';
import {
  deleteSchedule,
  editButtons,
  pause,
  startAfterChange,
  turnOff,
  turnOn,
} from '../schedule-switching.ts';
import { formatUpcoming, goOnWith, parseDays, SPOKEN_DAYS, typedDays } from '../schedule-words.ts';
import { changesOf } from '../setting-changes.ts';
import { scheduleFields, setupPanel } from '../setup-panel.ts';

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;

const input = z.object({
  action: z
    .enum(['plan', 'on', 'off', 'pause', 'check', 'change', 'delete'])
    .default('plan')
    .describe(
      'Plan a schedule, turn it on or off, pause, change, or delete it, or check permissions',
    ),
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
    .enum(SPOKEN_DAYS)
    .optional()
    .describe('Weekday for a free-text question without points, or off'),
  confirm: z.boolean().optional().describe('Confirm deleting a schedule'),
});

type Input = z.output<typeof input>;

export const setup = defineCommand({
  name: 'setup',
  alone: 'schedule',
  summary: 'Set up the daily question',
  example: 'setup channel:#daily time:09:00 zone:Europe/Berlin days:weekdays',
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
        'disable the daily question',
        'stop the daily question',
        'end the daily questions',
        'switch off the daily question',
        'turn {schedule} off',
        'turn off the daily question',
        'turn the schedule off',
        'turn off {schedule}',
        'no more daily questions',
      ],
      values: { action: 'off' },
      takes: ['schedule'],
      label: 'Turn off',
    },
    {
      like: [
        'delete the schedule',
        'delete {schedule}',
        'remove the schedule',
        'cancel the schedule',
        'get rid of the schedule',
      ],
      values: { action: 'delete' },
      takes: ['schedule'],
      label: 'Delete schedule',
    },
    {
      like: [
        'enable the daily question',
        'activate the schedule',
        'turn {schedule} on',
        'switch on the daily question',
        'start the schedule',
        'switch the daily question back on',
        'turn on the daily question',
        'turn the schedule on again',
        'turn on {schedule}',
      ],
      values: { action: 'on' },
      takes: ['schedule'],
      label: 'Turn on',
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
        "why can't you post in {channel}",
        'can the bot post in {channel}',
        'is everything set up right',
        'does the bot have access to {channel}',
        "why can't the bot post",
        'test the setup',
        'is the bot allowed to post',
        "check the bot's permissions",
        'does the bot have the right permissions',
        'check permissions in {channel}',
        'check the setup',
      ],
      values: { action: 'check' },
      takes: ['channel'],
      label: 'Check permissions',
    },
  ],
  visibility: 'private',
  formerly: { status: 'setup status', digest: 'setup digest', quality: 'setup quality' },
  onlyShows: ({ action }) => action === 'check',
  access: 'admin',
  async asks(given, { isElsewhere }) {
    const names = Object.keys(given);
    if (names.length === 0 && isElsewhere) throw new UserError(NO_CHANNEL_HERE);
    if (names.length === 0) return ['channel', ...IN_FORM.slice(0, 4)];
    const isEdit = given['action'] === 'change' && names.every((name) => IDENTIFYING.has(name));
    return isEdit ? IN_FORM : undefined;
  },
  rewrites: CHAPTER_REWRITES,
  input,

  async prefill({ action, schedule: id }, context) {
    if (action === 'change')
      return scheduleValues(await scheduleMeant(typeof id === 'number' ? id : undefined, context));
    const { place, zone, team } = context;
    return {
      channel: place.channel,
      time: '09:00',
      zone: team.zone === 'UTC' ? zone : team.zone,
      days: 'weekdays',
    };
  },

  async run(given, context) {
    const { action, schedule, confirm, ...settings } = given;
    if (!SETTING.has(action)) refuseUnused('setup', settings);
    switch (action) {
      case 'plan':
        return planned(given, context);
      case 'change':
        return change(await scheduleMeant(schedule, context), given, context);
      case 'on':
        return turnOn(await scheduleOnOrOff(schedule, context), context);
      case 'off':
        return turnOff(await scheduleMeant(schedule, context), context);
      case 'pause':
        return pause(await scheduleOnOrOff(schedule, context), context);
      case 'delete':
        return deleteSchedule(await scheduleOnOrOff(schedule, context), confirm === true, context);
      case 'check':
        return checkPermissions(given, context);
    }
  },
});

/** Actions that say how a schedule is. */
const SETTING = new Set<Input['action']>(['plan', 'change', 'check']);

/** What a form asks for, of a schedule that is there. */
const IN_FORM = ['time', 'zone', 'days', 'difficulty', 'chapters'];

/** Options that say which schedule is meant, and change nothing. */
const IDENTIFYING = new Set(['action', 'schedule']);

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
    return change(await scheduleMeant(given.schedule, context), given, context);
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
    spokenDay: checkedSpokenDay(given.open ? spokenDay(given.open) : null, { days, mix }, context),
    state: 'draft',
    daysOff: [],
    startsOn: dayIn(clock.now(), zone),
    keeperId: person.id,
    createdAt: clock.now(),
  });
  if (!schedule) throw new UserError("I couldn't save this schedule. Try again.");
  if (team.zone === 'UTC' && zone !== 'UTC') await store.setTeamZone(team.id, zone);
  return setupPanel(schedule, context);
}

async function change(schedule: Schedule, given: Input, context: Context): Promise<Reply> {
  const { store } = context;
  const days = given.days ? parseDays(given.days) : schedule.days;
  const isMixed = given.difficulty !== undefined || given.chapters !== undefined;
  const mix = isMixed ? readMix(given, context, schedule.mix) : schedule.mix;
  const inWords = given.open ? spokenDay(given.open) : schedule.spokenDay;
  const wanted = {
    channel: given.channel ?? schedule.channel,
    time: given.time ? readTime(given.time) : schedule.time,
    zone: given.zone ? readZone(given.zone) : schedule.zone,
    days,
    mix,
    spokenDay: checkedSpokenDay(inWords, { days, mix }, context),
    closes: given.closes ?? schedule.closes,
  };
  const { startsOn, isDue } = await startAfterChange(schedule, { ...schedule, ...wanted }, context);
  const noted = schedule.state === 'draft' ? [] : changesOf(schedule, wanted, context);
  const changed = await store.changeSchedule(schedule.id, { ...wanted, startsOn }, noted);
  if (!changed)
    throw new UserError(await formatTaken({ ...wanted, platform: schedule.platform }, context), {
      option: 'time',
    });
  if (changed.state !== 'on') return setupPanel(changed, context);
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

async function checkPermissions(given: Input, context: Context): Promise<Reply> {
  const { platform, place, store, team } = context;
  const chosen = given.schedule
    ? [await scheduleOnOrOff(given.schedule, context)]
    : await store.schedulesOf(team.id);
  const channels = given.channel
    ? [given.channel]
    : chosen.length > 0
      ? [...new Set(chosen.map(({ channel }) => channel))]
      : [place.channel];
  const blocks: Block[] = [];
  for (const channel of channels) {
    const problems = await platform.check(channel);
    blocks.push({
      kind: 'text',
      text:
        problems.length === 0
          ? [{ channel }, ': all permissions are in place.']
          : [{ channel }, ':', ...problems.flatMap(({ words }) => [' ', ...spans(words)])],
    });
  }
  const { schedule: id, channel: named } = given;
  const of = id ? { schedule: id } : named ? { channel: named } : undefined;
  return {
    title: 'Permissions',
    blocks: [
      ...blocks,
      {
        kind: 'buttons',
        buttons: [{ label: 'Check again', run: runLine('setup', { action: 'check', ...of }) }],
      },
    ],
  };
}
