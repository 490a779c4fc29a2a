import { setTimeout as wait } from 'node:timers/promises';
import { dataWithoutSecrets } from '../core/calculators/serving/secrets.ts';
import type { StoredDelivery } from '../store/queries/deliveries.ts';
import type { BotParts } from './context.ts';
import { type Reply, say } from './reply.ts';
import type { Request } from './request.ts';

/** A platform waits three seconds for an acknowledgement; work gets so many ms of it, and a crowd waits as long. */
export const PATIENCE_MS = 400;

/** Far less than the three seconds after which the store takes a process for gone. */
export const RENEW_MS = 1000;

/** The ends of deliveries that are answered within this time share a commit, and new answers wait for fewer. */
const END_AFTER_MS = 50;

/** Between two looks at a delivery that another process answers. */
const LOOK_MS = 250;

/** Waits until an acknowledgement is true: the work is done, or is stored to be done whatever happens. */
export async function untilSafe(
  work: Promise<unknown>,
  store: () => Promise<void>,
  ms = PATIENCE_MS,
): Promise<'done' | 'stored'> {
  const isDone = await new Promise<boolean>((resolve, reject) => {
    const late = setTimeout(resolve, Math.max(0, ms), false).unref();
    work.then(() => resolve(true), reject).finally(() => clearTimeout(late));
  });
  if (isDone) return 'done';
  return Promise.any([work.then(() => 'done' as const), store().then(() => 'stored' as const)]);
}

/** What was promised and failed is left open: it is run again, and does not wait for its person. */
const LATER: Reply = {
  ...say("I couldn't finish this yet. I'll try again in a minute, so you don't have to."),
  visibility: 'private',
  isFault: true,
};

type Beginning = { id: string; onlyShows: boolean };

/** Answered deliveries that are remembered without a row: more than come in the minutes in which Slack repeats. */
const KEPT = 10_000;

/** Keeps the newest. */
function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > KEPT && oldest !== undefined) ids.delete(oldest);
}

type Entry = {
  settled: Promise<void>;
  settle(): void;
  isStored: boolean;
  isRerun: boolean;
  /** Resolves once it is durable that this process answers it; absent where that is not remembered. */
  taken?: Promise<unknown>;
};

