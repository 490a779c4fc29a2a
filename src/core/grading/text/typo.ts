/**
 * Whether a word is a likely misspelling of another: one slip in 5 to 7 letters, two from 8 on, the same first letter. A
 * swap of two neighbours is one slip.
 */
export function isTypoOf(written: string, meant: string): boolean {
  const longest = Math.max(written.length, meant.length);
  if (meant.length < 5 || written === meant || written.charAt(0) !== meant.charAt(0)) return false;
  const allowed = longest >= 8 ? 2 : 1;
  if (Math.abs(written.length - meant.length) > allowed) return false;
  return slips(written, meant) <= allowed;
}

/** Optimal string alignment distance (Damerau 1964, without repeated edits of one place). */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? a.length;
}
