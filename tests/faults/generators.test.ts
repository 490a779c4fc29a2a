import { test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { createGenerators } from '../../src/core/questions/generators/index.ts';
import { expectGoodDraws } from '../support/generated.ts';

const { catalog } = readCatalog();

/** Draws of each kind: 1,000 in CI, 10,000 by `npm run faults`. */
const DRAWS = Number(process.env['DRAWS'] ?? 1_000);

test.each(createGenerators(catalog))(`$id draws ${DRAWS} sound questions`, (generator) => {
  expectGoodDraws(generator, { catalog, seeds: DRAWS, distinct: 200 });
});
