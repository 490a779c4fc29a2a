import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTerminal } from '../adapters/terminal/index.ts';
import { lineOf, readLines } from '../adapters/terminal/lines.ts';
import type { App } from '../app.ts';
import type { Bot } from '../spine/command.ts';
import { UserError } from '../spine/errors.ts';
import { createDemo, type DemoParts } from './demo.ts';

/** What the terminal of the demo team is made of. */
export type DemoTerminalParts = Pick<DemoParts, 'clock' | 'zone' | 'locale'> & {
  machine: App;
  /** Somebody sits in front of it. */
  isPerson: boolean;
  /** A line to answer; lines are read when it has no words. */
  words: string[];
  isJson: boolean;
  /** Opens the page beside it, when that is wanted. */
  openPage?: () => Promise<{ url: string; stop(): Promise<void> } | undefined>;
};

/** Answers one line, or all that are typed, until whoever reads it has seen enough. */
export async function runDemoTerminal(parts: DemoTerminalParts): Promise<void> {
  const { machine, isPerson, words, isJson } = parts;
  // A reader that has seen enough, such as head, closes the pipe.
  process.stdout.on('error', () => process.exit());
  const { terminal, beat } = await openTerminal(parts);
  // A wake-up comes in the next turn, and what it sends may wake again.
  const settle = async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      await nextTurn();
      await machine.ticker.idle();
    }
  };
  const page = await parts.openPage?.();
  const line = lineOf(words);
  if (isJson) process.exitCode = (await terminal.json(line)) ? 0 : 1;
  else if (words.length > 0) await terminal.line(line);
  else await readLines(terminal, { isPerson, link: page?.url, settle, beat });
  await page?.stop();
  await settle();
  await machine.settle();
}

/** The demo team on its morning; the terminal says nothing of the days before it. */
async function openTerminal(parts: DemoTerminalParts) {
  const { machine, clock, zone, locale, words, isPerson } = parts;
  const demo = createDemo({
    bot: machine.bot,
    store: machine.context.store,
    clock,
    tick: machine.ticker.tick,
    zone,
    locale,
  });
  let isQuiet = true;
  const terminal = createTerminal({
    bot: machine.bot,
    world: demo.world,
    look: { isColorful: Boolean(process.stdout.isTTY), zone, locale },
    write: (line) => {
      // What comes by itself takes the place of the prompt.
      if (!isQuiet) process.stdout.write(`${isPerson ? '\r\x1b[K' : ''}${line}\n`);
    },
  });
  machine.platforms.set('terminal', terminal.platform);
  if (isPastNeeded(machine.bot, words)) await demo.begin();
  isQuiet = false;
  return { terminal, beat: demo.beat };
}

/** An estimate says the same whatever the team did, and playing its days takes longer than the estimate. */
function isPastNeeded(bot: Bot, words: readonly string[]): boolean {
  return words.length === 0 || !isEstimate(bot, lineOf([...words]));
}

/** Whether a line asks for an estimate; one that can't be read says why when it is run. */
export function isEstimate(bot: Bot, line: string): boolean {
  try {
    return /^(?:vram$|estimate )/.test(bot.named(line).name);
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}
