import { lobbyLine, metLately, wishWords } from '../bot/lobby.ts';
import { peerQuestions } from '../bot/peer-inviting.ts';
import { direct, roomRow } from '../bot/peer-rows.ts';
import type { Block, Reply } from '../bot/reply.ts';
import { catalogOf } from '../bot/team-catalog.ts';
import { hasTime, NO_WISHES, suit, type Wishes } from '../core/interview/matching.ts';
import type { LobbyEntry, PeerSession } from '../store/schema.ts';
import { forEach, type Job, type JobContext } from './job.ts';

/** Pairs those who wait, and notices who did not come. */
export const peers: Job = {
  name: 'peers',
  async run(context) {
    const overdue = await context.store.overduePeerSessions(context.clock.now());
    await forEach(context, overdue, 'peer interview', (session) => noticeAbsent(context, session));
    await pairLobby(context);
  },
};

/** Opens rooms for those who fit and have time just now. */
async function pairLobby(context: JobContext): Promise<void> {
  const now = context.clock.now();
  const waiting = (await context.store.lobbyEntries()).filter((entry) => hasTime(entry, now));
  const gone = new Set<string>();
  for (const one of waiting) {
    const others = waiting.filter((other) => !gone.has(other.personId) && suit(one, other));
    if (gone.has(one.personId) || others.length === 0) continue;
    const met = await metLately(one.personId, context);
    const other = others.find(({ personId }) => !met.has(personId));
    if (!other || !(await openSession(context, one, other))) continue;
    gone.add(one.personId);
    gone.add(other.personId);
  }
}

async function openSession(
  context: JobContext,
  one: LobbyEntry,
  other: LobbyEntry,
): Promise<boolean> {
  const { store, clock, newId, emit } = context;
  const at = clock.now();
  const base = {
    teamId: one.teamId,
    platform: one.platform,
    origin: one.channel,
    firstId: one.personId,
    secondId: other.personId,
    firstAccount: one.account,
    secondAccount: other.account,
  };
  const catalog = await catalogOf(context, one.teamId);
  const questions = await peerQuestions({ store, catalog }, base, {
    seed: newId(),
    level: one.level ?? other.level ?? undefined,
  });
  // In a bank that has nothing for two they wait on.
  if (questions[0].length === 0) return false;
  const session = await store.matchPeers(
    {
      ...base,
      wishes: [wishesOf(one), wishesOf(other)],
      questions,
      state: 'opening',
      createdAt: at,
    },
    (id) => [roomRow({ ...base, id }, at)],
  );
  if (session) emit({ kind: 'interview', interview: `peer ${session.id}`, step: 'matched' });
  return session !== undefined;
}

function wishesOf({ level, fromMinute, untilMinute, zone }: LobbyEntry): Wishes {
  return { level, fromMinute, untilMinute, zone };
}

type Member = { personId: string; account: string; isHere: boolean; wishes: Wishes };

function membersOf(session: PeerSession): Member[] {
  const [first, second] = session.wishes ?? [NO_WISHES, NO_WISHES];
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

/** Says it gently to both, and puts whoever came back into the lobby. */
async function noticeAbsent(context: JobContext, session: PeerSession): Promise<void> {
  const { store, clock, emit } = context;
  const members = membersOf(session);
  const rows = members.map(({ personId, account, isHere, wishes }) =>
    direct(
      { team: { id: session.teamId }, platform: { name: session.platform }, clock },
      {
        key: `no-show:${session.id}:${personId}`,
        account,
        personId,
        peerId: session.id,
        reply: isHere ? waitedCard(wishes) : absentCard(wishes),
      },
    ),
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

function waitedCard(wishes: Wishes): Reply {
  return {
    title: 'Your partner has not come',
    blocks: [
      {
        kind: 'text',
        text: `It happens. I am looking for somebody else for you: you wait in the lobby${wishWords(wishes)}, ahead of those who came later.`,
      },
      ...(wishes.fromMinute === wishes.untilMinute
        ? [
            {
              kind: 'note',
              text: 'A room may open at any time of day. To be matched at certain hours only: mock lobby hours:17-20',
            } satisfies Block,
          ]
        : []),
      { kind: 'buttons', buttons: [{ label: 'Leave the lobby', run: 'peer leave' }] },
    ],
  };
}

function absentCard(wishes: Wishes): Reply {
  return {
    title: 'Did you miss the interview?',
    blocks: [
      {
        kind: 'text',
        text: 'The room waited for a quarter of an hour. No harm done: come back whenever it suits you.',
      },
      { kind: 'buttons', buttons: [{ label: 'Match me another time', run: lobbyLine(wishes) }] },
    ],
  };
}
