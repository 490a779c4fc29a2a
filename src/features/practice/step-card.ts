import type { Chapter } from '../../core/catalog.ts';
import type { Verdict } from '../../core/questions/check-answer.ts';
import { answerBlocks, personalOrder } from '../../session/answer-card.ts';
import { labelOf, promptBlocks } from '../../session/question-card.ts';
import { mistakeBlocks } from '../../session/result-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import { isPlacement, isSilent, type PracticeStep } from './step.ts';

/** Fixes the order in which one person sees options and steps. */
export const orderOf = ({ practice, step, question, kind }: PracticeStep): string[] =>
  kind === 'closed' ? personalOrder(question, `${practice.id} ${step}`) : [];

/** A line of this step: what is pressed on an older card leads to where the practice is now. */
export const runOf = (
  command: string,
  { practice, step }: Pick<PracticeStep, 'practice' | 'step'>,
  more: Record<string, string | number> = {},
) => runLine(`practice ${command}`, { in: practice.id, step: step + 1, ...more });

/** Where somebody is in a practice: `Quiz 3 of 10`; nobody knows how many questions a placement takes. */
export function placeOf({ practice, step }: Pick<PracticeStep, 'practice' | 'step'>): string {
  if (isPlacement(practice)) return `What you know: question ${step + 1}`;
  const { settings, state } = practice;
  const kind =
    settings.kind === 'review' ? 'Review' : settings.mode === 'exam' ? 'Practice exam' : 'Quiz';
  return `${kind} ${step + 1} of ${state.cards.length}`;
}

/** A question of a practice with its ways of answering. */
export function stepCard(
  at: PracticeStep,
  { chapter, minutes }: { chapter?: Chapter | undefined; minutes: number },
): Reply {
  const { question, practice } = at;
  const { hints, tried } = practice.state;
  const time = isSilent(at.practice) ? ` · ${minutes} min so far` : '';
  return {
    title: placeOf(at),
    visibility: 'private',
    update: true,
    blocks: [
      ...askBlocks(at),
      ...question.hints.slice(0, hints).map(
        (hint, index): Block => ({
          kind: 'text',
          text: [{ bold: `Hint ${index + 1}: ` }, hint],
        }),
      ),
      ...answerWays(at, tried),
      { kind: 'buttons', buttons: aidsOf(at) },
      { kind: 'note', text: `${labelOf(question, chapter)} · Practice, no points${time}` },
    ],
  };
}

/** What is asked: the question, or one point of it that was missed before. */
export function askBlocks(at: PracticeStep): Block[] {
  if (at.kind !== 'point') return promptBlocks(at.question);
  return [
    ...promptBlocks(at.question),
    {
      kind: 'text',
      text: 'You missed one key point of this question before. Answer again: only that point is checked.',
    },
  ];
}

function answerWays(at: PracticeStep, tried: readonly string[]): Block[] {
  if (at.kind === 'closed')
    return answerBlocks(at.question, orderOf(at), {
      tried,
      choose: runOf('answer', at, { try: tried.length + 1 }),
      number: runOf('number', at, { try: tried.length + 1 }),
      order: runOf('order', at, { try: tried.length + 1 }),
    });
  const run = runOf('words', at);
  return [{ kind: 'buttons', buttons: [{ label: 'Answer', run, style: 'primary' }] }];
}

function aidsOf(at: PracticeStep): Button[] {
  const { hints } = at.practice.state;
  if (isSilent(at.practice)) return [{ label: 'Skip', run: runOf('solution', at) }, endOf(at)];
  return [
    ...(hints < at.question.hints.length
      ? [{ label: 'Hint', run: runOf('hint', at, { number: hints + 1 }) }]
      : []),
    { label: 'Show solution', run: runOf('solution', at) },
    ...(at.practice.settings.kind === 'review'
      ? [{ label: 'Not today', run: runOf('card', at, { do: 'bury' }) }]
      : []),
    endOf(at),
  ];
}

const endOf = ({ practice }: PracticeStep): Button => ({
  label: isPlacement(practice)
    ? 'Stop here'
    : practice.settings.kind === 'review'
      ? 'End review'
      : 'End quiz',
  run: runLine('practice end', { in: practice.id }),
});

/** After a wrong answer that is not the last: why it is wrong, and nothing about the key. */
export function tryAgainCard(at: PracticeStep, answer: string, { share }: Verdict): Reply {
  if (at.kind !== 'closed') throw new Error('Only a closed question has a second try');
  const { question } = at;
  return {
    title: share > 0 ? `Partly correct: ${Math.round(share * 100)}%` : 'Not quite',
    tone: 'partly',
    visibility: 'private',
    update: true,
    blocks: [
      ...mistakeBlocks({ question, order: orderOf(at), answers: [] }, answer),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Try again', run: runOf('show', at), style: 'primary', opens: true },
          { label: 'Show solution', run: runOf('solution', at) },
        ],
      },
    ],
  };
}
