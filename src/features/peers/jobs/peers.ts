import { areCompatible, hasTime, type MatchPreferences } from '../../../core/interview/matching.ts';
import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import { catalogOf } from '../../../spine/team-catalog.ts';
import type { LobbyEntry } from '../../../store/schema.ts';
import { peerQuestions } from '../inviting.ts';
import { metLately } from '../lobby.ts';
import { roomRow } from '../room.ts';
import { noticeAbsent } from './peer-absence.ts';

/** Pairs those who wait, and notices who did not come. */
export const peers: Job = {
  name: 'peers',
  async run(context) {
    const overdue = await context.store.overduePeerSessions('waiting', context.clock.now());
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
    const others = waiting.filter(
      (other) => !gone.has(other.personId) && areCompatible(one, other),
    );
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
      wishes: [preferencesOf(one), preferencesOf(other)],
      questions,
      state: 'opening',
      createdAt: at,
    },
    (id) => [roomRow({ ...base, id }, at)],
  );
  if (session) emit({ kind: 'interview', interview: `peer ${session.id}`, step: 'matched' });
  return session !== undefined;
}

function preferencesOf({ level, fromMinute, untilMinute, zone }: LobbyEntry): MatchPreferences {
  return { level, fromMinute, untilMinute, zone };
}
