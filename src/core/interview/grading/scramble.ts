import type { MarkedToken } from './annotate.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const ARTICLE = words('the a an');
const PREPOSITION = words(
  'of for from with by at into between per via during through without onto upon',
);
const CONJUNCTION = words(
  'and or but if because than while which that so when as whereas since after before',
);
const VERB = words(
  'is are was were be been has have does do did can will must may would could should',
);
const MODAL = words('can will must may would could should to do does did');
const AFTER_ARTICLE = words('it they not to in on |');
const QUESTION_LIKE = words('which that when');
const AFTER_AND = words('if when that so because as while since');
const AFTER_VERB = words('and or than because');
const AFTER_IN = words('and or of to because than');

/** Too many neighbours that grammar keeps apart, as in "the of" or "into is". */
export function hasOddNeighbours(lines: readonly (readonly MarkedToken[])[]): boolean {
  let odd = 0;
  let all = 0;
  for (const line of lines) {
    const texts = line.map(({ kind, text }) =>
      kind === 'word' ? text : kind === 'mark' ? '|' : '#',
    );
    for (const [i, text] of texts.entries()) {
      if (!isGrammar(text)) continue;
      all += 1;
      if (areOdd(text, texts[i + 1] ?? '|')) odd += 1;
    }
  }
  return odd >= 2 && odd >= all * 0.06;
}

function isGrammar(word: string): boolean {
  return (
    ARTICLE.has(word) ||
    PREPOSITION.has(word) ||
    CONJUNCTION.has(word) ||
    VERB.has(word) ||
    /^(?:to|in|on)$/.test(word)
  );
}

function areOdd(a: string, b: string): boolean {
  if (MODAL.has(a) && /[^e]ed$/.test(b) && b.length >= 5 && b !== 'embed') return true;
  if (ARTICLE.has(a)) return isGrammar(b) || AFTER_ARTICLE.has(b);
  if (PREPOSITION.has(a)) {
    return (
      VERB.has(b) ||
      PREPOSITION.has(b) ||
      b === 'to' ||
      b === 'not' ||
      (CONJUNCTION.has(b) && !QUESTION_LIKE.has(b))
    );
  }
  if (CONJUNCTION.has(a)) {
    if (b === '|') return /^(?:and|or|but|than)$/.test(a);
    return /^(?:and|or|than)$/.test(a) && CONJUNCTION.has(b) && !AFTER_AND.has(b);
  }
  if (VERB.has(a)) return (VERB.has(b) && !/^(?:been|be|have)$/.test(b)) || AFTER_VERB.has(b);
  if (a === 'to') {
    if (VERB.has(b)) return !/^(?:be|have|do)$/.test(b);
    return PREPOSITION.has(b) || b === '|' || (CONJUNCTION.has(b) && b !== 'which' && b !== 'that');
  }
  return VERB.has(b) || AFTER_IN.has(b);
}
