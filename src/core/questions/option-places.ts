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
