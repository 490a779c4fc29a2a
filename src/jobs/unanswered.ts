import type { Platform } from '../bot/platform.ts';
import type { Job, JobContext } from './job.ts';

/** A delivery that ended its process so often is given up: it might be the reason. */
const MAX_RERUNS = 2;

/** The minute's tick comes anyway. */
const TICK_MS = 60_000;

/** Answers the deliveries that were acknowledged by a process that ended before it answered them. */
export const unanswered: Job = {
  name: 'unanswered',
  async run(context) {
    await Promise.all([...context.platforms.values()].map((each) => resumeAll(each, context)));
  },
};

async function resumeAll(platform: Platform, context: JobContext): Promise<void> {
  const { store, clock, process: by, wakeAt } = context;
  if (!platform.resume) return;
  const found = await store.adoptDeliveries({ platform: platform.name, by, at: clock.now() });
  await Promise.all(found.map((delivery) => resumeOne(platform, delivery, context)));
  const next = await store.nextAdoption(platform.name);
  if (next && next.getTime() - clock.now().getTime() < TICK_MS) wakeAt(next);
}

async function resumeOne(
  platform: Platform,
  { id, payload, reruns }: { id: string; payload: unknown; reruns: number },
  { store, emit, newId }: JobContext,
): Promise<void> {
  try {
    if (reruns > MAX_RERUNS) throw new Error(`given up after ${MAX_RERUNS} attempts`);
    await platform.resume?.(payload);
  } catch (error) {
    emit({ kind: 'failed', where: 'unanswered delivery', reference: newId().slice(0, 6), error });
  }
  // Also what came to nothing: a platform that refuses it now refuses it in a minute.
  await store.finishDelivery(id);
}
