/** A number with what it counts. */
export type Quantity = {
  value: number;
  /** `byte`, `bit`, `second`, `percent`, `times`, or the stem of the noun behind the number; empty when there is none. */
  unit: string;
  /** Counted in powers of 1,024, as GiB is and GB is not. */
  binary?: boolean;
};

const BYTES = new Map<string, number>([
  ['kb', 1e3],
  ['kib', 1024],
  ['mb', 1e6],
  ['mib', 1024 ** 2],
  ['gb', 1e9],
  ['gib', 1024 ** 3],
  ['tb', 1e12],
  ['tib', 1024 ** 4],
  ['kilobyte', 1e3],
  ['megabyte', 1e6],
  ['gigabyte', 1e9],
  ['terabyte', 1e12],
]);

const SCALES = new Map<string, number>([
  ['k', 1e3],
  ['thousand', 1e3],
  ['m', 1e6],
  ['million', 1e6],
  ['bn', 1e9],
  ['billion', 1e9],
  ['t', 1e12],
  ['trillion', 1e12],
]);

const SECONDS = new Map<string, number>([
  ['ms', 1e-3],
  ['millisecond', 1e-3],
  ['milliseconds', 1e-3],
  ['us', 1e-6],
  ['ns', 1e-9],
  ['s', 1],
  ['sec', 1],
  ['second', 1],
  ['seconds', 1],
]);

const WORDS = new Map<string, number>(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map<string, number>(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i) => [word, 20 + 10 * i]),
);
const EXTRA = new Map<string, number>([
  ['half', 0.5],
  ['hundred', 100],
  ['dozen', 12],
]);

/** The value of a number word such as `sixteen` or `thirty-two`. */
export function wordValue(word: string): number | undefined {
  const plain = WORDS.get(word) ?? TENS.get(word) ?? EXTRA.get(word);
  if (plain !== undefined || !word.includes('-')) return plain;
  const [tens = '', ones = ''] = word.split('-');
  const ten = TENS.get(tens);
  const one = WORDS.get(ones);
  return ten !== undefined && one !== undefined && one < 10 ? ten + one : undefined;
}

/** The readings of a number and the unit written behind it; `16B` may be bytes or billions, `4K` 4,000 or 4,096. */
export function readQuantity(value: number, unit: string): Quantity[] {
  const lower = unit.toLowerCase();
  const bytes = BYTES.get(lower.replace(/bytes$/, 'byte'));
  if (bytes !== undefined) {
    return [
      { value: value * bytes, unit: 'byte', ...(lower.includes('ib') ? { binary: true } : {}) },
    ];
  }
  if (/^bytes?$/.test(lower)) return [{ value, unit: 'byte' }];
  if (lower === 'b') {
    return [
      { value, unit: 'byte' },
      { value: value * 1e9, unit: '' },
    ];
  }
  if (/^bits?$/.test(lower)) return [{ value, unit: 'bit' }];
  const seconds = SECONDS.get(lower);
  if (seconds !== undefined) return [{ value: value * seconds, unit: 'second' }];
  const scale = SCALES.get(lower);
  if (scale === 1e3) {
    return [
      { value: value * 1000, unit: '' },
      { value: value * 1024, unit: '' },
    ];
  }
  if (scale !== undefined) return [{ value: value * scale, unit: '' }];
  if (lower === '%' || lower === 'percent') return [{ value, unit: 'percent' }];
  if (lower === 'x' || lower === 'times') return [{ value, unit: 'times' }];
  return [{ value, unit: '' }];
}

/** Whether two numbers say the same: equal within rounding, units equal or one of them not given. */
export function agree(a: readonly Quantity[], b: readonly Quantity[]): boolean {
  return a.some((x) =>
    b.some((y) => (x.unit === y.unit || x.unit === '' || y.unit === '') && isClose(x, y)),
  );
}

/** Whether two numbers of one unit are the same but for rounding in the head. */
export function isNear(a: readonly Quantity[], b: readonly Quantity[]): boolean {
  return a.some((x) => b.some((y) => x.unit === y.unit && ratio(x.value, y.value) <= 1.12));
}

function isClose(a: Quantity, b: Quantity): boolean {
  if (a.value === b.value) return true;
  // GB and GiB differ by 7.4 %, and people mix them.
  const mixed = a.unit === 'byte' && a.binary !== b.binary && Math.min(a.value, b.value) >= 1024;
  return ratio(a.value, b.value) <= (mixed ? 1.08 : 1.03);
}

function ratio(a: number, b: number): number {
  const low = Math.min(Math.abs(a), Math.abs(b));
  return low === 0 ? Number.POSITIVE_INFINITY : Math.max(Math.abs(a), Math.abs(b)) / low;
}
