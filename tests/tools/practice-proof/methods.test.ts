import { expect, test } from 'vitest';
import { leitner, ours, randomly } from '../../../src/tools/practice-proof/methods.ts';

test('Leitner: due cards, then new ones, then the next due; right is a box up, wrong the first', () => {
  const boxes = leitner(4, [1, 2, 4]);
  expect(boxes.order(0)).toEqual([0, 1, 2, 3]);
  boxes.answered(0, true, 0);
  boxes.answered(1, false, 0);

  // The second box comes after two days, the first the next day.
  expect(boxes.order(0)).toEqual([2, 3, 1, 0]);
  expect(boxes.order(1)).toEqual([1, 2, 3, 0]);
  expect(boxes.order(2)).toEqual([1, 0, 2, 3]);

  boxes.answered(0, true, 2);
  // In the third box, four days later.
  expect(boxes.order(5)).toEqual([1, 2, 3, 0]);
  expect(boxes.order(6)).toEqual([1, 0, 2, 3]);
});

test('ours asks new cards first, then what is due, then what is due next', () => {
  const mine = ours(3);
  mine.answered(0, true, 0);
  mine.answered(1, false, 0);

  // Right comes back after two days, wrong the next day.
  expect(mine.order(0)).toEqual([2, 1, 0]);
  expect(mine.order(1)).toEqual([2, 1, 0]);
  expect(mine.order(2)).toEqual([2, 0, 1]);
});

test('random has all cards every day, each day in another order', () => {
  const method = randomly(50, 'seed');

  expect([...method.order(1)].sort((a, b) => a - b)).toEqual(
    [...method.order(2)].sort((a, b) => a - b),
  );
  expect(method.order(1)).not.toEqual(method.order(2));
});
