import { LONGEST_ANSWER } from './normalise.ts';

const ENDING = /[.!?…]+["')\]]*(?=\s|$)|(?<=[a-z)])\.(?=[A-Z][a-z])|\n+|;(?=\s)/g;
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|approx|etc|cf|fig|eq|resp|incl|cat|exp|w\.r\.t)\.$|^\d{1,2}\.$/i;

/** Cuts a text as it was typed into sentences, lines and list items; the pieces are verbatim but for outer blanks. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  const shown = text.slice(0, LONGEST_ANSWER);
  for (const ending of shown.matchAll(ENDING)) {
    const end = ending.index + ending[0].length;
    const piece = shown.slice(start, end);
    if (ending[0] === '.' && ABBREVIATION.test(piece) && end < shown.length) continue;
    found.push(piece);
    start = end;
  }
  found.push(shown.slice(start));
  return found.map((piece) => piece.trim()).filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}
