// cspell:ignore staus

import { distance } from 'fastest-levenshtein';
import words from '../../../data/sentence-words.json' with { type: 'json' };
import { stemOf } from '../../core/questions/search-words.ts';

/** A word of a sentence: what it is compared by, and where it stands in the text. */
export type Word = { key: string; text: string; start: number; end: number };

/** Words that mean the same here, by the first of them. */
const SAME = words.same.map((group) => group.split(' '));

/** Words that say little by themselves. */
const LIGHT = words.light.split(' ');

/** Words that turn the meaning round. */
const NOT = words.not.split(' ');

/** `turn it off` is one word to this table, wherever its two parts stand. */
const PARTED = /\b(turn|switch|shut|take|set|put|opt)\b(?=\s)(.*?)\b(off|on|up|back|out)\b/g;

const KEYS = new Map<string, string>();
for (const [first = '', ...others] of SAME)
  for (const word of [first, ...others]) {
    KEYS.set(word, stemOf(first));
    // Of two words with one stem, as rank and ranking, the first one has it.
    if (!KEYS.has(stemOf(word))) KEYS.set(stemOf(word), stemOf(first));
  }

/** All words that stand for another one here. */
export const SYNONYMS: readonly string[] = SAME.flat();

/** What a word is compared by: its stem, or that of the word which stands for its kin. */
export function keyOf(word: string): string {
  const stem = stemOf(word);
  return KEYS.get(word) ?? KEYS.get(stem) ?? stem;
}

const LIGHT_KEYS = new Set(LIGHT.map(keyOf));
const NOT_KEYS = new Set(NOT.map(keyOf));

/** How much a word says of what is meant. */
export function weightOf(key: string): number {
  return LIGHT_KEYS.has(key) ? 0.15 : 1;
}

export const isNegation = (key: string) => NOT_KEYS.has(key);

/** `what's` and `whats` are two words. */
const SHORTENED_IS = /^(what|wat|who|how|where|when)'?s$/;

/** The words of a sentence; mentions, ids, times and file names stay whole. */
export function wordsOf(sentence: string): Word[] {
  const text = sentence.toLowerCase().replace(/[’‘]/g, "'");
  const joined = new Map<number, string>();
  for (const match of text.matchAll(PARTED)) {
    const [all, verb = '', , particle = ''] = match;
    joined.set(match.index, verb + particle);
    joined.set(match.index + all.length - particle.length, '');
  }
  return Array.from(
    text.matchAll(
      /<[@#][^>]*>|[@#][\p{L}\p{N}_.-]+|[\p{L}\p{N}][\p{L}\p{N}'.:/_-]*|[\p{S}\p{Co}]+/gu,
    ),
  ).flatMap((match): Word[] => {
    const whole = match[0].replace(/[.:'/_-]+$/, '');
    const place = { start: match.index, end: match.index + whole.length };
    const [, asks] = SHORTENED_IS.exec(whole) ?? [];
    if (asks) return [asks, 'is'].map((each) => ({ key: keyOf(each), text: each, ...place }));
    const plain = whole.replace(/'(?:s|d|m|re|ll|ve)$/, '').replaceAll("'", '');
    const read = joined.get(match.index) ?? plain;
    if (read === '') return [];
    const { index: start } = match;
    return [
      {
        key: keyOf(read),
        text: sentence.slice(start, start + whole.length),
        start,
        end: start + whole.length,
      },
    ];
  });
}

/** Steps between two words; two letters that changed places are one. */
export function typoSteps(one: string, other: string): number {
  if (one.length === other.length) {
    const at = [...one].findIndex((letter, index) => letter !== other[index]);
    const isSwap =
      at >= 0 &&
      one[at] === other[at + 1] &&
      one[at + 1] === other[at] &&
      one.slice(at + 2) === other.slice(at + 2);
    if (isSwap) return 1;
  }
  return distance(one, other);
}

/** Steps that a typo may have: a short word is another word after one. */
export function maxTypoSteps(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 7 ? 1 : 2;
}

/** The one word of a list that a misspelt one is nearest to. Its first letter is right, left out or one too late. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const most = maxTypoSteps(word);
  let best: { word: string; steps: number } | undefined;
  for (const each of known) {
    const isNear = each[0] === word[0] || each[0] === word[1] || each[1] === word[0];
    if (!isNear || Math.abs(each.length - word.length) > most) continue;
    const steps = typoSteps(word, each);
    // One changed letter of four is another word: "past" is no "post".
    const isOther = word.length === 4 && each.length === 4 && distance(word, each) === 1;
    // Nobody mistypes the first letter and another one: "morning" is no "working".
    const isFar = steps > 1 && each[0] !== word[0];
    // Of two that are as near, a letter is left out more often than put in: "staus" is "status".
    const isBetter =
      !best || steps < best.steps || (steps === best.steps && each.length > best.word.length);
    if (steps <= most && !isOther && !isFar && isBetter) best = { word: each, steps };
  }
  return best?.word;
}