/** Each delivery has one effect, whoever repeats it and whichever process ends. */
export function createDeliveries({
  store,
  clock,
  emit,
  newId,
  process: by,
}: Pick<BotParts, 'store' | 'clock' | 'emit' | 'newId' | 'process'>) {
  const running = new Map<string, Entry>();
  /** Each resolves once it is durable that the delivery will be answered. */
  const stored = new Map<string, Promise<void>>();
  const endings = new Set<Promise<void>>();
  const shown = new Set<string>();
  let ended: Promise<void> | undefined;

  /** Resolves for all that are answered within the same time in one turn, so that they share a commit. */
  function nextEnd(): Promise<void> {
    ended ??= wait(END_AFTER_MS).then(() => {
      ended = undefined;
    });
    return ended;
  }

  function enter(id: string, isRerun: boolean): Entry {
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const entry = { settled, settle, isStored: false, isRerun };
    running.set(id, entry);
    return entry;
  }

  /** Lets those who wait for it look again. */
  function leave(id: string) {
    running.get(id)?.settle();
    running.delete(id);
  }

  async function take(id: string): Promise<boolean> {
    for (;;) {
      const taken = await store.takeDelivery({ id, by, at: clock.now() });
      if (taken !== 'elsewhere') return taken === 'ours';
      await wait(LOOK_MS, undefined, { ref: false });
    }
  }

  /**
   * A delivery that nobody knows is taken by the commit that its work waits for: two in a row would be most of the
   * time to its acknowledgement. Platforms repeat after seconds, and find it taken. What only shows something is
   * remembered here alone: shown again after a start it does no harm.
   */
  async function isNew(entry: Entry, { id, onlyShows }: Beginning): Promise<boolean> {
    if (await store.isKnownDelivery(id)) return false;
    if (onlyShows) return true;
    entry.taken = store.takeDelivery({ id, by, at: clock.now() });
    entry.taken.catch(() => {});
    return true;
  }

  /** Its end is remembered where that is possible; what is repeated for want of it has no effect. */
  async function end(id: string, reply: Reply): Promise<void> {
    try {
      const { taken, isRerun } = running.get(id) ?? {};
      if (!taken && !stored.has(id)) {
        if (!reply.isFault) remember(shown, id);
        return;
      }
      await taken;
      if (reply === LATER) return;
      // What failed may come again, and a redelivery that was stored meanwhile stays.
      if (reply.isFault && !isRerun) await store.dropDelivery({ id, by });
      else await store.finishDelivery({ id, by });
    } catch (error) {
      emit({ kind: 'failed', where: 'delivery', reference: newId().slice(0, 6), error });
    }
  }

  async function orLater(id: string, reply: Reply): Promise<Reply> {
    if (!reply.isFault) return reply;
    const isPromised = stored.get(id)?.then(
      () => true,
      () => false,
    );
    return (await isPromised) ? LATER : reply;
  }

  /** Nothing of this delivery has to be remembered; it may have been stored meanwhile, or long ago. */
  async function pass({ delivery: id, isRerun }: Request): Promise<void> {
    if (id !== undefined && (stored.delete(id) || isRerun)) await store.finishDelivery({ id, by });
  }

  return {
    pass,

    /** Ends a delivery that failed before its work began; what its person hears of that. */
    async fail(request: Request, failure: Reply): Promise<Reply> {
      const reply = await orLater(request.delivery ?? '', failure);
      if (reply === LATER) stored.delete(request.delivery ?? '');
      else await pass(request);
      return reply;
    },

    /** True when the delivery is ours to answer; resolves late while another one answers it. */
    async begin({ delivery: id, isRerun = false }: Request, onlyShows = false): Promise<boolean> {
      if (id === undefined) return true;
      // A repetition waits: nobody may believe that it is answered before it is. Nothing is awaited
      // between the look and the entry, or two that come at once would both be first.
      for (let first = running.get(id); first; first = running.get(id)) {
        await first.settled;
        if (first.isStored) return false;
      }
      if (shown.has(id)) return false;
      const entry = enter(id, isRerun);
      try {
        if (await isNew(entry, { id, onlyShows })) return true;
        entry.taken = take(id);
        if (await entry.taken) return true;
        stored.delete(id);
        leave(id);
        return false;
      } catch (error) {
        leave(id);
        throw error;
      }
    },

    /** Does the work of a delivery that was begun, and keeps it ours as long as that takes. */
    async during(id: string | undefined, work: () => Promise<Reply>): Promise<Reply> {
      if (id === undefined) return work();
      const renew = () => store.renewDeliveries({ ids: [id], by, at: clock.now() });
      // What cannot be renewed is answered twice at the worst.
      const renewing = setInterval(() => void renew().catch(() => {}), RENEW_MS).unref();
      const over = () => {
        clearInterval(renewing);
        stored.delete(id);
        leave(id);
      };
      try {
        const reply = await orLater(id, await work());
        // The reply does not wait for this commit: work that is repeated for want of it has no effect.
        const ending = nextEnd()
          .then(() => end(id, reply))
          .finally(() => {
            over();
            endings.delete(ending);
          });
        endings.add(ending);
        return reply;
      } catch (error) {
        over();
        throw error;
      }
    },

    /** Resolves once the ends of all that was answered are remembered. */
    async settle(): Promise<void> {
      await Promise.all(endings);
    },

    /** Stores what running it again needs; from then on it may be acknowledged. */
    async store(delivery: StoredDelivery): Promise<void> {
      const { id } = delivery;
      // A pasted command may hold keys, and the row outlives this process.
      const payload = dataWithoutSecrets(delivery.payload);
      const storing = store.storeDelivery({ ...delivery, payload, by, at: clock.now() });
      stored.set(id, storing);
      // What could not be stored was not promised: its failed answer must not end what another process stored.
      storing.catch(() => stored.delete(id));
      await storing;
      const first = running.get(id);
      if (!first) return;
      first.isStored = true;
      first.settle();
    },
  };
}
