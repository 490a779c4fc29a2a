import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  areCompatible,
  areLongEnough,
  clockOf,
  hasTime,
  minuteOf,
  NO_PREFERENCES,
  nextMeeting,
  type Waiting,
} from '../../../src/core/interview/matching.ts';

const hours = (typed: string) => {
  const [from = '', until = '', zone = 'UTC'] = typed.split(/[- ]/);
  return { fromMinute: minuteOf(from), untilMinute: minuteOf(until), zone };
};

const waiting = (change: Partial<Waiting> = {}): Waiting => ({
  ...NO_PREFERENCES,
  personId: 'ana',
  teamId: 't1',
  platform: 'slack',
  ...change,
});

test.each([
  ['nobody with themselves', {}, false],
  ['somebody else', { personId: 'bo' }, true],
  ['another team', { personId: 'bo', teamId: 't2' }, false],
  ['another platform', { personId: 'bo', platform: 'discord' }, false],
  ['the same level', { personId: 'bo', level: 'hard' }, true],
  ['any level', { personId: 'bo', level: null }, true],
  ['another level', { personId: 'bo', level: 'easy' }, false],
] as const)('who suits somebody who wishes for hard: %s', (_, change, expected) => {
  const one = waiting({ level: 'hard' });
  const other = waiting({ level: 'hard', ...change });

  expect([areCompatible(one, other), areCompatible(other, one)]).toEqual([expected, expected]);
});

// Berlin is at UTC+1 until 29 March 2026, then at UTC+2; Kolkata is at UTC+5:30 all year.
test.each([
  ['any time', '00:00-00:00 UTC', '2026-03-02T03:00:00Z', true],
  ['before', '17:00-20:00 UTC', '2026-03-02T16:59:00Z', false],
  ['from the first minute', '17:00-20:00 UTC', '2026-03-02T17:00:00Z', true],
  ['just long enough', '17:00-20:00 UTC', '2026-03-02T19:30:00Z', true],
  ['too late to finish', '17:00-20:00 UTC', '2026-03-02T19:31:00Z', false],
  ['east of UTC', '17:00-20:00 Asia/Kolkata', '2026-03-02T11:30:00Z', true],
  ['not by the clock of UTC', '17:00-20:00 Asia/Kolkata', '2026-03-02T17:00:00Z', false],
  ['before midnight', '22:00-02:00 UTC', '2026-03-02T23:45:00Z', true],
  ['after midnight', '22:00-02:00 UTC', '2026-03-03T01:30:00Z', true],
  ['the morning after', '22:00-02:00 UTC', '2026-03-03T01:31:00Z', false],
  ['until midnight', '22:00-00:00 UTC', '2026-03-02T23:31:00Z', false],
  ['in winter', '17:00-20:00 Europe/Berlin', '2026-03-27T16:00:00Z', true],
  ['in summer an hour earlier', '17:00-20:00 Europe/Berlin', '2026-03-30T15:00:00Z', true],
  ['in summer no longer', '17:00-20:00 Europe/Berlin', '2026-03-30T18:00:00Z', false],
  ['when 02:00 to 03:00 is left out', '01:45-03:15 Europe/Berlin', '2026-03-29T00:45:00Z', true],
  ['and half an hour is gone', '01:45-03:15 Europe/Berlin', '2026-03-29T00:46:00Z', false],
])('somebody has time: %s', (_, typed, at, expected) => {
  expect(hasTime(hours(typed), new Date(at))).toBe(expected);
});

// From 08:00 UTC on 2 March 2026; New York is at UTC-5, Tokyo at UTC+9.
test.each([
  ['both at any time', '00:00-00:00 UTC', '00:00-00:00 UTC', '2026-03-02T08:00:00.000Z'],
  ['later today', '17:00-20:00 UTC', '00:00-00:00 UTC', '2026-03-02T17:00:00.000Z'],
  ['the later beginning', '17:00-20:00 UTC', '19:00-23:00 UTC', '2026-03-02T19:00:00.000Z'],
  ['not before tomorrow', '06:00-07:00 UTC', '05:00-09:00 UTC', '2026-03-03T06:00:00.000Z'],
  [
    'in two zones',
    '07:00-09:00 America/New_York',
    '20:00-22:00 Asia/Tokyo',
    '2026-03-02T12:00:00.000Z',
  ],
  ['over midnight', '22:00-02:00 UTC', '01:00-03:00 UTC', '2026-03-03T01:00:00.000Z'],
  ['too short a time', '17:00-20:00 UTC', '19:45-22:00 UTC', undefined],
  ['never', '17:00-20:00 UTC', '05:00-08:00 UTC', undefined],
])('when two meet next: %s', (_, one, other, expected) => {
  const people = [hours(one), hours(other)];

  expect(nextMeeting(people, new Date('2026-03-02T08:00:00Z'))?.toISOString()).toBe(expected);
});

test.each([
  ['17:00-17:29', false],
  ['17:00-17:30', true],
  ['23:45-00:10', false],
  ['23:45-00:15', true],
  ['00:00-00:00', true],
])('hours that an interview fits into: %s', (typed, expected) => {
  expect(areLongEnough(hours(typed))).toBe(expected);
});

const minutes = fc.integer({ min: 0, max: 1439 });
const freeHours = fc.record({
  fromMinute: minutes,
  untilMinute: minutes,
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia'),
});
const instants = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2027-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** The minute of the day that a wall clock in the zone shows, by the platform's own calendar. */
function wallMinute(at: Date, zone: string): number {
  const shown = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(at);
  return minuteOf(shown);
}

test('whoever has time has it on the clock of their zone from the first to the last minute', () => {
  fc.assert(
    fc.property(freeHours, instants, (free, at) => {
      fc.pre(free.fromMinute !== free.untilMinute && hasTime(free, at));
      const length = (free.untilMinute - free.fromMinute + 1440) % 1440;

      for (const after of [0, 10, 20, 29]) {
        const minute = wallMinute(new Date(at.getTime() + after * 60_000), free.zone);
        expect((minute - free.fromMinute + 1440) % 1440).toBeLessThan(length);
      }
    }),
  );
});

test('two meet at an instant at which both have time, whoever is asked first', () => {
  fc.assert(
    fc.property(freeHours, freeHours, instants, (one, other, after) => {
      const next = nextMeeting([one, other], after);

      expect(nextMeeting([other, one], after)).toEqual(next);
      if (next) {
        expect(next >= after).toBe(true);
        expect(hasTime(one, next) && hasTime(other, next)).toBe(true);
      }
    }),
  );
});

test('no quarter of an hour before the next meeting would have done', () => {
  fc.assert(
    fc.property(freeHours, freeHours, instants, (one, other, after) => {
      const next = nextMeeting([one, other], after);
      const end = next?.getTime() ?? after.getTime() + 86_400_000;

      for (let at = after.getTime(); at < end; at += 15 * 60_000)
        expect(hasTime(one, new Date(at)) && hasTime(other, new Date(at))).toBe(false);
    }),
    { numRuns: 30 },
  );
});

test('a clock and its minute are the same time', () => {
  fc.assert(fc.property(minutes, (minute) => minuteOf(clockOf(minute)) === minute));
});
