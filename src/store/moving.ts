import Sqlite from 'better-sqlite3';
import { getTableColumns, getTableName, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import type { Tables } from './connection.ts';
import { type Pool, transact } from './postgres.ts';
import { keyOf, linksOf } from './queries/columns.ts';
import * as postgresSchema from './schema.pg.ts';
import * as schema from './schema.ts';

/** Rows of one step: a table has at most 25 columns, and a statement 65,535 values. */
const BATCH = 500;

type Name = keyof Tables;
type Row = Record<string, unknown>;

/** The tables of both databases by what the code calls them. */
const tables: Tables = schema;
const postgres: Tables = postgresSchema;
const names = Object.keys(postgres) as Name[];

/** All tables, each after those that its rows point to. */
function inOrder(): Name[] {
  const order: Name[] = [];
  const add = (name: Name) => {
    if (order.includes(name)) return;
    for (const { to } of linksOf(tables, tables[name]))
      for (const other of names) if (tables[other] === to && other !== name) add(other);
    order.push(name);
  };
  for (const name of names) add(name);
  return order;
}

/** How far a copy is: rows by table. */
export type Moved = { table: string; rows: number };

/**
 * Copies every row of a SQLite file that nobody writes to. Each step notes how far it is, so that a copy which was
 * broken off goes on there.
 */
export async function copyRows(
  file: string,
  pool: Pool,
  tell: (moved: Moved) => void,
): Promise<void> {
  await pool.query(
    'create table if not exists moving (name text primary key, done bigint not null)',
  );
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    for (const name of inOrder()) {
      const table = getTableName(tables[name]);
      const { rows } = await pool.query('select done from moving where name = $1', [table]);
      let done = Number(rows[0]?.done ?? 0);
      const next = sqlite.prepare<[number, number], Row & { place: number }>(
        `select rowid as place, * from ${table} where rowid > ? order by rowid limit ?`,
      );
      for (let batch = next.all(done, BATCH); batch.length > 0; batch = next.all(done, BATCH)) {
        const last = batch.at(-1)?.place ?? done;
        await transact(pool, 'read committed', async (client) => {
          await put(client, name, batch);
          await client.query(
            'insert into moving values ($1, $2) on conflict (name) do update set done = excluded.done',
            [table, last],
          );
        });
        done = last;
      }
      tell({ table, rows: rowsIn(sqlite, table) });
    }
  } finally {
    sqlite.close();
  }
}

const rowsIn = (sqlite: Sqlite.Database, table: string) =>
  Number(sqlite.prepare(`select count(*) from ${table}`).pluck().get());

type Client = Pick<pg.PoolClient, 'query'>;

/** Writes rows as SQLite holds them; one that is there already takes these values. */
async function put(client: Client, name: Name, rows: readonly Row[]): Promise<void> {
  const columns = Object.entries(getTableColumns(tables[name]));
  const values = rows.map((row) =>
    Object.fromEntries(
      columns.map(([key, column]) => {
        const stored = row[column.name] ?? null;
        return [key, stored === null ? null : column.mapFromDriverValue(stored)];
      }),
    ),
  );
  // Both kinds of tables hold the same rows, see `postgres-tables.ts`; drizzle calls only `query` of a client.
  const table = postgres[name] as unknown as PgTable;
  const db = drizzle({ client: client as pg.PoolClient });
  const own = getTableColumns(table);
  await db
    .insert(table)
    .values(values)
    .onConflictDoUpdate({
      target: keyOf(tables[name]).flatMap((key) =>
        Object.values(own).filter((column) => column.name === key.name),
      ),
      set: Object.fromEntries(
        columns.map(([key, column]) => [key, sql.raw(`excluded."${column.name}"`)]),
      ),
    });
}

/** Carries over what was written to a file since a copy of it was moved, and counts on where the file did. */
export async function copyChanges(
  { file, copy }: { file: string; copy: string },
  pool: Pool,
): Promise<number> {
  const sqlite = new Sqlite(file, { fileMustExist: true });
  sqlite.prepare('attach ? as moved').run(copy);
  let count = 0;
  try {
    await transact(pool, 'read committed', async (client) => {
      for (const name of inOrder()) count += await dropGone(sqlite, client, name);
      for (const name of inOrder()) {
        const table = getTableName(tables[name]);
        const changed = sqlite
          .prepare<[], Row>(`select * from main.${table} except select * from moved.${table}`)
          .all();
        count += changed.length;
        for (let at = 0; at < changed.length; at += BATCH)
          await put(client, name, changed.slice(at, at + BATCH));
      }
      await countOn(client);
    });
  } finally {
    sqlite.close();
  }
  return count;
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
  const isRow = keys.map((key, index) => `"${key}" = $${index + 1}`).join(' and ');
  for (const key of gone) await client.query(`delete from "${table}" where ${isRow}`, key);
  return gone.length;
}

/** New rows get numbers after those that were moved. */
async function countOn(client: Client): Promise<void> {
  for (const table of Object.values(tables)) {
    const name = getTableName(table);
    const { rows } = await client.query(
      "select pg_get_serial_sequence($1, 'id') as name where exists (select 1 from information_schema.columns where table_name = $1 and column_name = 'id')",
      [name],
    );
    const sequence = rows[0]?.name;
    if (sequence)
      await client.query(
        `select setval($1, greatest(1, coalesce((select max(id) from "${name}"), 0)), exists (select 1 from "${name}"))`,
        [sequence],
      );
  }
}

/** Tables whose rows differ in number, and boards whose rows differ at all. */
export async function compare(file: string, pool: Pool): Promise<string[]> {
  const sqlite = new Sqlite(file, { readonly: true });
  const problems: string[] = [];
  try {
    for (const name of names) {
      const table = getTableName(tables[name]);
      const { rows } = await pool.query(`select count(*) as count from "${table}"`);
      const [had, has] = [rowsIn(sqlite, table), Number(rows[0].count)];
      if (had !== has) problems.push(`${table} has ${has} rows of ${had}`);
    }
    for (const [table, row] of Object.entries(BOARDS)) {
      const had = sqlite
        .prepare<[], string>(`select ${row} as row from ${table} order by 1`)
        .pluck()
        .all();
      const { rows } = await pool.query(`select ${row} as row from ${table} order by 1`);
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
