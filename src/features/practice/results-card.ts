import type { PracticeSettings, StepResult } from '../../core/practice/session.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import type { Practice } from '../../store/schema.ts';

/** What a practice came to. */
export type Results = {
  practice: Practice;
  /** Whether its owner follows a learning path, which goes on from here. */
  hasPath: boolean;
  /** What a placement found, in words. */
  placed?: string | undefined;
  /** The questions that went wrong, each once, with its first words. */
  wrong: { step: number; prompt: string }[];
  minutes: number;
  /** Cards that are due now, beyond this practice. */
  due: number;
};

/** Back to one's learning path. */
export const TO_PATH: Button = { label: 'Show path', run: 'path' };

const isRight = ({ recall }: StepResult) => recall !== 'again';

/** The end of a quiz or a review: how much was right, what comes back, and where to go on. */
export function resultsCard({ practice, hasPath, placed, wrong, minutes, due }: Results): Reply {
  const { state, settings, id } = practice;
  const answered = state.results.length;
  const right = state.results.filter(isRight).length;
  const isReview = settings.kind === 'review';
  return {
    title: titleOf(settings),
    visibility: 'private',
    update: true,
    blocks: [
      ...(placed ? [{ kind: 'text' as const, text: { bold: placed } }] : []),
      {
        kind: 'text',
        text: [
          { bold: `${right} of ${answered} correct` },
          answered < state.cards.length ? ` (${state.cards.length - answered} not answered)` : '',
          isReview ? '.' : ` in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
        ],
      },
      ...wrongBlocks(id, wrong),
      {
        kind: 'buttons',
        buttons: [...(hasPath ? [TO_PATH] : []), ...waysOn(isReview, wrong.length, due)],
      },
      { kind: 'note', text: comesBack(wrong.length) },
    ],
  };
}

function titleOf(settings: PracticeSettings): string {
  if (settings.kind === 'review') return 'Review done';
  if (settings.placing) return 'What you know';
  return settings.mode === 'exam' ? 'Exam results' : 'Quiz results';
}

function wrongBlocks(id: number, wrong: Results['wrong']): Block[] {
  if (wrong.length === 0) return [];
  return [
    {
      kind: 'select',
      label: 'Show a solution',
      run: runLine('practice show', { in: id }),
      option: 'step',
      choices: wrong.slice(0, 25).map(({ step, prompt }) => ({
        label: cut(`${step + 1}. ${prompt}`, 75),
        value: String(step + 1),
      })),
    },
  ];
}

function waysOn(isReview: boolean, wrong: number, due: number): Button[] {
  return [
    ...(wrong > 0 && !isReview
      ? [
          {
            label: 'Practice mistakes',
            run: 'quiz mode:mistakes',
            style: 'primary',
            opens: true,
          } satisfies Button,
        ]
      : []),
    ...(due > 0
      ? [{ label: `Review (${due} due)`, run: 'review', opens: true } satisfies Button]
      : []),
    { label: 'New quiz', run: 'quiz new:yes', opens: true },
    { label: 'My progress', run: 'me action:progress' },
  ];
}

function comesBack(wrong: number): string {
  if (wrong === 0) return "Everything comes back in your review when you're about to forget it.";
  return 'What went wrong comes back in your review tomorrow.';
}
