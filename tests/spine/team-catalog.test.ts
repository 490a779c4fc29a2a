import { expect, test } from 'vitest';
import { catalogOf, teamCatalog } from '../../src/spine/team-catalog.ts';
import { singleItem } from '../support/items.ts';
import { createWorld } from '../support/world.ts';

/** A world with one own question in it, and a store that counts how often the overlay is read. */
async function counted() {
  const world = createWorld({ questions: [singleItem('q1')] });
  const teamId = await world.teamId();
  let reads = 0;
  const store = {
    ...world.store,
    overlayOf: (id: string) => {
      reads += 1;
      return world.store.overlayOf(id);
    },
  };
  await world.ask('help');
  const personId = await world.personId();
  return {
    store,
    catalog: world.catalog,
    teamId,
    reads: () => reads,
    add: (id: string) =>
      store.saveQuestions({
        teamId,
        questions: [singleItem(id)],
        personId,
        at: world.clock.now(),
        revise: (question) => question,
        most: 10,
      }),
  };
}

test('a team that changed nothing gets the shipped catalog itself, without reading an overlay', async () => {
  const { store, catalog, teamId, reads } = await counted();

  expect(await catalogOf({ store, catalog }, teamId)).toBe(catalog);
  expect(await catalogOf({ store, catalog }, 'nobody')).toBe(catalog);
  expect(reads()).toBe(0);
});

test('an overlay is read once for each change', async () => {
  const { store, catalog, teamId, reads, add } = await counted();
  await add('own-a');
  const first = await catalogOf({ store, catalog }, teamId);
  const again = await catalogOf({ store, catalog }, teamId);
  expect(again).toBe(first);
  expect(reads()).toBe(1);

  await add('own-b');
  const later = await catalogOf({ store, catalog }, teamId);

  expect(later.questions.map(({ id }) => id)).toEqual(['q1', 'own-a', 'own-b']);
  expect(reads()).toBe(2);
});

test('saving what is there already is no change', async () => {
  const { store, teamId, add } = await counted();
  await add('own-a');
  const before = await store.teamState(teamId);

  await store.saveQuestions({
    teamId,
    questions: [singleItem('own-a')],
    personId: 'nobody',
    at: new Date(0),
    revise: () => undefined,
    most: 10,
  });

  expect(await store.teamState(teamId)).toEqual(before);
});

test('only so many teams are kept in memory, and none is wrong for it', async () => {
  const { store, catalog, teamId, add, reads } = await counted();
  await add('own-a');
  const state = (await store.teamState(teamId)) ?? { id: teamId, overlayChange: 1 };
  await teamCatalog({ store, catalog }, state);

  for (let index = 0; index < 250; index += 1)
    await teamCatalog({ store, catalog }, { id: `team-${index}`, overlayChange: 1 });
  const before = reads();
  const back = await teamCatalog({ store, catalog }, state);

  expect(reads()).toBe(before + 1);
  expect(back.question('own-a')?.id).toBe('own-a');
});
