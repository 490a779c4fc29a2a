import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { holdLock, startAnswering, withDueQuestions } from '../support/answering.ts';
import { databaseProblems } from '../support/database.ts';

const PEOPLE = 60;
/** How long work waits for a lock, with some time for the answer itself on a slow machine. */
const PATIENCE_MS = 2_500;
const SLACK_MS = 1_500;

const folder = mkdtempSync(join(tmpdir(), 'warmup-locks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Asks for health again and again until it is told to stop; the slowest answer in milliseconds. */
async function watchHealth(port: number, isOver: () => boolean): Promise<number> {
  let slowestMs = 0;
  while (!isOver()) {
    const began = performance.now();
    const answers = await Promise.all(
      ['healthz', 'readyz'].map((path) => fetch(`http://127.0.0.1:${port}/${path}`)),
    );
    slowestMs = Math.max(slowestMs, performance.now() - began);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return slowestMs;
}

/** Everybody's tries as they are stored, by number of the person. */
function storedTries(file: string): Map<number, { isRight: number }> {
  const sqlite = new Sqlite(file);
  // better-sqlite3 types rows as unknown.
  const rows = sqlite
    .prepare(
      `select accounts.id as account, is_right as isRight from attempts
       join accounts on accounts.person_id = attempts.person_id where post_id = 2`,
    )
    .all() as { account: string; isRight: number }[];
  sqlite.close();
  return new Map(rows.map((row) => [Number(row.account.replace('slack:p', '')), row]));
}

test.each([
  ['begin immediate', 1],
  ['begin exclusive', 2],
  ['begin exclusive', 10],
])(
  'another program holds "%s" for %i s: nobody loses, nothing else stops',
  async (begin, seconds) => {
    const file = join(folder, `${seconds}.db`);
    await withDueQuestions(file, 2);
    const lockMs = seconds * 1000;
    const bot = startAnswering({
      file,
      people: PEOPLE,
      posts: 2,
      spreadMs: lockMs,
      tries: 1,
      isWarm: true,
    });
    const port = await bot.until(
      (told) => told.flatMap((t) => (t.what === 'ready' ? t.port : []))[0],
    );

    const lock = await holdLock(file, begin, lockMs);
    bot.go();
    let isOver = false;
    const done = bot
      .until((told) => told.flatMap((t) => (t.what === 'done' ? t.blockedMs : []))[0])
      .finally(() => {
        isOver = true;
      });
    const [blockedMs, healthMs] = await Promise.all([done, watchHealth(port, () => isOver)]);
    bot.child.kill();
    await Promise.all([lock.released, bot.ended]);

    const replies = bot.replies().filter(({ post }) => post === 2);
    const tries = storedTries(file);
    const isBusy = ({ text }: { text: string }) => text.includes('database is busy, so nothing');
    const isAnswered = ({ text }: { text: string }) => text.includes('Correct');
    const told = replies.filter(isBusy);
    process.stdout.write(
      `${begin} for ${seconds} s: ${replies.filter(isAnswered).length} answered, ${told.length} told busy, ` +
        `slowest health ${healthMs.toFixed(0)} ms, loop blocked ${blockedMs.toFixed(0)} ms, ` +
        `slowest reply ${Math.max(...replies.map(({ ms }) => ms)).toFixed(0)} ms\n`,
    );
    expect(replies).toHaveLength(PEOPLE);
    for (const reply of replies) {
      expect(isBusy(reply) || isAnswered(reply), reply.text).toBe(true);
      expect(tries.has(reply.person), reply.text).toBe(isAnswered(reply));
      expect(reply.ms).toBeLessThan(PATIENCE_MS + SLACK_MS);
      // Whoever came late enough waited until the lock was gone.
      const leftMs = lockMs - (reply.person / PEOPLE) * lockMs;
      if (leftMs < PATIENCE_MS - 300) expect(isAnswered(reply), `${leftMs} ms left`).toBe(true);
    }
    expect(blockedMs).toBeLessThan(100);
    expect(healthMs).toBeLessThan(100);
    expect(databaseProblems(file)).toEqual([]);
  },
);
