import { readFileSync, writeFileSync } from 'node:fs';
import { readGpus } from '../src/core/calculators/hardware/gpu-schema.ts';
import { readModels } from '../src/core/calculators/models/model-schema.ts';
import type {
  LatencyConstants,
  LatencyFacts,
  SpreadKind,
} from '../src/core/calculators/speed/latency-constants.ts';
import { SPREAD_KINDS, spreadKind } from '../src/core/calculators/speed/latency-constants.ts';
import {
  fitConstants,
  leaveFamiliesOut,
  type Path,
  pathsOf,
  valueAt,
  withValue,
} from './figures/latency-fit.ts';
import {
  familyOf,
  kindOf,
  type PreparedRow,
  prepareRow,
  readMeasuredRows,
  slowness,
  spreadOf,
} from './figures/latency-rows.ts';

/**
 * Fits the constants of data/latency.json to data/measured-latency.json, and prints how far off
 * estimates are for rows whose family of sources was left out. Takes about two minutes.
 */
const FILE = new URL('../data/latency.json', import.meta.url);
const NOTE =
  'Written by npm run lab fit-latency from measured-latency.json; change neither by hand. value is what the rows ask for, low and high between which 8 in 10 fits lie that draw families of sources by lot, rows how many depend on it. factor is what a time may be off either way, coverage the share of rows inside.';

/** Round figures to begin with, alike for all kinds; only 60 µs for a network is from a document (NCCL issue 1453: 26 to 75). */
const START: LatencyConstants = {
  bandwidthShare: { 'data-center': 0.7, consumer: 0.7, apple: 0.7, unified: 0.7, instinct: 0.7 },
  promptShare: {
    'data-center': 0.5,
    'data-center, llama.cpp': 0.5,
    consumer: 0.5,
    apple: 0.5,
    unified: 0.5,
  },
  stepShare: 0.5,
  layerMicroseconds: { server: 40, 'llama.cpp': 40, compiled: 40, apple: 40, instinct: 40 },
  latentLayerMicroseconds: 50,
  expertLayerMicroseconds: 50,
  yearlyShare: 0.7,
  promptLayerMicroseconds: 100,
  allReduceMicroseconds: { direct: 10, pcie: 30, network: 60 },
  linkShare: 0.3,
  stepMilliseconds: 2,
  sequenceMicroseconds: 5,
  requestMilliseconds: 10,
};
/** The year of half of the measured servers or later. */
const YEAR = 2025;
/** Draws of families for the ranges of the constants. */
const DRAWS = 20;
/** Share of the rows that a band shall cover. */
const COVERAGE = 0.8;
/** What is said of mixtures over several GPUs, however well these rows do: few families measured any. */
const LEAST_OF_SPLIT_MIXTURES = 2;

const readData = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8'));

const round = (value: number) => Number(value.toPrecision(3));
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], share: number) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
const share = <T>(list: readonly T[], is: (each: T) => boolean) =>
  round(list.filter(is).length / list.length);

