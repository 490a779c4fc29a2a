import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { directRow } from '../../spine/outbox.ts';
import { type Block, type Reply, say } from '../../spine/reply.ts';
import type { NewOutboxRow, PeerSession } from '../../store/schema.ts';
import { feedbackButtons, feedbackReply } from './cards.ts';
import { findPeer, namesOf, otherOf, type Role } from './session.ts';

/** For so long the form of one person waits for that of the other. */
const WAITS_MS = 3 * 86_400_000;

/**
 * Takes one form, also in place of an earlier one; when both are there, each gets the other's.
 *
 * @throws UserError before the end, and for a change of what the other can read.
 */
export async function sendFeedback(
  id: number,
  form: { overall: number; well: string; better: string },
  context: Context,
): Promise<Reply> {
  const { store, person, clock } = context;
  const { session } = await findPeer(id, context);
  if (session.state !== 'feedback' && session.state !== 'ended')
    throw new UserError([
      'Feedback comes at the end. Continue the interview, or select ',
      { bold: 'Stop interview' },
      '.',
    ]);
  const at = clock.now();
  const { forms, isTaken } = await store.sendPeerForm(
    { sessionId: id, personId: person.id, ...form, at },
    new Date(at.getTime() + WAITS_MS),
  );
  if (forms.length < 2 && isTaken)
    return {
      ...say([
        "Thanks! You'll both see the feedback once you've both sent it, or after 3 days. To change yours until then, select ",
        { bold: 'Give feedback' },
        ' again.',
      ]),
      visibility: 'private',
    };
  await openFeedback(session, context);
  context.wake();
  if (!isTaken)
    throw new UserError(
      `${forms.length === 2 ? "Both forms were already sent, so they can't be changed" : "Your partner can already read your form, so it can't be changed"}. To add something, tell your partner directly.`,
    );
  return {
    ...say(
      "Thanks! You've both sent the form. I'll send you your partner's feedback in a direct message.",
    ),
    visibility: 'private',
  };
}

/** What opening the feedback needs, also when no one asks for it. */
type Opening = Pick<Context, 'store' | 'clock' | 'catalogOf' | 'emit'>;

/** Sends each of the two what there is for them; what they have been sent before stays as it is. */
export async function openFeedback(session: PeerSession, context: Opening): Promise<void> {
  const { id } = session;
  const rows = await feedbackRows(session, context);
  const step = { id, set: { state: 'ended' as const }, rows };
  if (await context.store.movePeerSession({ ...step, from: ['feedback'] }))
    context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'ended' });
  // A form that comes when the rest is open goes to the other alone.
  else await context.store.movePeerSession({ ...step, from: ['ended'] });
}

/** What the other wrote, for whoever could not be sent it or wants to read it again. */
export async function readFeedback(id: number, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  if (session.state !== 'ended')
    throw new UserError(
      "Feedback opens once you've both sent the form, or 3 days after the first one.",
    );
  const { reply } = await feedbackFor(role, session, context);
  return { ...reply, visibility: 'private' };
}

/** To each the form of the other, with the marks that were given on the way. */
async function feedbackRows(session: PeerSession, context: Opening): Promise<NewOutboxRow[]> {
  const { id, teamId, platform, firstAccount, secondAccount, firstId, secondId } = session;
  const rows: NewOutboxRow[] = [];
  for (const to of ['first', 'second'] as const) {
    const { isWritten, reply } = await feedbackFor(to, session, context);
    rows.push(
      directRow({
        what: 'feedback',
        key: `peer-${isWritten ? '' : 'no-'}feedback:${id}:${to}`,
        teamId,
        platform,
        peerId: id,
        personId: to === 'first' ? firstId : secondId,
        account: to === 'first' ? firstAccount : secondAccount,
        reply,
        at: context.clock.now(),
      }),
    );
  }
  return rows;
}

/** The form of the other, or that there is none, and their marks as interviewer. */
async function feedbackFor(
  to: Role,
  session: PeerSession,
  { store, catalogOf }: Pick<Opening, 'store' | 'catalogOf'>,
): Promise<{ isWritten: boolean; reply: Reply }> {
  const from = otherOf(to);
  const [fromId, toId] =
    from === 'first' ? [session.firstId, session.secondId] : [session.secondId, session.firstId];
  const written = await store.peerFormOf(session.id, fromId);
  const marks = await store.peerMarksOf(session.id);
  const names = await namesOf(session, { store });
  const catalog = await catalogOf(session.teamId);
  const asked = session.questions[from === 'first' ? 0 : 1].flatMap((questionId) => {
    const question = catalog.question(questionId);
    return question && 'keyPoints' in question ? [question] : [];
  });
  const own = marks.filter(({ personId }) => personId === fromId);
  const reply = feedbackReply(names[from], written, own, asked);
  const hasAnswered = await store.peerFormOf(session.id, toId);
  return {
    isWritten: written !== undefined,
    reply: hasAnswered
      ? reply
      : { ...reply, blocks: [...reply.blocks, ...yoursIsMissing(session.id, names[from])] },
  };
}

/** For whoever gets the other's form three days after it was sent, without having written one. */
const yoursIsMissing = (session: number, name: string): Block[] => [
  {
    kind: 'text',
    text: `You didn't send your form within 3 days, so this is open now. ${name} would still like your feedback.`,
  },
  feedbackButtons(session),
];
