/** Bytes in a GiB (1024³). Memory of GPUs is counted in these. */
export const GIB = 1024 ** 3;

/** Bytes in a GB (10⁹). Bandwidth and file downloads are counted in these. */
export const GB = 1e9;

const FORMATS = new Map<string, Intl.NumberFormat>();

/** The number format of a locale; an unknown locale falls back to English. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = FORMATS.get(key);
  if (known) return known;
  let made: Intl.NumberFormat;
  try {
    made = new Intl.NumberFormat(locale.replace('_', '-'), options);
  } catch {
    made = new Intl.NumberFormat('en', options);
  }
  FORMATS.set(key, made);
  return made;
}

/** A plain number with the reader's separators, at most `digits` after the point. */
export function formatNumber(value: number, locale = 'en', digits = 0): string {
  return numberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A place in English: `1st`, `12th`. */
export function formatOrdinal(place: number): string {
  return `${place}${ENDINGS.get(ORDINALS.select(place)) ?? 'th'}`;
}

const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
]);
const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });

/** Digits after the point: three significant ones below 100 and whole numbers above, so that tables stay narrow. */
export function shortDigits(value: number): number {
  const size = Math.abs(value);
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}

function shortNumber(value: number, locale: string): string {
  const size = Math.abs(value);
  const digits = shortDigits(value);
  return numberFormat(locale, {
    minimumFractionDigits: digits > 0 && size >= 1 ? 1 : 0,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Memory in GiB, or in MiB and KiB when it is small: `17.7 GiB`. */
export function formatGiB(bytes: number, locale = 'en'): string {
  const size = Math.abs(bytes);
  if (size >= GIB / 10 || size === 0) return `${shortNumber(bytes / GIB, locale)} GiB`;
  if (size >= 1024 ** 2 / 10) return `${shortNumber(bytes / 1024 ** 2, locale)} MiB`;
  if (size >= 1024) return `${shortNumber(bytes / 1024, locale)} KiB`;
  return `${formatNumber(bytes, locale)} B`;
}

/** Memory in GB, or in MB and kB when it is small: `19.0 GB`. */
export function formatGB(bytes: number, locale = 'en'): string {
  const size = Math.abs(bytes);
  if (size >= GB / 10 || size === 0) return `${shortNumber(bytes / GB, locale)} GB`;
  if (size >= 1e5) return `${shortNumber(bytes / 1e6, locale)} MB`;
  if (size >= 1000) return `${shortNumber(bytes / 1000, locale)} kB`;
  return `${formatNumber(bytes, locale)} B`;
}

/** Both units, because people mix them up: `17.7 GiB (19.0 GB)`. */
export function formatBytes(bytes: number, locale = 'en'): string {
  return `${formatGiB(bytes, locale)} (${formatGB(bytes, locale)})`;
}

/** Parameters or tokens as people write them: `8.03B`, `494M`, `1.2T`. */
export function formatCount(value: number, locale = 'en'): string {
  const size = Math.abs(value);
  if (size >= 1e12) return `${shortNumber(value / 1e12, locale)}T`;
  if (size >= 1e9) return `${shortNumber(value / 1e9, locale)}B`;
  if (size >= 1e6) return `${shortNumber(value / 1e6, locale)}M`;
  return formatNumber(value, locale);
}

/** A share of one as a percentage: `92%`. */
export function formatPercent(share: number, locale = 'en', digits = 0): string {
  return `${formatNumber(share * 100, locale, digits)}%`;
}

/** A time in the unit that suits it: `23 ms`, `4.2 s`, `3.1 h`, `34 days`. */
export function formatSeconds(seconds: number, locale = 'en'): string {
  if (seconds < 1e-3) return `${shortNumber(seconds * 1e6, locale)} µs`;
  if (seconds < 1) return `${shortNumber(seconds * 1e3, locale)} ms`;
  if (seconds < 120) return `${shortNumber(seconds, locale)} s`;
  if (seconds < 7200) return `${shortNumber(seconds / 60, locale)} min`;
  if (seconds < 172_800) return `${shortNumber(seconds / 3600, locale)} h`;
  return `${shortNumber(seconds / 86_400, locale)} days`;
}

/** Money in US dollars, with cents only where they matter: `$0.444`, `$2.60`, `$5.58M`. */
export function formatUsd(value: number, locale = 'en'): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `$${formatCount(value, locale)}`;
  if (size < 1) return `$${numberFormat(locale, { maximumSignificantDigits: 3 }).format(value)}`;
  const digits = size >= 1000 || Number.isInteger(value) ? 0 : 2;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `$${numberFormat(locale, options).format(value)}`;
}

const TOKEN_UNITS = new Map([
  ['', 1],
  ['k', 1024],
  ['ki', 1024],
  ['m', 1024 ** 2],
  ['mi', 1024 ** 2],
]);

const COUNT_UNITS = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['g', 1e9],
  ['t', 1e12],
]);

