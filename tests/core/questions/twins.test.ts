import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { chooseQuestion } from '../../../src/core/questions/choose.ts';
import { farFromTwins, TWIN_DISTANCE, twinsIn } from '../../../src/core/questions/twins.ts';
import { singleItem } from '../../support/items.ts';

const { catalog } = readCatalog();
const idOf = (index: number) => `q${index}`;

/** A bank of some items whose links were drawn, in one direction each. */
const banks = fc
  .record({
    size: fc.integer({ min: 1, max: 60 }),
    links: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 60 }),
  })
  .map(({ size, links }) =>
    Array.from({ length: size }, (_, index) => ({
      id: idOf(index),
      chapter: 1 + (index % 3),
      enemyOf: links.flatMap(([from, to]) => (from === index && to < size ? idOf(to) : [])),
    })),
  );

test('twins are twins both ways, whichever of the two names the other', () => {
  fc.assert(
    fc.property(banks, (bank) => {
      const areTwins = twinsIn(bank);
      for (const one of bank) {
        const found = bank.filter(({ id }) => areTwins(one.id, id));
        const named = bank.filter(
          ({ id, enemyOf }) =>
            enemyOf.includes(one.id) || one.enemyOf.includes(id) || id === one.id,
        );
        expect(found).toEqual(named);
      }
    }),
  );
});

test('the last twin among some questions is where a comparison with each of them finds it', () => {
  fc.assert(
    fc.property(banks, fc.array(fc.nat(59).map(idOf)), (bank, asked) => {
      const areTwins = twinsIn(bank);
      const lastTwin = areTwins.lastAmong(asked);
      for (const { id } of bank)
        expect(lastTwin(id)).toBe(asked.findLastIndex((other) => areTwins(other, id)));
    }),
  );
});

test('draws of one kind are twins, of whatever version, and of the items the kind repeats', () => {
  const areTwins = twinsIn([{ id: 'c5-size' }], [{ id: 'kv-size', enemyOf: ['c5-size'] }]);

  expect(areTwins('gen2-kv-size-abc', 'gen-kv-size-xyz')).toBe(true);
  expect(areTwins('c5-size', 'gen2-kv-size-abc')).toBe(true);
  expect(areTwins('kv-size', 'c5-size')).toBe(true);
  expect(areTwins('gen2-kv-size-abc', 'gen2-kv-other-abc')).toBe(false);
});

test('an item is asked near its twin only when every other one has a twin near', () => {
  fc.assert(
    fc.property(banks, fc.string(), (bank, seed) => {
      const areTwins = twinsIn(bank);
      const items = bank.map(({ id, chapter, enemyOf }) => singleItem(id, { chapter, enemyOf }));
      const asked: string[] = [];
      for (let day = 0; day < 2 * items.length; day += 1) {
        const near = asked.slice(-TWIN_DISTANCE);
        const hasTwinNear = (id: string) => near.some((other) => areTwins(id, other));
        const chosen = chooseQuestion({ items, asked, areTwins, seed: `${seed} ${day}` });
        if (!chosen) throw new Error('no question');
        const unseen = items.filter(({ id }) => !asked.includes(id));
        // None comes twice before all have come.
        const choice = unseen.length > 0 ? unseen : items;
        expect(choice.includes(chosen)).toBe(true);
        if (hasTwinNear(chosen.id)) expect(choice.every(({ id }) => hasTwinNear(id))).toBe(true);
        asked.push(chosen.id);
      }
    }),
    { numRuns: 25 },
  );
});

test('when all have a twin near, the one whose twin is longest ago comes', () => {
  const areTwins = twinsIn([
    { id: 'a', enemyOf: ['x'] },
    { id: 'b', enemyOf: ['y'] },
  ]);
  const items = [{ id: 'a' }, { id: 'b' }];

  expect(farFromTwins(items, ['x', 'y'], areTwins)).toEqual([{ id: 'a' }]);
  expect(farFromTwins(items, ['y', 'x'], areTwins)).toEqual([{ id: 'b' }]);
  expect(farFromTwins(items, ['x'], areTwins)).toEqual([{ id: 'b' }]);
  expect(farFromTwins(items, [], areTwins)).toEqual(items);
});

test('no daily question of the bank comes within a month of its twin, for most of its length', () => {
  const { areTwins, questions } = catalog;
  const items = questions.filter((item) => !('keyPoints' in item));
  const asked: string[] = [];
  for (let day = 0; day < 300; day += 1) {
    const chosen = chooseQuestion({ items, asked, areTwins, seed: `team ${day}` });
    const near = asked.slice(-TWIN_DISTANCE);
    expect(near.filter((id) => areTwins(id, chosen?.id ?? ''))).toEqual([]);
    asked.push(chosen?.id ?? '');
  }
});

test.each([
  ['c4-mtp-at-inference', 'c6-mtp-deploy'],
  ['c3-tp-kv-heads', 'c5-gqa-tp-copies'],
  ['c4-bert-loss-positions', 'c6-mlm-loss-positions'],
  ['c6-collapse-replace', 'c9-collapse-policy'],
  ['c1-batch-invariant', 'c5-greedy-drift'],
  ['c3-fa-versions', 'c3-flash-facts'],
  ['c7-hundred-tenants', 'c10-sc-adapters'],
  ['c5-kv-transfer-time', 'gen2-cache-transfer-abc'],
])('%s and %s are known as twins', (one, other) => {
  expect(catalog.areTwins(other, one)).toBe(true);
});
