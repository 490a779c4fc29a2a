import { randomUUID } from 'node:crypto';
import type { OpenWorld, WebWorld } from './adapters/web/world.ts';
import type { Command } from './bot/command.ts';
import { createBot } from './bot/dispatch.ts';
import { COMMANDS } from './commands/index.ts';
import type { Catalog } from './core/catalog.ts';
import { createDemo, DEMO, movableClock } from './demo.ts';
import { createTicker } from './jobs/tick.ts';
import { openSqlite } from './store/sqlite.ts';

/** What the worlds of the playground have in common. */
export type PlaygroundParts = {
  catalog: Catalog;
  /** Where the clock of a world begins. */
  start: Date;
  zone: string;
  locale: string;
  commands?: readonly Command[];
};

/** Makes demo teams for the browser, each with a database and a clock of its own. */
export function createPlayground(parts: PlaygroundParts): OpenWorld {
  const { start, zone, locale, commands = COMMANDS } = parts;
  return ({ platform, emit, setting = {}, at = start }) => {
    const clock = movableClock(at);
    const { store, close } = openSqlite(':memory:');
    const catalog = setting.format ? ofFormat(parts.catalog, setting.format) : parts.catalog;
    const shared = { store, catalog, clock, emit, newId: randomUUID };
    const ticker = createTicker({
      ...shared,
      platforms: new Map([['web', platform]]),
      pause: async () => {},
    });
    const bot = createBot({
      ...shared,
      commands,
      process: randomUUID(),
      facts: () => ({
        name: 'web',
        privateReplies: true,
        words: true,
        rooms: true,
        check: platform.check,
      }),
      wake: () => {
        setImmediate(() => ticker.tick());
      },
    });
    const demo = createDemo({
      bot,
      store,
      clock,
      tick: ticker.tick,
      zone,
      locale,
      platform: 'web',
    });
    const world: WebWorld = {
      bot,
      ...demo.world,
      channels: [DEMO.channel, 'general'],
      locale,
      now: () => clock.now(),
      begin: () => (setting.isBare ? Promise.resolve() : demo.begin()),
      pass: (ms) => demo.jumpTo(new Date(clock.now().getTime() + ms)),
      answer: demo.answer,
      async close() {
        await ticker.idle();
        close();
      },
    };
    return world;
  };
}

/** The same catalog, asking only questions of one format. */
function ofFormat(catalog: Catalog, format: string): Catalog {
  return { ...catalog, questions: catalog.questions.filter((each) => each.format === format) };
}
