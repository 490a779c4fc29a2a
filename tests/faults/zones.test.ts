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

test('one slot for each local date: all zones, every day of a change of clocks, 48 times', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const zone of ZONES) {
    for (const day of transitionDays(zone)) {
      for (const time of HALF_HOURS) {
        checked += 1;
        const [before, on, after] = [-1, 0, 1].map((days) =>
          instantOf({ day: addDays(day, days), time, zone }),
        );
        const increasing = before && on && after && before < on && on < after;
        // A gap that reaches midnight ends at the first instant of the next day.
        const inside = on && (dayIn(on, zone) === day || isInGap({ day, time, zone }));
        if (!on || !increasing || !inside) wrong.push(`${zone} ${day} ${time}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(100_000);
}, 120_000);

test('the first valid instant after a gap, the first of a repeated hour', () => {
  const wrong: string[] = [];
  for (const zone of ZONES) {
    for (const day of transitionDays(zone)) {
      for (const time of HALF_HOURS) {
        const found = instantOf({ day, time, zone });
        const local = Temporal.Instant.fromEpochMilliseconds(found.getTime()).toZonedDateTimeISO(
          zone,
        );
        const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
        if (local.toPlainDateTime().equals(wanted)) {
          // No earlier instant has the same wall clock.
          for (const minutes of [30, 60, 120]) {
            const earlier = local.subtract({ minutes });
            if (earlier.toPlainDateTime().equals(wanted))
              wrong.push(`not the first: ${zone} ${day} ${time}`);
          }
        } else {
          const justBefore = local.subtract({ milliseconds: 1 }).toPlainDateTime();
          const skipped =
            Temporal.PlainDateTime.compare(justBefore, wanted) < 0 &&
            Temporal.PlainDateTime.compare(local.toPlainDateTime(), wanted) > 0;
          if (!skipped) wrong.push(`not right after the gap: ${zone} ${day} ${time}`);
        }
      }
    }
  }

  expect(wrong).toEqual([]);
}, 120_000);

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
