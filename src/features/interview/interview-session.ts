import type { Catalog } from '../../core/catalog.ts';
import type { Examiner } from '../../core/interview/examiner.ts';
import { itemReport } from '../../core/interview/item-report.ts';
import { buildReport } from '../../core/interview/report.ts';
import { next, replay } from '../../core/interview/session.ts';
import {
  currentItem,
  isTried,
  nextPlanned,
  type State,
  type Turn,
} from '../../core/interview/state.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { PlatformFacts } from '../../spine/platform.ts';
import type { Button, Reply, Text } from '../../spine/reply.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';
import {
  answeredCard,
  askCard,
  backButtons,
  type CardAt,
  givenBlocks,
  introCard,
  nextButton,
  pausedCard,
  runAt,
} from './cards.ts';
import { examinerHere } from './examiner-setup.ts';
import { feedbackCard } from './feedback.ts';

/** An interview with its turns folded, and the bank of the team that it began in. */
export type InterviewSession = {
  interview: Interview;
  state: State;
  /** All its turns. */
  count: number;
  /** The turns that led on: a word on a verdict leaves the buttons of open cards good. */
  moves: number;
  catalog: Catalog;
  /** Where it is held: a person has one account, on one platform. */
  platform: PlatformFacts;
  /** The optional model, for those who want it. */
  examiner?: Examiner | undefined;
};

const isMove = ({ kind }: Turn) => kind !== 'marked';

const NO_OPEN_INTERVIEW: Text = [
  "You don't have an open interview. Run ",
  { command: 'mock' },
  ' to start one.',
];

/** For a number that is none of one's own interviews, or no longer. */
export const NO_SUCH_INTERVIEW: Text = [
  "I can't find that interview. It may have been deleted or replaced. Run ",
  { command: 'mock history' },
  ' to see yours.',
];

/**
 * The interview behind a button, for the person whose it is.
 *
 * @throws UserError for anybody else, and when it is gone.
 */
export async function loadSession(
  id: number | undefined,
  context: Context,
): Promise<InterviewSession> {
  const { store, person } = context;
  const interview =
    id === undefined ? await store.openInterviewOf(person.id) : await store.interview(id);
  if (!interview) throw new UserError(id === undefined ? NO_OPEN_INTERVIEW : NO_SUCH_INTERVIEW);
  if (interview.personId !== person.id)
    throw new UserError([
      "This interview isn't yours. Run ",
      { command: 'mock' },
      ' to start your own.',
    ]);
  const turns = await store.turnsOf(interview.id);
  const catalog = await context.catalogOf(interview.teamId);
  return {
    interview,
    state: replay(interview.plan, turns),
    count: turns.length,
    moves: turns.filter(({ turn }) => isMove(turn)).length,
    catalog,
    platform: context.platform,
    examiner: examinerHere(context),
  };
}

/** A question of the plan; one that left the bank cannot be asked any more. */
export function questionOf(
  id: string | undefined,
  { catalog }: Pick<InterviewSession, 'catalog'>,
): FreeTextQuestion | undefined {
  const found = id === undefined ? undefined : catalog.question(id);
  return found && 'keyPoints' in found ? found : undefined;
}

/**
 * A question that is done, counted from 1: its key points and model answer may be read.
 *
 * @throws UserError while it is being asked, and before the end where there is no feedback.
 */
export function doneQuestion(session: InterviewSession, item: number) {
  const { state, interview } = session;
  const asked = state.items[item - 1];
  const question = questionOf(asked?.questionId, session);
  if (!asked || !question)
    throw new UserError("That question wasn't asked. Use the buttons in the interview.");
  const report = itemReport(asked, question);
  if (state.phase === 'ended' || interview.state === 'ended') return { asked, report };
  if (interview.plan.style === 'strict')
    throw new UserError('In a strict interview, you get feedback only at the end.');
  if (item === state.items.length && state.phase !== 'ready')
    throw new UserError([
      'You see the key points once this question is done. Select ',
      { bold: 'Answer' },
      ' or ',
      { bold: 'Skip' },
      ' on the newest card.',
    ]);
  return { asked, report };
}

/** Where the card of a session stands, for its buttons. */
export const cardAt = ({ interview, moves }: InterviewSession): CardAt => ({
  interview: interview.id,
  at: moves,
});

