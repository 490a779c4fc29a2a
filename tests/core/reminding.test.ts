import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isQuiet,
  nextReminder,
  type ReminderRule,
  reminderUntil,
} from '../../src/core/reminding.ts';
import { dayIn, formatClock } from '../../src/core/time.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'America/St_Johns',
];
const HOUR_MS = 3_600_000;

const time = fc
  .integer({ min: 0, max: 24 * 4 - 1 })
  .map(
    (quarter) =>
      `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][quarter % 4]}`,
  );
const rule: fc.Arbitrary<ReminderRule> = fc.record({
  time,
  zone: fc.constantFrom(...ZONES),
  days: fc.constantFrom('1234567', '12345', '6', '257'),
  quietFrom: time,
  quietUntil: time,
});
/** Settings that hold for some looks at the clock, each some minutes after the one before. */
const stretch = fc.record({
  rule,
  minutes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 60 }),
});
// Both changes of the clocks lie within the weeks that follow.
const start = fc.constantFrom(
  '2026-03-06T00:00:00Z',
  '2026-03-27T00:00:00Z',
  '2026-10-23T00:00:00Z',
);

test('one message a day at most, never in quiet hours, whatever is changed and when the clocks are', () => {
  fc.assert(
    fc.property(start, fc.array(stretch, { minLength: 1, maxLength: 12 }), (begin, stretches) => {
      let now = Date.parse(begin);
      let last: Date | null = null;
      for (const { rule: settings, minutes } of stretches)
        for (const each of minutes) {
          now += each * 60_000;
          const at = new Date(now);
          const until = reminderUntil(settings, at, last);
          if (!until) continue;
          if (last) {
            expect(dayIn(last, settings.zone)).not.toBe(dayIn(at, settings.zone));
            expect(now - last.getTime()).toBeGreaterThanOrEqual(12 * HOUR_MS);
          }
          expect(isQuiet(formatClock(at, settings.zone), settings)).toBe(false);
          // A late one still comes on the same day and before it is quiet.
          expect(until.getTime()).toBeGreaterThan(now);
          const latest = new Date(until.getTime() - 1);
          expect(dayIn(latest, settings.zone)).toBe(dayIn(at, settings.zone));
          last = at;
        }
    }),
    { numRuns: 300 },
  );
});

test('somebody who is looked at when the next one falls due gets one on each of their days', () => {
  fc.assert(
    fc.property(
      start,
      fc.constantFrom(...ZONES),
      fc.constantFrom('08:30', '19:00'),
      (begin, zone, at) => {
        const settings = {
          time: at,
          zone,
          days: '1234567',
          quietFrom: '22:00',
          quietUntil: '07:00',
        };
        const days: string[] = [];
        let last: Date | null = null;
        let now = new Date(begin);
        for (let count = 0; count < 10; count += 1) {
          now = nextReminder(settings, now) ?? now;
          expect(reminderUntil(settings, now, last)).toBeDefined();
          last = now;
          days.push(dayIn(now, zone));
        }
        expect(new Set(days).size).toBe(10);
      },
    ),
  );
});

test.each([
  ['22:00', '07:00', '23:00', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['12:00', '13:00', '12:30', true],
  ['12:00', '13:00', '13:00', false],
  ['00:00', '00:00', '00:00', false],
])('quiet from %s until %s: %s is %s', (quietFrom, quietUntil, at, quiet) => {
  expect(isQuiet(at, { quietFrom, quietUntil })).toBe(quiet);
});
