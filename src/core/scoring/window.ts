/** The rank counts the best 15 of the team's last 20 rated questions. */
export const WINDOW = { questions: 20, best: 15 };

/** The sum of the best scores of a window, in quarter points. */
export function windowScore(quartersByQuestion: readonly number[], best = WINDOW.best): number {
  return [...quartersByQuestion]
    .sort((a, b) => b - a)
    .slice(0, best)
    .reduce((sum, quarters) => sum + quarters, 0);
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