/** A generator of numbers from 0 to 1 that is the same each time. */
function createDraw(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** The constants of fits to families drawn by lot, as often as there are. */
function drawnFits(rows: readonly PreparedRow[]): LatencyConstants[] {
  const families = [...new Set(rows.map(({ row }) => familyOf(row)))];
  const draw = createDraw(25);
  return Array.from({ length: DRAWS }, () => {
    const drawn = families.map(() => families[Math.floor(draw() * families.length)]);
    return fitConstants(
      drawn.flatMap((family) => rows.filter(({ row }) => familyOf(row) === family)),
      START,
    );
  });
}

type Fitted = { value: number; low: number; high: number; rows: number };

function fitted(
  path: Path,
  best: LatencyConstants,
  drawn: readonly LatencyConstants[],
  rows: readonly PreparedRow[],
): Fitted {
  const value = valueAt(best, path);
  const more = withValue(best, path, value * 0.8);
  const values = drawn.map((constants) => valueAt(constants, path));
  return {
    value: round(value),
    low: round(quantile(values, 0.1)),
    high: round(quantile(values, 0.9)),
    rows: rows.filter((row) => Math.abs(slowness(row, more) / slowness(row, best) - 1) > 0.005)
      .length,
  };
}

/** One estimate of a row by constants that its family had no part in. */
type Estimated = { prepared: PreparedRow; slowness: number };

function spread(estimated: readonly Estimated[], least = 1) {
  const factors = estimated.map(({ slowness }) => Math.exp(Math.abs(Math.log(slowness))));
  const factor = Math.max(least, Math.ceil(quantile(factors, COVERAGE) * 20) / 20);
  return { factor, coverage: share(factors, (each) => each <= factor), rows: factors.length };
}

function spreadsOf(estimated: readonly Estimated[]): LatencyFacts['spreads'] {
  const of = (metrics: RegExp) =>
    estimated.filter(({ prepared }) => metrics.test(prepared.row.metric));
  const tokens = of(/^(?:decode|tpot)/);
  const ofKind = (kind: SpreadKind) =>
    tokens.filter(
      ({ prepared: { row, request } }) =>
        spreadKind(request.shape, request.gpu, row.tensor ?? 1) === kind,
    );
  const perToken = SPREAD_KINDS.map((kind): [SpreadKind, ReturnType<typeof spread>] => [
    kind,
    spread(ofKind(kind), kind === 'mixture, split' ? LEAST_OF_SPLIT_MIXTURES : 1),
  ]);
  return {
    // The list has every kind once.
    perToken: Object.fromEntries(perToken) as LatencyFacts['spreads']['perToken'],
    prompt: spread(of(/^(?:ttft|prefill)/)),
    request: spread(of(/^(?:total|request|e2e)/)),
  };
}

/** One line of the table by kind. */
function summary(kind: string, list: readonly Estimated[], spreads: LatencyFacts['spreads']) {
  const logs = list.map((each) => Math.log(each.slowness));
  return {
    kind,
    rows: list.length,
    ratio: round(Math.exp(-quantile(logs, 0.5))),
    error: round(quantile(logs.map(Math.abs), 0.5)),
    withinHalf: share(logs, (log) => Math.abs(log) <= Math.log(1.5)),
    covered: share(list, (each) => {
      const factor = spreadOf(each.prepared, spreads);
      return each.slowness <= factor && each.slowness >= 1 / factor;
    }),
  };
}

function summaries(
  left: readonly Estimated[],
  asBot: readonly Estimated[],
  spreads: LatencyFacts['spreads'],
) {
  const kinds = [...new Set(left.map(({ prepared }) => kindOf(prepared)))].sort();
  return [
    ...kinds.map((kind) =>
      summary(
        kind,
        left.filter(({ prepared }) => kindOf(prepared) === kind),
        spreads,
      ),
    ),
    summary('All', left, spreads),
    summary('All, engine and year not named', asBot, spreads),
  ];
}

/** JSON with the innermost objects on one line each. */
function readable(value: unknown): string {
  return `${JSON.stringify(value, null, 1).replaceAll(/\{[^{}]*\}/g, (inner) =>
    inner.replaceAll(/\s*\n\s*/g, ' '),
  )}\n`;
}

const known = {
  models: readModels(readData('models.json')),
  gpus: readGpus(readData('gpus.json')),
  // Only the year is read before there are constants.
  facts: { year: YEAR, constants: START } as LatencyFacts,
};
const rows = readMeasuredRows(readData('measured-latency.json')).map((row) =>
  prepareRow(row, known),
);
const best = fitConstants(rows, START);
const left = leaveFamiliesOut(rows, START);
const asBot = left.map(({ prepared, constants }) => {
  const usual = prepareRow(prepared.row, known, false);
  return { prepared: usual, slowness: slowness(usual, constants) };
});
const spreads = spreadsOf([...left, ...asBot]);
const drawn = drawnFits(rows);
let constants: object = best;
for (const path of pathsOf(best)) {
  // The file has more than a number in each place.
  const entry = fitted(path, best, drawn, rows) as unknown as number;
  constants = withValue(constants as LatencyConstants, path, entry);
}
const leftOut = summaries(left, asBot, spreads);
writeFileSync(FILE, readable({ note: NOTE, year: YEAR, constants, spreads, leftOut }));
process.stdout.write(
  `${leftOut
    .map(
      ({ kind, rows: count, ratio, error, withinHalf, covered }) =>
        `${kind.padEnd(42)}${String(count).padStart(4)}  estimate/measured ${ratio.toFixed(2)}  |log| ${error.toFixed(2)}  within 1.5 ${(withinHalf * 100).toFixed(0)}%  in range ${(covered * 100).toFixed(0)}%`,
    )
    .join('\n')}\n`,
);
