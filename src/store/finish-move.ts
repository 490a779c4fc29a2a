import Sqlite from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { DatabaseError } from './database-error.ts';
import {
  BATCH,
  type Client,
  inOrder,
  type Name,
  names,
  put,
  type Row,
  rowsIn,
  tables,
} from './moving.ts';
import { type Pool, recalculateAll, transact } from './postgres.ts';
import { keyOf } from './queries/columns.ts';

type Files = { file: string; copy: string };

/**
 * Carries over what was written to a file since a copy of it was moved, and compares all. Nothing has happened when it
 * throws.
 *
 * @returns How many rows were written or deleted.
 * @throws DatabaseError with what differs.
 */
export const finishMove = (files: Files, pool: Pool): Promise<number> =>
  transact(pool, 'read committed', async (client) => {
    const changes = await copyChanges(files, client);
    const problems = await compare(files.file, client);
    const { standings, sums } = await recalculateAll(client);
    if (standings + sums > 0)
      problems.push(
        `${standings + sums} rows of scores aren't what the ledger says: run npm run recalc on the file`,
      );
    if (problems.length > 0)
      throw new DatabaseError(`The copy isn't whole:\n${problems.join('\n')}`);
    await client.query('drop table moving');
    return changes;
  });

async function copyChanges({ file, copy }: Files, client: Client): Promise<number> {
  const sqlite = new Sqlite(file, { fileMustExist: true });
  sqlite.prepare('attach ? as moved').run(copy);
  let count = 0;
  try {
    for (const name of inOrder()) count += await dropGone(sqlite, client, name);
    for (const name of inOrder()) {
      const table = getTableName(tables[name]);
      const changed = sqlite
        .prepare<[], Row>(`select * from main.${table} except select * from moved.${table}`)
        .all();
      count += changed.length;
      if (changed.length === 0) continue;
      const restore = await dropUnique(client, table);
      for (let at = 0; at < changed.length; at += BATCH)
        await put(client, name, changed.slice(at, at + BATCH));
      await restore();
    }
    await countOn(sqlite, client);
  } finally {
    sqlite.close();
  }
  return count;
}

/** Drops what keeps two rows apart besides their key: rows that have traded places are equal until both are written. */
async function dropUnique(client: Client, table: string): Promise<() => Promise<void>> {
  const { rows } = await client.query(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = current_schema() and tablename = $1 and indexdef like 'CREATE UNIQUE%'
       and indexname not in (select conname from pg_constraint)`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
}

/** Deletes rows that the file no longer has. */
async function dropGone(sqlite: Sqlite.Database, client: Client, name: Name): Promise<number> {
  const table = getTableName(tables[name]);
  const keys = keyOf(tables[name]).map((column) => column.name);
  const list = keys.join(', ');
  const gone = sqlite
    .prepare<[], unknown[]>(
      `select ${list} from moved.${table} except select ${list} from main.${table}`,
    )
    .raw()
    .all();
  for (let at = 0; at < gone.length; at += BATCH) {
    const some = gone.slice(at, at + BATCH);
    const marks = some.map((row, index) =>
      row.map((_, place) => `$${index * keys.length + place + 1}`),
    );
    await client.query(
      `delete from "${table}" where (${keys.map((key) => `"${key}"`)}) in (${marks.map((row) => `(${row})`)})`,
      some.flat(),
    );
  }
  return gone.length;
}

/** New rows get numbers after all that the file has given, also to rows that it has no longer. */
async function countOn(sqlite: Sqlite.Database, client: Client): Promise<void> {
  const given = sqlite
    .prepare<[], { name: string; last: number }>(
      'select name, seq as last from main.sqlite_sequence where seq > 0',
    )
    .all();
  for (const { name, last } of given)
    await client.query("select setval(pg_get_serial_sequence($1, 'id'), $2)", [name, last]);
}

/** Tables whose rows differ in number, and boards whose rows differ at all. */
async function compare(file: string, client: Client): Promise<string[]> {
  const sqlite = new Sqlite(file, { readonly: true });
  const problems: string[] = [];
  try {
    for (const name of names) {
      const table = getTableName(tables[name]);
      const { rows } = await client.query(`select count(*) as count from "${table}"`);
      const [had, has] = [rowsIn(sqlite, table), Number(rows[0].count)];
      if (had !== has) problems.push(`${table} has ${has} rows of ${had}`);
    }
    for (const [table, row] of Object.entries(BOARDS)) {
      const had = sqlite
        .prepare<[], string>(`select ${row} as row from ${table} order by 1`)
        .pluck()
        .all();
      const { rows } = await client.query(`select ${row} as row from ${table} order by 1`);
      const has = rows.map((each: { row: string }) => each.row);
      if (had.length !== has.length || had.some((each, index) => each !== has[index]))
        problems.push(`the rows of ${table} differ`);
    }
  } finally {
    sqlite.close();
  }
  return problems;
}

/** What says all of a row that a board or the ledger is made of, as one text. */
const BOARDS = {
  standings:
    "team_id || ' ' || person_id || ' ' || quarters || ' ' || answered || ' ' || first_try",
  sums: "team_id || ' ' || period || ' ' || starts_on || ' ' || chapter || ' ' || person_id || ' ' || quarters",
  ledger: "key || ' ' || quarters",
};
