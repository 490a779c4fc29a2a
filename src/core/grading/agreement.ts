import { levelOf } from './levels.ts';

/** A grade beside its label, both 0 to 1. */
export type Pair = { score: number; label: number };

/**
 * Cohen's kappa with quadratic weights over the levels 0 to 4.
 *
 *     κ = 1 − Σ (i − j)² observed / Σ (i − j)² expected
 */
export function weightedKappa(rows: readonly Pair[]): number {
  const pairs = rows.map(({ score, label }) => ({ score: levelOf(score), label: levelOf(label) }));
  const observed = mean(pairs.map((pair) => (pair.score - pair.label) ** 2));
  const expected = mean(pairs.map((a) => mean(pairs.map((b) => (a.score - b.label) ** 2))));
  return expected === 0 ? 1 : 1 - observed / expected;
}

/** Cohen's kappa of two labelings, a letter a thing. */
export function plainKappa(first: string, second: string): number {
  const all = first.length;
  const letters = [...new Set(first)];
  const share = (text: string, letter: string) => text.split(letter).length - 1;
  const same = [...first].filter((letter, i) => letter === second[i]).length / all;
  const byChance =
    letters.reduce((sum, each) => sum + share(first, each) * share(second, each), 0) / all ** 2;
  return byChance === 1 ? 1 : (same - byChance) / (1 - byChance);
}

/** Pearson's r; 0 when one side does not vary. */
export function correlation(rows: readonly Pair[]): number {
  const score = mean(rows.map((row) => row.score));
  const label = mean(rows.map((row) => row.label));
  let together = 0;
  let first = 0;
  let second = 0;
  for (const row of rows) {
    together += (row.score - score) * (row.label - label);
    first += (row.score - score) ** 2;
    second += (row.label - label) ** 2;
  }
  return first * second === 0 ? 0 : together / Math.sqrt(first * second);
}

/** The mean, 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
