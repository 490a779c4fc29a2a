import { renameSync, rmSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { DatabaseError } from './database-error.ts';
import { openSqlite } from './sqlite.ts';
import { copyBeforeUpgrade, makeWhole, schemaProblems } from './upgrading.ts';

/** A step of so many pages takes some milliseconds, between which other work goes on. */
const PAGES = 2_000;
const WAIT_MS = 5_000;

/**
 * Copies a database into a new file, also while Warmup writes to it: the copy is the database at one moment,
 * and one file without a log. Only its owner may read it.
 *
 * @throws the error of SQLite or of the file system; then there is no new file.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const part = `${to}.part`;
  const source = new Sqlite(from, { fileMustExist: true, timeout: WAIT_MS });
  try {
    rmSync(part, { force: true });
    writeFileSync(part, '', { mode: 0o600, flag: 'wx' });
    // Without a view of its own, SQLite begins again whenever another process has written.
    source.exec('begin');
    source.prepare('select count(*) from sqlite_master').get();
    await source.backup(part, { progress: () => PAGES });
    source.exec('commit');
    makeWhole(part);
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    source.close();
  }
}

/** Tables whose rows are counted, by what an operator calls them. */
const COUNTED = {
  people: 'people',
  teams: 'teams',
  schedules: 'schedules',
  questions: 'posts',
  answers: 'attempts',
  'ledger lines': 'ledger',
  interviews: 'interviews',
} as const;

/** What was found in a database: what is wrong with it, and how many rows it has. */
export type Verified = { problems: string[]; counts: Record<string, number> };

/**
 * Checks a database without changing it: its schema before anything else, SQLite's own checks, whether this version
 * can open it, and whether every score is what the ledger says.
 *
 * @param scratch Where a copy is made for that; it is removed again.
 * @throws DatabaseError for one that this version can't open.
 */
export async function verifyDatabase(file: string, scratch: string): Promise<Verified> {
  try {
    const foreign = within(file, schemaProblems);
    if (foreign.length > 0) return { problems: foreign, counts: {} };
    await copyDatabase(file, scratch);
    const problems = within(scratch, checkedBySqlite);
    if (problems.length > 0) return { problems, counts: {} };
    const opened = openSqlite(scratch, { answerKey: 'only for verification' });
    const { standings, sums } = opened.recalculate();
    opened.close();
    const wrong = standings + sums;
    return {
      problems: wrong > 0 ? [`${wrong} rows of scores aren't what the ledger says`] : [],
      counts: within(scratch, rowsOf),
    };
  } catch (error) {
    if (error instanceof DatabaseError)
      throw new DatabaseError(error.message.replaceAll(scratch, file), { cause: error });
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    return { problems: [error.message], counts: {} };
  } finally {
    for (const file of [scratch, `${scratch}-wal`, `${scratch}-shm`, copyBeforeUpgrade(scratch)])
      rmSync(file, { force: true });
  }
}

/** Opens a file for some work. */
function within<T>(file: string, work: (sqlite: Sqlite.Database) => T): T {
  const sqlite = new Sqlite(file, { fileMustExist: true, timeout: WAIT_MS });
  try {
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}

function checkedBySqlite(sqlite: Sqlite.Database): string[] {
  const integrity = String(sqlite.pragma('integrity_check', { simple: true }));
  // better-sqlite3 types what a pragma returns as unknown; these are rows.
  const orphans = sqlite.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [
    ...(integrity === 'ok' ? [] : [integrity]),
    ...orphans.map(({ table, parent }) => `a row of ${table} has lost its ${parent}`),
  ];
}

const rowsOf = (sqlite: Sqlite.Database): Record<string, number> =>
  Object.fromEntries(
    Object.entries(COUNTED).map(([name, table]) => [
      name,
      Number(sqlite.prepare(`select count(*) from ${table}`).pluck().get()),
    ]),
  );

/**
 * Makes a database that nobody uses one file without a log, so that it can be moved.
 *
 * @returns False while another program has it open.
 */
export function closeLog(file: string): boolean {
  const sqlite = new Sqlite(file, { fileMustExist: true, timeout: 0 });
  try {
    return sqlite.pragma('journal_mode = delete', { simple: true }) === 'delete';
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && /BUSY|LOCKED/.test(error.code)) return false;
    throw error;
  } finally {
    sqlite.close();
  }
}
