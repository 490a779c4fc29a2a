import { letterOf, type ScoredQuestion } from '../core/questions/check-answer.ts';
import type { NumericQuestion } from '../core/questions/schema.ts';
import { shuffled } from '../core/random.ts';
import { formatPoints, quarterPoints, SCORED_TRIES } from '../core/scoring/points.ts';
import { formatNumber } from '../core/units.ts';
import type { Block, Button, Reply } from '../spine/reply.ts';
import {
  type CardPost,
  cut,
  promptBlocks,
  SHORT_CHOICE,
  shownLetter,
  textOf,
} from './question-card.ts';
import { mistakeBlocks } from './result-card.ts';

/** The question with its answers in one person's own order, for that person alone. */
export function answerCard({
  post,
  seed,
  next,
  hints,
  tried = [],
  practice,
}: {
  post: CardPost;
  /** Fixes this person's order of options. */
  seed: string;
  /** The try that comes next, from 1. */
  next: number;
  /** Hints opened so far. */
  hints: number;
  /** Letters of the item that were tried and are wrong. */
  tried?: readonly string[];
  /** Why nothing counts here, when nothing does. */
  practice?: string;
}): Reply {
  const { question } = post;
  const price = practice ?? priceOf(question, next, hints);
  return {
    title: next === 1 ? 'Your answer' : 'Second try',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...answerBlocks(question, personalOrder(question, seed), {
        tried,
        choose: `answer post:${post.id} try:${next}`,
        number: `answer number post:${post.id} try:${next}`,
        order: `answer order post:${post.id} try:${next}`,
      }),
      ...question.hints.slice(0, hints).map(
        (hint, index): Block => ({
          kind: 'text',
          text: [{ bold: `Hint ${index + 1}: ` }, hint],
        }),
      ),
      { kind: 'buttons', buttons: aidButtons(post, hints, practice !== undefined) },
      { kind: 'note', text: price },
    ],
  };
}

/** The options or steps in a person's order: letters of the item, shown as A, B, C. */
export function personalOrder(question: ScoredQuestion, seed: string): string[] {
  if (question.format === 'numeric') return [];
  const texts = question.format === 'order' ? question.steps : question.options;
  const letters = texts.map((_, index) => letterOf(index));
  // Numbers are read as a scale, so they stay in order.
  const numbers =
    question.format !== 'order' && texts.every(({ text }) => /^[≈~<>]?\s*[-+]?\d/.test(text));
  return numbers ? letters : shuffled(letters, seed);
}

/** The lines behind the ways of answering a question, each without the answer itself. */
type Ways = { choose: string; number: string; order: string; tried?: readonly string[] };

/**
 * The ways of answering a question: buttons, a menu or a form, as its format asks for.
 *
 * @param order The letters of the item in the order in which this person sees them.
 */
export function answerBlocks(
  question: ScoredQuestion,
  order: readonly string[],
  { tried = [], ...ways }: Ways,
): Block[] {
  if (question.format === 'numeric') return numberBlocks(question, ways.number);
  const texts = order.map((letter) => textOf(question, letter));
  const isUsed = (letter: string) => question.format === 'single' && tried.includes(letter);
  const list: Block[] = order.map((letter, index) => ({
    kind: 'text',
    text: [
      { bold: `${shownLetter(index)}  ` },
      texts[index] ?? '',
      ...(isUsed(letter) ? [' ', { italic: '(tried)' }] : []),
    ],
  }));
  if (question.format === 'order') return [...list, ...orderBlocks(texts.length, ways.order)];
  if (question.format === 'multi') return [...list, choiceMenu(order, texts, ways.choose)];
  const offered = order.map((letter, index) => ({ letter, index, text: texts[index] ?? '' }));
  return [
    ...list,
    letterButtons(
      offered.filter(({ letter }) => !isUsed(letter)),
      ways.choose,
    ),
  ];
}

