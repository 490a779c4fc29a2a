import {
  checkStored,
  letterOf,
  misplacedSteps,
  type ScoredQuestion,
} from '../core/questions/check-answer.ts';
import { kindOf } from '../core/questions/generators/drawn.ts';
import type { Block, Inline, Reply, Tone } from '../spine/reply.ts';
import { answerText, promptBlocks, shownLetter, textOf } from './question-card.ts';
import { numberText, sentence, solutionBlocks } from './solution.ts';

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

/**
 * What a room reads of a closed question: the key with its reason, and the option that most people chose wrongly.
 * The rest is for whoever asks for more.
 */
export function roomBlocks(
  question: ScoredQuestion,
  { order, takersOf }: { order?: readonly string[]; takersOf: (letter: string) => number },
): Block[] {
  const lines = keyLines({ question, order }, false).map((line) =>
    question.format === 'order' ? line : [{ bold: '✓ ' }, ...line],
  );
  const mistake = mostCommonMistake(question, takersOf);
  if (mistake !== undefined)
    lines.push([{ bold: 'Most common mistake: ' }, ...reasonLine(question, mistake, order)]);
  return lines.map((text) => ({ kind: 'text', text }));
}

/** The letter of the wrong option that more people chose than any other, if there is one. */
function mostCommonMistake(question: ScoredQuestion, takersOf: (letter: string) => number) {
  if (!('options' in question)) return undefined;
  const [first, second] = question.options
    .map((_, index) => letterOf(index))
    .filter((letter) => !isKey(question, letter))
    .map((letter) => ({ letter, count: takersOf(letter) }))
    .sort((one, other) => other.count - one.count);
  return first && first.count > (second?.count ?? 0) ? first.letter : undefined;
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
      ...solutionBlocks(question, chapter, order),
      {
        kind: 'buttons',
        buttons: [{ label: 'Report a problem', run: `question report question:${question.id}` }],
      },
    ],
  };
}

/** As one person saw it, or nobody in particular: everybody had an order of their own, so numbers stand for letters. */
type Order = readonly string[] | undefined;

/** An option's or a step's letter as this person saw it, or its number. */
function lettersSeen(letters: readonly string[], order: Order): string {
  return letters
    .map((letter) => (order ? shownLetter(order.indexOf(letter)) : `${letter.charCodeAt(0) - 96}.`))
    .join(', ');
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
  const given = answer.split(',');
  const chosen = order.filter((letter) => given.includes(letter));
  const wrong = chosen.filter((letter) => !isKey(question, letter));
  const line: Inline[] = [`${lead}, `, { bold: lettersSeen(chosen, order) }];
  if (wrong.length === 0) return [[...line, ': Right so far, but not all of it.']];
  if (chosen.length === 1) return [[...line, `: ${why}`]];
  return [[...line, '. ', { bold: lettersSeen(wrong.slice(0, 1), order) }, `: ${why}`]];
}

function keyLines(
  { question, order }: { question: ScoredQuestion; order: Order },
  isRight: boolean,
): Inline[][] {
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
  const letters = order ?? question.options.map((_, index) => letterOf(index));
  const keys = letters.filter((letter) => isKey(question, letter));
  if (keys.length > 1)
    return [...keys.map((letter) => lineOf(question, letter, order)), ...(isRight ? [[lead]] : [])];
  const [key = 'a'] = keys;
  // Of a drawn number, every option's reason is that some formula gives it.
  return [reasonLine(question, key, order, kindOf(question.id) ? lead : undefined)];
}

/** An option with why it is right or wrong. */
function reasonLine(
  question: ScoredQuestion,
  letter: string,
  order: Order,
  why?: string,
): Inline[] {
  const option = 'options' in question ? question.options[letter.charCodeAt(0) - 97] : undefined;
  return [
    { bold: lettersSeen([letter], order) },
    ` ${sentence(option?.text ?? '')}${why ?? option?.why ?? ''}`,
  ];
}

const lineOf = (question: ScoredQuestion, letter: string, order: Order): Inline[] => [
  { bold: lettersSeen([letter], order) },
  ` ${textOf(question, letter)}`,
];

const isKey = (question: ScoredQuestion, letter: string): boolean =>
  'options' in question && question.options[letter.charCodeAt(0) - 97]?.correct === true;

/** The first sentence of a text. */
export const firstSentence = (text: string): string =>
  /^.*?[.!?](?=\s+[A-Z0-9"“]|$)/s.exec(text)?.[0] ?? text;
