import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  prepareRow,
  readMeasuredRows,
  slowness,
  spreadOf,
} from '../../../lab/figures/latency-rows.ts';
import { GPUS, LATENCY, MODELS } from '../../core/calculators/models/known.ts';

const FILE = new URL('../../../data/measured-latency.json', import.meta.url);
const ROWS = readMeasuredRows(JSON.parse(readFileSync(FILE, 'utf8')));
const KNOWN = { models: MODELS, gpus: GPUS, facts: LATENCY };

test.each([true, false])(
  'speeds are near what was measured, and 4 in 5 or more lie in their range (engine named: %s)',
  (isNamed) => {
    const estimated = ROWS.map((row) => {
      const prepared = prepareRow(row, KNOWN, isNamed);
      return {
        off: slowness(prepared, LATENCY.constants),
        factor: spreadOf(prepared, LATENCY.spreads),
      };
    });
    const errors = estimated.map(({ off }) => Math.abs(Math.log(off))).sort((a, b) => a - b);
    const share = (is: (each: (typeof estimated)[number]) => boolean) =>
      estimated.filter(is).length / estimated.length;

    expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(0.2);
    expect(share(({ off }) => Math.abs(Math.log(off)) <= Math.log(1.5))).toBeGreaterThan(0.75);
    expect(share(({ off, factor }) => off <= factor && off >= 1 / factor)).toBeGreaterThan(0.8);
    expect(share(({ off, factor }) => off <= factor && off >= 1 / factor)).toBeLessThanOrEqual(
      0.95,
    );
  },
);

test('rows that the fit left out keep to what the document promises', () => {
  const [all, asBot] = LATENCY.leftOut.slice(-2);

  for (const { error, withinHalf, covered } of [all, asBot].filter((each) => each !== undefined)) {
    expect(error).toBeLessThanOrEqual(0.2);
    expect(withinHalf).toBeGreaterThanOrEqual(0.75);
    expect(covered).toBeGreaterThanOrEqual(0.8);
    expect(covered).toBeLessThanOrEqual(0.95);
  }
  for (const { kind, error } of LATENCY.leftOut) {
    expect(error, kind).toBeLessThanOrEqual(kind.startsWith('Mixture, several') ? 0.45 : 0.3);
  }
});
