import { contentWords, jaccard, numberIn, tokenize } from '../../src/core/questions/text-tokens.ts';

/** Words that deny something. */
export const NEGATIVES = /\b(?:not|no|never|none|nothing|without|cannot|neither|nor)\b|n['’]t\b/gi;

const ANTONYMS =
  `higher lower|more less|more fewer|larger smaller|faster slower|increases decreases|
  increases reduces|raises lowers|rises falls|grows shrinks|adds removes|before after|first last|
  input output|left right|row column|rows columns|prefill decode|memory compute|yes no|same different|
  with without|up down|sharper flatter|narrow wide|longer shorter|early late|key value`
    .split('|')
    .map((pair) => pair.trim().split(/\s+/));

/** How often a pattern occurs in a text. */
export function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Mean number of letters of a word. */
export function meanLength(words: readonly string[]): number {
  return words.length === 0 ? 0 : words.join('').length / words.length;
}

/** Significant digits that a text shows. */
export function digits(text: string): number {
  return text.replaceAll(/\D/g, '').replace(/^0+|0+$/g, '').length;
}

/** High for values in the middle of their order, low for the extremes. */
export function middleness(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const above = values.filter((other) => other > value).length;
    return -Math.abs(below - above);
  });
}

/** Applies only when every option is a number; otherwise there is no opinion. */
export function numeric(
  options: readonly string[],
  score: (values: number[]) => number[],
): number[] {
  const values = options.flatMap((option) => numberIn(option) ?? []);
  return values.length === options.length ? score(values) : options.map(() => 0);
}

/** How many telling words of the stem each option repeats. */
export function stemOverlap(options: readonly string[], prompt: string): number[] {
  const stem = contentWords(prompt);
  return options.map((option) => [...contentWords(option)].filter((word) => stem.has(word)).length);
}

/** How many words each option shares with all options. */
export function likeness(options: readonly string[]): number[] {
  const sets = options.map((option) => new Set(tokenize(option)));
  return sets.map((set) => sets.reduce((sum, other) => sum + jaccard(set, other), 0));
}

/** How many options open with the same kind of word. */
export function sameShape(options: readonly string[]): number[] {
  const shapes = options.map(shapeOf);
  return shapes.map((shape) => shapes.filter((other) => other === shape).length);
}

function shapeOf(option: string): string {
  const first = option.trim().split(/\s+/)[0] ?? '';
  if (/^[^\p{L}]*\d/u.test(first)) return 'number';
  if (/ing$/i.test(first)) return 'ing';
  if (/^(?:an?|the|its|each|every|one|both)$/i.test(first)) return 'article';
  if (/^(?:it|they|this|that|there)$/i.test(first)) return 'pronoun';
  if (/^(?:to|by|with|in|on|at|for|from|because|when|if|only|after|before)$/i.test(first)) {
    return 'preposition';
  }
  if (/^\p{Lu}{2,}/u.test(first)) return 'acronym';
  return /s$/.test(first) ? 'plural or verb' : 'other';
}

/** Options that go on from the stem as grammar wants. */
export function agreement(options: readonly string[], prompt: string): number[] {
  const question =
    prompt
      .trim()
      .split(/(?<=[.?!])\s+/)
      .at(-1) ?? '';
  const article = question.match(/\b(an?)\W*$/i)?.[1]?.toLowerCase();
  if (article)
    return options.map((option) => Number(/^[aeiou]/i.test(option) === (article === 'an')));
  const wanted = WANTED_OPENINGS.find(([asks]) => asks.test(question))?.[1];
  return options.map((option) => Number(wanted?.test(option) ?? false));
}

const WANTED_OPENINGS: readonly [RegExp, RegExp][] = [
  [/\bwhy\b/i, /^(?:because|so|to|it|they|the|its)\b/i],
  [/\bhow (?:many|much|large|long|big)\b/i, /^\W*(?:about|roughly|around)?\W*\d/i],
  [/\bwhen\b/i, /^(?:when|if|at|with|after|before|once|under|while)\b/i],
  [/\bhow\b/i, /^(?:by|it|with|through|each)\b|^\w+ing\b/i],
  [/\bwhere\b/i, /^(?:in|on|at|inside|between|after|before)\b/i],
  [/\b(?:are|do|were|have)\b/i, /^(?:they|their|both|\w+s)\b/i],
];

/** Two options that differ by an opposite or a negation: one of them is often the key. */
export function opposites(options: readonly string[]): number[] {
  const sets = options.map((option) => new Set(tokenize(option)));
  return sets.map((set, index) =>
    Number(sets.some((other, place) => place !== index && areOpposite(set, other))),
  );
}

function areOpposite(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  if (jaccard(left, right) < 0.3) return false;
  const isNegated = (words: ReadonlySet<string>) => count([...words].join(' '), NEGATIVES) > 0;
  if (isNegated(left) !== isNegated(right)) return true;
  return ANTONYMS.some(([one = '', two = '']) => {
    const only = (words: ReadonlySet<string>, has: string, lacks: string) =>
      words.has(has) && !words.has(lacks);
    return (
      (only(left, one, two) && only(right, two, one)) ||
      (only(left, two, one) && only(right, one, two))
    );
  });
}
