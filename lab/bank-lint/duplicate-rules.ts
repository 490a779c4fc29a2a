import type { Question } from '../../src/core/questions/schema.ts';
import { contentWords, jaccard, tokenize } from '../../src/core/questions/text-tokens.ts';
import { bankRule, isChoice, type Rule } from './rule.ts';

/** Share of shingles of the stem, or of telling words of stem and answer, that makes a double. */
const SAME_STEM = 0.5;
const SAME_WORDS = 0.6;
const ALIKE_WORDS = 0.45;
/** Words in a row that two texts do not share by accident. */
const RUN_WORDS = 8;
/** A shared run of this length is a copied sentence, not a name or a formula. */
const COPIED_WORDS = 14;

/** Rules about pairs of items. */
export const DUPLICATE_RULES: readonly Rule[] = [
  bankRule('near-duplicate', ({ questions }) => {
    const prints = questions.map((question) => ({ question, ...fingerprint(question) }));
    return pairs(prints).flatMap(([one, two]) => {
      if (isContrast(one.question, two.question)) return [];
      const stems = jaccard(one.shingles, two.shingles);
      const words = jaccard(one.words, two.words);
      if (stems < SAME_STEM && words < ALIKE_WORDS) return [];
      return [
        {
          level: stems >= SAME_STEM || words >= SAME_WORDS ? 'error' : 'warning',
          id: two.question.id,
          path: ['prompt'],
          message: `is ${Math.round(100 * Math.max(stems, words))} % like ${one.question.id}`,
          fix: 'ask something else, or name the other in `notDuplicateOf`',
        },
      ];
    });
  }),
  bankRule('shared-run', ({ questions }) => {
    const seen = new Map<string, Question>();
    return questions.flatMap((question) => {
      const longest = new Map<string, string[]>();
      for (const text of sentencesOf(question)) {
        for (const { other, words } of runsIn(text, seen)) {
          if (other.id === question.id || isContrast(other, question)) continue;
          if (words.length > (longest.get(other.id)?.length ?? 0)) longest.set(other.id, words);
        }
      }
      for (const text of sentencesOf(question)) remember(text, question, seen);
      return [...longest].map(([other, words]) => ({
        level: words.length >= COPIED_WORDS ? ('error' as const) : ('warning' as const),
        id: question.id,
        path: ['explanation'],
        message: `shares ${words.length} words in a row with ${other}: "${words.join(' ')}"`,
        fix: 'say it in other words',
      }));
    });
  }),
];

/** Runs of eight or more words that an item shares with an outside text, the longest first. */
export function runsSharedWith(outside: string, question: Question): string[] {
  const seen = new Map<string, Question>();
  remember(outside, question, seen);
  return allTextsOf(question)
    .flatMap((text) => runsIn(text, seen).map(({ words }) => words.join(' ')))
    .sort((one, two) => two.length - one.length);
}

function fingerprint(question: Question) {
  const stem = tokenize(question.prompt);
  const answer = isChoice(question)
    ? question.options.map(({ text }) => text).join(' ')
    : 'keyPoints' in question
      ? question.keyPoints.map(({ text }) => text).join(' ')
      : 'steps' in question
        ? question.steps.map(({ text }) => text).join(' ')
        : '';
  return {
    shingles: new Set(stem.slice(2).map((_, index) => stem.slice(index, index + 3).join(' '))),
    words: contentWords(`${question.prompt} ${answer}`),
  };
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((two, index) => list.slice(0, index).map((one): [T, T] => [one, two]));
}

function isContrast(one: Question, two: Question): boolean {
  return Boolean(one.notDuplicateOf?.includes(two.id) || two.notDuplicateOf?.includes(one.id));
}

function sentencesOf(question: Question): string[] {
  return 'modelAnswer' in question
    ? [question.explanation, question.modelAnswer]
    : [question.explanation];
}

function allTextsOf(question: Question): string[] {
  const texts: string[] = [];
  const walk = (value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  const { references, ...own } = question;
  walk(own);
  return references.length > 0 ? texts : [];
}

/** Maximal runs of a text that stand in what was remembered. */
function runsIn(text: string, seen: ReadonlyMap<string, Question>) {
  const words = tokenize(text);
  const runs: { other: Question; words: string[] }[] = [];
  let last: { other: Question; words: string[]; end: number } | undefined;
  for (let start = 0; start + RUN_WORDS <= words.length; start += 1) {
    const other = seen.get(words.slice(start, start + RUN_WORDS).join(' '));
    if (!other) continue;
    if (last?.other === other && last.end === start + RUN_WORDS - 1) {
      last.words.push(words[start + RUN_WORDS - 1] ?? '');
      last.end += 1;
    } else {
      last = { other, words: words.slice(start, start + RUN_WORDS), end: start + RUN_WORDS };
      runs.push(last);
    }
  }
  return runs;
}

function remember(text: string, question: Question, seen: Map<string, Question>): void {
  const words = tokenize(text);
  for (let start = 0; start + RUN_WORDS <= words.length; start += 1) {
    const run = words.slice(start, start + RUN_WORDS).join(' ');
    if (!seen.has(run)) seen.set(run, question);
  }
}
