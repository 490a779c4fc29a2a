import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { UserError } from '../spine/errors.ts';
import { keyFileOf } from '../store/answer-key.ts';
import { closeLog, copyDatabase } from '../store/copying.ts';
import { DatabaseError } from '../store/database-error.ts';
import { finishMove } from '../store/finish-move.ts';
import { copyRows, isMoving } from '../store/moving.ts';
import { isPostgres } from '../store/open.ts';
import { openPostgres } from '../store/postgres.ts';
import { isLost } from '../store/postgres-errors.ts';
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
  // What a connection that breaks was doing hears of it; one without a listener would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await (values.switch ? finish(file, pool) : copy(file, pool));
  } finally {
    await pool.end();
  }
}

/** The file as it was when its first copy began, which the second run compares it with. */
const copyOf = (file: string) => `${file}.moving`;

/**
 * True when a first run has begun.
 *
 * @throws UserError when the database holds anything else.
 */
async function hasBegun(file: string, pool: pg.Pool): Promise<boolean> {
  if (await isMoving(pool)) {
    if (existsSync(copyOf(file))) return true;
    throw new UserError(
      `I can't find ${copyOf(file)}, which the first run made. Begin again with an empty PostgreSQL database.`,
    );
  }
  const { rows } = await pool.query('select 1 from people limit 1');
  if (rows.length === 0) return false;
  throw new UserError('The PostgreSQL database already has people in it. Use an empty one.');
}

async function copy(file: string, pool: pg.Pool): Promise<void> {
  if (!(await hasBegun(file, pool))) await copyDatabase(file, copyOf(file));
  await inWords(
    copyRows(copyOf(file), pool, ({ table, rows }) => console.log(`${table}: ${rows} rows`)),
  );
  console.log('Copied. Now stop Warmup, and run this again with --switch.');
}

async function finish(file: string, pool: pg.Pool): Promise<void> {
  if (!(await hasBegun(file, pool)))
    throw new UserError('Run this without --switch first: that copies the database.');
  if (!closeLog(file)) throw new UserError(`${file} is in use. Stop Warmup first.`);
  const began = performance.now();
  // Whatever the first run has not finished.
  await inWords(copyRows(copyOf(file), pool, () => {}));
  const changes = await inWords(finishMove({ file, copy: copyOf(file) }, pool));
  rmSync(copyOf(file));
  const seconds = Math.ceil((performance.now() - began) / 1000);
  console.log(
    `Carried over ${changes} changes in ${seconds} seconds. Every row is there, and every score is what the ledger says.`,
  );
  console.log(
    `Start Warmup with this DATABASE_URL, and with ANSWER_KEY as it was: unless you had set it, it is in ${keyFileOf(file)}.`,
  );
}

/** Tells of a lost connection without the statement and the words of people in it. */
const inWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (!isLost(error)) throw error;
    throw new UserError(
      'The connection to PostgreSQL broke off. Run this again: it goes on where it was.',
    );
  });

await runTool(async () => {
  try {
    await move();
  } catch (error) {
    if (error instanceof DatabaseError) throw new UserError(error.message);
    throw error;
  }
});
