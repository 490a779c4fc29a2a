import {
  checkStored,
  misplacedSteps,
  type ScoredQuestion,
} from '../core/questions/check-answer.ts';
import { kindOf } from '../core/questions/generators/drawn.ts';
import type { Block, Inline, Reply, Tone } from '../spine/reply.ts';
import { answerText, promptBlocks, shownLetter, textOf } from './question-card.ts';
import { numberText, solutionBlocks } from './solution.ts';

/** A question as one person saw it, with what that person answered. */
export type Answered = {
  question: ScoredQuestion;
  /** Letters of the item in the order in which this person saw them. */
  order: readonly string[];
  /** As they are stored, the last one last; none where the solution was only shown. */
  answers: readonly string[];
};

/** The color of a verdict. */
export const toneOf = (share: number): Tone =>
  share >= 1 ? 'right' : share > 0 ? 'partly' : 'wrong';

/** Why the last answer was wrong, the right one with one sentence, and the first try: what fits a phone's screen. */
export function resultBlocks(answered: Answered): Block[] {
  const { question, answers } = answered;
  const [last, first] = answers.toReversed();
  const isRight = last !== undefined && checkStored(question, last)?.right === true;
  const lines = [
    ...(last === undefined || isRight ? [] : mistakeLines(answered, last, 'Your answer')),
    ...keyLines(answered, isRight),
    ...(isRight && first !== undefined ? mistakeLines(answered, first, 'Your first try') : []),
  ];
  return lines.map((text) => ({ kind: 'text', text }));
}

/** What was wrong with an answer, and nothing about the key. */
export function mistakeBlocks(answered: Answered, answer: string): Block[] {
  return mistakeLines(answered, answer, 'Your answer').map((text) => ({ kind: 'text', text }));
}

/** Everything there is to say of a question, for those who ask for more. */
export function explanationReply(
  { question, order }: Answered,
  chapter: Parameters<typeof solutionBlocks>[1],
): Reply {
  return {
    title: 'Explanation',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...solutionBlocks(question, chapter, { order }),
      {
        kind: 'buttons',
        buttons: [{ label: 'Report a problem', run: `question report question:${question.id}` }],
      },
    ],
  };
}

/** An option's or a step's letter as this person saw it. */
function lettersSeen(letters: readonly string[], order: readonly string[]): string {
  return letters.map((letter) => shownLetter(order.indexOf(letter))).join(', ');
}

function mistakeLines(answered: Answered, answer: string, lead: string): Inline[][] {
  const { question, order } = answered;
  if (question.format === 'order') {
    const letters = answer.split(',');
    const written = letters.map((letter) => shownLetter(order.indexOf(letter))).join('');
    const moved = lettersSeen(misplacedSteps(letters), order);
    return [[`${lead}: `, { bold: written }, '. Out of place: ', { bold: moved }, '.']];
  }
  const why = checkStored(question, answer)?.why[0];
  if (question.format === 'numeric')
    return [
      [
        `${lead}, `,
        { bold: answerText(question, answer) },
        `: ${why ?? "This doesn't match a common mistake. Check each step."}`,
      ],
    ];
  const chosen = answer.split(',');
  const wrong = chosen.filter((letter) => !isKey(question, letter));
  const line: Inline[] = [`${lead}, `, { bold: lettersSeen(chosen, order) }];
  if (wrong.length === 0) return [[...line, ': Right so far, but not all of it.']];
  if (chosen.length === 1) return [[...line, `: ${why}`]];
  return [[...line, '. ', { bold: lettersSeen(wrong.slice(0, 1), order) }, `: ${why}`]];
}

function keyLines({ question, order }: Answered, isRight: boolean): Inline[][] {
  if (question.format === 'numeric') {
    const number = numberText(question.answer, question.unit);
    return [[{ bold: number }, `. ${question.working}`]];
  }
  const lead = firstSentence(question.explanation);
  if (question.format === 'order') {
    const steps = question.steps.map((_, index) => 'abcdefghij'.charAt(index));
    if (isRight) return [[{ bold: lettersSeen(steps, order) }, `. ${lead}`]];
    return steps.map((letter) => lineOf(question, letter, order));
  }
  const keys = order.filter((letter) => isKey(question, letter));
  if (keys.length > 1)
    return [...keys.map((letter) => lineOf(question, letter, order)), ...(isRight ? [[lead]] : [])];
  const [key = 'a'] = keys;
  // Of a drawn number, every option's reason is that some formula gives it.
  const why = kindOf(question.id) ? lead : (question.options[key.charCodeAt(0) - 97]?.why ?? '');
  return [[...lineOf(question, key, order), `. ${why}`]];
}

const lineOf = (question: ScoredQuestion, letter: string, order: readonly string[]): Inline[] => [
  { bold: lettersSeen([letter], order) },
  ` ${textOf(question, letter)}`,
];

const isKey = (question: ScoredQuestion, letter: string): boolean =>
  'options' in question && question.options[letter.charCodeAt(0) - 97]?.correct === true;

/** The first sentence of a text. */
export const firstSentence = (text: string): string =>
  /^.*?[.!?](?=\s+[A-Z0-9"“]|$)/s.exec(text)?.[0] ?? text;
