/** What somebody reached in a live round so far. */
export type LiveScore = { personId: string; name: string; right: number; answered: number };

/** A score with its place, from 1. */
export type LivePlace = LiveScore & { place: number };

/** Scores with the most right answers first. Equal ones share a place, and the places after them are left out. */
export function rankScores(scores: readonly LiveScore[]): LivePlace[] {
  const sorted = [...scores].sort(
    (one, other) =>
      other.right - one.right ||
      compare(one.name, other.name) ||
      compare(one.personId, other.personId),
  );
  let place = 0;
  let last: number | undefined;
  return sorted.map((score, index) => {
    if (score.right !== last) place = index + 1;
    last = score.right;
    return { ...score, place };
  });
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** How many people gave an answer: letters of the item's own order. */
export type LiveCount = { choice: string; isRight: boolean; count: number };

/** Right answers to one question, of all given. */
export function rightShare(counts: readonly LiveCount[]): { right: number; answered: number } {
  const sum = (list: readonly LiveCount[]) => list.reduce((total, { count }) => total + count, 0);
  return { right: sum(counts.filter(({ isRight }) => isRight)), answered: sum(counts) };
}

/** How many people had an option, by its letter, in their answer. */
export function takersOf(letter: string, counts: readonly LiveCount[]): number {
  return counts
    .filter(({ choice }) => choice.split(',').includes(letter))
    .reduce((total, { count }) => total + count, 0);
}
