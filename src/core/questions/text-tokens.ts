/** Words too common to say anything about a text. */
const COMMON = new Set(
  `a about after all also an and any are as at be because been before both but by can do does each
  for from get gets had has have how if in into is it its itself just like more most much no not of
  on once one only or other out over per same so some such than that the their them then there
  these they this those to too under up use used uses using very was were what when where which
  while who why will with within without would you your`.split(/\s+/),
);

/** Words that mark wrong options; decoder-only, all-reduce and such are terms, not clues. */
export const ABSOLUTES =
  /(?<![-\w])(?:always|never|only|all|none|every|entirely|completely)(?![-\w])/giu;

/** Words that mark right options. */
export const HEDGES =
  /(?<![-\w])(?:usually|can|may|might|often|sometimes|typically|generally|tends?)(?![-\w])/giu;

/** Words and numbers of a text in lower case; punctuation inside a word or number stays. */
export function tokenize(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,'’/_-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** The telling words of a text, plural and verb endings cut, for comparing texts by meaning. */
export function contentWords(text: string): Set<string> {
  return new Set(
    tokenize(text)
      .filter((word) => !COMMON.has(word))
      .map(withoutEnding),
  );
}

/** Cuts the common English endings; "caches", "cached" and "caching" become one. */
function withoutEnding(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word.replace(/^(\p{L}{3,})s$/u, '$1');
  return word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ing|ed|es|e|s|ly)$/, '');
}

/** Share of two sets that they have in common, 0 to 1. */
export function jaccard<T>(left: ReadonlySet<T>, right: ReadonlySet<T>): number {
  if (left.size === 0 && right.size === 0) return 1;
  let shared = 0;
  for (const entry of left) if (right.has(entry)) shared += 1;
  return shared / (left.size + right.size - shared);
}

/** The number that a text is, with thousands commas and a unit allowed: "1,024 KiB" is 1024. */
export function numberIn(text: string): number | undefined {
  const match = text
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replace('−', '-')
    .replace(/^\s*(?:about|around|roughly)\s+/i, '')
    .match(/^[^\p{L}\d]*?(-?\d+(?:\.\d+)?)(?:e(-?\d+))?\s*[^\s\d]*(?:\s\p{L}[^\s\d]*){0,2}$/u);
  return match ? Number(`${match[1]}e${match[2] ?? 0}`) : undefined;
}

/** A number and what may stand around it in running text: 254,388 or 33.3e9. */
const NUMBER = /[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?/g;

/** Every number in a running text; units and powers beside it are not looked at. */
export function numbersIn(text: string): number[] {
  return (text.match(NUMBER) ?? []).map((part) =>
    Number(part.replaceAll(',', '').replace('−', '-')),
  );
}

/** Whether the words of a text stand in another one after the other. */
export function isSaidIn(text: string, other: string): boolean {
  const words = tokenize(text);
  return words.length > 0 && ` ${tokenize(other).join(' ')} `.includes(` ${words.join(' ')} `);
}
