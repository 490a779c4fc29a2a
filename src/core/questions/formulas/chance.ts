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
 * Chance that most of k independent votes between two answers are right; k is odd.
 *
 *     Σ over j > k / 2: C(k, j) p^j (1 - p)^(k - j)
 */
export function majorityVote(p: number, k: number): number {
  requireFraction({ p });
  requireCount({ k });
  let sum = 0;
  for (let right = Math.floor(k / 2) + 1; right <= k; right += 1) {
    sum += choose(k, right) * p ** right * (1 - p) ** (k - right);
  }
  return sum;
}

/** Attempts after which one has passed with a chance of at least `target`: ⌈ln(1 - target) / ln(1 - p)⌉. */
export function attemptsFor(p: number, target: number): number {
  requireFraction({ p, target });
  // The quotient of two rounded logarithms may lie a hair above a whole number.
  return Math.ceil(Math.log(1 - target) / Math.log(1 - p) - 1e-9);
}

/** Chance that n independent steps all succeed: p^n. */
export function chainReliability(p: number, steps: number): number {
  requireFraction({ p });
  requireCount({ steps });
  return p ** steps;
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
