import type { ChoiceQuestion } from '../../src/core/questions/schema.ts';
import {
  ABSOLUTES,
  contentWords,
  HEDGES,
  numberIn,
  tokenize,
} from '../../src/core/questions/text-tokens.ts';
import { choiceRule, type Flaw, type Rule } from './rule.ts';

const COMBINED =
  /\bof the (?:above|others?|options|rest)\b|^(?:all|none|both|any|neither|some|each) of (?:them|these)\b|^(?:both |only |neither )?\(?[A-F]\)?,? (?:and|or|nor|&) \(?[A-F]\)?$|^(?:both|neither|all|none)\.?$|\b(?:not enough information|cannot be determined)\b/i;
const NEGATIVE =
  /\b(?:which|what)\b(?:(?!\bif\b|\bwhen\b|[.?!,;:]).)*?\b(not|never|except|least|false|incorrect|untrue)\b/i;
const MIN_LENGTH_GAP = 25;

const find = (text: string, pattern: RegExp) => text.match(pattern) ?? [];
const at = (index: number) => ['options', index, 'text'] as const;
const overlap = (stem: ReadonlySet<string>, text: string) =>
  [...contentWords(text)].filter((word) => word.length > 2 && stem.has(word));

/** Whether a stem asks for what is not so. */
export function isNegativeStem(prompt: string): boolean {
  return NEGATIVE.test(prompt);
}

/** Rules of the options of one item. */
export const CHOICE_RULES: readonly Rule[] = [
  choiceRule('misconception', ({ options }) =>
    options.flatMap(({ correct, misconception }, index) =>
      correct || misconception
        ? []
        : {
            path: ['options', index],
            message: 'is wrong and names no misconception',
            fix: 'add `misconception:` with a concept id, a claim or a phrase',
          },
    ),
  ),
  choiceRule('select-all', ({ format, prompt }) =>
    format === 'multi' && !/\b(?:select|choose|pick|mark) all\b|all that apply/i.test(prompt)
      ? [
          {
            path: ['prompt'],
            message: 'hides that several are right',
            fix: 'add "Select all that apply."',
          },
        ]
      : [],
  ),
  choiceRule('combined-option', ({ options }) =>
    options.flatMap(({ text }, index) =>
      COMBINED.test(text)
        ? {
            path: at(index),
            message: `combines options: "${text}"`,
            fix: 'write an option of its own',
          }
        : [],
    ),
  ),
  choiceRule('clue-words', ({ options }) => [
    ...clues(options, ABSOLUTES, 'wrong'),
    ...clues(options, HEDGES, 'right'),
  ]),
  choiceRule('clang', clang),
  choiceRule('negative-stem', ({ prompt }) => {
    const word = prompt.match(NEGATIVE)?.[1];
    return word && word !== word.toUpperCase()
      ? [
          {
            path: ['prompt'],
            message: `asks with a quiet "${word}"`,
            fix: `ask for what is so, or write "${word.toUpperCase()}"`,
          },
        ]
      : [];
  }),
  choiceRule('option-length', ({ options }) => {
    const lengths = options.map(({ text }) => text.length);
    const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
    return longest > 2 * shortest && longest - shortest > MIN_LENGTH_GAP
      ? [
          {
            level: 'warning',
            path: ['options'],
            message: `run from ${shortest} to ${longest} characters`,
            fix: 'bring the options to a like length',
          },
        ]
      : [];
  }),
  choiceRule('option-overlap', ({ options }) =>
    options.flatMap(({ text }, index) => {
      const holds = options.findIndex(
        (other, place) => place !== index && isPhraseIn(other.text, text),
      );
      return holds === -1
        ? []
        : {
            path: at(index),
            message: `contains the whole of option ${holds + 1}`,
            fix: 'make the two exclude each other',
          };
    }),
  ),
  choiceRule('numbers', numbers),
];

function clues(
  options: ChoiceQuestion['options'],
  pattern: RegExp,
  side: 'right' | 'wrong',
): Flaw[] {
  const marked = options.filter(({ text }) => find(text, pattern).length > 0);
  const onSide = marked.filter(({ correct }) => correct === (side === 'right'));
  const isOneSided = marked.length > 0 && onSide.length === marked.length;
  if (!isOneSided) return [];
  const words = new Set(marked.flatMap(({ text }) => find(text, pattern)));
  // One wrong option out of three with such a word is ordinary English; more is a signal.
  const isStrong = side === 'right' ? onSide.length > 0 : onSide.length > 1;
  return [
    {
      level: isStrong ? 'error' : 'warning',
      path: ['options'],
      message: `${[...words].map((word) => `"${word}"`).join(', ')} only on the ${side} side`,
      fix: 'use such words on both sides or on none',
    },
  ];
}

function clang({ format, prompt, options }: ChoiceQuestion): Flaw[] {
  if (format !== 'single') return [];
  const stem = contentWords(prompt);
  const right = options.findIndex(({ correct }) => correct);
  const shared = overlap(stem, options[right]?.text ?? '');
  const wrong = options.filter(({ correct }) => !correct).map(({ text }) => overlap(stem, text));
  const own = shared.filter((word) => !wrong.some((words) => words.includes(word)));
  if (own.length === 0 || wrong.some((words) => words.length >= shared.length)) return [];
  return [
    {
      level: wrong.every((words) => words.length === 0) || own.length > 1 ? 'error' : 'warning',
      path: at(right),
      message: `alone repeats ${own.map((word) => `"${asWritten(word, prompt)}"`).join(', ')} of the stem`,
      fix: 'use other words there, or the same ones in a wrong option',
    },
  ];
}

/** A word of the stem as it is spelled there, endings and all. */
function asWritten(word: string, prompt: string): string {
  return tokenize(prompt).find((whole) => contentWords(whole).has(word)) ?? word;
}

function numbers({ options }: ChoiceQuestion): Flaw[] {
  const parsed = options.map(({ text }) => ({ value: numberIn(text), unit: unitOf(text) }));
  const values = parsed.flatMap(({ value }) => value ?? []);
  if (values.length !== options.length) return [];

  const flaws: Flaw[] = [];
  const say = (message: string, fix: string, level: Flaw['level'] = 'error') =>
    flaws.push({ path: ['options'], message, fix, level });
  if (new Set(parsed.map(({ unit }) => unit)).size > 1) {
    say('are numbers in different units', 'write all in one unit');
    return flaws;
  }
  const steps = values.slice(1).map((value, index) => ({ value, before: values[index] ?? value }));
  if (steps.some(({ value, before }) => value <= before)) {
    say('are numbers out of order', 'write them in ascending order');
  }
  if (steps.some(({ value, before }) => before > 0 && value > before && value / before < 1.1)) {
    say('are numbers within 10 % of each other', 'move them apart', 'warning');
  }
  return flaws;
}

/** Whether a text of at least two real words stands in another; formulas have none. */
function isPhraseIn(text: string, other: string): boolean {
  const words = tokenize(text);
  if (words.filter((word) => /^\p{L}{2,}/u.test(word)).length < 2) return false;
  return ` ${tokenize(other).join(' ')} `.includes(` ${words.join(' ')} `);
}

function unitOf(text: string): string {
  // "1 request" beside "4 requests" is one unit.
  return text
    .replace(/^.*?\d(?:[\d.,]*\d)?(?:e-?\d+)?/, '')
    .trim()
    .replace(/(?<=\w{3})s$/, '');
}
