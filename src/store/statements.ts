import type Sqlite from 'better-sqlite3';

/** SQL texts whose compiled form is kept: more than the program has, except where lists vary in length. */
const KEPT = 500;

/**
 * A client for the query builder, which compiles the same SQL for each query that was not prepared: that takes longer
 * than to run it. Here each text is compiled once. Whether rows come as arrays is set anew for each call, since two
 * queries with one text may want them differently.
 */
export function compilingOnce(sqlite: Sqlite.Database): Sqlite.Database {
  const kept = new Map<string, Sqlite.Statement<unknown[]>>();

  const compiled = (source: string) => {
    const known = kept.get(source);
    const statement = known ?? sqlite.prepare<unknown[]>(source);
    kept.delete(source);
    kept.set(source, statement);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };

  const prepare = (source: string) => {
    const statement = compiled(source);
    let isRaw = false;
    const ready = () => (statement.reader ? statement.raw(isRaw) : statement);
    return {
      run: (...values: unknown[]) => statement.run(...values),
      all: (...values: unknown[]) => ready().all(...values),
      get: (...values: unknown[]) => ready().get(...values),
      raw() {
        isRaw = true;
        return this;
      },
    };
  };
  // The builder calls nothing else: commits are ours, see group-commits.ts.
  return { prepare } as unknown as Sqlite.Database;
}
