import { type Column, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tables } from '../connection.ts';
import * as schema from '../schema.ts';

/** How many rows have a flag. */
export const countOf = (flag: Column) =>
  sql<number>`count(case when ${flag} then 1 end)`.mapWith(Number);

/** A value that a prepared statement is given at each call, stored as this column stores it. */
export const given = (name: string, column: Column) => sql.param(sql.placeholder(name), column);

/** In this order, and first those without a value: where they stand by themselves depends on the database. */
export const emptyFirst = (by: Column | SQL) => sql`${by} nulls first`;

/** A column of a table by its name in the database. */
export function columnOf(table: SQLiteTable, name: string) {
  const column = Object.values(getTableColumns(table)).find((each) => each.name === name);
  if (!column) throw new Error(`No column ${name}`);
  return column;
}

/** A table as the schema declares it, which knows its keys and links on every database. */
function declared(table: SQLiteTable) {
  const name = getTableName(table);
  const found = Object.values(schema as Tables).find((each) => getTableName(each) === name);
  if (!found) throw new Error(`No table ${name}`);
  return getTableConfig(found);
}

/** The columns that tell the rows of a table apart. */
export function keyOf(table: SQLiteTable) {
  const { columns, primaryKeys } = declared(table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return key.map(({ name }) => columnOf(table, name));
}

/** The links of a table to others: `turns.interview_id`, its column, and the key that it points to. */
export function linksOf(tables: Tables, table: SQLiteTable) {
  const all: SQLiteTable[] = Object.values(tables);
  return declared(table).foreignKeys.flatMap((link) => {
    const { columns, foreignTable, foreignColumns } = link.reference();
    const to = all.find((each) => getTableName(each) === getTableName(foreignTable));
    const [from] = columns;
    const [key] = foreignColumns;
    if (!from || !key || !to) return [];
    const name = `${getTableName(table)}.${from.name}`;
    return [{ name, column: columnOf(table, from.name), to, key: columnOf(to, key.name) }];
  });
}
