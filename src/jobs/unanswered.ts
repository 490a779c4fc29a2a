import { setTimeout as wait } from 'node:timers/promises';
import { RENEW_MS } from '../spine/deliveries.ts';
import { isStorageFailure } from '../spine/errors.ts';
import { inLanes, type Job, type JobContext } from '../spine/job.ts';
import type { Platform } from '../spine/platform.ts';

/**
 * A delivery is given up when so many processes ended in the middle of it: the first two with others beside it, and
 * then alone, so that it is the reason. Processes also end for reasons of their own, but not so often there.
 */
const MAX_ENDED = 6;

/**
 * Run at a time, by how many processes one has ended: with more of them, fewer others are suspected. From the third time
 * on it is run alone.
 */
const LANES = [16, 4];

/** The minute's tick comes anyway. */
const TICK_MS = 60_000;

type Adopted = { id: string; payload: unknown; reruns: number };

/** Answers the deliveries that were acknowledged by a process that ended before it answered them. */
export const unanswered: Job = {
  name: 'unanswered',
  async run(context) {
    for (const platform of context.platforms.values())
      if (platform.resume) await resumeAll(platform, context);
  },
};

async function resumeAll(platform: Platform, context: JobContext): Promise<void> {
  const { store, clock, process: by, wakeAt, isStopping } = context;
  const found = await store.adoptDeliveries({ platform: platform.name, by, at: clock.now() });
  const held = new Set(found.map(({ id }) => id));
  // Also for those that wait for their turn. What cannot be renewed is another process's soon, and not lost.
  const renew = () => store.renewDeliveries({ ids: [...held], by, at: clock.now() });
  const renewing = setInterval(() => void renew().catch(() => {}), RENEW_MS).unref();
  const resume = async (delivery: Adopted) => {
    if (!isStopping()) await resumeOne(platform, delivery, context);
    held.delete(delivery.id);
  };
  try {
    // Those that ended none come first: beside one that did, the next end of the process would count for them too.
    const ended = [...new Set(found.map(({ reruns }) => reruns))].sort((a, b) => a - b);
    for (const count of ended)
      await inLanes(
        found.filter(({ reruns }) => reruns === count),
        LANES[count] ?? 1,
        resume,
      );
  } finally {
    clearInterval(renewing);
  }
  const next = await store.nextAdoption(platform.name);
  if (next && next.getTime() - clock.now().getTime() < TICK_MS) wakeAt(next);
}

/** Runs one again. The machine finishes it; what is left open comes again. Never rejects. */
async function resumeOne(
  platform: Platform,
  { id, payload, reruns }: Adopted,
  context: JobContext,
): Promise<void> {
  const { store, clock, process: by, emit, newId } = context;
  const failed = (error: unknown) =>
    emit({ kind: 'failed', where: 'unanswered delivery', reference: newId().slice(0, 6), error });
  try {
    if (reruns >= MAX_ENDED) throw new Error(`given up: it ended ${reruns} processes`);
    const isOurs = await store.beginRerun({ id, by, at: clock.now(), reruns: reruns + 1 });
    if (isOurs) await platform.resume?.(payload).finally(() => countBack(id, context));
  } catch (error) {
    failed(error);
    // A platform that refuses it now refuses it in a minute, but a database comes back.
    if (!isStorageFailure(error)) await store.finishDelivery({ id, by }).catch(failed);
  }
}

/** This process outlived the run. It waits for a database that did not: that is no fault of the delivery. */
async function countBack(id: string, { store, isStopping }: JobContext): Promise<void> {
  for (;;)
    try {
      return await store.endRerun(id);
    } catch (error) {
      if (isStopping() || !isStorageFailure(error)) return;
      await wait(RENEW_MS);
    }
}
