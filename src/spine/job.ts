import type { Catalog } from '../core/catalog.ts';
import type { Examiner } from '../core/interview/examiner.ts';
import type { Clock } from '../core/time.ts';
import type { Store } from '../queries.ts';
import type { Emit } from './event.ts';
import type { Platform } from './platform.ts';
import type { PlatformName } from './request.ts';

/** Everything that work without a request may use. */
export type JobContext = {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  /** Since when this process has been there to hear what people say. */
  upSince: Date;
  platforms: ReadonlyMap<PlatformName, Platform>;
  emit: Emit;
  /** The model that may ask and grade, in teams that turned it on. */
  examiner?: Examiner | undefined;
  newId(): string;
  /** Names this process among those that share the database. */
  process: string;
  /** Brings the next tick forward to an instant; losing it costs a minute. */
  wakeAt(instant: Date): void;
  /** The process is about to end: what has not begun is left for the next start. */
  isStopping(): boolean;
};

/** One kind of row that falls due. Running it again, or twice at once, changes nothing. */
export type Job = { name: string; run(context: JobContext): Promise<void> };

/** Runs a job; whatever happens to it, the next job and the next minute must come. */
export async function runJob(context: JobContext, { name, run }: Job): Promise<void> {
  try {
    await run(context);
  } catch (error) {
    context.emit({
      kind: 'failed',
      where: `job ${name}`,
      reference: context.newId().slice(0, 6),
      error,
    });
  }
}

/** Does the same for each of a list; the trouble of one must not keep the next one waiting. */
export async function forEach<T extends { id: number }>(
  { emit, newId }: Pick<JobContext, 'emit' | 'newId'>,
  list: readonly T[],
  what: string,
  work: (one: T) => Promise<void>,
): Promise<void> {
  for (const one of list) {
    try {
      await work(one);
    } catch (error) {
      emit({
        kind: 'failed',
        where: `${what} ${one.id}`,
        reference: newId().slice(0, 6),
        error,
      });
    }
  }
}

/** Works through a list in its order, on so many items at a time. */
export async function inLanes<T>(
  list: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...list];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, lane));
}
