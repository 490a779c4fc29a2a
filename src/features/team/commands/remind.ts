import { z } from 'zod';
import { isQuiet, nextReminder } from '../../../core/reminding.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { Reminder, RemindsOf } from '../../../store/schema.ts';
import { readableBy, readTime } from '../../daily/schedule-input.ts';
import { formatDays, parseDays } from '../../daily/schedule-words.ts';

const ABOUT: Record<RemindsOf, string> = {
  daily: 'the daily question',
  reviews: 'due reviews',
  both: 'the daily question and due reviews',
};

const DEFAULT = { time: '09:00', quietFrom: '22:00', quietUntil: '07:00', days: '12345' };

const input = z.object({
  action: z.enum(['show', 'on', 'off']).default('show').describe('Show, turn on, or turn off'),
  time: z
    .string()
    .max(16)
    .superRefine(readableBy(readTime))
    .meta({ suggests: 'times' })
    .optional()
    .describe('Your local time, like 09:00'),
  about: z
    .enum(['daily', 'reviews', 'both'])
    .optional()
    .describe('The daily question, due reviews, or both'),
  days: z
    .string()
    .max(60)
    .superRefine(readableBy(parseDays))
    .meta({ suggests: 'days' })
    .optional()
    .describe('Days, like weekdays or mon wed fri'),
  quiet: z
    .string()
    .max(20)
    .superRefine(readableBy(readQuiet))
    .optional()
    .describe('Quiet hours, like 22:00-07:00, or none'),
});

type Input = z.output<typeof input>;

export const remind = defineCommand({
  name: 'me remind',
  summary: 'Get one direct message a day, at your own time',
  example: 'me remind 08:30',
  says: [
    {
      like: ['remind me every day at {time}', 'send me a reminder at {time}', 'remind me {time}'],
      values: { action: 'on' },
      takes: ['time', 'days'],
      label: 'Turn on reminders',
    },
    {
      like: ['stop reminding me', 'no more reminders', 'turn off reminders'],
      values: { action: 'off' },
      takes: [],
      label: 'Turn off reminders',
    },
  ],
  visibility: 'private',
  input,

  async run({ action, ...given }, context) {
    const { store, person } = context;
    if (action === 'off') {
      await store.turnOffReminder(person.id);
      return off("Reminders are off. You won't get any more.");
    }
    const isChange = Object.values(given).some((value) => value !== undefined);
    if (action === 'on' || isChange) return turnOn(given, context);
    const reminder = await store.reminderOf(person.id);
    return reminder?.nextDueAt ? on(reminder, reminder.nextDueAt) : off('Reminders are off.');
  },
});

/** @throws UserError when these are no two times of day. */
function readQuiet(typed: string): { quietFrom: string; quietUntil: string } {
  if (/^(none|off|no)$/i.test(typed.trim())) return { quietFrom: '00:00', quietUntil: '00:00' };
  const [from, until, more] = typed.split(/\s*(?:-|–|to)\s*/);
  if (!from || !until || more !== undefined)
    throw new UserError(`"${typed}" isn't a range. Use a format like 22:00-07:00, or none.`);
  return { quietFrom: readTime(from), quietUntil: readTime(until) };
}

async function turnOn(given: Omit<Input, 'action'>, context: Context): Promise<Reply> {
  const { store, person, team, account, platform, zone, clock } = context;
  const before = await store.reminderOf(person.id);
  const base = before ?? DEFAULT;
  const rule = {
    time: given.time ? readTime(given.time) : base.time,
    days: given.days ? parseDays(given.days) : base.days,
    ...(given.quiet
      ? readQuiet(given.quiet)
      : { quietFrom: base.quietFrom, quietUntil: base.quietUntil }),
    zone,
  };
  if (isQuiet(rule.time, rule))
    throw new UserError([
      `${rule.time} is in your quiet hours (${rule.quietFrom}–${rule.quietUntil}). Choose another time, or change them: `,
      { command: `me remind time:${rule.time} quiet:none` },
      '.',
    ]);
  const nextDueAt = nextReminder(rule, clock.now());
  if (!nextDueAt) throw new UserError('Choose at least one day.', { option: 'days' });
  const reminder = {
    personId: person.id,
    teamId: before && (await staysWith(before.teamId, context)) ? before.teamId : team.id,
    platform: platform.name,
    account,
    about: given.about ?? before?.about ?? 'both',
    ...rule,
    nextDueAt,
  };
  await store.setReminder(reminder);
  return on(reminder, nextDueAt);
}

/** What is changed in a direct message that belongs to no workspace is still for the team that it was asked for. */
async function staysWith(teamId: string, { store, platform, account, place }: Context) {
  if (!platform.roleIn || place.kind !== 'direct') return false;
  const workspaces = await store.workspacesOf(teamId, platform.name);
  const memberships = await store.membershipsOf(account);
  return memberships.some(({ workspace }) => workspaces.includes(workspace));
}

function on(
  { about, time, days, zone, quietFrom, quietUntil }: Omit<Reminder, 'lastAt'>,
  next: Date,
): Reply {
  return {
    title: 'Reminders on',
    update: true,
    blocks: [
      {
        kind: 'text',
        text: [
          `You get a direct message about ${ABOUT[about]} at ${time} (${zone}) ${formatDays(days)}. Next: `,
          { time: next, show: 'moment' },
          '.',
        ],
      },
      {
        kind: 'text',
        text: `It's at most 1 message a day, and none when nothing is waiting.${quietFrom === quietUntil ? '' : ` Quiet hours: ${quietFrom}–${quietUntil}.`}`,
      },
      {
        kind: 'buttons',
        buttons: [
          ...(about === 'both'
            ? [{ label: 'Only daily question', run: 'me remind action:on about:daily' }]
            : [{ label: 'Daily and reviews', run: 'me remind action:on about:both' }]),
          { label: 'Turn off reminders', run: 'me remind action:off' },
        ],
      },
    ],
  };
}

const TIMES = ['07:00', '08:00', '09:00', '10:00', '12:00', '14:00', '16:00', '18:00', '20:00'];

const off = (text: string): Reply => ({
  title: 'Reminders',
  blocks: [
    { kind: 'text', text },
    {
      kind: 'select',
      label: 'Remind me at',
      run: 'me remind action:on',
      option: 'time',
      choices: TIMES.map((time) => ({ label: time, value: time })),
    },
    {
      kind: 'note',
      text: "One direct message a day at most, with your team's question or your due reviews.",
    },
  ],
});
