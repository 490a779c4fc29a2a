import { fewestGpus } from '../../core/calculators/memory/fit.ts';
import { formatGiB, formatNumber } from '../../core/units.ts';
import type { Side } from './compare.ts';

type Sides = readonly [Side, Side];
type Names = readonly [string, string];

/** What decides between two sides, first: which of them fits, else which needs less and which is faster. */
export function compareVerdict(sides: Sides, names: Names, locale: string): string {
  const [a, b] = sides;
  if (a.fit?.fits === false && b.fit?.fits === false) return neitherFits(sides, names, locale);
  if (a.fit?.fits === false) return onlyOneFits(a, b, names, locale);
  if (b.fit?.fits === false) return onlyOneFits(b, a, [names[1], names[0]], locale);
  return [memoryWords(sides, names, locale), ...speedWords(sides, names, locale)].join(' ');
}

/** `short by 7.6 GiB on each GPU`. */
function shortWords({ fit, serving }: Side, locale: string): string {
  const each = serving.gpus > 1 && !serving.machine ? ' on each GPU' : '';
  return `short by ${formatGiB(-(fit?.spare ?? 0), locale)}${each}`;
}

/** Names are the short side's first. A speed that memory doesn't allow isn't told. */
function onlyOneFits(short: Side, fitting: Side, [less, more]: Names, locale: string): string {
  const { speed } = fitting;
  const rate = speed
    ? ` ${more} generates ${formatNumber(speed.tokensPerSecond, locale, 1)} tokens per second.`
    : '';
  return `Only ${more} fits: ${less} is ${shortWords(short, locale)}.${rate}`;
}

function neitherFits([a, b]: Sides, names: Names, locale: string): string {
  const sets = [a, b].map(fewest);
  const [one, two] = sets;
  const enough =
    one !== undefined && two !== undefined
      ? ` ${names[0]} needs ${one}, ${names[1]} needs ${two}.`
      : '';
  const short = `${names[0]} is ${shortWords(a, locale)}, ${names[1]} is ${shortWords(b, locale)}`;
  return `Neither fits: ${short}.${a.serving.cards?.id === b.serving.cards?.id ? '' : enough}`;
}

/** `6 GPUs`: the fewest of a side's kind that hold its model. */
function fewest({ serving: { cards, request, utilisation, machine } }: Side): string | undefined {
  if (!cards || machine) return undefined;
  const set = fewestGpus({ ...request, parallel: {} }, cards.gpu, utilisation);
  return set && `${set.count} GPUs`;
}

/** Memory of all GPUs where the sides have different numbers of them, else of one GPU. */
function memoryWords([a, b]: Sides, names: Names, locale: string): string {
  const isPerGpu = a.serving.gpus === b.serving.gpus;
  const of = ({ memory, totalBytes }: Side) => (isPerGpu ? memory.total : totalBytes);
  const which = isPerGpu ? (a.serving.gpus > 1 ? ' per GPU' : '') : ' in total';
  const difference = of(a) - of(b);
  if (Math.abs(difference) < 1e6) return `Both need the same memory${which}.`;
  const [less, more] = difference < 0 ? names : [names[1], names[0]];
  return `${less} needs ${formatGiB(Math.abs(difference), locale)} less${which} than ${more}.`;
}

function speedWords([a, b]: Sides, names: Names, locale: string): string[] {
  if (!a.speed || !b.speed) return [];
  const ratio = a.speed.tokensPerSecond / b.speed.tokensPerSecond;
  const times = Math.max(ratio, 1 / ratio);
  return times < 1.01
    ? ['Both are equally fast.']
    : [`${ratio >= 1 ? names[0] : names[1]} is ${formatNumber(times, locale, 2)}× as fast.`];
}
