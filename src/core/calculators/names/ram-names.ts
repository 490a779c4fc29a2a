import type { RamKind } from '../hardware/cpu.ts';

/** Memory of a computer; channels and million transfers a second only where they were told. */
export type Ram = {
  GiB: number;
  kind: RamKind;
  mts?: number | undefined;
  channels?: number | undefined;
};

const SIZE = '\\d{1,5}\\s*(?:gb|gib|g)(?![a-z])';
/** 1,600 to 12,999 transfers; `ddr4-2048gb` is a size. */
const DDR = 'ddr[345](?:[\\s-]?(?:1[6-9]\\d\\d|[2-9]\\d{3}|1[0-2]\\d{3})(?!\\d|\\s*g))?';
const RATE = '(?:\\s*(?:mt/?s|mhz))?';
const COUNTS = new Map([
  ['single', 1],
  ['dual', 2],
  ['two', 2],
  ['quad', 4],
  ['four', 4],
  ['eight', 8],
  ['twelve', 12],
]);
const CHANNELS = `(?:[1-9]|1\\d|2[0-4]|${[...COUNTS.keys()].join('|')})[\\s-]*ch(?:annels?)?(?![a-z])`;
const FILLERS = '(?:with|of|at|system|cpu|main|ram|memory)(?![a-z])';
const PIECE = `(?:${SIZE}|${DDR}${RATE}|${CHANNELS}|${FILLERS})`;

/** Words with one size: of `24gb 64gb ram`, the first is that of the GPU. */
export const ONE_SIZE = `(?:(?!${SIZE}).)*${SIZE}(?!.*${SIZE})`;

/** What people say of a computer's memory, in any order: `96gb ddr5-6000`, `12 channel DDR5-4800 768gb`. */
export const RAM_WORDS = `${PIECE}(?:[\\s,-]+${PIECE})*`;

/** Each of those in a longer text. */
export const RAM_PIECES = new RegExp(
  `(?<![\\w.-])(?:${SIZE}(?:\\s+(?:of\\s+)?(?:(?:system|main|cpu)\\s+)?(?:ram|memory))?|${DDR}${RATE}(?:\\s+(?:ram|memory))?|${CHANNELS})`,
  'gi',
);

/** Reads words that `RAM_WORDS` matches; `GiB` only where it was told. */
export function readRam(words: string): Omit<Ram, 'GiB'> & { GiB?: number } {
  const ddr = new RegExp(DDR, 'i').exec(words)?.[0] ?? '';
  const size = new RegExp(SIZE, 'i').exec(words)?.[0];
  const count = new RegExp(CHANNELS, 'i')
    .exec(words)?.[0]
    .split(/[\s-]|ch/i)[0]
    ?.toLowerCase();
  const mts = /\d{4,5}$/.exec(ddr)?.[0];
  return {
    kind: /^ddr4/i.test(ddr) ? 'ddr4' : 'ddr5',
    ...(size === undefined ? {} : { GiB: Number.parseInt(size, 10) }),
    ...(mts === undefined ? {} : { mts: Number(mts) }),
    ...(count === undefined ? {} : { channels: COUNTS.get(count) ?? Number(count) }),
  };
}

/** `64gb-ram`, `128gb-ddr4`, `768gb-12ch-ddr5-4800`. */
export function ramId({ GiB, kind, mts, channels }: Ram): string {
  const ddr = mts === undefined ? (kind === 'ddr4' ? 'ddr4' : 'ram') : `${kind}-${mts}`;
  return [`${GiB}gb`, ...(channels === undefined ? [] : [`${channels}ch`]), ddr].join('-');
}

/** `64 GB of RAM`, `64 GB of DDR4`, `768 GB of DDR5-4800 on 12 channels`. */
export function formatRam({ GiB, kind, mts, channels }: Ram): string {
  const usual = kind === 'ddr4' ? 'DDR4' : 'RAM';
  const on =
    channels === undefined ? '' : ` on ${channels} ${channels === 1 ? 'channel' : 'channels'}`;
  return `${GiB} GB of ${mts === undefined ? usual : `${kind.toUpperCase()}-${mts}`}${on}`;
}
