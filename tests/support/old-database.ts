import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

/** A database in the folder as it was before a migration. */
export function databaseBefore(
  tag: string,
  folder: string,
): { file: string; sqlite: Sqlite.Database } {
  const migrations = mkdtempSync(join(folder, 'migrations-'));
  cpSync('migrations/sqlite', migrations, { recursive: true });
  const path = join(migrations, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { tag: string }[] };
  const end = journal.entries.findIndex((entry) => entry.tag === tag);
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
  const file = join(folder, `${tag}.db`);
  const sqlite = new Sqlite(file);
  migrate(drizzle({ client: sqlite }), { migrationsFolder: migrations });
  return { file, sqlite };
}
