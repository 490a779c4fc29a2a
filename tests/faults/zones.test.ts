import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dueSlots, nextSlots } from '../../src/core/slots.ts';
import { addDays, dayIn, instantOf, isInGap } from '../../src/core/time.ts';

/** Every zone of this machine and the usual aliases. */
const ZONES = [
  ...new Set([
    ...Intl.supportedValuesOf('timeZone'),
    'UTC',
    'Asia/Kolkata',
    'Europe/Kyiv',
    'US/Pacific',
    'Asia/Calcutta',
  ]),
];
const HALF_HOURS = Array.from(
  { length: 48 },
  (_, index) => `${String(index >> 1).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
);

/** Local days on which the clocks change, found by the zone's own transitions. */
function transitionDays(zone: string): string[] {
  const days = new Set<string>();
  let at = Temporal.ZonedDateTime.from(`2024-01-01T00:00[${zone}]`);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.year > 2034) return [...days];
    days.add(next.toPlainDate().toString());
    days.add(next.subtract({ nanoseconds: 1 }).toPlainDate().toString());
    at = next;
  }
}

/** The wall clock of a zone; the same instants are asked about again and again. */
function wallClock(zone: string) {
  const known = new Map<number, Temporal.PlainDateTime>();
  return (epochMs: number): Temporal.PlainDateTime => {
    const before = known.get(epochMs);
    if (before) return before;
    const instant = Temporal.Instant.fromEpochMilliseconds(epochMs);
    const read = instant.toZonedDateTimeISO(zone).toPlainDateTime();
    known.set(epochMs, read);
    return read;
  };
}

/** What is wrong with the instants of one half hour: the day before, on that day, and the day after. */
function slotProblem(at: { day: string; time: string; zone: string }, on: Date): string[] {
  const [before, after] = [-1, 1].map((days) => instantOf({ ...at, day: addDays(at.day, days) }));
  const increasing = before && after && before < on && on < after;
  // A gap that reaches midnight ends at the first instant of the next day.
  const inside = dayIn(on, at.zone) === at.day || isInGap(at);
  return increasing && inside ? [] : ['not one slot for each local date'];
}

/** What is wrong when an instant is not the first valid one after a gap, or the first of a repeated hour. */
function firstProblem(
  wanted: Temporal.PlainDateTime,
  on: Date,
  clock: ReturnType<typeof wallClock>,
) {
  const at = on.getTime();
  if (clock(at).equals(wanted)) {
    // No earlier instant has the same wall clock.
    return [30, 60, 120]
      .filter((minutes) => clock(at - minutes * 60_000).equals(wanted))
      .map((minutes) => `not the first, by ${minutes} minutes`);
  }
  const skipped =
    Temporal.PlainDateTime.compare(clock(at - 1), wanted) < 0 &&
    Temporal.PlainDateTime.compare(clock(at), wanted) > 0;
  return skipped ? [] : ['not right after the gap'];
}

test('one slot for each local date, at its first valid instant: all zones, every day of a change of clocks, 48 times', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const zone of ZONES) {
    const clock = wallClock(zone);
    for (const day of transitionDays(zone)) {
      for (const time of HALF_HOURS) {
        checked += 1;
        const on = instantOf({ day, time, zone });
        const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
        for (const problem of [
          ...slotProblem({ day, time, zone }, on),
          ...firstProblem(wanted, on, clock),
        ])
          wrong.push(`${problem}: ${zone} ${day} ${time}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(100_000);
});

test('due slots and next slots agree over a year of minutes that matter', () => {
  for (const zone of ['Africa/Cairo', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']) {
    const rule = { time: '00:00', zone, days: '1234567', daysOff: [], startsOn: '2026-01-01' };
    const taken = new Set<string>();
    let now = new Date('2025-12-31T00:00:00Z');
    for (let count = 0; count < 365; count += 1) {
      const [next] = nextSlots(rule, now, 1);
      if (!next) throw new Error('A slot must come');
      expect(dueSlots(rule, taken, new Date(next.at.getTime() - 1))).toEqual([]);
      expect(dueSlots(rule, taken, next.at)).toEqual([next]);
      taken.add(next.day);
      now = next.at;
    }
    expect(taken.size).toBe(365);
  }
});
