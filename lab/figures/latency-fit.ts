import type { LatencyConstants } from '../../src/core/calculators/speed/latency-constants.ts';
import { familyOf, type PreparedRow, slowness } from './latency-rows.ts';

/** The place of one constant: `layerMicroseconds`, `server`. */
export type Path = readonly [group: string, name?: string];

/** Where every constant stands. */
export function pathsOf(constants: LatencyConstants): Path[] {
  return Object.entries(constants).flatMap(([group, value]): Path[] =>
    typeof value === 'number' ? [[group]] : Object.keys(value).map((name): Path => [group, name]),
  );
}

/** The constant at a place. */
export function valueAt(constants: LatencyConstants, [group, name]: Path): number {
  // The groups differ in their names; a path comes from the same object.
  const value = constants[group as keyof LatencyConstants] as number | Record<string, number>;
  return typeof value === 'number' ? value : (value[name ?? ''] ?? 0);
}

/** The constants with one of them changed. */
export function withValue(constants: LatencyConstants, path: Path, value: number) {
  const [group, name] = path;
  const old = constants[group as keyof LatencyConstants];
  const changed = name === undefined ? value : { ...(old as object), [name]: value };
  return { ...constants, [group]: changed } as LatencyConstants;
}

/** Shares of a peak, which can't pass it. */
const isShare = ([group]: Path) => /Share$/.test(group);

/** Log errors above this count only in proportion: a few odd rows must not rule. */
const ROBUST = 0.25;

/** How far a constant may wander from where it began before that costs as much as a bad row. */
const PRIOR = { weight: 0.02 };

function loss(
  rows: readonly PreparedRow[],
  weights: readonly number[],
  constants: LatencyConstants,
) {
  let sum = 0;
  for (const [index, row] of rows.entries()) {
    const error = Math.abs(Math.log(slowness(row, constants)));
    const cost = error <= ROBUST ? error * error : ROBUST * (2 * error - ROBUST);
    sum += cost * (weights[index] ?? 1);
  }
  return sum;
}

/** Each family counts with the root of its rows, so that a long table does not rule. */
export function rowWeights(rows: readonly PreparedRow[]): number[] {
  const sizes = new Map<string, number>();
  for (const { row } of rows) sizes.set(familyOf(row), (sizes.get(familyOf(row)) ?? 0) + 1);
  return rows.map(({ row }) => 1 / Math.sqrt(sizes.get(familyOf(row)) ?? 1));
}

/**
 * Constants that fit measured rows: the weighted sum of robust squared log errors, lowered along one
 * constant after the other with ever smaller steps.
 *
 * @param start Where to begin; a constant that no row depends on stays there.
 */
export function fitConstants(
  rows: readonly PreparedRow[],
  start: LatencyConstants,
): LatencyConstants {
  const weights = rowWeights(rows);
  const paths = pathsOf(start).filter((path) => valueAt(start, path) > 0);
  const cost = (constants: LatencyConstants) =>
    loss(rows, weights, constants) +
    paths.reduce(
      (sum, path) =>
        sum + PRIOR.weight * Math.log(valueAt(constants, path) / valueAt(start, path)) ** 2,
      0,
    );
  let best = start;
  let least = cost(best);
  for (let step = 0.32; step > 0.004; ) {
    const before = least;
    for (const path of paths) {
      for (const factor of [1 + step, 1 / (1 + step)]) {
        const value = valueAt(best, path) * factor;
        if (isShare(path) && value > 1) continue;
        const tried = withValue(best, path, value);
        const found = cost(tried);
        if (found < least) {
          best = tried;
          least = found;
        }
      }
    }
    if (before - least < 1e-3 * before) step /= 2;
  }
  return best;
}

/** Fits without one family of sources at a time, and what each family's rows then get. */
export function leaveFamiliesOut(rows: readonly PreparedRow[], start: LatencyConstants) {
  const families = [...new Set(rows.map(({ row }) => familyOf(row)))];
  return families.flatMap((family) => {
    const constants = fitConstants(
      rows.filter(({ row }) => familyOf(row) !== family),
      start,
    );
    return rows
      .filter(({ row }) => familyOf(row) === family)
      .map((prepared) => ({ prepared, slowness: slowness(prepared, constants), constants }));
  });
}
