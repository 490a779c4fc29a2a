import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { drawAgain, isDrawn, seedToken } from '../../../../src/core/questions/generators/drawn.ts';
import { createGenerators } from '../../../../src/core/questions/generators/index.ts';
import { expectGoodDraws } from '../../../support/generated.ts';

const { catalog } = readCatalog();
const generators = createGenerators(catalog);

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

test('no place of the right option is the usual one', () => {
  const places = [0, 0, 0, 0];
  for (const generator of generators) {
    for (let index = 0; index < 50; index += 1) {
      const question = generator.draw(`s${index}`);
      if (!('options' in question)) continue;
      const place = question.options.findIndex(({ correct }) => correct);
      places[place] = (places[place] ?? 0) + 1;
    }
  }
  const all = places.reduce((sum, each) => sum + each, 0);

  for (const place of places) expect(place / all).toBeLessThan(0.35);
});
