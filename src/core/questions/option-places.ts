import type { Slip } from '../calculators/result.ts';
import { randomFrom, shuffled } from '../random.ts';

/** Wrong options beside the right one. */
export const MIN_SLIPS = 3;

/** Where the right one of four options in ascending order stands; each place for a quarter of the seeds. */
export function drawPlace(seed: string): number {
  return Math.floor(randomFrom(seed)() * (MIN_SLIPS + 1));
}

/** Whether the slips are enough to put the answer at a place. */
export function hasPlace(place: number, answer: number, slips: readonly Slip[]): boolean {
  const below = slips.filter(({ value }) => value < answer).length;
  return place <= below && MIN_SLIPS - place <= slips.length - below;
}

/** Slips that make the wrong options when the answer stands at a place. */
export function slipsAround(
  place: number,
  answer: number,
  slips: readonly Slip[],
  seed: string,
): Slip[] {
  const below = slips.filter(({ value }) => value < answer);
  const above = slips.filter(({ value }) => value > answer);
  return [
    ...shuffled(below, `${seed} below`).slice(0, place),
    ...shuffled(above, `${seed} above`).slice(0, MIN_SLIPS - place),
  ];
}

/** The place as the first drawing chose it, after the numbers: the edges were twice as likely. */
export function firstDrawingsPlace(answer: number, slips: readonly Slip[], seed: string): number {
  const places = [0, 0, 1, 2, 3, 3].filter((place) => hasPlace(place, answer, slips));
  return places[Math.floor(randomFrom(`${seed} place`)() * places.length)] ?? 0;
}

/** Three errors that make the wrong options of one answer, and the place of the answer among them. */
type Three = { place: number; slips: Slip[] };

/** How many of the four places a pattern of ratios must allow. */
const MIN_PLACES = 3;
/** Gaps that differ by less look the same; in the third drawing, twice as much did. */
const SAME_GAP = 0.01;

/**
 * Wrong options whose ratios do not tell the answer: the same four ratios could come from an answer at three places at the
 * least, by other errors, and each of these places is drawn as often. Errors are factors here, so that two of them
 * together are another one. But for the third drawing, it's all four places where some option has more whole ratios.
 *
 * @returns Undefined when no such pattern is found.
 */
export function evenSlips(
  answer: number,
  slips: readonly Slip[],
  seed: string,
  isThird: boolean,
): Slip[] | undefined {
  const byPattern = new Map<string, Three[]>();
  for (const three of threes(withPairs(answer, slips))) {
    const values = [answer, ...three.map(({ value }) => value)].sort((a, b) => a - b);
    const gaps = values.slice(1).map((value, at) => Math.log(value / (values[at] ?? value)));
    if (gaps.some((gap) => gap < MIN_GAP)) continue;
    const pattern = gaps
      .map((gap) => Math.round(gap / (isThird ? 2 * SAME_GAP : SAME_GAP)))
      .join(' ');
    const same = byPattern.get(pattern) ?? [];
    same.push({ place: values.indexOf(answer), slips: three });
    byPattern.set(pattern, same);
  }
  const isEven = (list: readonly Three[]) => {
    const values = [answer, ...(list[0]?.slips ?? []).map(({ value }) => value)];
    const least = isThird || hasEqualRatios(values) ? MIN_PLACES : MIN_SLIPS + 1;
    return placesOf(list).length >= least;
  };
  const even = [...byPattern.values()].filter(isEven);
  const [pattern] = shuffled(even, `${seed} pattern`);
  if (!pattern) return undefined;
  const [place] = shuffled(placesOf(pattern), `${seed} even place`);
  const [chosen] = shuffled(
    pattern.filter((each) => each.place === place),
    `${seed} errors`,
  );
  return chosen?.slips;
}

/** Three slips that put the answer at a place, or any place, and leave every option with as many whole multiples among the others. */
export function unrelatedSlips(
  place: number | undefined,
  answer: number,
  slips: readonly Slip[],
  seed: string,
): Slip[] | undefined {
  const fitting = [...threes(slips)].filter((three) => {
    const values = [answer, ...three.map(({ value }) => value)].sort((a, b) => a - b);
    const isApart = values
      .slice(1)
      .every((value, at) => Math.log(value / (values[at] ?? value)) >= MIN_GAP);
    const isThere = place === undefined || values[place] === answer;
    return isThere && isApart && hasEqualRatios(values);
  });
  return shuffled(fitting, `${seed} unrelated`)[0];
}

/** For each value, to how many others it has a whole ratio up to a limit. */
export function wholeRatios(values: readonly number[], limit: number): number[] {
  const isWhole = (ratio: number) =>
    ratio < limit + 0.5 && Math.abs(ratio - Math.round(ratio)) < 0.01 * ratio;
  return values.map(
    (one) => values.filter((other) => isWhole(Math.max(one, other) / Math.min(one, other))).length,
  );
}

/** Ratios up to the first are seen at a glance, up to the second with some calculating. */
const SEEN_RATIOS = [4, 16];

function hasEqualRatios(values: readonly number[]): boolean {
  return SEEN_RATIOS.every((limit) => new Set(wholeRatios(values, limit)).size === 1);
}

/** Options closer than a tenth look like rounding. */
const MIN_GAP = Math.log(1.1);
/** Two errors together that are further off than this are seen through. */
const MAX_OFF = Math.log(50);

const placesOf = (list: readonly Three[]) =>
  [0, 1, 2, 3].filter((at) => list.some(({ place }) => place === at));

/** The errors and what two of them make together, where that is another number. */
export function withPairs(answer: number, slips: readonly Slip[]): Slip[] {
  const all = [...slips];
  for (const [at, one] of slips.entries())
    for (const other of slips.slice(at + 1)) {
      const value = (one.value * other.value) / answer;
      const isNew = [answer, ...all.map((each) => each.value)].every(
        (each) => Math.abs(Math.log(value / each)) >= MIN_GAP,
      );
      if (isNew && Math.abs(Math.log(value / answer)) < MAX_OFF)
        all.push({
          id: `${one.id}-and-${other.id}`,
          value,
          why: `${one.why}, and ${other.why}`,
        });
    }
  return all;
}

function* threes(errors: readonly Slip[]): Generator<Slip[]> {
  for (const [first, one] of errors.entries())
    for (const [second, two] of errors.entries())
      if (second > first) for (const three of errors.slice(second + 1)) yield [one, two, three];
}
