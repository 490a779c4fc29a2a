import { ARTICLES, FUNCTION_WORDS } from './function-words.ts';
import { type Quantity, readQuantity, wordValue } from './quantities.ts';

/** A word, number, letter of a formula, operator or punctuation mark of a normalised text. */
export type Token = {
  /** As written, in lower case. */
  text: string;
  /** What is compared: the word's stem, the number's digits, the symbol itself. */
  stem: string;
  kind: 'word' | 'number' | 'symbol' | 'operator' | 'mark';
  /** A function word: it never counts as content. */
  stop: boolean;
  article: boolean;
  /** Readings of a number. */
  quantities: readonly Quantity[];
};

type Stem = (word: string) => string;

const NUMBER =
  /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?:e[+-]?\d{1,3}(?![a-z0-9]))?|\.\d+/iy;
const POWER = /\s?(?:\^|\*\*)\s?\(?(-?\d{1,3})\)?/y;
const UNIT =
  /(?:\s|-)?(?:[kmgt]i?b(?:ytes?)?|bytes?|bits?|billions?|millions?|thousands?|trillions?|bn|ms|milliseconds?|seconds?|sec|percent|%|times|s(?=\s|[,.;)]|$))(?![A-Za-z])|\s?[B](?![A-Za-z0-9])|[kKMbTx](?![A-Za-z0-9])/iy;
const LETTERS = /[A-Z]{1,3}(?![A-Za-z0-9])/y;
const WORD = /\p{L}[\p{L}\p{M}0-9]*(?:'\p{L}{1,3}(?!\p{L}))?/uy;
const OPERATORS = new Map([
  ['*', '*'],
  ['/', '/'],
  ['<', 'less'],
  ['>', 'more'],
  ['=', '='],
  ['+', 'plus'],
]);
const GREEK_WORDS = new Set(
  'alpha beta gamma delta epsilon eta theta lambda mu pi sigma tau phi psi omega'.split(' '),
);

/** Splits a normalised text into tokens. */
export function scan(text: string, stem: Stem): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const number = match(NUMBER);
    if (number !== undefined) {
      at += number.length;
      at = scanNumber({ text, at, digits: number, tokens, stem });
      continue;
    }
    const word = match(WORD);
    if (word !== undefined) {
      pushWord({
        word,
        before: text.charAt(at - 1),
        after: text.slice(at + word.length),
        tokens,
        stem,
      });
      at += word.length;
      continue;
    }
    pushSign(text, at, tokens, stem);
    at += text.startsWith('->', at) ? 2 : 1;
  }
  return tokens;
}

function scanNumber(input: {
  text: string;
  at: number;
  digits: string;
  tokens: Token[];
  stem: Stem;
}): number {
  const { text, digits, tokens, stem } = input;
  let { at } = input;
  let value = Number(digits.replace(/,/g, ''));
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? undefined;
  };
  const power = next(POWER);
  if (power) {
    value = value ** Number(power[1]);
    at += power[0].length;
  }
  const unit = next(UNIT);
  const written = unit?.[0].replace(/^[\s-]/, '') ?? '';
  if (unit) at += unit[0].length;
  tokens.push(numberToken(digits, value, readQuantity(value, written)));
  if (written.length > 1) pushUnit(written, tokens, stem);
  const letters = unit ? undefined : next(LETTERS);
  for (const letter of letters?.[0] ?? '') tokens.push(plainToken(letter, letter, 'symbol', false));
  return at + (letters?.[0].length ?? 0);
}

function numberToken(text: string, value: number, quantities: readonly Quantity[]): Token {
  return { ...plainToken(text, String(value), 'number', false), quantities };
}

function pushUnit(unit: string, tokens: Token[], stem: Stem): void {
  const lower = unit.toLowerCase();
  const size = /^([kmgt])i?b/.exec(lower);
  if (/^(?:percent|ms|sec|%|s$)/.test(lower)) return;
  tokens.push(
    plainToken(unit, size ? `${size[1]}b` : stem(lower.replace(/s$/, '')), 'word', false),
  );
}

