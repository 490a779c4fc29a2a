import { readNumber } from '../read-number.ts';

/** Bytes in the units that people write. */
const BYTES: ReadonlyMap<string, number> = new Map([
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
]);

const TIMES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['million', 1e6],
  ['b', 1e9],
  ['billion', 1e9],
]);

/** An estimate in its unit, however it was typed: `1.5k`, `150 GiB`, `4,800 requests`; undefined for anything else. */
export function readEstimate(typed: string, unit: string): number | undefined {
  const read = readNumber(typed);
  if (!read || read.value <= 0) return undefined;
  const [first = '', ...rest] = read.unit.toLowerCase().split(/\s+/);
  const bytes = BYTES.get(unit.toLowerCase());
  if (bytes !== undefined) {
    const from = first === '' ? bytes : BYTES.get(first);
    return from === undefined || rest.length > 0 ? undefined : (read.value * from) / bytes;
  }
  const times = TIMES.get(first);
  const scale = TIMES.get(unit.toLowerCase());
  if (times !== undefined && scale !== undefined && rest.length === 0)
    return (read.value * times) / scale;
  const words = times === undefined ? [first, ...rest].join(' ') : rest.join(' ');
  const isUnit = words === '' || unit.toLowerCase().startsWith(words.replace(/s?$/, ''));
  return isUnit ? read.value * (times ?? 1) : undefined;
}
