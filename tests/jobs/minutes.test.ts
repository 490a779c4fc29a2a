import cron from 'node-cron';
import { expect, test } from 'vitest';
import { movableClock } from '../../src/demo/demo.ts';
import { watchMinutes } from '../../src/jobs/minutes.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** A clock that is looked at each second, and can be set meanwhile. */
function watched(isDue: (instant: Date) => boolean = () => true) {
  const clock = movableClock(new Date('2026-03-02T08:00:30Z'));
  let elapsed = 0;
  const ticks: string[] = [];
  const setBacks: number[] = [];
  const { look, stop } = watchMinutes({
    clock,
    elapsedMs: () => elapsed,
    isDue,
    onMinute: () => ticks.push(clock.now().toISOString().slice(5, 16)),
    onSetBack: (ms) => setBacks.push(ms),
  });
  stop();
  const set = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms));
  return {
    ticks,
    setBacks,
    set,
    /** Lets the time pass, a look each second. */
    pass(ms: number) {
      for (let passed = 0; passed < ms; passed += SECOND) {
        elapsed += SECOND;
        set(SECOND);
        look();
      }
    },
  };
}

test('each minute is noticed once', () => {
  const { ticks, setBacks, pass } = watched();

  pass(3 * 60 * SECOND);

  expect(ticks).toEqual(['03-02T08:01', '03-02T08:02', '03-02T08:03']);
  expect(setBacks).toEqual([]);
});

test('a minute whose second 0 nobody saw is due all the same', () => {
  const schedule = cron.createTask('* * * * *', () => {});
  const { ticks, set, pass } = watched((instant) => schedule.match(instant));

  set(35 * SECOND);
  pass(60 * SECOND);

  expect(ticks).toEqual(['03-02T08:01', '03-02T08:02']);
});

test.each([
  ['back an hour', -HOUR, ['03-02T07:01', '03-02T07:02', '03-02T07:03']],
  ['back two hours', -2 * HOUR, ['03-02T06:01', '03-02T06:02', '03-02T06:03']],
  ['forward two hours', 2 * HOUR, ['03-02T10:01', '03-02T10:02', '03-02T10:03']],
  ['forward a week', 7 * DAY, ['03-09T08:01', '03-09T08:02', '03-09T08:03']],
  ['forward three days in a sleep', 3 * DAY, ['03-05T08:01', '03-05T08:02', '03-05T08:03']],
])('a clock that is set %s brings one tick at once and the next with its minute', (_, ms, then) => {
  const { ticks, setBacks, set, pass } = watched();
  pass(31 * SECOND);

  set(ms);
  pass(2 * 60 * SECOND);

  expect(ticks).toEqual(['03-02T08:01', ...then].slice(0, 4));
  expect(ticks).toHaveLength(4);
  expect(setBacks).toEqual(ms < 0 ? [-ms] : []);
});

test('two seconds back and forth around a full minute brings no storm', () => {
  const { ticks, setBacks, set, pass } = watched();
  pass(30 * SECOND);

  set(-2 * SECOND);
  pass(10 * SECOND);
  set(2 * SECOND);
  pass(60 * SECOND);

  expect(ticks.length).toBeLessThanOrEqual(4);
  expect(new Set(ticks)).toEqual(new Set(['03-02T08:00', '03-02T08:01', '03-02T08:02']));
  expect(setBacks).toEqual([]);
});

test('minutes that the schedule leaves out bring nothing', () => {
  const { ticks, pass } = watched((instant) => instant.getUTCMinutes() % 5 === 0);

  pass(10 * 60 * SECOND);

  expect(ticks).toEqual(['03-02T08:05', '03-02T08:10']);
});
