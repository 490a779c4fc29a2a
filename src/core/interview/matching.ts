import type { Difficulty } from '../questions/schema.ts';
import { addDays, type Day, dayIn, instantOf } from '../time.ts';

/**
 * Between which minutes of each day somebody has time, on the clocks of their zone. Hours that end
 * before they begin go over midnight; the same minute twice means at any time.
 */
export type FreeHours = { fromMinute: number; untilMinute: number; zone: string };

/** What somebody wishes of a peer interview: a level, any when null, and the hours. */
export type MatchPreferences = FreeHours & { level: Difficulty | null };

/** Somebody who waits for a partner. */
export type Waiting = MatchPreferences & { personId: string; teamId: string; platform: string };

/** No level and no hours in particular. */
export const NO_PREFERENCES: MatchPreferences = {
  level: null,
  fromMinute: 0,
  untilMinute: 0,
  zone: 'UTC',
};

/** What a peer interview needs: both halves and the feedback. */
export const PEER_MINUTES = 30;

const DAY_MINUTES = 1440;

/** True when two may meet at all: of the same team and platform, and with levels that agree. */
export function areCompatible(one: Waiting, other: Waiting): boolean {
  return (
    one.teamId === other.teamId &&
    one.platform === other.platform &&
    one.personId !== other.personId &&
    (one.level === null || other.level === null || one.level === other.level)
  );
}

/** True when an interview fits into the hours. */
export function areLongEnough({ fromMinute, untilMinute }: FreeHours): boolean {
  const minutes = (untilMinute - fromMinute + DAY_MINUTES) % DAY_MINUTES;
  return minutes === 0 || minutes >= PEER_MINUTES;
}

/** True when an interview that begins at this instant ends within the hours. */
export function hasTime(hours: FreeHours, at: Date): boolean {
  if (hours.fromMinute === hours.untilMinute) return true;
  const end = new Date(at.getTime() + PEER_MINUTES * 60_000);
  return daysAround(hours, at).some((day) => {
    const free = stretch(hours, day);
    return free.from <= at && end <= free.until;
  });
}

/**
 * The first instant, not before `after`, at which all of these have time for an interview;
 * undefined when there is none until the day after tomorrow.
 */
export function nextMeeting(people: readonly FreeHours[], after: Date): Date | undefined {
  // Whatever all have in common begins at once or together with the hours of one of them.
  const begins = people
    .flatMap((hours) => daysAround(hours, after).map((day) => stretch(hours, day).from))
    .filter((instant) => instant > after)
    .sort((one, other) => one.getTime() - other.getTime());
  return [after, ...begins].find((instant) => people.every((hours) => hasTime(hours, instant)));
}

/** Hours of yesterday may reach into today; those of tomorrow begin within a day and a bit. */
function daysAround({ zone }: FreeHours, at: Date): Day[] {
  const today = dayIn(at, zone);
  return [-1, 0, 1].map((days) => addDays(today, days));
}

function stretch(
  { fromMinute, untilMinute, zone }: FreeHours,
  day: Day,
): { from: Date; until: Date } {
  const lastDay = untilMinute > fromMinute ? day : addDays(day, 1);
  return {
    from: instantOf({ day, time: clockOf(fromMinute), zone }),
    until: instantOf({ day: lastDay, time: clockOf(untilMinute), zone }),
  };
}

/** A minute of the day as the clock shows it: `17:00`. */
export function clockOf(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** The minute of the day that a clock shows. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
