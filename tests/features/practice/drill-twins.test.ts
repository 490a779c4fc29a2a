import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { kindOf } from '../../../src/core/questions/generators/drawn.ts';
import { singleItem } from '../../support/items.ts';
import { createWorld, runOf } from '../../support/world.ts';

const { generators } = readCatalog().catalog;

/** Ten drills of somebody whose team has the item open that two kinds repeat. */
async function drills(words: string) {
  const chosen = generators.filter(({ id }) => ['kv-per-token', 'cache-transfer'].includes(id));
  const world = createWorld({ generators: chosen, questions: [singleItem('c5-kv-bytes-qwen')] });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const kinds = new Set<string | undefined>();
  for (let count = 0; count < 10; count += 1) {
    const hint = runOf(await world.ask(words), 'Hint');
    kinds.add(kindOf(/gen\d-[a-z0-9-]+/.exec(hint)?.[0] ?? ''));
  }
  return [...kinds];
}

test('a drill does not show how the open daily question is calculated', async () => {
  expect(await drills('quiz mode:drill')).toEqual(['cache-transfer']);
});

test('a drill that is asked for by name comes all the same', async () => {
  expect(await drills('drill show kind:kv-per-token')).toEqual(['kv-per-token']);
});
