import { CATCH_UP_MS, nextSlots } from '../../../core/slots.ts';
import { dayIn } from '../../../core/time.ts';
import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import { dueNow } from '../../../spine/outbox.ts';
import { catalogOf } from '../../../spine/team-catalog.ts';
import type { Digest, NewOutboxRow } from '../../../store/schema.ts';
import { digestCard } from '../digest-card.ts';

const BATCH = 50;

/** Posts digests and boards in the channels of the teams that turned them on. */
export const digests: Job = {
  name: 'digests',
  async run(context) {
    const { store, clock } = context;
    const due = await store.dueDigests(clock.now(), BATCH);
    const byNumber = due.map((digest, id) => ({ id, digest }));
    await forEach(context, byNumber, 'digest', ({ digest }) => postOne(context, digest));
  },
};

async function postOne(context: JobContext, digest: Digest): Promise<void> {
  const { store, clock } = context;
  const now = clock.now();
  const startsOn = dayIn(now, digest.zone);
  const [next] = nextSlots({ ...digest, daysOff: [], startsOn }, now, 1);
  if (!next) return store.removeDigest(digest.teamId, digest.what);
  await store.planDigest(digest, next.at, await rowsFor(context, digest, now));
}

/** One that is due since too long is not sent either: the sender tells the schedule's keeper. */
async function rowsFor(context: JobContext, digest: Digest, now: Date): Promise<NewOutboxRow[]> {
  const { store } = context;
  const { teamId, what, platform, channel } = digest;
  const team = await store.teamById(teamId);
  const isThere = (await store.workspacesOf(teamId, platform)).length > 0;
  if (!team || !isThere) return [];
  const catalog = await catalogOf(context, teamId);
  const reply = await digestCard(what, { store, catalog, team, now });
  if (!reply) return [];
  const key = `digest:${teamId}:${what}:${digest.nextDueAt.getTime()}`;
  return [
    {
      key,
      teamId,
      platform,
      what,
      outgoing: { kind: 'post', channel, reply, key },
      ...dueNow(now),
      expiresAt: new Date(digest.nextDueAt.getTime() + CATCH_UP_MS),
    },
  ];
}
