import { requireCount, requireFraction } from '../../check.ts';

/** Ways to choose k of n: n! / (k! (n - k)!). */
export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let step = 1; step <= k; step += 1) ways = (ways * (n - k + step)) / step;
  return Math.round(ways);
}

/**
 * Chance that at least one of k samples passes, estimated from n samples of which c pass.
 *
 *     pass@k = 1 - C(n - c, k) / C(n, k)
 *
 * @see https://arxiv.org/abs/2107.03374 (section 2.1)
 */
export function passAtK({ n, c, k }: { n: number; c: number; k: number }): number {
  requireCount({ n, k });
  return 1 - choose(n - c, k) / choose(n, k);
}

/**
 * Chance that MinHash with banding compares two documents.
 *
 *     P = 1 - (1 - s^rows)^bands
 *
 * @param similarity Jaccard similarity of the two.
 * @see Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4 (2020)
 */
export function lshChance({
  similarity,
  rows,
  bands,
}: {
  similarity: number;
  rows: number;
  bands: number;
}): number {
  requireFraction({ similarity });
  requireCount({ rows, bands });
  return 1 - (1 - similarity ** rows) ** bands;
}
