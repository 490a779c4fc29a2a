import Sqlite from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type pg from 'pg';
import type { Tables } from './connection.ts';
import { DatabaseError } from './database-error.ts';
import { type Pool, transact } from './postgres.ts';
import { columnOf, keyOf, linksOf } from './queries/columns.ts';
import * as postgresSchema from './schema.pg.ts';
import * as schema from './schema.ts';
import { schemaAge } from './upgrading.ts';

/** Rows of one step. */
export const BATCH = 1000;

export type Name = keyof Tables;
export type Row = Record<string, unknown>;

/** The tables of both databases by what the code calls them. */
export const tables: Tables = schema;
const postgres: Tables = postgresSchema;
export const names = Object.keys(postgres) as Name[];

/** All tables, each after those that its rows point to. */
export function inOrder(): Name[] {
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

/** True from the first step of a copy until its team has moved. */
export async function isMoving(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query("select to_regclass('moving') is not null as is_there");
  return rows[0].is_there;
}

/**
 * Copies every row of a SQLite file that nobody writes to. Each step notes how far it is, so that a copy which was
 * broken off goes on there.
 *
 * @throws DatabaseError when another version wrote the file.
 */
export async function copyRows(
  file: string,
  pool: Pool,
  tell: (moved: Moved) => void,
): Promise<void> {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    if (schemaAge(sqlite) !== 'current')
      throw new DatabaseError(
        'The file was written by another version of Warmup. Start this version with the file, then run this again.',
      );
    await pool.query(
      'create table if not exists moving (name text primary key, done bigint not null)',
    );
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

/** How many rows a table of a file has. */
export const rowsIn = (sqlite: Sqlite.Database, table: string) =>
  Number(sqlite.prepare(`select count(*) from ${table}`).pluck().get());

export type Client = Pick<pg.PoolClient, 'query'>;

/** Writes rows as SQLite holds them; one that is there already takes these values. */
export async function put(client: Client, name: Name, rows: readonly Row[]): Promise<void> {
  const columns = Object.values(getTableColumns(tables[name])).map((from) => {
    const to = columnOf(postgres[name], from.name);
    const values = rows.map((row) => {
      const stored = row[from.name] ?? null;
      return stored === null ? null : to.mapToDriverValue(from.mapFromDriverValue(stored));
    });
    return { name: `"${from.name}"`, type: to.getSQLType().replace(/ collate .*/, ''), values };
  });
  // One list a column, so that a step has few parameters, however many rows.
  const lists = columns.map(({ type }, index) => `$${index + 1}::${type}[]`);
  await client.query(
    `insert into "${getTableName(tables[name])}" (${columns.map((column) => column.name)})
     select * from unnest(${lists})
     on conflict (${keyOf(tables[name]).map((key) => `"${key.name}"`)})
     do update set ${columns.map((column) => `${column.name} = excluded.${column.name}`)}`,
    columns.map(({ values }) => values),
  );
}
