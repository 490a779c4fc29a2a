import { type MatchPreferences, NO_PREFERENCES } from '../../../core/interview/matching.ts';
import type { JobContext } from '../../../spine/job.ts';
import { directRow, dueNow } from '../../../spine/outbox.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { PeerSession } from '../../../store/schema.ts';
import { HERE, hereButton, hoursButton, lobbyButton } from '../cards.ts';
import { formatPreferences, preferencesOf } from '../lobby.ts';

/** How long both have to come once the room of a peer interview is open. */
export const ARRIVE_MS = 15 * 60_000;

type Member = { personId: string; account: string; isHere: boolean; wishes: MatchPreferences };

function membersOf(session: PeerSession): Member[] {
  const [first, second] = session.wishes ?? [NO_PREFERENCES, NO_PREFERENCES];
  return [
    {
      personId: session.firstId,
      account: session.firstAccount,
      isHere: session.isFirstHere,
      wishes: first,
    },
    {
      personId: session.secondId,
      account: session.secondAccount,
      isHere: session.isSecondHere,
      wishes: second,
    },
  ];
}

/** Nobody could say that they are there while the bot was away, so its room waits anew. */
export async function noticeAbsent(context: JobContext, session: PeerSession): Promise<void> {
  const seenFrom = context.upSince.getTime() + ARRIVE_MS;
  if (session.dueAt && session.dueAt.getTime() < seenFrom) return waitAnew(context, session);
  return goWithout(context, session);
}

async function waitAnew({ store, clock }: JobContext, session: PeerSession): Promise<void> {
  const { id, teamId, platform, channel, thread } = session;
  const at = clock.now();
  const dueAt = new Date(at.getTime() + ARRIVE_MS);
  const key = `peer-again:${id}:${dueAt.getTime()}`;
  const room = { kind: 'post' as const, channel: channel ?? '', reply: againCard(id), key };
  await store.movePeerSession({
    id,
    from: ['waiting'],
    set: { dueAt },
    rows: [
      {
        key,
        teamId,
        platform,
        what: 'notice',
        peerId: id,
        outgoing: thread ? { ...room, thread } : room,
        ...dueNow(at),
      },
    ],
  });
}

/** Says it gently to both, and puts whoever came back into the lobby. */
async function goWithout(context: JobContext, session: PeerSession): Promise<void> {
  const { store, clock, emit } = context;
  const members = membersOf(session);
  const rows = members.map(({ personId, account, isHere, wishes }) =>
    directRow({
      key: `no-show:${session.id}:${personId}`,
      teamId: session.teamId,
      platform: session.platform,
      peerId: session.id,
      personId,
      account,
      reply: isHere ? waitedCard(wishes) : absentCard(wishes),
      at: clock.now(),
    }),
  );
  const moved = await store.movePeerSession({
    id: session.id,
    from: ['waiting'],
    set: { state: 'missed', dueAt: null },
    rows,
    waiting: members
      .filter(({ isHere }) => isHere)
      .map(({ personId, account, wishes }) => ({
        ...wishes,
        personId,
        account,
        teamId: session.teamId,
        platform: session.platform,
        channel: session.origin,
        // As if they had waited since they asked, so that they come before whoever asked later.
        joinedAt: session.createdAt,
      })),
  });
  if (moved) emit({ kind: 'interview', interview: `peer ${session.id}`, step: 'missed' });
}

function againCard(session: number): Reply {
  return {
    title: 'I was offline',
    blocks: [
      {
        kind: 'text',
        text: [
          "If you selected a button in that time, I couldn't see it. I'll wait another 15 minutes. Select ",
          { bold: HERE },
          " when you're ready.",
        ],
      },
      { kind: 'buttons', buttons: [hereButton(session)] },
    ],
  };
}

function waitedCard(wishes: MatchPreferences): Reply {
  return {
    title: "Your partner didn't show up",
    blocks: [
      {
        kind: 'text',
        text: `You're back at the front of the lobby${formatPreferences(wishes)}, and I'll find you someone else.`,
      },
      {
        kind: 'note',
        text: [
          'A room can open at any time that you have. Select ',
          { bold: hoursButton.label },
          ' to change them.',
        ],
      },
      { kind: 'buttons', buttons: [hoursButton, { label: 'Leave lobby', run: 'peer leave' }] },
    ],
  };
}

function absentCard(wishes: MatchPreferences): Reply {
  return {
    title: 'Did you miss the interview?',
    blocks: [
      {
        kind: 'text',
        text: 'The room closed after 15 minutes. Join the lobby again any time.',
      },
      { kind: 'buttons', buttons: [lobbyButton(preferencesOf(wishes), 'Join lobby again')] },
    ],
  };
}
