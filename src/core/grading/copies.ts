/** A sentence is a copy when this share of its runs of words stands in the question. */
const COPIED = { run: 4, share: 0.7, words: 7 };

/** Runs of neighbouring words of the question, to recognise its sentences by. */
export function runsOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  return new Set(words.map((_, i) => words.slice(i, i + COPIED.run).join(' ')));
}

/** Whether a sentence was copied from the question: it says nothing, whatever it matches. */
export function isCopied(sentence: string, runs: ReadonlySet<string>): boolean {
  const words = wordsOf(sentence);
  if (words.length < COPIED.words) return false;
  const own = words
    .slice(0, 1 - COPIED.run)
    .map((_, i) => words.slice(i, i + COPIED.run).join(' '));
  return own.filter((run) => runs.has(run)).length >= own.length * COPIED.share;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
