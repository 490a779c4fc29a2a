import type { NewOutboxRow, PeerSession } from '../store/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import { feedbackReply } from './peer-cards.ts';
import { direct } from './peer-rows.ts';
import { findPeer, namesOf, type Role } from './peer-session.ts';
import { type Reply, say } from './reply.ts';

/** Takes one form, also in place of an earlier one; when both are there, each gets the other's. */
export async function sendFeedback(
  id: number,
  form: { overall: number; well: string; better: string },
  context: Context,
): Promise<Reply> {
  const { store, person, clock } = context;
  const { session } = await findPeer(id, context);
  if (session.state !== 'feedback' && session.state !== 'ended')
    throw new UserError(
      'Feedback comes at the end. Go on with the interview, or press "Stop here".',
    );
  const { forms, isTaken } = await store.sendPeerForm({
    sessionId: id,
    personId: person.id,
    ...form,
    at: clock.now(),
  });
  if (forms.length < 2)
    return {
      ...say(
        'Thank you. It opens for both of you when the other form is there. Until then you can press "Give feedback" again and change it.',
      ),
      visibility: 'private',
    };
  const rows = await feedbackRows(session, context);
  const ended = await store.movePeerSession({
    id,
    from: ['feedback'],
    set: { state: 'ended' },
    rows,
  });
  if (ended) context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'ended' });
  context.wake();
  return {
    ...say(
      isTaken
        ? 'Thank you. Both forms are there: you get what the other wrote in a direct message.'
        : 'Both forms were sent before, so what you wrote now is not kept. Tell the other yourself what you want to add.',
    ),
    visibility: 'private',
  };
}

/** What the other wrote, for whoever could not be sent it or wants to read it again. */
export async function readFeedback(id: number, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const feedback = session.state === 'ended' && (await feedbackFor(role, session, context));
  if (!feedback) throw new UserError('Feedback opens when both of you have sent the form.');
  return { ...feedback, visibility: 'private' };
}

/** To each the form of the other, with the marks that were given on the way. */
async function feedbackRows(session: PeerSession, context: Context): Promise<NewOutboxRow[]> {
  const rows: NewOutboxRow[] = [];
  for (const to of ['first', 'second'] as const) {
    const reply = await feedbackFor(to, session, context);
    if (!reply) continue;
    rows.push(
      direct(context, {
        what: 'feedback',
        key: `peer-feedback:${session.id}:${to}`,
        account: to === 'first' ? session.firstAccount : session.secondAccount,
        personId: to === 'first' ? session.firstId : session.secondId,
        peerId: session.id,
        reply,
      }),
    );
  }
  return rows;
}

/** The form of the other and their marks as interviewer; undefined before it is sent. */
async function feedbackFor(
  to: Role,
  session: PeerSession,
  context: Context,
): Promise<Reply | undefined> {
  const from: Role = to === 'first' ? 'second' : 'first';
  const fromId = from === 'first' ? session.firstId : session.secondId;
  const written = await context.store.peerFormOf(session.id, fromId);
  if (!written) return undefined;
  const marks = await context.store.peerMarksOf(session.id);
  const names = await namesOf(session, context);
  const catalog = await context.catalogOf(session.teamId);
  const asked = session.questions[from === 'first' ? 0 : 1].flatMap((questionId) => {
    const question = catalog.question(questionId);
    return question && 'keyPoints' in question ? [question] : [];
  });
  const own = marks.filter(({ personId }) => personId === fromId);
  return feedbackReply(names[from], written, own, asked);
}
