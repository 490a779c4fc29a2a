import { existsSync } from 'node:fs';
import { readConfig } from '../config.ts';
import { DatabaseError } from '../store/database-error.ts';
import { databasePath, openSqlite } from '../store/sqlite.ts';

/**
 * Works out every score, sum and total again from the ledger and the answers, and repairs those that
 * differ; exit 1 when some did. The bot can go on meanwhile: people wait as long as it takes.
 */
function recalc(): number {
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems) console.error(`${variable} ${message}`);
    return 2;
  }
  const url = read.config.DATABASE_URL;
  // Opening a file that is not there would make an empty database.
  if (!existsSync(databasePath(url))) {
    console.error(`I can't find the database ${url}. Set DATABASE_URL to the bot's database file.`);
    return 2;
  }
  const { recalculate, close } = openSqlite(url);
  const { standings, sums } = recalculate();
  close();
  if (standings + sums === 0) {
    console.log('All scores, sums and totals are what the ledger says.');
    return 0;
  }
  console.log(
    `Repaired ${standings} rows of scores and totals, and ${sums} rows of weeks, months, and chapters.`,
  );
  return 1;
}

try {
  process.exitCode = recalc();
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
