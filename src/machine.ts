import { randomUUID } from 'node:crypto';
import type { BotParts } from './bot/context.ts';
import { createBot } from './bot/dispatch.ts';
import type { Platform } from './bot/platform.ts';
import type { PlatformName } from './bot/request.ts';
import { COMMANDS } from './commands/index.ts';
import { createAlarm } from './jobs/alarm.ts';
import type { JobContext } from './jobs/job.ts';
import { createTicker } from './jobs/tick.ts';

/** What a machine is made of. */
export type MachineParts = Pick<
  BotParts,
  'store' | 'catalog' | 'clock' | 'emit' | 'isUnlimited' | 'judge'
> &
  Partial<Pick<BotParts, 'commands' | 'newId' | 'process'>> & {
    /** Interviews open rooms of their own: everywhere but in a terminal when absent. */
    rooms?: boolean;
    /**
     * What brings a tick forward: commands that have something to send, and also the hour of the next
     * row. With neither, all ticks come from whoever moves the clock.
     */
    wakeUps?: 'none' | 'commands' | 'all';
  };

/** Everything between the store and the adapters, which are added to `platforms` one by one. */
export function createMachine({
  commands = COMMANDS,
  newId = randomUUID,
  process = newId(),
  rooms,
  wakeUps = 'none',
  ...parts
}: MachineParts) {
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
    newId,
    process,
    wakeAt: wakeUps === 'all' ? alarm.set : () => {},
    isStopping: () => isStopping,
  };
  const ticker = createTicker(context);
  const bot = createBot({
    ...parts,
    commands,
    newId,
    process,
    facts: ({ platform: name, workspace }) => ({
      name,
      rooms: rooms ?? name !== 'terminal',
      check: async (channel) => (await platforms.get(name)?.check(channel)) ?? [],
      stranger: async (account) => platforms.get(name)?.strangerIn?.(workspace, account),
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
    /** Lets what is under way end, and begins nothing more. */
    async settle(): Promise<void> {
      isStopping = true;
      alarm.clear();
      await ticker.idle();
    },
  };
}

export type Machine = ReturnType<typeof createMachine>;
