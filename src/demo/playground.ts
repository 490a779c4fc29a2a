import type { OpenWorld, Setting } from '../adapters/web/world.ts';
import { createApp } from '../app.ts';
import type { Catalog } from '../core/catalog.ts';
import type { Ticker } from '../jobs/tick.ts';
import type { Command } from '../spine/command.ts';
import { openSqlite } from '../store/sqlite.ts';
import { countedIds, createDemo, DEMO, LARGE_TEAM, movableClock } from './demo.ts';

/** What the worlds of the playground have in common. */
export type PlaygroundParts = {
  catalog: Catalog;
  /** Where the clock of a world begins. */
  start: Date;
  zone: string;
  locale: string;
  commands?: readonly Command[];
};

/** A clock that stood still would never give back what somebody's quota allows. */
const GESTURE_MS = 5000;

/** Makes demo teams for the browser, each with a database and a clock of its own. */
export function createPlayground(parts: PlaygroundParts): OpenWorld {
  const { start, zone, locale, commands } = parts;
  return ({ platform, emit, setting = {}, at }) => {
    const clock = movableClock(at ?? start);
    const catalog = catalogFor(parts.catalog, setting);
    const { store, close } = openSqlite(':memory:', { isReused: true });
    const { bot, context, platforms, ticker } = createApp({
      store,
      catalog,
      clock,
      emit(event) {
        demo.hear(event);
        emit(event);
      },
      wakeUps: 'commands',
      newId: countedIds(),
      ...(commands ? { commands } : {}),
    });
    platforms.set('web', platform);
    const demo = createDemo({
      bot,
      store,
      clock,
      tick: ticker.tick,
      zone,
      locale,
      platform: 'web',
      // What is told and played again has no time of its own.
      isPatient: !at,
      ...(setting.days === undefined ? {} : { daysBefore: setting.days }),
      ...(setting.isLarge ? { colleagues: LARGE_TEAM } : {}),
    });
    return {
      bot,
      ...demo.world,
      channels: [DEMO.channel, 'general'],
      locale,
      now: () => clock.now(),
      async begin() {
        if (!setting.isBare) await demo.begin();
        if (!at) warmUp(catalog);
      },
      tick: () => clock.moveTo(new Date(clock.now().getTime() + GESTURE_MS)),
      pass: (ms) => demo.jumpTo(new Date(clock.now().getTime() + ms)),
      async away(ms) {
        clock.moveTo(new Date(clock.now().getTime() + ms));
        context.upSince = clock.now();
        await demo.settle();
      },
      beat: demo.beat,
      board: demo.board,
      answer: demo.answer,
      modelAnswer: (words) =>
        catalog.freeText.find(({ prompt }) => words.includes(prompt.slice(0, 60)))?.modelAnswer ??
        '',
      settle: () => settled(ticker),
      async close() {
        await ticker.idle();
        close();
      },
    };
  };
}

/** A wake-up comes in the next turn, and what it sends may wake again. */
async function settled(ticker: Ticker): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await ticker.idle();
  }
}

/** What is read at the first search and the first grade is read while somebody looks around. */
function warmUp({ search, freeText: [first], grade }: Catalog): void {
  setTimeout(() => search('attention', 1), 1000).unref();
  if (first) setTimeout(() => grade(first, ''), 2000).unref();
}

/** The same catalog, with what a setting asks for. */
function catalogFor(catalog: Catalog, { format, hasOneSample }: Setting): Catalog {
  const questions = format
    ? catalog.questions.filter((each) => each.format === format)
    : catalog.questions;
  const samples = hasOneSample ? catalog.samples.slice(0, 1) : catalog.samples;
  return { ...catalog, questions, samples };
}
