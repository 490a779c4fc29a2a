import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BREAK_MS,
  closesAt,
  dueMove,
  GRACE_MS,
  HOST_WAIT_MS,
  type LiveMove,
  type LiveTiming,
  moveTo,
  stepOf,
} from '../../../src/core/live/round.ts';

const AT = new Date('2026-03-02T08:00:00Z');
const later = (ms: number, from = AT) => new Date(from.getTime() + ms);

function round(change: Partial<LiveTiming> = {}): LiveTiming {
  const settings = { count: 3, seconds: 30 };
  return { settings, state: 'lobby', position: 0, leftMs: null, dueAt: AT, ...change };
}

test('a question closes its seconds and the grace after its card stands in the channel', () => {
  expect(closesAt({ count: 3, seconds: 30 }, AT)).toEqual(later(30_000 + GRACE_MS));
  expect(closesAt({ count: 3, seconds: null }, AT)).toBeUndefined();
});

test('a pause keeps what is left of the time, however long it takes', () => {
  const asking = round({ state: 'asking', position: 1, dueAt: later(20_000) });

  const paused = moveTo(asking, 'pause', AT);
  const back = paused && moveTo(paused, 'resume', later(3_600_000));

  expect(paused).toMatchObject({ leftMs: 20_000, dueAt: later(HOST_WAIT_MS) });
  expect(back).toEqual({ ...asking, dueAt: later(3_620_000) });
});

test('a pause before the card was sent keeps the whole time of the question, and no more', () => {
  const asking = round({ state: 'asking', position: 1, dueAt: later(HOST_WAIT_MS) });

  expect(moveTo(asking, 'pause', AT)?.leftMs).toBe(30_000 + GRACE_MS);
});

test('a break follows each question but the last, and takes half a minute', () => {
  const asking = round({ state: 'asking', position: 2 });

  expect(moveTo(asking, 'next', AT)).toMatchObject({ state: 'break', dueAt: later(BREAK_MS) });
  expect(moveTo({ ...asking, position: 3 }, 'next', AT)?.state).toBe('ended');
});

const moves = fc.array(fc.constantFrom<LiveMove | 'due'>('next', 'pause', 'resume', 'end', 'due'), {
  maxLength: 60,
});
const seconds = fc.option(fc.integer({ min: 15, max: 120 }), { nil: null });

test('whatever is pressed, a round never goes back, and left alone it ends', () => {
  fc.assert(
    fc.property(moves, seconds, fc.integer({ min: 3, max: 20 }), (list, each, count) => {
      let now = round({ settings: { count, seconds: each } });
      let at = AT;
      for (const move of list) {
        if (move === 'due') at = new Date(Math.max(now.dueAt.getTime(), at.getTime()));
        const next = moveTo(now, move === 'due' ? dueMove(now) : move, at);
        if (!next) continue;
        expect(stepOf(next)).toBeGreaterThanOrEqual(stepOf(now));
        expect(next.position).toBeLessThanOrEqual(count);
        now = next;
      }
      let waits = 0;
      for (; now.state !== 'ended'; waits += 1)
        now = moveTo(now, dueMove(now), now.dueAt) ?? { ...now, state: 'ended' };
      expect(waits).toBeLessThanOrEqual(2 * count);
    }),
  );
});
