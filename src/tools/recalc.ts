import { readConfig } from '../config.ts';
import { DatabaseError } from '../store/database-error.ts';
import { openConfigured } from './copies/configured.ts';

/**
 * Works out every score, sum and total again from the ledger and the answers, and repairs those that
 * differ; exit 1 when some did. The bot can go on meanwhile: people wait as long as it takes.
 */
async function recalc(): Promise<number> {
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems) console.error(`${variable} ${message}`);
    return 2;
  }
  const { recalculate, close } = await openConfigured(read.config);
  const { standings, sums } = await recalculate();
  await close();
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
  process.exitCode = await recalc();
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
