import { test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { createGenerators } from '../../src/core/questions/generators/index.ts';
import { expectGoodDraws } from '../support/generated.ts';

const { catalog } = readCatalog();

/** Draws of each kind: 300 in CI, 10,000 by the long run. */
const DRAWS = Number(process.env['DRAWS'] ?? 300);

test.each(createGenerators(catalog))(`$id draws ${DRAWS} sound questions`, (generator) => {
  expectGoodDraws(generator, { catalog, seeds: DRAWS, distinct: Math.min(200, DRAWS / 5) });
});