function numberBlocks(question: NumericQuestion, run: string): Block[] {
  return [
    {
      kind: 'buttons',
      buttons: [
        {
          label: question.unit ? `Enter number (${question.unit})` : 'Enter number',
          run,
          style: 'primary',
        },
      ],
    },
    { kind: 'note', text: exactnessText(question) },
  ];
}

function orderBlocks(steps: number, run: string): Block[] {
  const letters = Array.from({ length: steps }, (_, index) => shownLetter(index));
  return [
    {
      kind: 'buttons',
      buttons: [{ label: 'Enter order', run, style: 'primary' }],
    },
    {
      kind: 'note',
      text: `List the letters from first to last, like ${letters.reverse().join('')}.`,
    },
  ];
}

function choiceMenu(order: readonly string[], texts: readonly string[], run: string): Block {
  return {
    kind: 'select',
    label: 'Select all that apply',
    run,
    option: 'choice',
    choices: order.map((letter, index) => ({
      // "A A cap on …" would be hard to read.
      label: cut(`${shownLetter(index)}. ${texts[index] ?? ''}`, SHORT_CHOICE),
      value: letter,
    })),
    min: 1,
    max: order.length,
  };
}

/** An option that was tried keeps its letter, and has no button: nobody spends the second try on it. */
function letterButtons(
  offered: readonly { letter: string; index: number; text: string }[],
  run: string,
): Block {
  return {
    kind: 'buttons',
    buttons: offered.map(
      ({ letter, index, text }): Button => ({
        label: shownLetter(index),
        accessibilityLabel: `${shownLetter(index)}: ${text}`,
        run: `${run} choice:${letter}`,
      }),
    ),
  };
}

/** How far off a number may be. */
export function exactnessText({ answer, tolerance }: NumericQuestion): string {
  if ('relative' in tolerance)
    return `Answers within ±${formatNumber(tolerance.relative * 100, 'en', 2)}% are correct.`;
  return Number.isInteger(answer) && tolerance.absolute < 0.5
    ? 'Enter the exact number.'
    : `Answers within ±${tolerance.absolute} are correct.`;
}

function aidButtons({ id, question }: CardPost, hints: number, practice: boolean): Button[] {
  const buttons: Button[] = [];
  const after = (opened: number) =>
    quarterPoints({ difficulty: question.difficulty, share: 1, attempt: 1, hints: opened });
  if (hints < question.hints.length) {
    const price = after(hints + 1) < after(hints) ? ' (−25%)' : ' (free now)';
    buttons.push({
      label: practice ? 'Hint' : `Hint${price}`,
      run: `answer hint post:${id} number:${hints + 1}`,
    });
  }
  buttons.push({
    label: practice ? 'Show solution' : 'Show solution (no points)',
    run: `answer reveal post:${id}`,
  });
  return buttons;
}

/** After a wrong try that is not the last: why this answer is wrong, and nothing about the key. */
export function wrongCard({
  post,
  order,
  hints,
  answer,
  share,
}: {
  post: CardPost;
  /** Letters of the item in the order in which this person saw them. */
  order: readonly string[];
  hints: number;
  answer: string;
  share: number;
}): Reply {
  return {
    title: share > 0 ? `Partly correct: ${Math.round(share * 100)}%` : 'Not quite',
    tone: 'partly',
    visibility: 'private',
    update: true,
    blocks: [
      ...mistakeBlocks({ question: post.question, order, answers: [] }, answer),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Try again (half points)',
            run: `answer post:${post.id}`,
            style: 'primary',
            opens: true,
          },
          ...aidButtons(post, hints, false),
        ],
      },
      { kind: 'note', text: priceOf(post.question, 2, hints) },
    ],
  };
}

function priceOf(question: ScoredQuestion, attempt: number, hints: number): string {
  const left = quarterPoints({ difficulty: question.difficulty, share: 1, attempt, hints });
  return `Worth ${formatPoints(left)} points (try ${attempt} of ${SCORED_TRIES}${hints > 0 ? `, ${hints} ${hints === 1 ? 'hint' : 'hints'}` : ''}).`;
}
