import type { Store } from '../../queries.ts';
import type { Context } from '../../spine/command.ts';
import type { JobContext } from '../../spine/job.ts';
import { accountOn, directRow, dueNow } from '../../spine/outbox.ts';
import type { Inline, Reply } from '../../spine/reply.ts';
import type { Place } from '../../spine/request.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';
import { introCard, runAt } from './cards.ts';
import { examinerHere } from './examiner-setup.ts';
import { cardAt, type InterviewSession, loadSession, present } from './interview-session.ts';
import { withoutRoom } from './no-room.ts';

/** Whether an interview is held in this place. */
export function isInterviewRoom(
  { channel, thread }: Pick<Interview, 'channel' | 'thread'>,
  place: Place,
): boolean {
  return (
    place.channel === channel &&
    (thread === null || place.kind === 'direct' || place.thread === thread)
  );
}

/**
 * Whether an open interview is held elsewhere, so that nothing of it may be shown in this place. A direct message will
 * do: nobody reads along there.
 */
export function isElsewhere(interview: Interview, place: Place): boolean {
  return (
    interview.state !== 'ended' && place.kind !== 'direct' && !isInterviewRoom(interview, place)
  );
}

/** The first card in the room of an interview, with the examiner where its team has one. */
export async function roomIntro(
  { store, examiner }: Pick<JobContext, 'store' | 'examiner'>,
  { id, plan, teamId }: Interview,
): Promise<Reply> {
  const team = examiner && (await store.teamById(teamId));
  return introCard(
    plan,
    { interview: id, at: 0 },
    team ? { examiner: examinerHere({ examiner, team }) } : {},
  );
}

/** Outside its room, whatever an interview says is for its owner alone. */
export function privateOutside(reply: Reply, interview: Interview, { place }: Context): Reply {
  return isInterviewRoom(interview, place) ? reply : { ...reply, visibility: 'private' };
}

/** A report is for its owner alone, also in a room that others can read. */
export function forItsOwner(reply: Reply, interview: Interview, { place }: Context): Reply {
  const isAlone = interview.plan.isPrivate === true && isInterviewRoom(interview, place);
  return isAlone ? reply : { ...reply, visibility: 'private' };
}

/** Goes on with an interview where it is held; elsewhere nothing happens, and only the way there is shown. */
export async function atItsRoom(
  id: number | undefined,
  context: Context,
  act: (session: InterviewSession) => Reply | Promise<Reply>,
): Promise<Reply> {
  const session = await loadSession(id, context);
  if (isElsewhere(session.interview, context.place)) return wayToRoom(session, context);
  return privateOutside(await act(session), session.interview, context);
}

/** Where an interview stands, shown in its room; elsewhere the way there. */
export async function showStatus(session: InterviewSession, context: Context): Promise<Reply> {
  return isElsewhere(session.interview, context.place)
    ? wayToRoom(session, context)
    : privateOutside(present(session), session.interview, context);
}

const wayToRoom = async (session: InterviewSession, context: Context): Promise<Reply> =>
  session.interview.channel === '' ? withoutRoom(session, context) : roomLinkReply(session);

function roomLinkReply(session: InterviewSession): Reply {
  return {
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: ['Your interview continues in ', ...nameOfRoom(session), '.'],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'End interview', run: runAt('end', cardAt(session)) }],
      },
    ],
  };
}

function nameOfRoom({ interview, platform }: InterviewSession): Inline[] {
  const { channel, thread, plan } = interview;
  if (thread === null || (plan.isPrivate && platform.privateRoom === 'direct'))
    return ['your direct messages with me'];
  if (platform.roomLink === 'channel') return ['its thread in ', { channel }];
  return platform.roomLink === 'thread' ? [{ channel: thread }] : ['its room'];
}

/** The row that says something where an interview is held; one that never got a room was alone with its person. */
export async function postedInRoom(
  { id, teamId, personId, platform, channel, thread }: Interview,
  { what, key, reply, at }: Pick<NewOutboxRow, 'what' | 'key' | 'at'> & { reply: Reply },
  store: Pick<Store, 'accountsOf'>,
): Promise<NewOutboxRow[]> {
  const row = { key, teamId, personId, platform, what, interviewId: id };
  if (channel !== '') {
    const outgoing = { kind: 'post' as const, channel, reply, key };
    return [{ ...row, outgoing: thread ? { ...outgoing, thread } : outgoing, ...dueNow(at) }];
  }
  const account = await accountOn(platform, personId, store);
  return account ? [directRow({ ...row, account, reply, at })] : [];
}
