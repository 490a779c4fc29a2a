import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../spine/errors.ts';
import { keyFileOf } from '../store/answer-key.ts';
import { closeLog, copyDatabase } from '../store/copying.ts';
import { check, copyKey, databaseFile, runTool, settings } from './copies/common.ts';

/** Checks a backup and, without `--verify`, puts it where DATABASE_URL says. */
async function restore(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      verify: { type: 'boolean' },
      replace: { type: 'boolean' },
      key: { type: 'string' },
    },
  });
  const [backup] = positionals;
  if (!backup)
    throw new UserError(
      'Name the backup: npm run restore -- backups/warmup-2026-12-01T03-00-00Z.db',
    );
  if (!existsSync(backup)) throw new UserError(`I can't find the backup ${backup}.`);
  await check(backup);
  if (values.verify) return;
  const config = settings();
  const database = databaseFile(
    config,
    'its pg_restore. To move a SQLite file there, run npm run migrate:to-postgres',
  );
  if (existsSync(database)) putAside(database, values.replace === true);
  mkdirSync(dirname(database), { recursive: true });
  await copyDatabase(backup, database);
  console.log(`Restored ${database}. Start Warmup again.`);
  if (values.key) copyKey(values.key, keyFileOf(database));
  else if (!config.ANSWER_KEY && !existsSync(keyFileOf(database)))
    console.log(
      "There's no answer key, so the next start creates one. If you have a copy of yours, move it to " +
        `${keyFileOf(database)} before.`,
    );
}

/** Moves the database away that is there, unless a bot still uses it. */
function putAside(database: string, isWanted: boolean): void {
  if (!isWanted)
    throw new UserError(`${database} already exists. To move it away and restore, add --replace.`);
  if (!closeLog(database)) throw new UserError(`${database} is in use. Stop Warmup first.`);
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = `${database}.replaced-${time}Z`;
  renameSync(database, aside);
  console.log(`Moved the previous database to ${aside}. Delete it once you don't need it.`);
}

await runTool(restore);
