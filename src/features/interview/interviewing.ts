import { next } from '../../core/interview/session.ts';
import {
  askedCount,
  currentExchange,
  currentItem,
  nextPlanned,
  type State,
  type Turn,
} from '../../core/interview/state.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Reply, Text } from '../../spine/reply.ts';
import type { NewOutboxRow } from '../../store/schema.ts';
import { askedBlocks, timeOverCard } from './cards.ts';
import { finish } from './ending.ts';
import { examinerHere } from './examiner-setup.ts';
import { gradeGiven } from './grading.ts';
import {
  addTurns,
  cardAt,
  type InterviewSession,
  loadSession,
  present,
  pressedBefore,
  questionOf,
} from './interview-session.ts';
import { isElsewhere, postedInRoom, showStatus } from './room.ts';

/** One step on: asks, grades and probes, or ends; a second press of the same button only leads there. */
export async function goOn(
  session: InterviewSession,
  seen: number | undefined,
  context: Context,
  withExaminer = false,
): Promise<Reply> {
  const { state } = session;
  if (seen !== undefined && seen !== session.moves) return pressedBefore(session);
  if (state.phase === 'ended' || state.isPaused || state.phase === 'asking')
    return present(session);
  if (state.phase === 'answered') return present(await graded(session, context));
  if (!nextPlanned(state)) return finish(session, 'finished', context);
  if (state.isTimed && state.endsAt && state.endsAt <= context.clock.now())
    return timeOverCard(cardAt(session));
  const name = withExaminer ? examinerHere(context)?.name : undefined;
  const agreed: Turn[] = name && state.items.length === 0 ? [{ kind: 'examiner', name }] : [];
  const added = await addTurns(session, [...agreed, { kind: 'asked' }], context);
  return added ? present(added) : pressedBefore(await loadSession(session.interview.id, context));
}

/** An interview with the answer that was given graded, by whoever was first. */
async function graded(session: InterviewSession, context: Context): Promise<InterviewSession> {
  const { interview } = session;
  const turns = await gradingTurns(session, context);
  const rows = isElsewhere(interview, context.place) ? await inRoom(session, turns, context) : [];
  const added = await addTurns(session, turns, context, rows);
  return added ?? (await loadSession(interview.id, context));
}

async function gradingTurns(session: InterviewSession, context: Context): Promise<Turn[]> {
  const given = await gradeGiven(session, context);
  if (!given) return [{ kind: 'taken-back' }, { kind: 'skipped' }];
  const { turn, probe } = given;
  return [turn.kind === 'graded' && probe ? { ...turn, probe } : turn];
}

/** An answer to an interview, and which question it was written for, where that is known. */
export type AnswerGiven = { interview?: number | undefined; asked?: number | undefined };

/**
 * The form of an answer, with the one that was taken back.
 *
 * @throws UserError when no answer is awaited, before anybody writes one in vain.
 */
export async function answerForm(
  { interview, asked }: AnswerGiven,
  context: Context,
): Promise<{ text?: string }> {
  const { state } = await loadSession(interview, context);
  const refusal = notWaiting(state, asked);
  if (refusal) throw new UserError(refusal);
  const draft = currentExchange(state)?.draft;
  return draft ? { text: draft } : {};
}

/** The question or follow-up that is asked now, for the form of its answer. */
export async function askedNow(
  interview: number | undefined,
  context: Context,
): Promise<Block[] | undefined> {
  const session = await loadSession(interview, context);
  const question = questionOf(currentItem(session.state)?.questionId, session);
  return question && askedBlocks(session.state, question);
}

/**
 * Takes an answer, typed, sent by form or chosen from a message; the interview goes on in its room.
 *
 * @throws UserError when a form comes too late: what was written in it stands nowhere else, and comes back with that.
 */
export async function giveAnswer(
  { interview: id, asked }: AnswerGiven,
  text: string,
  context: Context,
): Promise<Reply> {
  const session = await loadSession(id, context);
  const { state, interview } = session;
  const refusal = notWaiting(state, asked);
  if (refusal && asked !== undefined) throw new UserError(refusal);
  if (state.phase === 'ended') return showStatus(session, context);
  if (refusal) return saying(refusal, await showStatus(session, context));
  const answered = await addTurns(session, [{ kind: 'answered', text }], context);
  // Somebody was faster; what the answer meets now decides.
  if (!answered) return giveAnswer({ interview: id, asked }, text, context);
  // It is kept before it is graded: a language model may take seconds.
  const after = await graded(answered, context);
  if (!isElsewhere(interview, context.place)) return showStatus(after, context);
  context.wake();
  return saying('Answer received.', await showStatus(after, context));
}

function saying(words: Text, reply: Reply): Reply {
  return { ...reply, blocks: [{ kind: 'text', text: words }, ...reply.blocks] };
}

/** Why no answer is taken now, or none to the question that it was written for. */
function notWaiting(state: State, asked?: number): Text | undefined {
  const { phase, isPaused, items } = state;
  if (phase === 'ended')
    return ['This interview is over. Run ', { command: 'mock history' }, ' to read its report.'];
  if (phase === 'answered')
    return [
      "You've already answered. Select ",
      { bold: 'Change answer' },
      ' or ',
      { bold: 'Continue' },
      '.',
    ];
  if (isPaused) return ['The interview is paused. Select ', { bold: 'Resume' }, ', then answer.'];
  if (items.length === 0)
    return [
      "The interview hasn't started. Select ",
      { bold: 'Start' },
      ' to get your first question.',
    ];
  if (phase === 'ready')
    return [
      'No question is waiting for an answer right now. Select ',
      { bold: 'Next question' },
      ' to continue.',
    ];
  return asked === undefined || asked === askedCount(state)
    ? undefined
    : 'That button belongs to an earlier question. Use the one under the current question.';
}

/** What comes of an answer that was given elsewhere is said in the room, so that the interview can go on there. */
function inRoom(
  session: InterviewSession,
  turns: readonly Turn[],
  { store, clock }: Context,
): Promise<NewOutboxRow[]> {
  const at = clock.now();
  const state = turns.reduce((before, turn) => next(before, turn, at), session.state);
  const after = { ...session, state, moves: session.moves + turns.length };
  const key = `card:${session.interview.id}:${after.moves}`;
  return postedInRoom(session.interview, { what: 'card', key, reply: present(after), at }, store);
}

/** A turn that needs nothing but itself: take back, skip, hint, pause, resume, more time. */
export async function takeTurn(
  session: InterviewSession,
  seen: number | undefined,
  turn: Turn,
  context: Context,
): Promise<Reply> {
  if (seen !== undefined && seen !== session.moves) return pressedBefore(session);
  const changed = next(session.state, turn, context.clock.now());
  if (changed === session.state) return present(session);
  const added = await addTurns(session, [turn], context);
  if (!added) return pressedBefore(await loadSession(session.interview.id, context));
  if ((turn.kind === 'extended' || turn.kind === 'untimed') && added.state.phase === 'ready')
    return goOn(added, added.moves, context);
  return present(added);
}
