/** The rank counts the best 15 of the team's last 20 rated questions. */
export const WINDOW = { questions: 20, best: 15 };

/** The sum of the best scores of a window, in quarter points. */
export function windowScore(quartersByQuestion: readonly number[], best = WINDOW.best): number {
  return [...quartersByQuestion]
    .sort((a, b) => b - a)
    .slice(0, best)
    .reduce((sum, quarters) => sum + quarters, 0);
}

/** Quarter points that a person earned, or lost again, with one posted question. */
export type LedgerLine = { personId: string; postId: number; quarters: number };

/** Scores of everybody over the given questions, from ledger lines in any order. */
export function boardFromLedger(
  lines: readonly LedgerLine[],
  window: readonly number[],
  best = WINDOW.best,
): Map<string, number> {
  const inWindow = new Set(window);
  const byPerson = new Map<string, Map<number, number>>();
  for (const { personId, postId, quarters } of lines) {
    if (!inWindow.has(postId)) continue;
    const questions = byPerson.get(personId) ?? new Map<number, number>();
    questions.set(postId, (questions.get(postId) ?? 0) + quarters);
    byPerson.set(personId, questions);
  }
  return new Map(
    [...byPerson].map(([personId, questions]) => [
      personId,
      windowScore([...questions.values()], best),
    ]),
  );
}

/** Competition ranks: equal scores share a rank, and the next one skips (1, 2, 2, 4). */
export function rankAll<T extends { quarters: number }>(
  rows: readonly T[],
): (T & { rank: number })[] {
  const sorted = [...rows].sort((a, b) => b.quarters - a.quarters);
  let rank = 0;
  return sorted.map((row, index) => {
    if (index === 0 || row.quarters !== sorted[index - 1]?.quarters) rank = index + 1;
    return { ...row, rank };
  });
}

/** A team's score against other teams: the mean of its best five, so that size does not decide. */
export function teamScore(quarters: readonly number[], members = 5): number {
  if (quarters.length === 0) return 0;
  const best = [...quarters].sort((a, b) => b - a).slice(0, members);
  return best.reduce((sum, value) => sum + value, 0) / members;
}
