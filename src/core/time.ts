import { Temporal } from 'temporal-polyfill';

/** The only way to the present moment. */
export type Clock = { now(): Date };

/** A local time of day, `HH:MM`. */
export type TimeOfDay = string;

/** A calendar day, `YYYY-MM-DD`, without a zone. */
export type Day = string;

/** True when the name is an IANA zone (or alias) that this machine knows. */
export function isZone(name: string): boolean {
  // Offsets such as +02:00 are accepted by Intl but know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Zones whose last part is this name: `berlin` is Europe/Berlin. */
export function zonesOfCity(city: string): string[] {
  const ending = `/${city.toLowerCase()}`;
  return Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().endsWith(ending));
}

/** Reads `9`, `9:00`, `09.00`, `9am`, `9:30 pm` or `0900`; undefined when it is no time of day. */
export function parseTimeOfDay(typed: string): TimeOfDay | undefined {
  const match = /^(\d{1,2})(?:[:.h]?([0-5]\d))?\s*([ap])?\.?m?\.?$/i.exec(typed.trim());
  if (!match) return undefined;
  const half = match[3]?.toLowerCase();
  let hour = Number(match[1]);
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23) return undefined;
  return `${String(hour).padStart(2, '0')}:${match[2] ?? '00'}`;
}

/** The calendar day on which an instant falls in a zone. */
export function dayIn(instant: Date, zone: string): Day {
  return zoned(instant, zone).toPlainDate().toString();
}

/**
 * The instant at which a local time of day comes on a local day.
 *
 * A time inside a gap (clocks put forward) is the first valid instant after the gap; a time that
 * comes twice (clocks put back) is its first.
 */
export function instantOf({ day, time, zone }: { day: Day; time: TimeOfDay; zone: string }): Date {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wanted)) return new Date(earlier.epochMilliseconds);
  // Resolved with the offset before the gap, the time lies before the change of clocks.
  const change = earlier.getTimeZoneTransition('next');
  return new Date((change ?? earlier).epochMilliseconds);
}

/** True when this local time is skipped by a change of clocks on that day. */
export function isInGap({ day, time, zone }: { day: Day; time: TimeOfDay; zone: string }): boolean {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return !found.toPlainDateTime().equals(wanted);
}

/** Local days on which the clocks of a zone change: from this day on, as many days as given. */
export function changeDays({ day, days, zone }: { day: Day; days: number; zone: string }): Day[] {
  const start = Temporal.PlainDate.from(day);
  const end = start.add({ days });
  const found = new Set<Day>();
  // A change may come with the day's first instant, so the search begins just before it.
  let before = start.toZonedDateTime(zone).subtract({ nanoseconds: 1 });
  for (;;) {
    const change = before.getTimeZoneTransition('next');
    if (!change || Temporal.PlainDate.compare(change.toPlainDate(), end) >= 0) return [...found];
    // A zone that crosses the date line leaves out a day between the two.
    let each = change.subtract({ nanoseconds: 1 }).toPlainDate();
    for (
      ;
      Temporal.PlainDate.compare(each, change.toPlainDate()) <= 0;
      each = each.add({ days: 1 })
    )
      if (Temporal.PlainDate.compare(each, start) >= 0) found.add(each.toString());
    before = change;
  }
}

const DAY_MS = 86_400_000;

/** Days since 1 January 1970: calendar objects take twenty times as long, and schedules count many days. */
export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** The day so many days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/** The day that is so many days after 1 January 1970. */
export function dayOfNumber(days: number): Day {
  const [written = ''] = new Date(days * DAY_MS).toISOString().split('T');
  return written;
}

/** Days from one day to another; negative when `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(day: Day): number {
  // Day 0 was a Thursday, and days before it have negative numbers.
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** A stretch of the calendar; a season is a quarter of the year. */
export type Period = 'week' | 'month' | 'season';

/** The first day of the ISO week, month or calendar quarter, and the first day after it. */
export function periodOf(day: Day, period: Period): { from: Day; until: Day } {
  const date = Temporal.PlainDate.from(day);
  if (period === 'week') {
    const from = date.subtract({ days: date.dayOfWeek - 1 });
    return { from: from.toString(), until: from.add({ days: 7 }).toString() };
  }
  const months = period === 'month' ? 1 : 3;
  const from = date.with({ day: 1, month: date.month - ((date.month - 1) % months) });
  return { from: from.toString(), until: from.add({ months }).toString() };
}

/** A calendar quarter in words: `2026 Q4`. */
export function seasonName(day: Day): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.year} Q${Math.ceil(date.month / 3)}`;
}

/** An instant in words: `Thu, 26 Nov 2026, 09:00 GMT+1`. */
export function formatMoment(instant: Date, zone: string, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(instant);
}

/** A day in words: `Thu, 26 Nov 2026`. */
export function formatDay(day: Day, locale = 'en-GB'): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

/** The wall clock in a zone: `09:00`. */
export function formatClock(instant: Date, zone: string): TimeOfDay {
  return zoned(instant, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
