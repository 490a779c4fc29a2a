import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { COMMANDS } from '../../src/commands.ts';
import { type Catalog, createCatalog } from '../../src/core/catalog.ts';
import type { Question } from '../../src/core/questions/schema.ts';
import { movableClock } from '../../src/demo/demo.ts';
import type { Ticker } from '../../src/jobs/tick.ts';
import type { Store } from '../../src/queries.ts';
import type { Bot, Command } from '../../src/spine/command.ts';
import type { Event } from '../../src/spine/event.ts';
import type { Adapter } from '../../src/spine/platform.ts';
import type { PlatformName } from '../../src/spine/request.ts';
import {
  ENGINE_TABLES,
  FAILURES,
  GPUS,
  LATENCY,
  MODELS,
} from '../core/calculators/models/known.ts';
import { emptyDatabase } from './database.ts';
import { gradeInTests } from './grading.ts';
import { freeTextItem, singleItem } from './items.ts';
import { dropKept, openKept } from './kept-store.ts';
import type { Stage } from './stage.ts';

/** The parts that an adapter is started with. */
export type AdapterParts = {
  bot: Bot;
  emit(event: Event): void;
  clock: ReturnType<typeof movableClock>;
  store: Store;
};

export type MachineOptions = {
  platform: PlatformName;
  stage: Stage;
  /** Starts the real adapter against the stage's server. */
  start(parts: AdapterParts): Promise<Adapter>;
} & Variation;

/** What a test may change in the whole bot. */
export type Variation = {
  catalog?: Catalog;
  at?: string;
  /** Others than those of the bot. */
  commands?: readonly Command[];
  /** Nobody is too fast for it. */
  isUnlimited?: boolean;
  /** Its clock runs, from where it is moved to, and what is due wakes it. */
  isTimed?: boolean;
  /** The machine as the adapter is given it, such as one that is watched. */
  around?(bot: Bot): Bot;
};

/** The whole bot over a database, as `main.ts` wires it; it can be stopped and started again. */
export async function startMachine({
  platform,
  stage,
  start,
  catalog = smallCatalog(),
  at = '2026-03-02T08:00:00Z',
  commands = COMMANDS,
  isUnlimited = false,
  isTimed = false,
  around = (bot) => bot,
}: MachineOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-scenario-'));
  const clock = isTimed ? runningClock(new Date(at)) : movableClock(new Date(at));
  const events: Event[] = [];
  const emit = (event: Event) => void events.push(event);
  let running: {
    adapter: Adapter;
    ticker: Ticker;
    store: Store;
    answered(): Promise<void>;
    settle(): Promise<void>;
    close(): Promise<void>;
  };

  const boot = async () => {
    const { store, close } = await openKept(folder);
    const parts = { store, catalog, clock, emit, commands, isUnlimited };
    const { bot, platforms, ticker, settle } = createApp({
      ...parts,
      wakeUps: isTimed ? 'all' : 'none',
    });
    const adapter = await start({ bot: around(bot), emit, clock, store });
    platforms.set(platform, adapter.platform);
    const ended = () => settle().then(bot.settle);
    running = { adapter, ticker, store, answered: bot.settle, settle: ended, close };
  };
  const halt = async () => {
    await running.adapter.stop();
    await running.ticker.idle();
    await running.settle();
    await running.close();
  };
  writeFileSync(join(folder, 'warmup.db'), emptyDatabase());
  await boot();

  return {
    stage,
    clock,
    events,
    folder,
    get store() {
      return running.store;
    },
    tick: () => running.ticker.tick(),
    /** Resolves once the ends of all that was answered are remembered. */
    answered: () => running.answered(),
    async comeTo(instant: string) {
      clock.moveTo(new Date(instant));
      await running.ticker.tick();
    },
    boot,
    /** Stops everything and starts it again on the same database. */
    async restart() {
      await halt();
      await boot();
    },
    async stop() {
      await halt();
      await dropKept(folder);
      rmSync(folder, { recursive: true });
    },
  };
}

/** A clock that runs on from wherever it is moved to. */
function runningClock(start: Date): ReturnType<typeof movableClock> {
  let ahead = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + ahead),
    moveTo: (instant) => {
      ahead = instant.getTime() - Date.now();
    },
  };
}

export type Machine = Awaited<ReturnType<typeof startMachine>>;

const FEW: Question[] = [
  ...['q1', 'q2', 'q3'].map((id) => singleItem(id)),
  freeTextItem('s1'),
  freeTextItem('s2', { difficulty: 'medium' }),
  freeTextItem('s3', { difficulty: 'hard' }),
];

export function smallCatalog(questions: readonly Question[] = FEW): Catalog {
  return createCatalog({
    questions,
    chapters: Array.from({ length: 12 }, (_, index) => ({
      number: index + 1,
      title: `Chapter title ${index + 1}`,
      summary: 'About it.',
      difficulty: 'medium' as const,
      topics: [],
      crossReferences: [],
    })),
    paths: [],
    models: MODELS,
    gpus: GPUS,
    latency: LATENCY,
    engines: ENGINE_TABLES,
    failures: FAILURES,
    grade: gradeInTests,
  });
}
