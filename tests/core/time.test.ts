import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  addDays,
  dayIn,
  daysBetween,
  instantOf,
  isZone,
  parseTimeOfDay,
  periodOf,
  weekday,
} from '../../src/core/time.ts';

test.each([
  ['New York, gap', 'America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00Z'],
  ['London, gap', 'Europe/London', '2026-03-29', '01:30', '2026-03-29T01:00:00Z'],
  [
    'Lord Howe, half-hour gap',
    'Australia/Lord_Howe',
    '2026-10-04',
    '02:15',
    '2026-10-03T15:30:00Z',
  ],
  ['Cairo, gap at midnight', 'Africa/Cairo', '2026-04-24', '00:00', '2026-04-23T22:00:00Z'],
  ['Beirut, gap at midnight', 'Asia/Beirut', '2026-03-29', '00:00', '2026-03-28T22:00:00Z'],
  ['New York, repeated', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
  ['Havana, repeated', 'America/Havana', '2026-11-01', '00:30', '2026-11-01T04:30:00Z'],
  ['Kolkata, no change', 'Asia/Kolkata', '2026-06-01', '09:00', '2026-06-01T03:30:00Z'],
])('%s', (_, zone, day, time, expected) => {
  expect(instantOf({ day, time, zone }).toISOString()).toBe(new Date(expected).toISOString());
});

test.each([
  ['9', '09:00'],
  ['09:30', '09:30'],
  ['9.30', '09:30'],
  ['9am', '09:00'],
  ['12 am', '00:00'],
  ['12:15 pm', '12:15'],
  ['0900', '09:00'],
  ['23:59', '23:59'],
])('%s is the time %s', (typed, expected) => {
  expect(parseTimeOfDay(typed)).toBe(expected);
});

test.each(['25:00', '9:60', '13pm', 'noon', '', '-1', '1e3'])('%s is no time of day', (typed) => {
  expect(parseTimeOfDay(typed)).toBeUndefined();
});

test.each([
  ['Europe/Kyiv', true],
  ['Asia/Kolkata', true],
  ['UTC', true],
  ['Berlin', false],
  ['+02:00', false],
  ['Mars/Phobos', false],
])('%s is a zone: %s', (name, expected) => {
  expect(isZone(name)).toBe(expected);
});

test.each([
  ['week', '2026-12-28', '2027-01-04'],
  ['month', '2027-01-01', '2027-02-01'],
  ['season', '2027-01-01', '2027-04-01'],
] as const)('the %s of New Year 2027', (period, from, until) => {
  expect(periodOf('2027-01-01', period)).toEqual({ from, until });
});

test('a day is the one on the wall of the zone', () => {
  const instant = new Date('2026-03-01T23:30:00Z');

  expect(dayIn(instant, 'Asia/Tokyo')).toBe('2026-03-02');
  expect(dayIn(instant, 'America/Los_Angeles')).toBe('2026-03-01');
});

test('counting days is what the calendar says, over ten thousand years', () => {
  const first = Temporal.PlainDate.from('0000-01-01');
  const days = fc.integer({ min: 0, max: 3_652_000 });
  fc.assert(
    fc.property(days, days, (one, other) => {
      const from = first.add({ days: one });
      const to = first.add({ days: other });

      expect(addDays(from.toString(), other - one)).toBe(to.toString());
      expect(daysBetween(from.toString(), to.toString())).toBe(from.until(to).days);
      expect(weekday(to.toString())).toBe(to.dayOfWeek);
    }),
    { numRuns: 2000 },
  );
});
