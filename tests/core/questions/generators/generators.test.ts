import { expect, test } from 'vitest';
import { drawnHabits, guessDrawn } from '../../../../lab/bank-lint/guess-drawn.ts';
import { readCatalog } from '../../../../src/catalog.ts';
import { drawAgain, isDrawn, seedToken } from '../../../../src/core/questions/generators/drawn.ts';
import { createGenerators } from '../../../../src/core/questions/generators/index.ts';
import { expectGoodDraws } from '../../../support/generated.ts';
import oldDraws from './old-draws.json' with { type: 'json' };

const { catalog } = readCatalog();
const generators = createGenerators(catalog);

const EVEN = ['gated-width', 'logits-memory', 'score-memory', 'ridge-batch'];

test('48 generators, spread over the chapters as planned', () => {
  const perChapter = Array.from(
    { length: 11 },
    (_, index) => generators.filter(({ chapter }) => chapter === index + 1).length,
  );

  expect(perChapter).toEqual([6, 5, 5, 4, 8, 5, 5, 6, 1, 3, 0]);
  expect(new Set(generators.map(({ id }) => id)).size).toBe(48);
});

test.each(generators)('$id draws sound questions with the right answer', (generator) => {
  expectGoodDraws(generator, { catalog, seeds: 200, distinct: 40 });
});

test.each(generators)('$id draws the same question from the same seed', (generator) => {
  expect(generator.draw('abc')).toEqual(generator.draw('abc'));
});

test.each(generators)('$id has an id from which it is drawn again', (generator) => {
  const question = generator.draw('a seed of several words');

  expect(isDrawn(question.id)).toBe(true);
  expect(question.id.length).toBeLessThanOrEqual(48);
  expect(drawAgain(generators, question.id)).toEqual(question);
});

test('an id that no generator made draws nothing', () => {
  expect(drawAgain(generators, 'c5-kv-why')).toBeUndefined();
  expect(drawAgain(generators, 'gen-nothing-abc')).toBeUndefined();
  expect(isDrawn('c5-kv-why')).toBe(false);
});

test('seeds of different texts differ', () => {
  const tokens = Array.from({ length: 1000 }, (_, index) => seedToken(`team-7 2026-03-${index}`));

  expect(new Set(tokens).size).toBe(1000);
});

test('kinds about models or cards need them', () => {
  const few = createGenerators({ models: [], gpus: [] });

  expect(few.length).toBeGreaterThan(35);
  for (const generator of few) expect(() => generator.draw('abc')).not.toThrow();
});

test.each(generators.filter(({ format }) => format === 'single'))(
  '$id has its answer at every place, and ratios do not find it',
  (generator) => {
    const guess = guessDrawn(generator, 200);

    expect(drawnHabits(guess)).toEqual([]);
    // Seen draws help nobody with those whose errors are drawn so that ratios tell nothing.
    if (EVEN.includes(generator.id)) expect(guess.learned).toBeLessThanOrEqual(40);
  },
);

test.each(Object.entries(oldDraws))('%s draws what it always drew', (id, drawn) => {
  const question = drawAgain(generators, id);
  if (!question) throw new Error('draws nothing');
  const shown =
    question.format === 'numeric'
      ? [`${question.answer} ${question.unit}`.trim()]
      : question.options.map(({ text, correct }) => `${correct ? '+' : '-'} ${text}`);

  expect([question.prompt, ...shown]).toEqual(drawn);
});

test('a new draw has other numbers than the old one of its seed, which may be open in a channel', () => {
  const [generator] = generators;

  expect(generator?.draw('abc').id).toBe('gen2-softmax-temperature-abc');
  expect(generator?.draw('abc').prompt).not.toBe(generator?.draw('abc', 1).prompt);
});
