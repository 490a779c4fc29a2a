import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAlarm } from '../../src/jobs/alarm.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

const clock = { now: () => new Date() };
const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

test('it rings at the earliest instant that was set, once', () => {
  const ring = vi.fn();
  const alarm = createAlarm(clock, ring);

  alarm.set(inSeconds(5));
  alarm.set(inSeconds(2));
  alarm.set(inSeconds(9));
  vi.advanceTimersByTime(1_999);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20_000);

  expect(ring).toHaveBeenCalledTimes(1);
});

test('an instant beyond a minute rings after a minute, and what was set then counts again', () => {
  const ring = vi.fn();
  const alarm = createAlarm(clock, ring);

  alarm.set(inSeconds(120));
  vi.advanceTimersByTime(60_000);
  expect(ring).toHaveBeenCalledTimes(1);
  alarm.set(inSeconds(3));
  vi.advanceTimersByTime(3_000);

  expect(ring).toHaveBeenCalledTimes(2);
});

test('a clock that is set forward keeps nothing waiting', () => {
  const ring = vi.fn();
  let now = 0;
  const alarm = createAlarm({ now: () => new Date(now) }, ring);

  alarm.set(new Date(120_000));
  now = 118_000;
  alarm.set(new Date(120_000));
  vi.advanceTimersByTime(2_000);

  expect(ring).toHaveBeenCalledTimes(1);
});
