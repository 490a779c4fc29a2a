import type { Chapter } from '../../core/catalog.ts';
import type { Grade } from '../../core/grading/types.ts';
import type { PointReport } from '../../core/interview/item-report.ts';
import { isAllUnread, remarksOn } from '../../core/interview/remarks.ts';
import type { PracticeState, StepResult } from '../../core/practice/session.ts';
import type { Verdict } from '../../core/questions/check-answer.ts';
import { answerBlocks, personalOrder } from '../../session/answer-card.ts';
import { answerBlocksOf, cut, labelOf, promptBlocks } from '../../session/question-card.ts';
import { solutionBlocks, sourceBlocks } from '../../session/solution.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Inline, Reply } from '../../spine/reply.ts';
import { feedbackBlocks } from '../interview/feedback.ts';
import { markBlocks } from '../interview/own-marks.ts';
import { isSilent, type PracticeStep } from './step.ts';

/** Fixes the order in which one person sees options and steps. */
export const orderOf = ({ practice, step, question, kind }: PracticeStep): string[] =>
  kind === 'closed' ? personalOrder(question, `${practice.id} ${step}`) : [];

/** A line of this step: what is pressed on an older card leads to where the practice is now. */
const runOf = (
  command: string,
  { practice, step }: Pick<PracticeStep, 'practice' | 'step'>,
  more: Record<string, string | number> = {},
) => runLine(`practice ${command}`, { in: practice.id, step: step + 1, ...more });

/** Where somebody is in a practice: `Quiz 3 of 10`. */
function placeOf({ practice, step }: Pick<PracticeStep, 'practice' | 'step'>): string {
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
  label: practice.settings.kind === 'review' ? 'End review' : 'End quiz',
  run: runLine('practice end', { in: practice.id }),
});

/** After a wrong answer that is not the last: why it is wrong, and nothing about the key. */
export function tryAgainCard(at: PracticeStep, answer: string, { why, share }: Verdict): Reply {
  if (at.kind !== 'closed') throw new Error('Only a closed question has a second try');
  return {
    title: share > 0 ? `Partly correct: ${Math.round(share * 100)}%` : 'Not quite',
    visibility: 'private',
    update: true,
    blocks: [
      ...answerBlocksOf(at.question, answer),
      ...why.map((text): Block => ({ kind: 'text', text })),
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

/** How a question went, with its solution, and what its owner may say about it. */
export function resultCard(
  at: PracticeStep,
  result: StepResult,
  { chapter, grade, state }: { chapter?: Chapter | undefined; grade?: Grade; state: PracticeState },
): Reply {
  return {
    title: `${titleOf(at, result)} · ${placeOf(at)}`,
    visibility: 'private',
    update: true,
    blocks: [
      ...(at.kind === 'closed' ? closedBlocks(at, result, chapter) : []),
      ...(at.kind === 'closed' ? [] : spokenBlocks(at, result, grade)),
      ...(at.kind === 'closed' ? [] : sourceBlocks(at.question, chapter)),
      { kind: 'buttons', buttons: nextOf(at, state) },
      cardMenu(at, result),
      {
        kind: 'note',
        text: `${result.recall === 'easy' ? 'Too easy: it comes back much later. ' : ''}Practice, no points.`,
      },
    ],
  };
}

function titleOf({ kind }: PracticeStep, { share, answer, recall }: StepResult): string {
  if (answer === undefined) return recall === 'again' ? 'Solution' : 'Known';
  if (kind === 'words') return `${Math.round(share * 100)}% of the key points`;
  return share >= 1 || recall !== 'again' ? 'Correct' : share > 0 ? 'Partly correct' : 'Incorrect';
}

function nextOf(at: PracticeStep, state: PracticeState): Button[] {
  const isLast = at.step + 1 >= state.cards.length;
  return [
    {
      label: isLast ? 'See results' : 'Next question',
      run: runLine('practice show', { in: at.practice.id, step: at.step + 2 }),
      style: 'primary',
      opens: true,
    },
    ...(at.step + 1 === state.results.length
      ? [{ label: 'Undo', run: runOf('card', at, { do: 'undo' }) }]
      : []),
    { label: 'Report a problem', run: runLine('question report', { question: at.question.id }) },
  ];
}

/** One optional press says better than the answer when a card should come back. */
function cardMenu(at: PracticeStep, { recall }: StepResult): Block {
  return {
    kind: 'select',
    label: 'Change when it comes back',
    run: runOf('card', at),
    option: 'do',
    choices: [
      ...(recall === 'good' ? [] : [{ label: 'I knew this', value: 'good' }]),
      ...(recall === 'good' ? [{ label: 'Too easy: much later', value: 'easy' }] : []),
      ...(recall === 'again' ? [] : [{ label: 'I guessed: soon', value: 'again' }]),
      { label: 'Not until I resume it', value: 'suspend' },
      { label: "Never: I'm done with it", value: 'done' },
    ],
  };
}

function closedBlocks(
  { question }: Extract<PracticeStep, { kind: 'closed' }>,
  { answer }: StepResult,
  chapter: Chapter | undefined,
): Block[] {
  return [
    ...promptBlocks(question),
    ...(answer === undefined ? [] : answerBlocksOf(question, answer)),
    ...solutionBlocks(question, chapter),
  ];
}

function spokenBlocks(
  at: Exclude<PracticeStep, { kind: 'closed' }>,
  result: StepResult,
  grade: Grade | undefined,
): Block[] {
  const { question } = at;
  const points = pointsOf(at, result, grade);
  const said: Inline[] =
    result.answer === undefined ? [] : [{ bold: 'Your answer: ' }, cut(result.answer, 300)];
  const exchange = grade ? [{ depth: 0, answer: result.answer ?? '', grade }] : [];
  return [
    ...promptBlocks(question),
    ...(said.length > 0 ? [{ kind: 'text', text: said } satisfies Block] : []),
    ...feedbackBlocks({
      points,
      followUps: [],
      remarks: remarksOn(exchange),
      isUnread: result.answer === undefined || isAllUnread(exchange),
    }),
    ...(result.answer === undefined ? [] : markBlocks(runOf('mark', at), points)),
    {
      kind: 'text',
      text:
        at.kind === 'point'
          ? [{ bold: 'The point: ' }, at.point.text]
          : [{ bold: 'Model answer: ' }, question.modelAnswer],
    },
  ];
}

/** The key points that a step asks for, with the verdict and its owner's own marks. */
export function pointsOf(
  at: Exclude<PracticeStep, { kind: 'closed' }>,
  { marked = [] }: Pick<StepResult, 'marked'>,
  grade: Grade | undefined,
): PointReport[] {
  const asked = at.kind === 'point' ? [at.point] : at.question.keyPoints;
  const found = new Map(grade?.points.map((point) => [point.id, point]));
  return asked.map(({ id, text, label = text, weight }) => {
    const { verdict = 'missed', evidence = '' } = found.get(id) ?? {};
    return {
      id,
      text,
      label,
      weight,
      verdict,
      isMarked: marked.includes(id) && verdict !== 'covered',
      evidence,
    };
  });
}
