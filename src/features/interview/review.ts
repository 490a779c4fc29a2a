import { LEVELS, levelOf } from '../../core/grading/levels.ts';
import type { ItemReport } from '../../core/interview/item-report.ts';
import type { Item, Turn } from '../../core/interview/state.ts';
import { cut, promptBlocks } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import { modelButton } from './cards.ts';
import { feedbackBlocks } from './feedback.ts';
import {
  addTurns,
  cardAt,
  doneQuestion,
  type InterviewSession,
  loadSession,
  nextStepButtons,
  present,
  questionOf,
} from './interview-session.ts';
import { ownMarkBlocks } from './own-marks.ts';
import { formatLevel } from './score-words.ts';

/** Characters of an answer that a card shows; a longer one goes along as a file. */
const SHOWN = 600;

/** The questions of one's own interview that are done, to look at one of them again. */
export function reviewList(session: InterviewSession): Reply {
  const { interview, state } = session;
  const isLastDone = state.phase === 'ready' || state.phase === 'ended';
  const done = isLastDone ? state.items : state.items.slice(0, -1);
  const choices = done.flatMap((item, index) => {
    const question = questionOf(item.questionId, session);
    if (!question) return [];
    const label = `${index + 1}. ${resultOf(session, index + 1)}: ${question.prompt}`;
    return [{ label: cut(label, 75), value: String(index + 1) }];
  });
  // Says why there is nothing to look at.
  if (choices.length === 0) doneQuestion(session, 1);
  return {
    title: 'Choose a question',
    visibility: 'private',
    blocks: [
      {
        kind: 'select',
        label: 'Question to review',
        run: `mock review interview:${interview.id}`,
        option: 'item',
        choices,
      },
    ],
  };
}

/** A question that is done, as it is looked at again: what was asked, said and recognized, and the ways on. */
export function reviewCard(session: InterviewSession, number: number): Reply {
  const { asked, report } = doneQuestion(session, number);
  const at = cardAt(session);
  return {
    title: `Question ${number}: ${resultOf(session, number, formatLevel)}`,
    visibility: 'private',
    blocks: [
      ...promptBlocks(report.question),
      ...exchangeBlocks(asked),
      ...feedbackBlocks(report),
      ...ownMarkBlocks(number - 1, at, report),
      {
        kind: 'buttons',
        buttons: [
          ...nextStepButtons(session),
          modelButton(number, at),
          { label: 'Pick another question', run: `mock review interview:${at.interview}` },
        ],
      },
    ],
  };
}

const levelOnly = ({ score }: ItemReport): string => LEVELS[levelOf(score)] ?? '';

function resultOf(session: InterviewSession, number: number, words = levelOnly): string {
  const { asked, report } = doneQuestion(session, number);
  if (asked.isSkipped) return 'Skipped';
  if (!report.hasVerdicts) return 'No answer';
  return report.isUnread ? 'Nothing heard' : words(report);
}

function exchangeBlocks({ exchanges }: Item): Block[] {
  const said = exchanges.flatMap(({ ask, answer }) => (answer ? [{ ask, answer }] : []));
  const answers = said.map(({ answer }) => answer);
  return [
    ...said.flatMap(({ ask, answer }): Block[] => [
      ...(ask ? [{ kind: 'text' as const, text: [{ bold: 'Follow-up: ' }, ask] }] : []),
      { kind: 'text', text: [{ bold: 'Your answer: ' }, cut(answer, SHOWN)] },
    ]),
    ...(answers.some(({ length }) => length > SHOWN)
      ? [
          {
            kind: 'file' as const,
            name: 'your-answer.txt',
            mime: 'text/plain',
            content: answers.join('\n\n'),
          },
        ]
      : []),
  ];
}

/**
 * A question with verdicts, of which its owner may mark key points.
 *
 * @throws UserError when nothing was said that could be graded.
 */
export function gradedQuestion(session: InterviewSession, number: number) {
  const done = doneQuestion(session, number);
  if (!done.report.hasVerdicts)
    throw new UserError(
      "You didn't answer this question, so there are no points to mark. You can still read its model answer.",
    );
  return done;
}

/** Marks key points as made, whatever else happened meanwhile. */
export async function markPoints(
  session: InterviewSession,
  mark: Extract<Turn, { kind: 'marked' }>,
  context: Context,
): Promise<InterviewSession> {
  const added = await addTurns(session, [mark], context);
  return added ?? markPoints(await loadSession(session.interview.id, context), mark, context);
}

/** The card of a question after a mark: its feedback while that is on show, else on its own. */
export function afterMark(session: InterviewSession, number: number): Reply {
  const { state } = session;
  const isOnShow = state.phase === 'ready' && !state.isPaused && number === state.items.length;
  return { ...(isOnShow ? present(session) : reviewCard(session, number)), update: true };
}
