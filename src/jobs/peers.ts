import { fits } from '../bot/lobby.ts';
import { NO_REPEAT_MS, peerQuestions } from '../bot/peer-inviting.ts';
import { direct, roomRow } from '../bot/peer-rows.ts';
import type { Reply } from '../bot/reply.ts';
import { catalogOf } from '../bot/team-catalog.ts';
import type { LobbyEntry, PeerSession } from '../store/schema.ts';
import { forEach, type Job, type JobContext } from './job.ts';

/** Invitations in these states led to no interview. */
const NOT_MET = new Set(['declined', 'lapsed']);

/** Pairs those who wait, and notices who did not come. */
export const peers: Job = {
  name: 'peers',
  async run(context) {
    const overdue = await context.store.overduePeerSessions(context.clock.now());
    await forEach(context, overdue, 'peer interview', (session) => noticeAbsent(context, session));
    await pairLobby(context);
  },
};

async function pairLobby(context: JobContext): Promise<void> {
  const waiting = await context.store.lobbyEntries();
  const gone = new Set<string>();
  for (const one of waiting) {
    const others = waiting.filter((other) => !gone.has(other.personId) && fits(one, other));
    if (gone.has(one.personId) || others.length === 0) continue;
    const met = await metLately(context, one);
    const other = others.find(({ personId }) => !met.has(personId));
    if (!other || !(await openSession(context, one, other))) continue;
    gone.add(one.personId);
    gone.add(other.personId);
  }
}

/** Those with whom somebody had an interview not long ago. */
async function metLately(
  { store, clock }: JobContext,
  { personId }: LobbyEntry,
): Promise<Set<string>> {
  const since = new Date(clock.now().getTime() - NO_REPEAT_MS);
  const sessions = await store.peerSessionsOf(personId, since);
  return new Set(
    sessions
      .filter(({ state }) => !NOT_MET.has(state))
      .map(({ firstId, secondId }) => (firstId === personId ? secondId : firstId)),
  );
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
  const session = await store.addPeerSession(
    {
      ...base,
      questions,
      state: 'opening',
      createdAt: at,
    },
    (id) => [roomRow({ ...base, id }, at)],
  );
  if (session) emit({ kind: 'interview', interview: `peer ${session.id}`, step: 'matched' });
  return session !== undefined;
}

/** Says it gently to both, and puts whoever came back into the lobby. */
async function noticeAbsent(context: JobContext, session: PeerSession): Promise<void> {
  const { store, clock, emit } = context;
  const people = [
    { personId: session.firstId, account: session.firstAccount, isHere: session.isFirstHere },
    { personId: session.secondId, account: session.secondAccount, isHere: session.isSecondHere },
  ];
  const rows = people.map(({ personId, account, isHere }) =>
    direct(
      { team: { id: session.teamId }, platform: { name: session.platform }, clock },
      {
        key: `no-show:${session.id}:${personId}`,
        account,
        personId,
        peerId: session.id,
        reply: isHere ? WAITED : ABSENT,
      },
    ),
  );
  const moved = await store.movePeerSession({
    id: session.id,
    from: ['waiting'],
    set: { state: 'missed', dueAt: null },
    rows,
  });
  if (!moved) return;
  emit({ kind: 'interview', interview: `peer ${session.id}`, step: 'missed' });
  for (const { personId, account, isHere } of people)
    if (isHere) await backToLobby(context, session, personId, account);
}

const WAITED: Reply = {
  title: 'Your partner has not come',
  blocks: [
    {
      kind: 'text',
      text: 'It happens. I am looking for somebody else for you: you are in the lobby again, at the front.',
    },
    { kind: 'buttons', buttons: [{ label: 'Leave the lobby', run: 'peer leave' }] },
  ],
};

const ABSENT: Reply = {
  title: 'Did you miss the interview?',
  blocks: [
    {
      kind: 'text',
      text: 'The room waited for a quarter of an hour. No harm done: come back whenever it suits you.',
    },
    { kind: 'buttons', buttons: [{ label: 'Match me another time', run: 'mock lobby' }] },
  ],
};

function backToLobby(
  { store }: JobContext,
  session: PeerSession,
  personId: string,
  account: string,
): Promise<void> {
  return store.joinLobby({
    personId,
    teamId: session.teamId,
    platform: session.platform,
    account,
    channel: session.origin,
    level: null,
    fromMinute: 0,
    untilMinute: 0,
    // As if they had waited since they asked, so that they come first.
    joinedAt: session.createdAt,
  });
}
