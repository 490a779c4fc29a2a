import type { Chapter } from '../../core/catalog.ts';
import { letterOf, type Verdict } from '../../core/questions/check-answer.ts';
import { kindOf } from '../../core/questions/generators/drawn.ts';
import type { DrawnQuestion } from '../../core/questions/generators/generator.ts';
import { exactnessText } from '../../session/answer-card.ts';
import { labelOf, promptBlocks, shownLetter } from '../../session/question-card.ts';
import {
  type Answered,
  explanationReply,
  resultBlocks,
  toneOf,
} from '../../session/result-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';

/** A generated question for one person, with the hints opened so far. */
export function drillCard(
  question: DrawnQuestion,
  { hints = 0, chapter }: { hints?: number; chapter?: Chapter | undefined } = {},
): Reply {
  const item = question.id;
  const aids: Button[] = [
    ...(hints < question.hints.length
      ? [{ label: 'Hint', run: runLine('drill show', { item, hints: hints + 1 }) }]
      : []),
    { label: 'Show solution', run: runLine('drill show', { item, answer: 'yes' }) },
  ];
  return {
    title: 'Drill',
    visibility: 'private',
    ...(hints > 0 ? { update: true } : {}),
    blocks: [
      ...promptBlocks(question),
      ...answerBlocks(question),
      ...question.hints.slice(0, hints).map(
        (hint, index): Block => ({
          kind: 'text',
          text: [{ bold: `Hint ${index + 1}: ` }, hint],
        }),
      ),
      { kind: 'buttons', buttons: aids },
      {
        kind: 'note',
        text: `${labelOf(question, chapter)} · Your own numbers · Practice, no points`,
      },
    ],
  };
}

/** Options are numbers in order, so they stay as they are; a number is asked for by a form. */
function answerBlocks(question: DrawnQuestion): Block[] {
  const item = question.id;
  if (question.format === 'numeric') {
    const run = runLine('drill answer', { item });
    const unit = question.unit ? `Answer in ${question.unit}. ` : '';
    return [
      { kind: 'buttons', buttons: [{ label: 'Enter number', run, style: 'primary' }] },
      { kind: 'note', text: `${unit}${exactnessText(question)}` },
    ];
  }
  return [
    ...question.options.map(
      ({ text }, index): Block => ({
        kind: 'text',
        text: [{ bold: `${shownLetter(index)}  ` }, text],
      }),
    ),
    {
      kind: 'buttons',
      buttons: question.options.map((_, index) => ({
        label: shownLetter(index),
        run: runLine('drill answer', { item, value: letterOf(index) }),
      })),
    },
  ];
}

/** How it went, and the next drill. */
export function drillFeedback(
  question: DrawnQuestion,
  { given, verdict }: { given?: string; verdict?: Verdict },
): Reply {
  const { right } = verdict ?? {};
  const item = question.id;
  return {
    title: right === undefined ? 'Solution' : right ? 'Correct' : 'Incorrect',
    ...(verdict ? { tone: toneOf(verdict.share) } : {}),
    visibility: 'private',
    update: true,
    blocks: [
      ...resultBlocks(answeredOf(question, given === undefined ? [] : [given])),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Try another like this',
            run: runLine('drill show', { kind: kindOf(item) ?? '' }),
            style: 'primary',
          },
          {
            label: 'Try another kind',
            run: runLine('quiz', { mode: 'drill', chapter: question.chapter }),
          },
          { label: 'Explain more', run: runLine('drill show', { item, more: 'yes' }) },
        ],
      },
    ],
  };
}

/** All there is to say of a drill. */
export const drillExplanation = (question: DrawnQuestion, chapter?: Chapter): Reply =>
  explanationReply(answeredOf(question, []), chapter);

/** Options of a drill stay in their own order. */
const answeredOf = (question: DrawnQuestion, answers: readonly string[]): Answered => ({
  question,
  order: 'options' in question ? question.options.map((_, index) => letterOf(index)) : [],
  answers,
});
