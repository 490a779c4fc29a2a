import type { Store } from '../../queries.ts';
import type { Context } from '../../spine/command.ts';
import { accountOn, directRow, dueNow } from '../../spine/outbox.ts';
import type { Inline, Reply } from '../../spine/reply.ts';
import type { Place } from '../../spine/request.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';
import { runAt } from './cards.ts';
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
  act: (sitting: InterviewSession) => Reply | Promise<Reply>,
): Promise<Reply> {
  const sitting = await loadSession(id, context);
  if (isElsewhere(sitting.interview, context.place)) return wayToRoom(sitting, context);
  return privateOutside(await act(sitting), sitting.interview, context);
}

/** Where an interview stands, shown in its room; elsewhere the way there. */
export async function showStatus(sitting: InterviewSession, context: Context): Promise<Reply> {
  return isElsewhere(sitting.interview, context.place)
    ? wayToRoom(sitting, context)
    : privateOutside(present(sitting), sitting.interview, context);
}

const wayToRoom = async (sitting: InterviewSession, context: Context): Promise<Reply> =>
  sitting.interview.channel === '' ? withoutRoom(sitting, context) : roomLinkReply(sitting);

function roomLinkReply(sitting: InterviewSession): Reply {
  return {
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: ['Your interview continues in ', ...nameOfRoom(sitting), '.'],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'End interview', run: runAt('end', cardAt(sitting)) }],
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
export async function saidInRoom(
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
