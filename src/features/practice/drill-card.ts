import type { Chapter } from '../../core/catalog.ts';
import { letterOf, type Verdict } from '../../core/questions/check-answer.ts';
import { kindOf } from '../../core/questions/generators/drawn.ts';
import type { DrawnQuestion } from '../../core/questions/generators/generator.ts';
import { exactnessText, shownLetter } from '../../session/answer-card.ts';
import { answerText, labelOf, promptBlocks } from '../../session/question-card.ts';
import { solutionBlocks } from '../../session/solution.ts';
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

/** How it went: the mistake behind the number where it shows one, the working, and the next drill. */
export function drillFeedback(
  question: DrawnQuestion,
  { given, verdict, chapter }: { given?: string; verdict?: Verdict; chapter?: Chapter | undefined },
): Reply {
  const { right, why = [] } = verdict ?? {};
  const slip =
    right === false && why.length === 0
      ? ["This doesn't match a common mistake. Check each step."]
      : why;
  return {
    title: right === undefined ? 'Solution' : right ? 'Correct' : 'Incorrect',
    visibility: 'private',
    update: true,
    blocks: [
      ...promptBlocks(question),
      ...(given === undefined
        ? []
        : [
            {
              kind: 'text',
              text: [{ bold: 'Your answer: ' }, answerText(question, given)],
            } satisfies Block,
          ]),
      ...slip.map((text): Block => ({ kind: 'text', text })),
      ...solutionBlocks(question, chapter),
      ...question.followUps.slice(0, 1).map(
        (followUp): Block => ({
          kind: 'text',
          text: [{ bold: 'Follow-up: ' }, followUp.ask, ' ', { italic: followUp.expect }],
        }),
      ),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Try another like this',
            run: runLine('drill show', { kind: kindOf(question.id) ?? '' }),
            style: 'primary',
          },
          {
            label: 'Try another kind',
            run: runLine('quiz', { mode: 'drill', chapter: question.chapter }),
          },
          { label: 'Report a problem', run: `question report question:${question.id}` },
        ],
      },
      { kind: 'note', text: 'Practice, no points.' },
    ],
  };
}
