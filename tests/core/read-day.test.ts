import { expect, test } from 'vitest';
import { readDay } from '../../src/core/read-day.ts';

// A Monday.
const TODAY = '2026-11-30';

test.each([
  ['2026-12-20', '2026-12-20'],
  ['today', '2026-11-30'],
  ['tomorrow', '2026-12-01'],
  ['in 20 days', '2026-12-20'],
  ['20 days', '2026-12-20'],
  ['in 3 weeks', '2026-12-21'],
  ['in a week', '2026-12-07'],
  ['in two weeks', '2026-12-14'],
  ['Dec 20', '2026-12-20'],
  ['20.12.2026', '2026-12-20'],
  ['2026/12/20', '2026-12-20'],
  ['on dec. 20', '2026-12-20'],
  ['20 December', '2026-12-20'],
  ['20. Dec', '2026-12-20'],
  ['the 20th of December'.replace('the ', ''), '2026-12-20'],
  ['December 20th, 2027', '2027-12-20'],
  ['Nov 30', '2026-11-30'],
  // Before today: the one of next year.
  ['Nov 29', '2027-11-29'],
  ['Friday', '2026-12-04'],
  ['next fri', '2026-12-04'],
  ['Monday', '2026-12-07'],
])('%s is %s', (typed, day) => {
  expect(readDay(typed, TODAY)).toBe(day);
});

test.each([
  '',
  'soon',
  '20',
  '12/20',
  '2026-02-30',
  'Feb 30',
  'Dec',
  'in 0 days',
  'monkey',
  'in days',
])('"%s" is no day', (typed) => {
  expect(readDay(typed, TODAY)).toBeUndefined();
});
