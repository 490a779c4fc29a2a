import { distance } from 'fastest-levenshtein';
import { indexOf } from './name-index.ts';
import {
  isFiller,
  LONGEST,
  type Named,
  nameTokens,
  newestFirst,
  spellings,
  squash,
} from './spellings.ts';

/** A letter or two apart, by the length of the word, and the same first letter. */
function isSlip(word: string, wanted: string): boolean {
  return word[0] === wanted[0] && distance(word, wanted) <= (word.length > 4 ? 2 : 1);
}

/** Words that somebody mistyped, put right: `lamma 3 8b`; only beside a word with a number that is known. */
export function corrected<T extends Named>(items: readonly T[], text: string): string | undefined {
  const { words: known } = indexOf(items);
  const words = nameTokens(text);
  if (words.length < 2 || !words.some((word) => /\d/.test(word) && known.has(word)))
    return undefined;
  let isChanged = false;
  const right = words.map((word) => {
    if (known.has(word) || isFiller(word) || !/^[a-z]{4,}$/.test(word)) return word;
    const close = [...known.keys()].filter(
      (each) => /^[a-z]{4,}$/.test(each) && isSlip(word, each),
    );
    isChanged ||= close.length > 0;
    return close.sort((a, b) => distance(word, a) - distance(word, b))[0] ?? word;
  });
  return isChanged ? right.join(' ') : undefined;
}

/** Beyond this `remoteness` two names have too little in common to suggest one for the other. */
const TOO_FAR = 1.6;

/** 0 for a beginning, 0.5 for a part, and from 1 to 2 by the share of letters to change. */
function remoteness(spelling: string, wanted: string): number {
  if (spelling.startsWith(wanted)) return 0;
  if (wanted.length > 2 && spelling.includes(wanted)) return 0.5;
  return distance(wanted, spelling) / Math.max(wanted.length, spelling.length) + 1;
}

/** The items whose spellings are closest to a text, those that begin with it first. */
export function nearest<T extends Named>(items: readonly T[], text: string, most = 5): T[] {
  const wanted = squash(text.slice(0, LONGEST));
  if (wanted === '') return [...items].sort(newestFirst).slice(0, most);
  return items
    .map((item) => ({
      item,
      score: Math.min(...spellings(item).map((spelling) => remoteness(squash(spelling), wanted))),
    }))
    .filter(({ score }) => score < TOO_FAR)
    .sort((a, b) => a.score - b.score || newestFirst(a.item, b.item))
    .slice(0, most)
    .map(({ item }) => item);
}