function pushWord(input: {
  word: string;
  before: string;
  after: string;
  tokens: Token[];
  stem: Stem;
}): void {
  const { tokens, stem } = input;
  const { word, negative } = splitContraction(input.word);
  if (word.length === 1 && isSymbol(word, input, tokens.length === 0)) {
    tokens.push(plainToken(word, word, 'symbol', false));
  } else {
    const lower = word.toLowerCase();
    const value =
      lower === 'one' || lower === 'zero' ? undefined : wordValue(compound(lower, input.after));
    if (value !== undefined)
      tokens.push(numberToken(word, value, readQuantity(value, unitBehind(input.after))));
    else if (GREEK_WORDS.has(lower)) tokens.push(plainToken(lower, lower, 'symbol', false));
    else tokens.push(plainToken(word, stem(lower), 'word', FUNCTION_WORDS.has(lower)));
  }
  if (negative) tokens.push(plainToken('not', 'not', 'word', true));
}

/** `thirty` of `thirty-two` takes its second half along; the half is then read as a number of its own, harmlessly. */
function compound(word: string, after: string): string {
  if (!word.endsWith('ty')) return word;
  const ones = /^-(one|two|three|four|five|six|seven|eight|nine)\b/.exec(after)?.[1];
  return ones ? `${word}-${ones}` : word;
}

function unitBehind(after: string): string {
  return (
    /^[\s-](bytes?|bits?|times|percent|seconds?|(?:kilo|mega|giga)bytes?)\b/i.exec(after)?.[1] ?? ''
  );
}

function isSymbol(
  letter: string,
  around: { before: string; after: string },
  first: boolean,
): boolean {
  if (!/[a-zA-Z]/.test(letter)) return false;
  if (!/[aAiI]/.test(letter)) return true;
  const inFormula = /^\s?[*/=<>^_)]/.test(around.after) || /[_(*/^]/.test(around.before);
  if (letter === 'A') return inFormula || !first || /^ (?:is|and [A-Z]\b)/.test(around.after);
  return inFormula && letter !== 'I';
}

function splitContraction(word: string): { word: string; negative: boolean } {
  const quote = word.indexOf("'");
  if (quote < 0) return { word, negative: false };
  if (!word.toLowerCase().endsWith("n't")) return { word: word.slice(0, quote), negative: false };
  const stem = word.slice(0, quote - 1).toLowerCase();
  return { word: stem === 'ca' ? 'can' : stem === 'wo' ? 'will' : stem, negative: true };
}

function pushSign(text: string, at: number, tokens: Token[], stem: Stem): void {
  const sign = text.charAt(at);
  if (/[\s_'"`]/.test(sign)) return;
  if (sign === '&') {
    tokens.push(plainToken('and', 'and', 'word', true));
    return;
  }
  if (text.startsWith('->', at)) {
    tokens.push(plainToken('->', ',', 'mark', true));
    return;
  }
  const operator = OPERATORS.get(sign);
  if (sign === '/' && isSlashBetweenWords(text, at)) return;
  if (operator !== undefined) {
    const stop = sign === '=' || sign === '+';
    tokens.push(plainToken(sign, stop ? operator : stem(operator), 'operator', stop));
    return;
  }
  if (/[,;:.!?()[\]|]/.test(sign)) tokens.push(plainToken(sign, ',', 'mark', true));
}

function isSlashBetweenWords(text: string, at: number): boolean {
  return (
    /[A-Za-z]{2,}\s?$/.test(text.slice(Math.max(0, at - 4), at)) &&
    /^\/\s?[A-Za-z]{2,}/.test(text.slice(at, at + 5))
  );
}

function plainToken(text: string, stem: string, kind: Token['kind'], stop: boolean): Token {
  const lower = text.toLowerCase();
  return {
    text: lower,
    stem,
    kind,
    stop,
    article: kind === 'word' && ARTICLES.has(lower),
    quantities: [],
  };
}
