import { expect, test } from 'vitest';
import { chartLines } from '../../../src/adapters/discord/monospace.ts';

const bars = (values: number[]) =>
  values.map((value, at) => ({ label: `${at + 1}.`, segments: [{ label: 'x', value }] }));
const widths = (lines: readonly string[]) => lines.map((line) => line.match(/█*/)?.[0].length ?? 0);

test('one person is no people', () => {
  const lines = chartLines({
    shape: 'bars',
    title: 'First answers',
    unit: 'people',
    unitOfOne: 'person',
    bars: bars([1, 2]),
  });

  expect(lines[1]).toMatch(/ 1 person$/);
  expect(lines[3]).toMatch(/ 2 people$/);
});

test('per cent are drawn against 100', () => {
  const chart = { shape: 'bars' as const, title: 'By chapter', unit: '%' };
  const of = (value: number) => widths(chartLines({ ...chart, bars: bars([value]) }))[1] ?? 0;

  expect(of(50)).toBe(of(100) / 2);
});
