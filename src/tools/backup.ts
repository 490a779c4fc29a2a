import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../spine/errors.ts';
import { keyFileOf } from '../store/answer-key.ts';
import { copyDatabase } from '../store/copying.ts';
import { check, copyKey, databaseFile, runTool, settings } from './copies/common.ts';

/** Copies the database, also while the bot runs, checks the copy, and says where the answer key is. */
async function backUp(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { keep: { type: 'string' }, key: { type: 'string' } },
  });
  const [folder = 'backups'] = positionals;
  const keep = values.keep === undefined ? undefined : Number(values.keep);
  if (keep !== undefined && !(Number.isInteger(keep) && keep > 0))
    throw new UserError('--keep needs a number of backups, like --keep 14.');
  const config = settings();
  const database = databaseFile(config, 'its pg_dump, and keep ANSWER_KEY elsewhere');
  if (!existsSync(database))
    throw new UserError(
      `I can't find the database ${database}. Set DATABASE_URL to the bot's file.`,
    );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const backup = join(folder, `warmup-${time}Z.db`);
  await copyDatabase(database, backup);
  await check(backup);
  if (keep !== undefined) dropOld(folder, keep);
  takeKey({ database, folder, to: values.key, isSet: config.ANSWER_KEY !== undefined });
}

/** Deletes all backups but the newest ones: people whose data was deleted are still in the old ones. */
function dropOld(folder: string, keep: number): void {
  const backups = readdirSync(folder)
    .filter((name) => /^warmup-[\dT-]+Z\.db$/.test(name))
    .sort()
    .reverse();
  for (const name of backups.slice(keep)) rmSync(join(folder, name));
}

type Key = { database: string; folder: string; to: string | undefined; isSet: boolean };

/** The key goes elsewhere: with both, somebody could tell what deleted accounts had answered. */
function takeKey({ database, folder, to, isSet }: Key): void {
  const key = keyFileOf(database);
  if (to === undefined) {
    const where = isSet
      ? "It's ANSWER_KEY: keep it with your other secrets."
      : `It's ${key}: keep a copy elsewhere with --key FILE.`;
    console.log(`The answer key isn't in the backup. ${where}`);
    return;
  }
  if (resolve(dirname(to)) === resolve(folder))
    throw new UserError('Keep the answer key in another folder than the backups.');
  copyKey(key, to);
}

await runTool(backUp);
