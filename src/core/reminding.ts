import { nextSlots } from './slots.ts';
import {
  addDays,
  type Day,
  dayIn,
  formatClock,
  instantOf,
  type TimeOfDay,
  weekday,
} from './time.ts';

/** When somebody wants to be reminded; quiet hours may lie around midnight, and none are when both are equal. */
export type ReminderRule = {
  time: TimeOfDay;
  zone: string;
  /** ISO weekdays, such as `12345`. */
  days: string;
  quietFrom: TimeOfDay;
  quietUntil: TimeOfDay;
};

/** A change of zone or time could bring two days close together. */
const APART_MS = 12 * 3_600_000;

/** Whether a local time of day lies in the quiet hours. */
export function isQuiet(
  time: TimeOfDay,
  { quietFrom, quietUntil }: Pick<ReminderRule, 'quietFrom' | 'quietUntil'>,
): boolean {
  if (quietFrom <= quietUntil) return time >= quietFrom && time < quietUntil;
  return time >= quietFrom || time < quietUntil;
}

/** The next instant at which a reminder may come. */
export function nextReminder(rule: ReminderRule, after: Date): Date | undefined {
  const startsOn = dayIn(after, rule.zone);
  return nextSlots({ ...rule, daysOff: [], startsOn }, after, 1)[0]?.at;
}

/**
 * Until when today's reminder may be sent: the beginning of the quiet hours or the end of the local day. Undefined when
 * none may come now: its time has not come, today is none of its days, it is quiet, or there was one already.
 *
 * @param lastAt The last reminder of this person, whatever was switched on then.
 */
export function reminderUntil(
  rule: ReminderRule,
  now: Date,
  lastAt: Date | null,
): Date | undefined {
  const today = dayIn(now, rule.zone);
  if (!rule.days.includes(String(weekday(today)))) return undefined;
  if (now < instantOf({ day: today, time: rule.time, zone: rule.zone })) return undefined;
  if (isQuiet(formatClock(now, rule.zone), rule)) return undefined;
  if (lastAt && (isSameDay(lastAt, today, rule.zone) || isTooSoon(lastAt, now))) return undefined;
  return endOf(rule, today, now);
}

const isSameDay = (instant: Date, day: Day, zone: string) => dayIn(instant, zone) === day;

const isTooSoon = (last: Date, now: Date) => now.getTime() - last.getTime() < APART_MS;

function endOf({ quietFrom, quietUntil, zone }: ReminderRule, today: Day, now: Date): Date {
  const midnight = instantOf({ day: addDays(today, 1), time: '00:00', zone });
  if (quietFrom === quietUntil) return midnight;
  const quiet = instantOf({ day: today, time: quietFrom, zone });
  return quiet > now && quiet < midnight ? quiet : midnight;
}
