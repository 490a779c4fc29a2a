import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../core/time.ts';
import { fullName } from '../button.ts';
import type { Command } from '../command.ts';
import type { Role } from '../platform.ts';
import type { Values } from '../request.ts';

/** For how long it is remembered that somebody is in a server. */
const KEPT_MS = 60 * 60_000;
/** More are not remembered at once; an older check is made again. */
const MAX_KEPT = 10_000;
/** How long somebody who only wants to see something waits for the platform. */
const ANSWER_MS = 1000;
/** Between two questions to a platform that does not say, doubled each time. */
const AGAIN_MS = 500;
const MAX_AGAIN_MS = 30_000;
/** What waits for it is given up in words while Discord still takes them, within 15 minutes. */
const HELD_MS = 10 * 60_000;

/** First words of commands that mean nothing without a team. */
const FOR_TEAMS = new Set([
  'answer',
  'daily',
  'home',
  'leaderboard',
  'question',
  'report',
  'setup',
  'vote',
]);

/** First words of commands that post and score nothing in a team: what they keep is their person's own. */
const OWN = new Set([
  'ask',
  'drill',
  'estimate',
  'help',
  'me',
  'path',
  'practice',
  'quiz',
  'review',
  'vram',
]);

const firstWord = (command: string) => command.split(' ')[0] ?? '';

/** Whether a command is about what people of a team have together. */
export const isForTeam = (command: string) => FOR_TEAMS.has(firstWord(command));

/** An interview is its person's own while it runs; it may begin with a teammate, and its report may be posted. */
const isOwn = (command: string) => OWN.has(firstWord(command)) || /^mock (?!share$)/.test(command);

/** What somebody is in a server now; undefined while the platform does not say. */
export type Ask = () => Promise<Role | undefined>;

/** A command, and what it was asked with. */
export type Asked = { command: Command; values: Values };

/**
 * What somebody must be known as before a command runs: what is only shown believes `known`; before anything is
 * posted or scored the platform is asked. Undefined where it does not say.
 */
export async function roleFor(
  { command, values }: Asked,
  { known, ask }: { known: Role | undefined; ask: Ask },
): Promise<Role | undefined> {
  if (isOwn(fullName(command))) return 'member';
  return command.onlyShows(values) ? known : untilAnswered(ask);
}

/** Asks again and again. Its delivery is stored meanwhile, so that what waits here outlives the process. */
async function untilAnswered(ask: Ask): Promise<Role | undefined> {
  let role = await ask();
  for (
    let ms = AGAIN_MS, heldMs = 0;
    !role && heldMs < HELD_MS;
    ms = Math.min(ms * 2, MAX_AGAIN_MS)
  ) {
    await wait(ms, undefined, { ref: false });
    heldMs += ms;
    role = await ask();
  }
  return role;
}

/** Remembers for an hour that people are in servers. */
export function createMemberships(clock: Clock) {
  const kept = new Map<string, { role: Role; at: number }>();

  function remembered(key: string): Role | undefined {
    const found = kept.get(key);
    if (found && Math.abs(clock.now().getTime() - found.at) < KEPT_MS) return found.role;
    kept.delete(key);
    return undefined;
  }

  /** `known` is remembered or was said within a second; `ask` asks now, and once not at all when that was just done. */
  return async (key: string, asked: Ask): Promise<{ known: Role | undefined; ask: Ask }> => {
    const askNow = async () => {
      const role = await asked();
      if (kept.size >= MAX_KEPT) kept.clear();
      if (role === 'outside') kept.delete(key);
      else if (role) kept.set(key, { role, at: clock.now().getTime() });
      return role;
    };
    const role = remembered(key);
    if (role) return { known: role, ask: askNow };
    let first: Promise<Role | undefined> | undefined = askNow();
    const ask = () => {
      const asking = first ?? askNow();
      first = undefined;
      return asking;
    };
    return { known: await Promise.race([first, wait(ANSWER_MS, undefined, { ref: false })]), ask };
  };
}
