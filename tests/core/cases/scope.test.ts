import { expect, test } from 'vitest';
import { factsOf, scopeShare } from '../../../src/core/cases/play.ts';
import { openSeed } from '../../support/case-seeds.ts';
import { CASES } from '../../support/cases.ts';

const named = CASES.map((played) => [played.id, played] as const);
const SEEDS = Array.from({ length: 20 }, (_, at) => `scope ${at}`);

test.each(named)("%s offers its file's five facts among seven that change nothing", (_, played) => {
  for (const seed of SEEDS) {
    const facts = factsOf(openSeed(played, seed));
    const keys = facts.filter(({ isKey }) => isKey).map(({ ask }) => ask);

    expect(facts, seed).toHaveLength(12);
    expect(keys.sort(), seed).toEqual(played.facts.map(({ ask }) => ask).sort());
  }
});

test.each(named)('the facts of %s stand in another order from seed to seed', (_, played) => {
  const places = SEEDS.map((seed) => factsOf(openSeed(played, seed)).map(({ isKey }) => isKey));

  expect(new Set(places.map(String)).size).toBeGreaterThan(10);
});

test.each(named)(
  'in %s a key fact counts a fifth, and another one takes half of that',
  (_, played) => {
    const playing = openSeed(played, 'scope');
    const facts = factsOf(playing);
    const values = (isKey: boolean) =>
      facts.filter((fact) => fact.isKey === isKey).map(({ value }) => value);
    const [keys, others] = [values(true), values(false)];
    const share = (hits: number, misses: number) =>
      scopeShare(playing, [...keys.slice(0, hits), ...others.slice(0, misses)]);

    expect(share(5, 0)).toBe(1);
    expect(share(3, 0)).toBeCloseTo(0.6);
    expect(share(4, 1)).toBeCloseTo(0.7);
    expect(share(1, 1)).toBeCloseTo(0.1);
    expect(share(1, 4)).toBe(0);
    expect(share(0, 1)).toBe(0);
  },
);

test.each(named)(
  'the brief and the facts of %s tell all that its design depends on',
  (_, played) => {
    if (played.kind !== 'design') return;
    const said = [played.brief, ...played.facts.map(({ say }) => say)].join(' ');
    const drawn = Object.entries(played.draw).filter(([, list]) => list.length > 1);
    const names = drawn.map(([name]) => (name === 'model' ? 'model name' : name));
    const prices = Object.keys(played.gpus).map((gpu) => `price ${gpu}`);

    expect([...names, ...prices].filter((name) => !said.includes(`{${name}}`))).toEqual([]);
  },
);
