import { expect, test } from 'vitest';
import { dueSlots, hasSlot, nextSlots } from '../../src/core/slots.ts';
import { dayIn } from '../../src/core/time.ts';

const rule = {
  time: '09:00',
  zone: 'Europe/Berlin',
  days: '12345',
  daysOff: ['2026-03-04'],
  startsOn: '2026-03-02',
};

test('a slot needs its weekday, its start and no day off', () => {
  expect(hasSlot(rule, '2026-03-02')).toBe(true);
  expect(hasSlot(rule, '2026-03-01')).toBe(false);
  expect(hasSlot(rule, '2026-03-04')).toBe(false);
  expect(hasSlot(rule, '2026-02-27')).toBe(false);
});

test('the next slots pass over weekends, days off and taken days', () => {
  const slots = nextSlots(rule, new Date('2026-03-02T08:00:00Z'), 3, new Set(['2026-03-05']));

  expect(slots.map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-06', '2026-03-09']);
});

test.each([
  'Africa/Cairo',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Godthab',
  'Asia/Kolkata',
])('a year of %s has one slot a day', (zone) => {
  const daily = { time: '23:30', zone, days: '1234567', daysOff: [], startsOn: '2026-01-01' };
  const taken = new Set<string>();
  let now = new Date('2025-12-31T00:00:00Z');
  for (let count = 0; count < 365; count += 1) {
    const [next] = nextSlots(daily, now, 1);
    if (!next) throw new Error('A slot must come');
    expect(dueSlots(daily, taken, new Date(next.at.getTime() - 1))).toEqual([]);
    expect(dueSlots(daily, taken, next.at)).toEqual([next]);
    taken.add(next.day);
    now = next.at;
  }

  expect(taken.size).toBe(365);
  expect(dayIn(now, zone) >= '2026-12-31').toBe(true);
});
