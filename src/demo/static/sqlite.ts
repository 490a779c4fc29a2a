import initSqlJs, { type Database, type Statement } from 'sql.js';

/** Takes the place of better-sqlite3 in the static demo: the part of it that the store uses, on SQLite as WASM. */

let sql: Awaited<ReturnType<typeof initSqlJs>>;

/** Must be done before a database is opened. */
export async function loadSqlite(wasmBinary: ArrayBuffer): Promise<void> {
  sql = await initSqlJs({ wasmBinary });
}

/** Opened with `new`, as a copy of the bytes of a file or empty. */
export default function Sqlite(source: Uint8Array | string) {
  const db = new sql.Database(typeof source === 'string' ? undefined : source);
  // The file lies in memory, so a journal beside it would only be written for nobody.
  db.exec('pragma journal_mode = memory');
  let inTransaction = false;
  const ran = (text: string) => {
    if (/^\s*begin/i.test(text)) inTransaction = true;
    if (/^\s*(commit|rollback(?!\s+to))/i.test(text)) inTransaction = false;
  };
  return {
    prepare: (text: string) => prepared(db, db.prepare(text), () => ran(text)),
    exec(text: string): void {
      db.exec(text);
      ran(text);
    },
    pragma(text: string, { simple = false } = {}): unknown {
      if (/^journal_mode/.test(text)) return [];
      const statement = prepared(db, db.prepare(`pragma ${text}`), () => {});
      return simple ? statement.pluck().get() : statement.all();
    },
    transaction: (work: () => void) => () => {
      db.exec('begin');
      work();
      db.exec('commit');
    },
    serialize: () => db.export(),
    close: () => db.close(),
    get inTransaction() {
      return inTransaction;
    },
  };
}

/** What SQLite refuses is thrown as this. */
Sqlite.SqliteError = Error;

function prepared(db: Database, statement: Statement, ran: () => void) {
  let shape: 'object' | 'row' | 'value' = 'object';
  const read = () => {
    if (shape === 'object') return statement.getAsObject();
    return shape === 'row' ? statement.get() : statement.get()[0];
  };
  function* rows(values: unknown[]): Generator<unknown> {
    try {
      statement.bind(bound(values));
      while (statement.step()) yield read();
      ran();
    } finally {
      statement.reset();
    }
  }
  return {
    reader: statement.getColumnNames().length > 0,
    run(...values: unknown[]) {
      for (const _ of rows(values));
      return { changes: db.getRowsModified() };
    },
    all: (...values: unknown[]) => [...rows(values)],
    get(...values: unknown[]): unknown {
      const read = rows(values);
      const { value } = read.next();
      read.return(undefined);
      return value;
    },
    iterate: (...values: unknown[]) => rows(values),
    raw(isRaw = true) {
      shape = isRaw ? 'row' : 'object';
      return this;
    },
    pluck() {
      shape = 'value';
      return this;
    },
  };
}

/** Values in their order, or those of an object by name. */
function bound(values: unknown[]) {
  const [first] = values;
  const isNamed = first instanceof Object && !(first instanceof Uint8Array);
  if (!isNamed) return values;
  return Object.fromEntries(Object.entries(first).map(([name, value]) => [`@${name}`, value]));
}
