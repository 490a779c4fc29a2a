import { getTableColumns, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** A column of a table by its name in the database. */
export function columnOf(table: SQLiteTable, name: string) {
  const column = Object.values(getTableColumns(table)).find((each) => each.name === name);
  if (!column) throw new Error(`No column ${name}`);
  return column;
}

/** A value that a prepared statement is given at each call, stored as this column stores it. */
export const given = (name: string, column: AnySQLiteColumn) =>
  sql.param(sql.placeholder(name), column);
