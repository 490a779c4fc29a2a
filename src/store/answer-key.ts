import { readFileSync, writeFileSync } from 'node:fs';

/** The file of the key beside a database. */
export const keyFileOf = (database: string) => `${database}.key`;

/**
 * The key beside a database file, made at the first start: whoever gets the database alone cannot tell
 * which account a code belongs to. A database in memory gets one that ends with it.
 *
 * @throws the error of the file system when the file cannot be read or made.
 */
export function answerKeyBeside(database: string): string {
  const fresh = `${crypto.randomUUID()}${crypto.randomUUID()}`;
  if (database === ':memory:') return fresh;
  const file = keyFileOf(database);
  try {
    writeFileSync(file, `${fresh}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const kept = readFileSync(file, 'utf8').trim();
  if (kept.length < 16) throw new Error('The key is too short to be one');
  return kept;
}
