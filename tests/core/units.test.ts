import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatGB,
  formatGiB,
  formatNumber,
  formatPercent,
  formatSeconds,
  formatUsd,
  parseCount,
  parseCounted,
  parseTokens,
} from '../../src/core/units.ts';

test.each([
  [17.7 * 1024 ** 3, '17.7 GiB'],
  [1024 ** 3, '1.0 GiB'],
  [4.575 * 1024 ** 3, '4.58 GiB'],
  [640 * 1024 ** 3, '640 GiB'],
  [70.5 * 1024 ** 2, '70.5 MiB'],
  [320 * 1024, '0.31 MiB'],
  [2048, '2.0 KiB'],
  [100, '100 B'],
  [0, '0 GiB'],
])('formatGiB writes %d bytes as %s', (bytes, text) => {
  expect(formatGiB(bytes)).toBe(text);
});

test('both units stand side by side', () => {
  expect(formatBytes(16_060_522_496)).toBe('15.0 GiB (16.1 GB)');
  expect(formatGB(70_272)).toBe('70.3 kB');
});

test.each([
  ['de', '1.234,5'],
  ['en-US', '1,234.5'],
  ['fr', '1 234,5'],
])('numbers follow the locale %s', (locale, text) => {
  expect(formatNumber(1234.5, locale, 1).replaceAll(/[\u202F\u00A0]/g, ' ')).toBe(text);
});

test('an underscore or an unknown locale does no harm', () => {
  expect(formatGiB(1.5 * 1024 ** 3, 'de_DE')).toBe('1,5 GiB');
  expect(formatGiB(1.5 * 1024 ** 3, '?')).toBe('1.5 GiB');
});

test.each([
  [8_030_261_248, '8.03B'],
  [494_032_768, '494M'],
  [1_026_408_232_448, '1.03T'],
  [512, '512'],
])('formatCount writes %d as %s', (value, text) => {
  expect(formatCount(value)).toBe(text);
});

test.each([
  [0.00001, '10.0 µs'],
  [0.02333, '23.3 ms'],
  [4.2, '4.2 s'],
  [600, '10.0 min'],
  [10_000, '2.78 h'],
  [34 * 86_400, '34.0 days'],
])('formatSeconds writes %d s as %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('money and shares', () => {
  expect(formatUsd(0.4444)).toBe('$0.444');
  expect(formatUsd(2.6)).toBe('$2.60');
  expect(formatUsd(3)).toBe('$3');
  expect(formatUsd(5_576_000)).toBe('$5.58M');
  expect(formatPercent(0.92)).toBe('92%');
});

test.each([
  ['8k', 8192],
  ['128K', 131_072],
  ['128000', 128_000],
  ['32,768', 32_768],
  ['1M', 1_048_576],
  ['0.5k', 512],
  ['4096 tokens', 4096],
])('%s is %i tokens', (text, tokens) => {
  expect(parseTokens(text)).toBe(tokens);
});

test.each(['lots', '-1', '0', '1e99', '', '8kb', '8 k k', 'NaN'])('%j is no context', (text) => {
  expect(parseTokens(text)).toBeUndefined();
});

test.each([
  ['70b', 70e9],
  ['1.5T', 1.5e12],
  ['125m', 125e6],
  ['405 B', 405e9],
])('%s is %d parameters', (text, value) => {
  expect(parseCount(text)).toBe(value);
});

test.each([
  ['2x h100', 2, 'h100'],
  ['8×H100', 8, 'H100'],
  ['h100 x2', 2, 'h100'],
  ['4 * a100 80gb', 4, 'a100 80gb'],
  ['2 h100', 2, 'h100'],
  ['4090', 1, '4090'],
  ['rtx 4090', 1, 'rtx 4090'],
  ['mi300x', 1, 'mi300x'],
])('%s is %i of %s', (text, count, name) => {
  expect(parseCounted(text)).toEqual({ count, name });
});

test('no GPUs at all is not a number of GPUs', () => {
  expect(parseCounted('0x h100')).toBeUndefined();
  expect(parseCounted('')).toBeUndefined();
});
