import { expect, test } from 'vitest';
import { addDays, changeDays, isInGap } from '../../../src/core/time.ts';
import { gapWarning } from '../../../src/features/daily/schedule-words.ts';

const every = { days: '1234567', daysOff: [], startsOn: '2000-01-01' };
const NOW = new Date('2026-11-25T09:00:00Z');

test.each([
  ['Europe/Berlin', '02:30', 'Sun, 28 Mar 2027'],
  ['America/New_York', '02:30', 'Sun, 14 Mar 2027'],
  ['Africa/Cairo', '00:30', 'Fri, 30 Apr 2027'],
])('a warning names the day on which clocks in %s skip %s', (zone, time, day) => {
  expect(gapWarning({ ...every, zone, time }, NOW)).toContain(`On ${day}`);
});

test.each([
  ['UTC', '02:30'],
  ['Asia/Kolkata', '02:30'],
  ['Europe/Berlin', '09:00'],
])('no warning where clocks in %s keep %s', (zone, time) => {
  expect(gapWarning({ ...every, zone, time }, NOW)).toBeUndefined();
});

test('a day that is off needs no warning', () => {
  const schedule = { ...every, zone: 'Europe/Berlin', time: '02:30' };

  expect(gapWarning({ ...schedule, days: '12345' }, NOW)).toBeUndefined();
});

test.each(['Europe/Berlin', 'Africa/Casablanca', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC'])(
  'every day with a gap in %s is a day of change',
  (zone) => {
    const day = '2011-06-01';
    const changes = changeDays({ day, days: 366, zone });

    const skipped = Array.from({ length: 366 }, (_, at) => addDays(day, at)).filter((each) =>
      ['00:00', '00:30', '02:15', '12:00'].some((time) => isInGap({ day: each, time, zone })),
    );

    expect(changes).toEqual(expect.arrayContaining(skipped));
  },
);
