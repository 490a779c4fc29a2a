import { getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';

/** A column of a table by its name in the database. */
export function columnOf(table: SQLiteTable, name: string) {
  const column = Object.values(getTableColumns(table)).find((each) => each.name === name);
  if (!column) throw new Error(`No column ${name}`);
  return column;
}
