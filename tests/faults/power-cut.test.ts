import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import { startAnswering, withDueQuestions } from '../support/answering.ts';
import { databaseProblems } from '../support/database.ts';

/**
 * A simulated power cut: the process is killed, and of its files only what it had synced is left. Killing
 * alone loses nothing, since the system's cache lives on; `power-cut.c` keeps what a disk would.
 *
 * Needs Linux and a C compiler, `cc` or the one that CC names, which building better-sqlite3 needs too.
 */
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const POSTS = 60;
const LOAD = { people: 40, posts: POSTS, spreadMs: 0, tries: 2 } as const;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'warmup-power-')));
const shim = join(folder, 'power-cut.so');
const seed = join(folder, 'seed');

beforeAll(async () => {
  const source = join(import.meta.dirname, 'power-cut.c');
  const flags = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror'];
  execFileSync(process.env['CC'] ?? 'cc', [...flags, '-o', shim, source, '-ldl', '-lpthread']);
  mkdirSync(seed);
  const file = join(seed, 'warmup.db');
  await withDueQuestions(file, POSTS);
  // The questions are posted once, and not in every round.
  const bot = startAnswering({ ...LOAD, file });
  await bot.until((told) => told.find(({ what }) => what === 'ready'));
  bot.child.kill();
  await bot.ended;
  expect(databaseProblems(file)).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Tried = { person: number; post: number; attempt: number; choice: string };
const nameOf = ({ person, post, attempt, choice }: Tried) =>
  `p${person} post ${post} try ${attempt}: ${choice}`;

/** Every try that a database holds, as it was given. */
function storedTries(file: string): Set<string> {
  const sqlite = new Sqlite(file);
  // better-sqlite3 types rows as unknown; these have the columns that the query names.
  const rows = sqlite
    .prepare(
      `select substr(accounts.id, 8) as person, post_id as post, try as attempt, answer as choice
       from attempts join accounts on accounts.person_id = attempts.person_id`,
    )
    .all() as Tried[];
  sqlite.close();
  return new Set(rows.map(nameOf));
}

/** One power cut in the middle of many answers; what people were told of, and what was left of it. */
async function cutPower(name: string, options: { earlyPercent: number; isUnsafe: boolean }) {
  const random = randomFrom(name);
  const live = join(folder, `${name} live`);
  const disk = join(folder, `${name} disk`);
  for (const each of [live, disk]) cpSync(seed, each, { recursive: true });
  const before = statSync(join(disk, 'warmup.db')).size;
  const bot = startAnswering(
    { ...LOAD, file: join(live, 'warmup.db'), isUnsafe: options.isUnsafe },
    {
      LD_PRELOAD: shim,
      POWER_CUT_FOLDER: live,
      POWER_CUT_DISK: disk,
      POWER_CUT_EARLY: String(options.earlyPercent),
      POWER_CUT_SEED: String(Math.floor(random() * 1e9)),
    },
  );
  await bot.until((told) => told.find(({ what }) => what === 'ready'));
  bot.go();
  const enough = 200 + Math.floor(random() * 1800);
  await bot.until((told) => told.length >= enough || undefined);
  // Somewhere in the next commits, not right after the answer that was counted.
  await new Promise((resolve) => setTimeout(resolve, random() * 20));
  bot.child.kill('SIGKILL');
  await bot.ended;

  const file = join(disk, 'warmup.db');
  const isCheckpointed = statSync(file).size > before;
  const problems = databaseProblems(file);
  const stored = storedTries(file);
  const acknowledged = bot.replies().map(nameOf);
  const lost = acknowledged.filter((each) => !stored.has(each));
  for (const each of [live, disk]) rmSync(each, { recursive: true });
  const failures = bot.told.filter(({ what }) => what === 'failed' || what === 'done');
  return { acknowledged: acknowledged.length, lost, problems, isCheckpointed, failures };
}

type Round = Awaited<ReturnType<typeof cutPower>>;

function report(what: string, rounds: readonly Round[]): void {
  const sum = (count: (round: Round) => number) =>
    rounds.reduce((total, round) => total + count(round), 0);
  process.stdout.write(
    `${what}: ${rounds.length} power cuts, ${sum(({ acknowledged }) => acknowledged)} answers acknowledged, ` +
      `${sum(({ lost }) => lost.length)} lost, ${sum(({ problems }) => problems.length)} problems, ` +
      `${sum(({ isCheckpointed }) => Number(isCheckpointed))} after a checkpoint\n`,
  );
}

test(
  'a power cut loses no answer that somebody was told of, whichever unsynced sectors are on the disk',
  async () => {
    const rounds: Round[] = [];
    const waiting = Array.from({ length: ROUNDS }, (_, round) => round);
    const lane = async () => {
      for (let round = waiting.shift(); round !== undefined; round = waiting.shift()) {
        // None of them in every other round.
        const earlyPercent = (round % 2) * 50;
        const cut = await cutPower(`safe ${round}`, { earlyPercent, isUnsafe: false });
        rounds.push(cut);
        expect(cut.failures).toEqual([]);
        expect(cut.problems).toEqual([]);
        expect(cut.lost).toEqual([]);
      }
    };
    await Promise.all([lane(), lane(), lane()]);

    report('synchronous = FULL', rounds);
  },
  ROUNDS * 60_000,
);

test('the simulated disk can tell: without a sync at each commit, answers are lost', async () => {
  const rounds: Round[] = [];
  const isLost = () => rounds.some(({ lost }) => lost.length > 0);
  // A single cut may come right after a sync.
  for (let round = 0; round < 10 && !isLost(); round += 1)
    rounds.push(await cutPower(`unsafe ${round}`, { earlyPercent: 0, isUnsafe: true }));

  report('synchronous = NORMAL', rounds);
  expect(isLost()).toBe(true);
  expect(rounds.flatMap(({ problems }) => problems)).toEqual([]);
});
