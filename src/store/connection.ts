import type { SQL, SQLWrapper } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type * as schema from './schema.ts';

export type Database = BetterSQLite3Database;
export type Tables = Pick<
  typeof schema,
  {
    [Name in keyof typeof schema]: (typeof schema)[Name] extends { $inferSelect: unknown }
      ? Name
      : never;
  }[keyof typeof schema]
>;

/** What a query file is given. */
export type Connection = {
  /** Reads; every write goes through `atomic`. */
  db: Pick<Database, 'select' | 'selectDistinct'>;
  tables: Tables;
  /** Runs the work all or nothing; resolves when it is durable. The work awaits statements only. */
  atomic<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * The same for a step that touches everyone in a team. All else goes on at each pause, and reads what was there before:
   * nobody sees a part of the step, and a crash leaves all or nothing of it. Only other writes wait for its end.
   */
  gradual<T>(work: Gradual<T>): Promise<T>;
  /** The same for work that deletes people's words: a moment later no file of the database holds them. */
  erase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * The same for a step that takes rows which several processes want: `free` leaves out those that another one is just
   * taking, and keeps the others from it until the step is over.
   */
  claim<T>(work: (db: Database, free: <Query>(rows: Query) => Query) => Promise<T>): Promise<T>;
  /** An instant that is so many milliseconds before another. */
  earlier(instant: SQLWrapper, ms: number): SQL;
  /** A code of an account and something it did, which nobody can make or read without the key. */
  codeOf(account: string, what: string): string;
};

/** Lets everything else go on for a moment. */
export type Pause = () => Promise<unknown>;

/** For work that is over in one turn. */
export const noPause: Pause = async () => {};

/** Work in slices, with a pause between them. */
export type Gradual<T> = (work: Database, pause: Pause) => Promise<T>;

/** A statement built once for each database: building it at every call costs four times the time. */
export function prepared<D extends object, S>(build: (db: D) => S): (db: D) => S {
  const built = new WeakMap<D, S>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}
