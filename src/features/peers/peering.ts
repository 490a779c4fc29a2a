import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Reply, say } from '../../spine/reply.ts';
import type { PeerSession } from '../../store/schema.ts';
import {
  finishCard,
  HERE,
  hereButton,
  lobbyButton,
  type PeerDimension,
  sharedQuestionCard,
} from './cards.ts';
import { type PanelPart, panelCard } from './panel.ts';
import {
  askedBy,
  currentQuestion,
  findPeer,
  freeTextQuestion,
  interviewerOf,
  namesOf,
  otherOf,
} from './session.ts';

const NO_LONGER: Reply = {
  visibility: 'private',
  blocks: [
    { kind: 'text', text: "This interview didn't take place." },
    { kind: 'buttons', buttons: [lobbyButton()] },
  ],
};

/** What is said of an interview that has no room, or no longer. */
const NOT_ON: Record<'invited' | 'opening' | 'declined' | 'lapsed' | 'missed', Reply> = {
  invited: { ...say("This invitation hasn't been answered yet."), visibility: 'private' },
  opening: { ...say('Your room is opening now.'), visibility: 'private' },
  declined: NO_LONGER,
  lapsed: NO_LONGER,
  missed: NO_LONGER,
};

/** For whoever goes on while somebody is not there yet. */
const waitingCard = (session: number): Reply => ({
  blocks: [
    {
      kind: 'text',
      text: ['Waiting for both of you. Select ', { bold: HERE }, " when you're ready."],
    },
    { kind: 'buttons', buttons: [hereButton(session)] },
  ],
});

/** The question in the room, for both. */
export async function showShared(session: PeerSession, context: Context): Promise<Reply> {
  if (session.state === 'feedback' || session.state === 'ended') return finishCard(session.id);
  if (session.state === 'waiting') return waitingCard(session.id);
  if (session.state !== 'first' && session.state !== 'second') return NOT_ON[session.state];
  const question = await currentQuestion(session, context);
  const names = await namesOf(session, context);
  const asks = interviewerOf(session);
  const half = session.questions[asks === 'second' ? 1 : 0];
  return sharedQuestionCard(
    session,
    question,
    { asks: names[asks], answers: names[otherOf(asks)] },
    { number: session.position + 1, of: half.length, isLastHalf: asks === 'second' },
  );
}

/** Somebody is there; when both are, the first half begins. */
export async function here(id: number, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const set = role === 'first' ? { isFirstHere: true } : { isSecondHere: true };
  const marked = (await context.store.movePeerSession({ id, from: ['waiting'], set })) ?? session;
  if (!(marked.isFirstHere && marked.isSecondHere)) {
    if (marked.state !== 'waiting') return showAgain(marked, context);
    const wasHere = role === 'first' ? session.isFirstHere : session.isSecondHere;
    const here = say(`${context.person.name} joined.`);
    return wasHere ? { ...here, visibility: 'private' } : here;
  }
  const begun = await context.store.movePeerSession({
    id,
    from: ['waiting'],
    set: { state: 'first', position: 0, dueAt: null },
  });
  if (!begun) return showAgain((await context.store.peerSession(id)) ?? marked, context);
  context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'first half' });
  return showShared(begun, context);
}

/** The panel of a question that this person asks or has asked; of the present one when none is named. */
export async function showPanel(
  {
    session: id,
    question: named,
    hints,
    part,
  }: { session: number; question?: string; hints: number; part: PanelPart },
  context: Context,
): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const isOn = session.state === 'first' || session.state === 'second';
  const question = named
    ? await freeTextQuestion(named, session, context)
    : isOn && (await currentQuestion(session, context));
  if (!question && !named) throw new UserError('No question is being asked right now.');
  const asked = askedBy(role, session);
  if (question && askedBy(otherOf(role), session).includes(question.id))
    throw new UserError(
      'Only the interviewer can open this panel. This question is yours to answer.',
    );
  if (!question || !asked.includes(question.id))
    throw new UserError("You haven't asked this question, so you can't open its panel.");
  const isOver = session.state !== role || asked.at(-1) !== question.id;
  return panelOf({ session, question, hints, part, isOver }, context);
}

async function panelOf(
  panel: {
    session: PeerSession;
    question: FreeTextQuestion;
    hints: number;
    part: PanelPart;
    isOver: boolean;
  },
  { store, person }: Context,
): Promise<Reply> {
  const marks = await store.peerMarksOf(panel.session.id);
  return panelCard({ ...panel, marks: marks.filter(({ personId }) => personId === person.id) });
}

/**
 * The interview in which this person asks or asked a question.
 *
 * @throws UserError for anybody else.
 */
export async function askedQuestion(
  id: number,
  question: string,
  context: Context,
): Promise<PeerSession> {
  const { session, role } = await findPeer(id, context);
  if (!askedBy(role, session).includes(question))
    throw new UserError('You can mark only the questions you ask.');
  return session;
}

/** Keeps a mark or a note of the interviewer's, also a little after the question has moved on. */
export async function keepMark(
  given: {
    session: number;
    question: string;
    dimension: PeerDimension | 'note';
    mark?: number;
    note?: string;
  },
  context: Context,
): Promise<void> {
  const session = await askedQuestion(given.session, given.question, context);
  if (session.state === 'ended')
    throw new UserError(
      "The feedback is already open, so I can't add to it. Tell your partner directly.",
    );
  await context.store.markPeer({
    sessionId: given.session,
    personId: context.person.id,
    questionId: given.question,
    dimension: given.dimension,
    mark: given.mark ?? null,
    note: given.note ?? null,
    at: context.clock.now(),
  });
}

/** The next question, the swap or the end; a second press shows what is there. */
export async function goOn(id: number, at: number, half: 1 | 2, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const state = half === 1 ? 'first' : 'second';
  if (session.state !== state || session.position !== at) return showAgain(session, context);
  if (interviewerOf(session) !== role)
    throw new UserError("Only the interviewer can move on. Tell them when you're ready.");
  const isLast = at + 1 >= session.questions[half === 2 ? 1 : 0].length;
  const set = !isLast
    ? { position: at + 1 }
    : half === 1
      ? { state: 'second' as const, position: 0 }
      : { state: 'feedback' as const };
  const moved = await context.store.movePeerSession({ id, from: [state], position: at, set });
  if (moved && isLast)
    context.emit({
      kind: 'interview',
      interview: `peer ${id}`,
      step: half === 1 ? 'swapped' : 'feedback',
    });
  if (!moved) return showAgain((await context.store.peerSession(id)) ?? session, context);
  return showShared(moved, context);
}

/** What a second press shows: what came of the first one, without saying it to everybody once more. */
export async function showAgain(session: PeerSession, context: Context): Promise<Reply> {
  return { ...(await showShared(session, context)), visibility: 'private' };
}
