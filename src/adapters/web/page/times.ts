/** Where and when the reader is. */
export type Reader = { zone: string; locale: string; now: Date };

const DISCORD: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const SLACK: [RegExp, Intl.DateTimeFormatOptions][] = [
  [/\{date_short(_pretty)?\}/g, { dateStyle: 'medium' }],
  [/\{date_num\}/g, { dateStyle: 'short' }],
  [/\{date_long(_pretty)?\}/g, { dateStyle: 'full' }],
  [/\{date(_pretty)?\}/g, { dateStyle: 'long' }],
  [/\{time\}/g, { timeStyle: 'short' }],
  [/\{time_secs\}/g, { timeStyle: 'medium' }],
];

/** One instant in a format of Discord (`f`) or of Slack (`{date_short} {time}`). */
export function instantText(at: Date, show: string, reader: Reader): string {
  if (show === 'R' || show === '{ago}') return relativeText(at, reader);
  const style = DISCORD[show];
  if (style) return dateText(at, style, reader);
  return SLACK.reduce(
    (text, [token, options]) => text.replace(token, () => dateText(at, options, reader)),
    show,
  );
}

/** An instant in the reader's zone. */
export function dateText(
  at: Date,
  options: Intl.DateTimeFormatOptions,
  { zone, locale }: Reader,
): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(at);
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function relativeText(at: Date, { now, locale }: Reader): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return words.format(Math.round(seconds / length), unit);
}
