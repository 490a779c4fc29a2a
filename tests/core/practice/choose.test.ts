import { expect, test } from 'vitest';
import { chooseQuiz } from '../../../src/core/practice/choose.ts';
import { freeTextItem, numericItem, singleItem } from '../../support/items.ts';

const wishes = {
  mode: 'mixed' as const,
  count: 1,
  answered: new Map(),
  weakest: [],
  areTwins: () => false,
  strength: 1200,
};

/** How often each is asked first, over many quizzes. */
function firsts(items: Parameters<typeof chooseQuiz>[0]['items'], strengths: Map<string, number>) {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 400; seed += 1) {
    const [first] = chooseQuiz({
      ...wishes,
      items,
      itemStrength: ({ id }) => strengths.get(id) ?? 1200,
      seed: `choose ${seed}`,
    });
    if (first) counts.set(first.id, (counts.get(first.id) ?? 0) + 1);
  }
  return (id: string) => counts.get(id) ?? 0;
}

test('among new questions those come first that are answered right three times in four', () => {
  const items = ['near', 'hard', 'easy'].map((id) => numericItem(id));
  // 1009 is 75% for 1200; 1700 is 5%, and 500 is 98%.
  const of = firsts(
    items,
    new Map([
      ['near', 1009],
      ['hard', 1700],
      ['easy', 500],
    ]),
  );

  expect(of('near')).toBeGreaterThan(of('easy'));
  expect(of('easy')).toBeGreaterThan(of('hard'));
});

test('what is right by guessing counts: with options, a harder question is near the target', () => {
  // With four options 75% right is 67% known: 1079. The same strength of a number is 67% right.
  const items = [singleItem('options'), numericItem('number')];
  const even = firsts(
    items,
    new Map([
      ['options', 1079],
      ['number', 1079],
    ]),
  );

  // Their worth differs by 2 × 8%, under a lot of 0 to 1 each: 1 - 0.84² / 2 = 65% of 400, and not half.
  expect(even('options')).toBeGreaterThan(235);
});

test('a quiz begins with what one tap answers and ends with what is written', () => {
  const items = [
    ...['w1', 'w2', 'w3'].map((id) => freeTextItem(id)),
    ...['n1', 'n2', 'n3'].map((id) => numericItem(id)),
    singleItem('s1'),
  ];
  for (let seed = 0; seed < 50; seed += 1) {
    const chosen = chooseQuiz({
      ...wishes,
      items,
      count: 3,
      itemStrength: () => 1200,
      seed: `effort ${seed}`,
    });
    const formats = chosen.map(({ format }) => format);

    expect(chosen).toHaveLength(3);
    expect(formats[0]).toBe('single');
    expect(formats).toEqual([...formats].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b)));
  }
});

const RANK = ['single', 'numeric', 'open'];

test('of five questions one is written at most, unless there are no others', () => {
  const essays = [1, 2, 3, 4, 5].map((at) => freeTextItem(`essay-${at}`));
  const taps = [1, 2, 3, 4].map((at) => singleItem(`tap-${at}`));
  const chosen = (items: Parameters<typeof chooseQuiz>[0]['items'], count: number) =>
    chooseQuiz({ ...wishes, count, items, itemStrength: () => 1200, seed: 'seed' });
  const written = (items: Parameters<typeof chooseQuiz>[0]['items'], count: number) =>
    chosen(items, count).filter((item) => 'keyPoints' in item).length;

  expect([3, 5].map((count) => written([...essays, ...taps], count))).toEqual([0, 1]);
  expect(written([...essays, ...taps.slice(2)], 5)).toBe(3);
});