/** Adds turns to what was seen, and the rows that tell of them; when somebody was faster, nothing is added and the present is shown. */
export async function addTurns(
  session: InterviewSession,
  list: Turn[],
  context: Context,
  rows: NewOutboxRow[] = [],
): Promise<InterviewSession | undefined> {
  const now = context.clock.now();
  const state = list.reduce((before, turn) => next(before, turn, now), session.state);
  const added = await context.store.addTurns({
    interviewId: session.interview.id,
    after: session.count,
    list,
    at: now,
    rows,
    ...scoreAfter(session, state),
  });
  if (!added) return undefined;
  for (const turn of list)
    context.emit({ kind: 'interview', interview: String(session.interview.id), step: turn.kind });
  return {
    ...session,
    state,
    count: session.count + list.length,
    moves: session.moves + list.filter(isMove).length,
  };
}

/** What marks after the end make of the score, in thousandths; a question may have left the bank since. */
function scoreAfter(session: InterviewSession, state: State): { score?: number } {
  const { score } = session.interview;
  if (score === null) return {};
  const scoreOf = (each: State) => buildReport(each, (id) => questionOf(id, session)).score;
  return { score: score + Math.round((scoreOf(state) - scoreOf(session.state)) * 1000) };
}

/** What this interview shows at the moment. */
export function present(session: InterviewSession): Reply {
  const { state, interview } = session;
  if (state.phase === 'ended' || interview.state === 'ended') return endedCard(session);
  if (state.isPaused) return pausedCard(state, cardAt(session));
  if (state.items.length === 0)
    return introCard(interview.plan, cardAt(session), {
      typesAnswers: session.platform.typesAnswers,
      examiner: session.examiner,
    });
  if (state.phase === 'answered') return answeredCard(state, cardAt(session));
  const item = currentItem(state);
  const question = questionOf(item?.questionId, session);
  if (!item || !question || state.phase === 'ready') return betweenQuestions(session);
  return askCard(state, question, cardAt(session), session.platform.typesAnswers);
}

/**
 * What a second press of a button says, for the person who pressed alone: the first one did it, and a press
 * leads to what came of it.
 */
export function pressedBefore(session: InterviewSession): Reply {
  const { state, interview } = session;
  if (state.phase === 'ended' || interview.state === 'ended')
    return { ...endedCard(session), visibility: 'private' };
  return {
    visibility: 'private',
    blocks: [
      { kind: 'text', text: 'The interview has already moved on. The newest card is current.' },
      {
        kind: 'buttons',
        buttons: [{ label: 'Show newest card', run: `mock show interview:${interview.id}` }],
      },
    ],
  };
}

/** The interview is over: the way to its report, if there is anything in it. */
function endedCard({ interview, state }: InterviewSession): Reply {
  const hasReport = state.items.some(isTried);
  const text = hasReport
    ? 'This interview is over. You can read its report any time.'
    : 'This interview is over. It ended before the first answer.';
  return {
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: endedButtons(interview.id, hasReport) },
    ],
  };
}

/** The ways on from an interview that is over. */
export function endedButtons(interview: number, hasReport: boolean): Button[] {
  const report: Button = {
    label: 'See report',
    run: `mock report interview:${interview}`,
    style: 'primary',
  };
  return [...(hasReport ? [report] : []), { label: 'New interview', run: 'mock mode:solo' }];
}

/** From a question that is looked at again, the way on with an interview that is not over. */
export function nextStepButtons(session: InterviewSession): Button[] {
  const { state, interview } = session;
  if (state.phase === 'ended' || interview.state === 'ended') return [];
  if (state.phase !== 'ready' || state.isPaused)
    return [{ label: 'Continue', run: `mock show interview:${interview.id}`, style: 'primary' }];
  return [nextButton(cardAt(session), nextPlanned(state) === undefined)];
}

/** After a question: the feedback when coaching, else the way on. */
function betweenQuestions(session: InterviewSession): Reply {
  const { state, interview } = session;
  const item = currentItem(state);
  const question = questionOf(item?.questionId, session);
  const isLast = nextPlanned(state) === undefined;
  if (interview.plan.style === 'coaching' && item && question) {
    const report = itemReport(item, question);
    return feedbackCard(report, state.items.length - 1, cardAt(session), { isLast, state });
  }
  return {
    blocks: [
      ...givenBlocks(state),
      {
        kind: 'text',
        text: isLast ? 'Thanks, that was the last question.' : 'Thanks. Ready for the next one?',
      },
      {
        kind: 'buttons',
        buttons: [
          nextButton(cardAt(session), isLast),
          ...backButtons(state, cardAt(session)),
          { label: 'Pause', run: runAt('pause', cardAt(session)) },
          { label: 'End', run: runAt('end', cardAt(session)) },
        ],
      },
    ],
  };
}
