import { expect, test } from 'vitest';
import {
  keptAtOnce,
  leitner,
  type Method,
  planned,
  randomly,
} from '../../../lab/practice-proof/methods.ts';

const orderOf = (method: Method, day: number) => [...method.order(day, () => 1)];

test('Leitner: due cards, then new ones, then the next due; right is a box up, wrong the first', () => {
  const boxes = leitner(4, [1, 2, 4]);
  expect(orderOf(boxes, 0)).toEqual([0, 1, 2, 3]);
  boxes.answered(0, true, 0);
  boxes.answered(1, false, 0);

  // The second box comes after two days, the first the next day.
  expect(orderOf(boxes, 0)).toEqual([2, 3, 1, 0]);
  expect(orderOf(boxes, 1)).toEqual([1, 2, 3, 0]);
  expect(orderOf(boxes, 2)).toEqual([1, 0, 2, 3]);

  boxes.answered(0, true, 2);
  // In the third box, four days later.
  expect(orderOf(boxes, 5)).toEqual([1, 2, 3, 0]);
  expect(orderOf(boxes, 6)).toEqual([1, 0, 2, 3]);
});

test('kept at once, new cards come first, then what is due, then what is due next', () => {
  const mine = keptAtOnce(3);
  mine.answered(0, true, 0);
  mine.answered(1, false, 0);

  // Right comes back after two days, wrong the next day.
  expect(orderOf(mine, 1)).toEqual([2, 1, 0]);
  expect(orderOf(mine, 2)).toEqual([2, 0, 1]);
});

test('planned, reviews take half of the day, then come new cards, and then the other reviews', () => {
  const mine = planned(6);
  for (const card of [0, 1, 2, 3]) mine.answered(card, false, 0);
  let left = 100;
  const asked: number[] = [];

  for (const card of mine.order(1, () => left)) {
    asked.push(card);
    left -= 25;
  }

  expect(asked).toEqual([0, 1, 4, 5, 2, 3]);
});

test('random has all cards every day, each day in another order', () => {
  const method = randomly(50, 'seed');

  expect(orderOf(method, 1).sort((a, b) => a - b)).toEqual(
    orderOf(method, 2).sort((a, b) => a - b),
  );
  expect(orderOf(method, 1)).not.toEqual(orderOf(method, 2));
});
