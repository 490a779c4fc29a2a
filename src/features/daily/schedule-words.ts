import { hasSlot } from '../../core/slots.ts';
import { changeDays, dayIn, formatClock, formatDay, isInGap } from '../../core/time.ts';
import { UserError } from '../../spine/errors.ts';
import { type Inline, spans, type Text } from '../../spine/reply.ts';
import type { Schedule } from '../../store/schema.ts';

/** As the option `open` of setup names them. */
export const FREE_TEXT_DAYS = [
  'off',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const LONG = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

/**
 * ISO weekdays from `weekdays`, `every day`, `mon wed fri`, `sun-thu` or `12345`.
 *
 * @throws UserError when a word is no day.
 */
export function parseDays(typed: string): string {
  const text = typed
    .toLowerCase()
    .replace(/\band\b/g, ' ')
    .trim();
  if (/^(every ?day|daily|all|mon(day)?-sun(day)?)$/.test(text)) return '1234567';
  if (/^(weekdays|workdays|working days)$/.test(text)) return '12345';
  if (/^[1-7]+$/.test(text)) return [...new Set(text)].sort().join('');
  const days = new Set<number>();
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const [from, to] = word.split('-').map(dayNumber);
    if (from === undefined || (word.includes('-') && to === undefined))
      throw new UserError(
        `"${word}" isn't a day of the week. Enter weekdays, every day, mon wed fri, or sun-thu.`,
      );
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (to ?? from)) break;
    }
  }
  if (days.size === 0)
    throw new UserError(
      'Choose at least one day, like weekdays, every day, mon wed fri, or sun-thu.',
    );
  return [...days].sort().join('');
}

function dayNumber(word: string): number | undefined {
  const index = NAMES.findIndex((name) => word.startsWith(name));
  return index >= 0 ? index + 1 : undefined;
}

/** Days as people enter them, for a form that begins with them. */
export function typedDays(days: string): string {
  if (days === '1234567') return 'every day';
  if (days === '12345') return 'weekdays';
  return [...days].map((day) => NAMES[Number(day) - 1]).join(' ');
}

export function formatDays(days: string): string {
  if (days === '1234567') return 'every day';
  if (days === '12345') return 'on weekdays';
  return `on ${[...days].map((day) => LONG[Number(day) - 1]).join(', ')}`;
}

/** The weekday of the free-text question. */
export function formatFreeTextDay(day: number | null): string {
  return day === null ? 'off' : `${formatDays(String(day))} (no points)`;
}

export function formatMix({ difficulties, chapters }: Schedule['mix']): string {
  const level = difficulties.length === 0 ? 'all difficulties' : difficulties.join(' and ');
  const from = chapters.length === 0 ? 'all chapters' : `chapter ${chapters.join(', ')}`;
  return `${level}, ${from}`;
}

/** Which schedule it is, for teams that have several: `the question at 09:00 (Europe/Berlin) in #daily`. */
export function scheduleName({
  time,
  zone,
  channel,
}: Pick<Schedule, 'time' | 'zone' | 'channel'>): Inline[] {
  return [`the question at ${time} (${zone}) in `, { channel }];
}

/** The wall clock of a schedule beside the reader's time, such as ` (17:00 in Asia/Tokyo)`; empty when they agree. */
export function ownClock(at: Date, { zone }: Pick<Schedule, 'zone'>, readerZone: string): string {
  const own = formatClock(at, zone);
  return own === formatClock(at, readerZone) ? '' : ` (${own} in ${zone})`;
}

/** When the next question of a schedule comes, or why none does. */
export function formatUpcoming(
  schedule: Pick<Schedule, 'id' | 'state' | 'zone'>,
  next: { at: Date } | undefined,
  readerZone: string,
): Inline[] {
  if (schedule.state !== 'on')
    return [`Schedule ${schedule.id} is ${schedule.state}. `, ...goOnWith(schedule)];
  if (!next) return ['This schedule has no upcoming days.'];
  return [
    'Next question: ',
    { time: next.at, show: 'moment' },
    `${ownClock(next.at, schedule, readerZone)}.`,
  ];
}

/** The command that turns a schedule on again, as a sentence. */
export const goOnWith = ({ id, state }: Pick<Schedule, 'id' | 'state'>): Inline[] =>
  state === 'off'
    ? ['To turn it on, run ', { command: 'setup' }, '.']
    : ['To resume it, run ', { command: `daily resume schedule:${id}` }, '.'];

/** A warning when the clocks skip this time of day within a year. */
export function gapWarning(
  schedule: Pick<Schedule, 'time' | 'zone' | 'days' | 'daysOff' | 'startsOn'>,
  now: Date,
): string | undefined {
  const { time, zone } = schedule;
  for (const day of changeDays({ day: dayIn(now, zone), days: 366, zone })) {
    if (hasSlot(schedule, day) && isInGap({ day, time, zone }))
      return `On ${formatDay(day)}, clocks in ${schedule.zone} skip ${schedule.time}. That day's question is posted right after the change.`;
  }
  return undefined;
}

/** The state of a slot in words. */
export function formatState(post: {
  state: string;
  closedAt: Date | null;
  problem: Text | null;
}): Inline[] {
  switch (post.state) {
    case 'posted':
      return [post.closedAt ? 'closed' : 'open'];
    case 'claimed':
      return ['being posted'];
    case 'lost':
      return ['sent, but not confirmed (', ...spans(post.problem ?? 'no response'), ')'];
    default:
      return post.problem ? [`${post.state}: `, ...spans(post.problem)] : [post.state];
  }
}
