import { describe, expect, test } from 'vitest';
import { expectedMark, guessAll, guessTuned } from '../../../lab/bank-lint/guess.ts';
import { TRICKS } from '../../../lab/bank-lint/tricks.ts';
import type { ChoiceQuestion } from '../../../src/core/questions/schema.ts';
import { numberIn } from '../../../src/core/questions/text-tokens.ts';

/** A choice item; an option that starts with "*" is right. */
function choice(prompt: string, ...texts: string[]): ChoiceQuestion {
  const options = texts.map((text) => ({
    text: text.replace(/^\*/, ''),
    correct: text.startsWith('*'),
    why: 'because',
  }));
  const format = options.filter(({ correct }) => correct).length > 1 ? 'multi' : 'single';
  return { format, prompt, options } as ChoiceQuestion; // Tricks read nothing else.
}

/** What a trick likes best. */
function favourites(name: string, question: ChoiceQuestion): string[] {
  const texts = question.options.map(({ text }) => text);
  const trick = TRICKS.find((candidate) => candidate.name === name);
  const scores = trick?.scores({ ...question, options: texts }) ?? [];
  return texts.filter((_, index) => scores[index] === Math.max(...scores));
}

describe('each trick likes what it says', () => {
  test.each([
    ['longest option', ['aa', 'bbbb', 'c'], ['bbbb']],
    ['shortest option', ['aa', 'bbbb', 'c'], ['c']],
    ['middle position', ['a', 'b', 'c', 'd'], ['b', 'c']],
    ['most hedged', ['It fails', 'It usually fails', 'It may often fail'], ['It may often fail']],
    ['fewest absolutes', ['It never fails', 'It fails', 'All of it fails'], ['It fails']],
    [
      'most detail',
      ['It fails', 'It fails, because x does', 'It works'],
      ['It fails, because x does'],
    ],
    ['brackets', ['Keys (K)', 'Values', 'Scores'], ['Keys (K)']],
    ['most like the others', ['big red cat', 'big red dog', 'small red cat'], ['big red cat']],
    ['odd one out', ['big red cat', 'big red dog', 'a tree'], ['a tree']],
    ['words of the stem', ['weights are read', 'scores are kept'], ['weights are read']],
    ['middle number', ['8 GiB', '16 GiB', '64 GiB'], ['16 GiB']],
    ['least round number', ['100', '131,072', '2,000'], ['131,072']],
    [
      'one of two opposites',
      ['It raises the cost', 'It lowers the cost', 'Unknown'],
      ['It raises the cost', 'It lowers the cost'],
    ],
  ])('%s', (name, texts, liked) => {
    expect(favourites(name, choice('Which weights?', ...texts))).toEqual(liked);
  });

  test('grammar of the stem follows an article and a question word', () => {
    expect(favourites('grammar of the stem', choice('This is an', 'encoder', 'decoder'))).toEqual([
      'encoder',
    ]);
    expect(
      favourites('grammar of the stem', choice('Why is it slow?', 'Because x', 'Four bytes')),
    ).toEqual(['Because x']);
  });
});

describe('marks to expect', () => {
  // Two of four ticked, two right. Of the 6 pairs one has 2 hits (mark 1), four have 1 hit and 1
  // false pick (0), one has none (0): 1/6.
  test('a multi without an opinion gives the mean over all pairs', () => {
    expect(expectedMark(choice('?', '*a', '*b', 'c', 'd'), [0, 0, 0, 0])).toBeCloseTo(1 / 6);
  });
});

describe('a bank that gives itself away', () => {
  const longRight = Array.from({ length: 40 }, (_, index) => {
    const texts = ['alpha', 'gamma', 'delta'];
    texts.splice(index % 4, 0, '*the longest of them by far');
    return choice('Which?', ...texts);
  });
  // The right option moves through all places and all lengths at different speeds.

  test('is found by the trick for its habit', () => {
    const longest = guessAll(longRight).find(({ name }) => name === 'longest option');

    expect(longest).toMatchObject({ speaks: 40, score: 100, chance: 25, aboveChance: 75 });
    expect(guessTuned(longRight).score).toBe(100);
  });
});

test.each([
  ['1,024 KiB', 1024],
  ['≈ 4.8 ms', 4.8],
  ['$0.22', 0.22],
  ['−1.5', -1.5],
  ['about 16 GiB', 16],
  ['6e23', 6e23],
  ['12 %', 12],
  ['8 layers of 4', undefined],
  ['Half', undefined],
])('the number in %j is %j', (text, value) => {
  expect(numberIn(text)).toBe(value);
});
