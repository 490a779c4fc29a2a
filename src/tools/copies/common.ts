import { constants, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Config, readConfig } from '../../config.ts';
import { UserError } from '../../spine/errors.ts';
import { verifyDatabase } from '../../store/copying.ts';
import { DatabaseError } from '../../store/database-error.ts';
import { isPostgres } from '../../store/open.ts';
import { databasePath } from '../../store/sqlite.ts';

/** The settings, of which a copy needs the database and the answer key. */
export function settings(): Config {
  const read = readConfig();
  if ('config' in read) return read.config;
  throw new UserError(
    read.problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'),
  );
}

/**
 * The file of the database that the settings name.
 *
 * @param instead What to use where PostgreSQL holds it.
 * @throws UserError when PostgreSQL does.
 */
export function databaseFile({ DATABASE_URL: url }: Config, instead: string): string {
  if (isPostgres(url)) throw new UserError(`DATABASE_URL names PostgreSQL, so use ${instead}.`);
  return databasePath(url);
}

/**
 * Checks a database and prints what is in it.
 *
 * @throws UserError with what is wrong.
 */
export async function check(file: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'warmup-verify-'));
  const { problems, counts } = await verifyDatabase(file, join(scratch, 'copy.db'));
  rmSync(scratch, { recursive: true });
  if (problems.length > 0)
    throw new UserError(
      `${file} is damaged or isn't a database of Warmup:\n${problems.join('\n')}`,
    );
  const rows = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  console.log(`Checked ${file}: whole, and every score is what the ledger says.`);
  console.log(`It has ${rows.join(', ')}.`);
}

/**
 * Copies an answer key where there is none yet.
 *
 * @throws UserError when another key is there.
 */
export function copyKey(from: string, to: string): void {
  if (!existsSync(from)) throw new UserError(`I can't find the answer key ${from}.`);
  if (existsSync(to)) {
    if (readFileSync(from, 'utf8') === readFileSync(to, 'utf8')) return;
    throw new UserError(`${to} is another answer key. Move it away first.`);
  }
  if (!existsSync(dirname(to)))
    throw new UserError(`There's no folder ${dirname(to)}. Create it, then run this again.`);
  // A copy has the mode of its original, which only its owner can read.
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  console.log(`Copied the answer key to ${to}.`);
}

/** Runs a tool; what it refuses is told in words, with exit code 1. */
export async function runTool(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Node itself explains a wrong option, and what the file system refuses.
    const isStated = error instanceof UserError || error instanceof DatabaseError;
    if (!(error instanceof Error && (isStated || 'code' in error))) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
