import type { Chapter } from '../../core/catalog.ts';
import type { Grade } from '../../core/grading/types.ts';
import type { PointReport } from '../../core/interview/item-report.ts';
import { isAllUnread, remarksOn } from '../../core/interview/remarks.ts';
import type { PracticeState, StepResult } from '../../core/practice/session.ts';
import { cut, promptBlocks } from '../../session/question-card.ts';
import {
  explanationReply,
  firstSentence,
  resultBlocks,
  toneOf,
} from '../../session/result-card.ts';
import { sourceBlocks } from '../../session/solution.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Inline, Reply } from '../../spine/reply.ts';
import { feedbackBlocks, heardBlocks } from '../interview/feedback.ts';
import { markBlocks } from '../interview/own-marks.ts';
import type { PracticeStep } from './step.ts';
import { orderOf, placeOf, runOf } from './step-card.ts';

type InWords = Exclude<PracticeStep, { kind: 'closed' }>;

/** How a question went, and what its owner may say about it. */
export function resultCard(
  at: PracticeStep,
  result: StepResult,
  { grade, state }: { grade?: Grade | undefined; state: PracticeState },
): Reply {
  return {
    title: `${titleOf(at, result)} · ${placeOf(at)}`,
    ...(result.answer === undefined ? {} : { tone: toneOf(result.share) }),
    visibility: 'private',
    update: true,
    blocks: [
      ...(at.kind === 'closed'
        ? resultBlocks(closedAnswers(at, result))
        : wordsBlocks(at, result, grade)),
      { kind: 'buttons', buttons: nextOf(at, state) },
      cardMenu(at, result),
      ...(result.recall === 'easy'
        ? [{ kind: 'note', text: 'Too easy: it comes back much later.' } satisfies Block]
        : []),
    ],
  };
}

/** All there is to say of a question that is behind. */
export function explanationOf(
  at: PracticeStep,
  result: StepResult,
  { chapter, grade }: { chapter?: Chapter | undefined; grade?: Grade | undefined },
): Reply {
  const { question } = at;
  if (at.kind === 'closed') return explanationReply(closedAnswers(at, result), chapter);
  const said: Inline[] =
    result.answer === undefined ? [] : [{ bold: 'Your answer: ' }, cut(result.answer, 300)];
  return {
    title: 'Explanation',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...(said.length > 0 ? [{ kind: 'text', text: said } satisfies Block] : []),
      ...feedbackBlocks({ points: pointsOf(at, result, grade), followUps: [] }),
      {
        kind: 'text',
        text:
          at.kind === 'point'
            ? [{ bold: 'The point: ' }, at.point.text]
            : [{ bold: 'Model answer: ' }, at.question.modelAnswer],
      },
      ...sourceBlocks(question, chapter),
      { kind: 'buttons', buttons: [reportOf(at)] },
    ],
  };
}

const closedAnswers = (
  at: Extract<PracticeStep, { kind: 'closed' }>,
  { first, answer }: StepResult,
) => ({
  question: at.question,
  order: orderOf(at),
  answers: [first, answer].filter((each) => each !== undefined),
});

function titleOf({ kind }: PracticeStep, { share, answer, recall }: StepResult): string {
  if (answer === undefined) return recall === 'again' ? 'Solution' : 'Known';
  if (kind === 'words') return `${Math.round(share * 100)}% of the key points`;
  return share >= 1 || recall !== 'again' ? 'Correct' : share > 0 ? 'Partly correct' : 'Incorrect';
}

const reportOf = ({ question }: PracticeStep): Button => ({
  label: 'Report a problem',
  run: runLine('question report', { question: question.id }),
});

function nextOf(at: PracticeStep, state: PracticeState): Button[] {
  const isLast = at.step + 1 >= state.cards.length;
  return [
    {
      label: isLast ? 'See results' : 'Next question',
      run: runLine('practice show', { in: at.practice.id, step: at.step + 2 }),
      style: 'primary',
      opens: true,
    },
    { label: 'Explain more', run: runOf('show', at, { more: 'yes' }) },
    ...(at.step + 1 === state.results.length
      ? [{ label: 'Undo', run: runOf('card', at, { do: 'undo' }) }]
      : []),
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

/** What was heard and what not, and the gist of a good answer. */
function wordsBlocks(at: InWords, result: StepResult, grade: Grade | undefined): Block[] {
  const points = pointsOf(at, result, grade);
  const exchange = grade ? [{ depth: 0, answer: result.answer ?? '', grade }] : [];
  return [
    ...heardBlocks({
      points,
      remarks: remarksOn(exchange),
      isUnread: result.answer === undefined || isAllUnread(exchange),
    }),
    {
      kind: 'text',
      text: at.kind === 'point' ? at.point.text : firstSentence(at.question.explanation),
    },
    ...(result.answer === undefined ? [] : markBlocks(runOf('mark', at), points)),
  ];
}

/** The key points that a step asks for, with the verdict and its owner's own marks. */
export function pointsOf(
  at: InWords,
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
