import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { UserError } from '../bot/errors.ts';
import { keyFileOf } from '../store/answer-key.ts';
import { closeLog, copyDatabase } from '../store/copying.ts';
import { DatabaseError } from '../store/database-error.ts';
import { compare, copyChanges, copyRows } from '../store/moving.ts';
import { isPostgres } from '../store/open.ts';
import { openPostgres, recalculateIn } from '../store/postgres.ts';
import { runTool, settings } from './copies/common.ts';

/**
 * Moves a team from a SQLite file to PostgreSQL, in two runs: the first copies everything while the bot goes on, and can
 * be broken off and run again. With --switch, after the bot has stopped, it carries over what was written since.
 */
async function move(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, switch: { type: 'boolean' } },
  });
  const file = values.from ?? 'warmup.db';
  const { DATABASE_URL: url, ANSWER_KEY: answerKey } = settings();
  if (!isPostgres(url) || !answerKey)
    throw new UserError(
      'Set DATABASE_URL to the PostgreSQL server, like postgres://user:password@host/warmup.',
    );
  if (!existsSync(file))
    throw new UserError(`I can't find the database ${file}. Name the bot's file: --from FILE`);
  const opened = await openPostgres(url, { answerKey, elapsedMs: () => performance.now() });
  await opened.close();
  const pool = new pg.Pool({ connectionString: url });
  try {
    await (values.switch ? finish(file, pool) : copy(file, pool));
  } finally {
    await pool.end();
  }
}

/** The file as it was when its first copy began, which the second run compares it with. */
const copyOf = (file: string) => `${file}.moving`;

async function copy(file: string, pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query('select 1 from people limit 1');
  const isNew = !existsSync(copyOf(file));
  if (isNew && rows.length > 0)
    throw new UserError('The PostgreSQL database already has people in it. Use an empty one.');
  if (isNew) await copyDatabase(file, copyOf(file));
  await copyRows(copyOf(file), pool, ({ table, rows }) => console.log(`${table}: ${rows} rows`));
  console.log('Copied. Now stop Warmup, and run this again with --switch.');
}

async function finish(file: string, pool: pg.Pool): Promise<void> {
  if (!existsSync(copyOf(file)))
    throw new UserError('Run this without --switch first: that copies the database.');
  if (!closeLog(file)) throw new UserError(`${file} is in use. Stop Warmup first.`);
  const began = performance.now();
  // Whatever the first run has not finished, or did not begin.
  await copyRows(copyOf(file), pool, () => {});
  const changes = await copyChanges({ file, copy: copyOf(file) }, pool);
  const problems = await compare(file, pool);
  const { standings, sums } = await recalculateIn(pool);
  if (standings + sums > 0)
    problems.push(`${standings + sums} rows of scores weren't what the ledger says`);
  if (problems.length > 0) throw new UserError(`The copy isn't whole:\n${problems.join('\n')}`);
  await pool.query('drop table moving');
  rmSync(copyOf(file));
  const seconds = Math.ceil((performance.now() - began) / 1000);
  console.log(
    `Carried over ${changes} changes in ${seconds} seconds. Every row is there, and every score is what the ledger says.`,
  );
  console.log(
    `Start Warmup with this DATABASE_URL, and with ANSWER_KEY as it was: unless you had set it, it is in ${keyFileOf(file)}.`,
  );
}

await runTool(async () => {
  try {
    await move();
  } catch (error) {
    if (error instanceof DatabaseError) throw new UserError(error.message);
    throw error;
  }
});
