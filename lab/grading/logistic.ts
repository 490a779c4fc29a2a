/** One example: its features, whether it is so (0 to 1), and how much it counts. */
export type Example = { features: readonly number[]; target: number; weight: number };

/** Keeps coefficients small; on features of unit variance. */
const RIDGE = 1e-3;
const ROUNDS = 30;

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares), with a ridge penalty on standardized
 * features.
 *
 * @returns The intercept, then a coefficient for each feature, on the features' own scales.
 */
export function fitLogistic(examples: readonly Example[]): number[] {
  const width = examples[0]?.features.length ?? 0;
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const means = range(width).map(
    (j) => sumOf(examples, ({ features }) => features[j] ?? 0) / examples.length,
  );
  const spreads = range(width).map(
    (j) =>
      Math.sqrt(
        sumOf(examples, ({ features }) => ((features[j] ?? 0) - (means[j] ?? 0)) ** 2) /
          examples.length,
      ) + 1e-9,
  );
  const rows = examples.map(({ features }) => [
    1,
    ...features.map((value, j) => (value - (means[j] ?? 0)) / (spreads[j] ?? 1)),
  ]);
  let beta = Array<number>(width + 1).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = beta.map((b, j) => (j === 0 ? 0 : RIDGE * b));
    const hessian = beta.map((_, j) => beta.map((__, k): number => (j === k ? RIDGE : 0)));
    for (const [i, row] of rows.entries()) {
      const { target, weight } = examples[i] ?? { target: 0, weight: 0 };
      const p = 1 / (1 + Math.exp(-dot(row, beta)));
      const curve = (weight / all) * p * (1 - p);
      for (const [j, value] of row.entries()) {
        gradient[j] = (gradient[j] ?? 0) + (weight / all) * (p - target) * value;
        const line = hessian[j] ?? [];
        for (const [k, other] of row.entries()) line[k] = (line[k] ?? 0) + curve * value * other;
      }
    }
    const step = solve(hessian, gradient);
    beta = beta.map((b, j) => b - (step[j] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  const [start = 0, ...slopes] = beta;
  const own = slopes.map((slope, j) => slope / (spreads[j] ?? 1));
  return [start - own.reduce((sum, slope, j) => sum + slope * (means[j] ?? 0), 0), ...own];
}

/** Solves a system of linear equations by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [i, pivot] of rows.entries()) {
    const head = pivot[i] ?? 1;
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = (row[i] ?? 0) / head;
      for (let j = i; j < row.length; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function sumOf<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((sum, each) => sum + of(each), 0);
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
