import { type Column, getTableColumns, getTableName, is, SQL, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  json,
  PgColumn,
  type PgColumnBuilder,
  type PgTable,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { getTableConfig, SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Tables } from './connection.ts';

// Tables of PostgreSQL made from those of `schema.ts`, so that nothing of them is written twice.

/** Sorted by its bytes, as on SQLite. PostgreSQL keeps no NUL in a text, and nobody can type one. */
const text = customType<{ data: string | null; driverData: string | null }>({
  dataType: () => 'text collate "C"',
  // A prepared statement maps null, too.
  toDriver: (value) => value?.replaceAll('\0', '') ?? null,
});

/** What each kind of column is on PostgreSQL, where its values are the same to whoever reads them. */
const KINDS = {
  SQLiteText: (name) => text(name),
  // jsonb would change the order of keys.
  SQLiteTextJson: (name) => json(name),
  SQLiteInteger: (name, like) => {
    const number = bigint(name, { mode: 'number' });
    const isCounted = 'autoIncrement' in like && like.autoIncrement === true;
    return isCounted ? number.generatedByDefaultAsIdentity() : number;
  },
  SQLiteReal: (name) => doublePrecision(name),
  SQLiteBoolean: (name) => boolean(name),
  SQLiteTimestamp: (name) => timestamp(name, { precision: 3, withTimezone: true }),
  SQLiteCustomColumn: (name, like) => custom(name, like),
} satisfies Record<ColumnKind, (name: string, like: Column) => unknown>;

/** The kinds of columns in `schema.ts`: one that is new there does not compile until it is above. */
type ColumnKind = { [Name in keyof Tables]: KindsIn<Tables[Name]['_']['columns']> }[keyof Tables];
type KindsIn<C extends Record<string, Column>> = C[keyof C]['_']['columnType'];

/** A column with values of its own, which are stored as on SQLite: as a text or a whole number. */
function custom(name: string, like: Column) {
  const isText = like.getSQLType() === 'text';
  return customType<{ data: unknown; driverData: unknown }>({
    dataType: () => (isText ? 'text collate "C"' : 'bigint'),
    toDriver: (value) => (value === null ? null : like.mapToDriverValue(value)),
    // A bigint arrives as its digits.
    fromDriver: (value) => like.mapFromDriverValue(isText ? value : Number(value)),
  })(name);
}

function builderLike(column: Column): PgColumnBuilder {
  // drizzle forgets the kind in a list of columns; `ColumnKind` has them all.
  const kind = column.columnType as ColumnKind;
  // The builders of all kinds have these methods, and what else tells them apart is of no interest here.
  const builder = KINDS[kind](column.name, column) as PgColumnBuilder;
  if (column.notNull) builder.notNull();
  if (column.primary) builder.primaryKey();
  if (column.isUnique) builder.unique();
  // The only default that is SQL is the far past.
  if (column.default !== undefined)
    builder.default(is(column.default, SQL) ? sql`'epoch'` : column.default);
  return builder;
}

const made = new Map<string, PgTable>();

function columnNamed(columns: Record<string, unknown>, wanted: string): PgColumn {
  for (const column of Object.values(columns))
    if (is(column, PgColumn) && column.name === wanted) return column;
  throw new Error(`No column ${wanted}`);
}

/** The column that was made from one of SQLite. */
function columnLike({ table, name }: Column): PgColumn {
  return columnNamed(getTableColumns(made.get(getTableName(table)) as PgTable), name);
}

/** What an index goes over: a column, or one from its highest value to its lowest. */
function partLike(part: Column | SQL, own: Record<string, unknown>): PgColumn | SQL {
  if (is(part, SQLiteColumn)) return columnNamed(own, part.name);
  const column = is(part, SQL) && part.queryChunks.find((chunk) => is(chunk, SQLiteColumn));
  if (!column) throw new Error('An index goes over something else than columns');
  return sql`${columnNamed(own, column.name)} desc`;
}

/** The table that is made from one of SQLite. */
export function postgresTable<T extends SQLiteTable>(like: T): T {
  const { name, foreignKeys, indexes, primaryKeys } = getTableConfig(like);
  const builders = Object.entries(getTableColumns(like)).map(([key, column]) => {
    const builder = builderLike(column);
    const link = foreignKeys.find((each) => each.reference().columns[0] === column);
    const [foreign] = link?.reference().foreignColumns ?? [];
    if (link?.onDelete && foreign)
      builder.references(() => columnLike(foreign), { onDelete: link.onDelete });
    return [key, builder];
  });
  const table = pgTable(name, Object.fromEntries(builders), (own) => [
    ...primaryKeys.map(({ columns }) => primaryKey(...columns.map(columnLike))),
    ...indexes.map(({ config: { name, unique, columns, where } }) => {
      const [first, ...others] = columns.map((part) => partLike(part, own));
      if (!first) throw new Error(`The index ${name} goes over nothing`);
      const on = (unique ? uniqueIndex(name) : index(name)).on(first, ...others);
      return where ? on.where(where) : on;
    }),
  ]);
  made.set(name, table);
  // The one seam: the query builders of both have the same methods, and both tables the same rows.
  return table as unknown as T;
}
