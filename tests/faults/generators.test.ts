import { test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { createGenerators } from '../../src/core/questions/generators/index.ts';
import { expectGoodDraws } from '../support/generated.ts';

const { catalog } = readCatalog();

test.each(createGenerators(catalog))('$id draws 10,000 sound questions', (generator) => {
  expectGoodDraws(generator, { catalog, seeds: 10_000, distinct: 200 });
});
