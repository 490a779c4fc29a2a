import { addDays, dayIn, instantOf, isZone, parseTimeOfDay } from '../core/time.ts';

/** When the demo team is asked its question. */
export const DEMO_TIME = '09:00';

/** When a day of the demo begins. */
const MORNING = '08:00';

/** The day on which the demo begins. Questions are drawn by the day, so a fixed one shows everybody the same demo. */
const FIRST_DAY = '2026-01-13';

/** The instant at which the demo begins: the hour of its question. */
export function demoStart(zone: string): Date {
  return instantOf({ day: FIRST_DAY, time: DEMO_TIME, zone });
}

/** The morning so many weekdays before a moment. */
export function morningBefore(moment: Date, weekdays: number, zone: string): Date {
  let day = dayIn(moment, zone);
  for (let left = weekdays; left > 0; ) {
    day = addDays(day, -1);
    if (isWeekday(day)) left -= 1;
  }
  return instantOf({ day, time: MORNING, zone });
}

/** The mornings and posting hours after one moment, up to another. */
export function hoursBetween(after: Date, until: Date, zone: string): Date[] {
  const hours: Date[] = [];
  for (let day = dayIn(after, zone); day <= dayIn(until, zone); day = addDays(day, 1))
    hours.push(...[MORNING, DEMO_TIME].map((time) => instantOf({ day, time, zone })));
  return hours.filter((hour) => hour > after && hour <= until);
}

function isWeekday(day: string): boolean {
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** `tomorrow 09:00`, `09:00`, `2h`, `30m`, `3 days`, `2026-12-01 09:00`. */
export function readJump(words: string, now: Date, zone: string): Date | undefined {
  const text = words.trim().toLowerCase();
  const span = /^(\d+)\s*(m|min|minutes?|h|hours?|d|days?)$/.exec(text);
  if (span) {
    const unit = span[2]?.charAt(0);
    const each = unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 86_400_000;
    return Number(span[1]) > 1000 ? undefined : new Date(now.getTime() + Number(span[1]) * each);
  }
  const match = /^(tomorrow|today|\d{4}-\d\d-\d\d)?\s*(?:at\s+)?(.*)$/.exec(text);
  const time = match?.[2] ? parseTimeOfDay(match[2]) : DEMO_TIME;
  if (!match || !time || (!match[1] && !match[2]) || !isZone(zone)) return undefined;
  const today = dayIn(now, zone);
  const day =
    match[1] === 'tomorrow'
      ? addDays(today, 1)
      : match[1] && match[1] !== 'today'
        ? match[1]
        : today;
  const target = instantOf({ day, time, zone });
  return target <= now && !match[1] ? instantOf({ day: addDays(day, 1), time, zone }) : target;
}
