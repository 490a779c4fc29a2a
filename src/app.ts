import { setTimeout as wait } from 'node:timers/promises';
import { FACTS } from './adapters/facts.ts';
import { COMMANDS } from './commands.ts';
import { createFiles } from './files/files.ts';
import { createAlarm } from './jobs/alarm.ts';
import { LEASE_MS } from './jobs/sending/sending.ts';
import { createTicker } from './jobs/tick.ts';
import type { BotParts } from './spine/context.ts';
import { createBot } from './spine/dispatch.ts';
import type { PartHealth } from './spine/health.ts';
import type { JobContext } from './spine/job.ts';
import type { Platform } from './spine/platform.ts';
import type { PlatformName } from './spine/request.ts';
import type { StorageWatch } from './store/storage.ts';

/** What a machine is made of. */
export type AppParts = Pick<
  BotParts,
  'store' | 'catalog' | 'clock' | 'meter' | 'emit' | 'isUnlimited' | 'examiner'
> &
  Partial<Pick<BotParts, 'commands' | 'newId' | 'process' | 'workOnFile'>> & {
    /** What is known of the database; it is of no interest in a demo. */
    storage?: StorageWatch;
    /** Interviews open rooms of their own: as the platform says when absent. */
    rooms?: boolean;
    /**
     * What brings a tick forward: commands that have something to send, and also the hour of the next
     * row. With neither, all ticks come from whoever moves the clock.
     */
    wakeUps?: 'none' | 'commands' | 'all';
  };

/** One worker for the whole process, however many machines are in it. */
const processFiles = createFiles();
/** A database that takes longer is busy, and is reported as it was. */
const PROBE_MS = 1000;

/** Everything between the store and the adapters, which are added to `platforms` one by one. */
export function createApp({
  commands = COMMANDS,
  newId = () => crypto.randomUUID(),
  process = newId(),
  storage,
  workOnFile = processFiles,
  rooms,
  wakeUps = 'none',
  ...parts
}: AppParts) {
  const { store, catalog, clock, emit } = parts;
  const platforms = new Map<PlatformName, Platform>();
  const alarm = createAlarm(clock, () => ticker.tick());
  let isStopping = false;
  const context: JobContext = {
    store,
    catalog,
    clock,
    upSince: clock.now(),
    platforms,
    emit,
    examiner: parts.examiner,
    newId,
    process,
    wakeAt: wakeUps === 'all' ? alarm.set : () => {},
    isStopping: () => isStopping,
  };
  const ticker = createTicker(context);
  const health = (): PartHealth[] => [
    ...[...platforms.values()].flatMap(({ name, health }) =>
      health ? [{ part: name, title: FACTS[name].displayName, health: health() }] : [],
    ),
    ...(storage
      ? [{ part: 'database' as const, title: 'Database', health: storage.health() }]
      : []),
  ];
  const bot = createBot({
    ...parts,
    commands,
    newId,
    process,
    health,
    workOnFile,
    facts: ({ platform: name, workspace }) => ({
      ...FACTS[name],
      ...(rooms === undefined ? {} : { rooms }),
      check: async (channel) => (await platforms.get(name)?.check(channel, workspace)) ?? [],
      stranger: async (account) => platforms.get(name)?.strangerIn?.(workspace, account),
      isAdmin: async (where, account) => platforms.get(name)?.isAdmin?.(where, account),
      ...(platforms.get(name)?.roleIn
        ? { roleIn: async (where, account) => platforms.get(name)?.roleIn?.(where, account) }
        : {}),
    }),
    wake: () => {
      if (wakeUps !== 'none') setImmediate(() => ticker.tick());
    },
  });
  return {
    bot,
    context,
    platforms,
    ticker,
    /** How the parts are, after a look at the database that is not waited for long. */
    async health(): Promise<PartHealth[]> {
      await Promise.race([storage?.check(store.probe), wait(PROBE_MS, undefined, { ref: false })]);
      return health();
    },
    /** The clock was set back: what waits for an instant waits no longer than it would have. */
    async setBack(ms: number): Promise<void> {
      for (const platform of platforms.values()) platform.setBack?.();
      const lastLease = new Date(clock.now().getTime() + LEASE_MS);
      try {
        await Promise.all([store.moveOutgoingBack({ ms, lastLease }), store.lookAtAllSchedules()]);
      } catch (error) {
        emit({ kind: 'failed', where: 'clock', reference: newId().slice(0, 6), error });
      }
    },
    /** Lets what is under way end, and begins nothing more. */
    async settle(): Promise<void> {
      isStopping = true;
      alarm.clear();
      await ticker.idle();
    },
  };
}

export type App = ReturnType<typeof createApp>;
