import { randomUUID } from 'node:crypto';
import { createBot } from './bot/dispatch.ts';
import type { Emit } from './bot/event.ts';
import type { Platform, PlatformFacts } from './bot/platform.ts';
import type { PlatformName, Request } from './bot/request.ts';
import { COMMANDS } from './commands/index.ts';
import type { Catalog } from './core/catalog.ts';
import type { Clock } from './core/time.ts';
import { createAlarm } from './jobs/alarm.ts';
import { createTicker } from './jobs/tick.ts';
import type { Judge } from './judge/judge.ts';
import { openSqlite } from './store/sqlite.ts';

/** What a machine is made of. */
export type MachineParts = {
  catalog: Catalog;
  clock: Clock;
  /** Where its database is. */
  url: string;
  emit: Emit;
  /** Words typed in a channel are heard there too, and not in a terminal alone. */
  hearsWords: boolean;
  isUnlimited?: boolean;
  newId?: () => string;
  judge?: Judge;
};

/** Everything between the database and the adapters, which are added to `platforms` one by one. */
export function createMachine({ url, hearsWords, newId = randomUUID, ...parts }: MachineParts) {
  const { catalog, clock, emit } = parts;
  const database = openSqlite(url);
  const { store } = database;
  const platforms = new Map<PlatformName, Platform>();
  const alarm = createAlarm(clock, () => ticker.tick());
  let isStopping = false;
  const ticker = createTicker({
    store,
    catalog,
    clock,
    platforms,
    emit,
    newId,
    wakeAt: alarm.set,
    isStopping: () => isStopping,
  });
  const bot = createBot({
    ...parts,
    commands: COMMANDS,
    store,
    newId,
    process: randomUUID(),
    facts: (request) => factsOf(request, platforms, hearsWords),
    wake: () => {
      setImmediate(() => ticker.tick());
    },
  });
  return {
    bot,
    catalog,
    database,
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

function factsOf(
  { platform: name, workspace }: Request,
  platforms: ReadonlyMap<PlatformName, Platform>,
  hearsWords: boolean,
): PlatformFacts & Pick<Platform, 'check'> {
  return {
    name,
    privateReplies: true,
    words: name === 'terminal' || hearsWords,
    rooms: name !== 'terminal',
    check: async (channel) => (await platforms.get(name)?.check(channel)) ?? [],
    stranger: async (account) => platforms.get(name)?.strangerIn?.(workspace, account),
  };
}