function parseWith(text: string, units: ReadonlyMap<string, number>): number | undefined {
  const match = /^(\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)$/i.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const unit = units.get((match[2] ?? '').toLowerCase());
  const value = Number((match[1] ?? '').replaceAll(/[,_]/g, ''));
  if (unit === undefined || !Number.isFinite(value)) return undefined;
  return value * unit;
}

/** Lengths of models that people call by their thousands: `131k` is 131,072, and no 134,144. */
const DECIMAL_LENGTHS = new Map(
  [40_960, 65_536, 131_072, 163_840, 196_608, 202_752, 204_800, 262_144, 524_288, 1_048_576]
    // `40k` is 40,960 in any case.
    .filter((tokens) => Math.floor(tokens / 1000) !== tokens / 1024)
    .map((tokens) => [`${Math.floor(tokens / 1000)}k`, tokens]),
);

/**
 * Tokens of a context as people write them; `undefined` for anything else.
 * A `k` is 1,024 here because context windows are powers of two: `8k` is 8,192 and `128K` is
 * 131,072. Write `128000` to mean exactly that. Lengths whose thousands people name, such as `131k`, are themselves.
 */
export function parseTokens(text: string): number | undefined {
  // `4.6` is a version, `1.5k` a context.
  if (/^\d*\.\d+$/.test(text.trim())) return undefined;
  const bare = text.replace(/\s*(tokens?|tok)$/i, '').trim();
  const tokens = DECIMAL_LENGTHS.get(bare.toLowerCase()) ?? parseWith(bare, TOKEN_UNITS);
  return tokens === undefined || tokens < 1 ? undefined : Math.round(tokens);
}

/** Parameters or training tokens as people write them, in decimal steps: `70b` is 70 × 10⁹. */
export function parseCount(text: string): number | undefined {
  return parseWith(text, COUNT_UNITS);
}

/** A number of things and what they are, from `2x h100`, `h100 x2`, `2 × H100` or `h100`. */
export function parseCounted(text: string): { count: number; name: string } | undefined {
  const trimmed = text.trim().replaceAll(/\s+/g, ' ');
  const before =
    /^(\d{1,6})(?:x ?| x (?=\S)| x(?=\d)| ?[×*] ?)(.*\S)$/i.exec(trimmed) ??
    /^(\d{1,2}) (\D.*)$/.exec(trimmed);
  const after =
    /^(.*\S) ?[×*] ?(\d{1,6})$|^(.*\S) [x] ?(\d{1,6})$|^(.*\d[a-z]{0,3})x(\d{1,3})$/i.exec(trimmed);
  const count = Number(before?.[1] ?? after?.[2] ?? after?.[4] ?? after?.[6] ?? 1);
  const name = before?.[2] ?? after?.[1] ?? after?.[3] ?? after?.[5] ?? trimmed;
  if (name === '' || count < 1) return undefined;
  // In `4090 x2` the card comes first, although both are numbers.
  const isTurned = before !== null && count >= 1000 && /^\d{1,3}$/.test(name);
  return isTurned ? { count: Number(name), name: String(count) } : { count, name };
}
