import { createHmac } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { POSTGRES_MIGRATIONS } from '../paths.ts';
import { createStore, type Store } from '../queries.ts';
import { eachMethod, inLine, patiently } from './busy.ts';
import { type Connection, type Database, noPause } from './connection.ts';
import { DatabaseError } from './database-error.ts';
import type { OnFailure } from './group-commits.ts';
import { asBusy, explainPostgres, isConflict, isLost } from './postgres-errors.ts';
import { type Repaired, recalculation } from './recalculating.ts';
import * as tables from './schema.pg.ts';
import { serverClock } from './server-clock.ts';
import { markUnwritable } from './storage.ts';
import { ageOf, ofBefore, ofNewer, type SchemaAge } from './upgrading.ts';

/** What is needed of a pool of connections, and of one of them. */
export type Pool = Pick<pg.Pool, 'query' | 'end'> & { connect(): Promise<PoolClient> };
type PoolClient = Pick<pg.PoolClient, 'query' | 'release'>;

const SETTINGS = {
  max: 10,
  // What waits for longer than people do is told, and tried again.
  connectionTimeoutMillis: 2_500,
  query_timeout: 15_000,
  statement_timeout: 12_000,
  // A process that stands still must not keep others from the rows that it has locked.
  idle_in_transaction_session_timeout: 5_000,
  keepAlive: true,
  application_name: 'warmup',
} satisfies pg.PoolConfig;

/** The oldest version that the tests run on. */
const OLDEST_SERVER = 14;

/** Any number, the same in every process: one of them migrates, the others wait. */
const MIGRATING = 6_820_190_417;

/**
 * Opens the database behind a URL, and brings it up to date.
 *
 * @param answerKey The key of what deleted accounts knew, the same in each process.
 * @param elapsedMs Milliseconds since some fixed moment, whatever is done to the clock of this machine.
 * @throws DatabaseError in words for whoever runs the bot.
 */
export async function openPostgres(
  url: string,
  { onFailure = () => {}, ...options }: PostgresOptions,
) {
  const pool = new pg.Pool({ ...SETTINGS, connectionString: url });
  // A connection that breaks is replaced; one without a listener, idle or in use, would end the process.
  pool.on('error', onFailure);
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    return await openPool(pool, { onFailure, ...options });
  } catch (error) {
    await pool.end();
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(explainPostgres(error, url), { cause: error });
  }
}

type PostgresOptions = { answerKey: string; elapsedMs(): number; onFailure?: OnFailure };

/** The same over a pool of connections. */
async function openPool(
  pool: Pool,
  { answerKey, elapsedMs, onFailure = () => {} }: PostgresOptions,
) {
  // A server that starts at the same time is waited for.
  await patiently(() => bringUpToDate(pool), isLost);
  const time = await serverClock(() => serverMs(pool), elapsedMs);
  return {
    store: storeOn(pool, { answerKey, onFailure }),
    clock: time.clock,
    recalculate: () => recalculateIn(pool),
    async close() {
      time.stop();
      await pool.end();
    },
  };
}

/** The store over connections to a database that is up to date. */
export function storeOn(
  pool: Pool,
  { answerKey, onFailure }: Pick<Required<PostgresOptions>, 'answerKey' | 'onFailure'>,
): Store {
  return eachMethod(createStore(connect(pool, answerKey)), (method) =>
    patiently(method, isLost).catch((error: unknown) => {
      onFailure(error);
      throw markUnwritable(asBusy(error));
    }),
  );
}

function connect(pool: Pool, answerKey: string): Connection {
  // What came between another's steps would only do so again.
  const again = inLine();
  const atomic: Connection['atomic'] = (work) => {
    const once = () => transact(pool, 'serializable', (client) => work(builderOn(client)));
    return once().catch((error: unknown) => {
      if (!isConflict(error)) throw error;
      return again(() => patiently(once, isConflict));
    });
  };
  return {
    db: builderOn(pool),
    tables,
    atomic,
    // Each statement is waited for, so the loop goes on by itself.
    gradual: (work) => atomic((on) => work(on, noPause)),
    // What was deleted is in no row from now on; when its bytes go is PostgreSQL's own affair.
    erase: atomic,
    // Rows are taken under their locks, so nothing else has to be foreseen.
    claim: (work) =>
      transact(pool, 'read committed', (client) =>
        work(builderOn(client), (rows) => withoutLocked(rows)),
      ),
    earlier: (instant, ms) => sql`${instant} - ${Math.round(ms)} * interval '1 millisecond'`,
    codeOf: (account, what) =>
      createHmac('sha256', answerKey).update(`${account} ${what}`).digest('base64url'),
  };
}

/** Only the builder of PostgreSQL has this method, and every query that comes here is one of its own. */
const withoutLocked = <Query>(rows: Query): Query =>
  (rows as { for(strength: 'update', how: { skipLocked: true }): Query }).for('update', {
    skipLocked: true,
  });

const builders = new WeakMap<object, Database>();

/** The query builder over a connection, the same each time: prepared statements are kept by it. */
function builderOn(client: Pool | PoolClient): Database {
  const known = builders.get(client);
  if (known) return known;
  // drizzle asks for the whole of a client and calls `query`. Both builders have the same methods; see `schema.pg.ts`.
  const db = drizzle({ client: naming(client) as pg.Pool }) as unknown as Database;
  builders.set(client, db);
  return db;
}

/** Of each statement that came at least once. */
const names = new WeakMap<pg.QueryConfig, string>();
let named = 0;

/**
 * What `prepared` built comes again as the same object, and from then on with a name, by which PostgreSQL parses and
 * plans it once for each connection: that takes longer than to run it. What is built for one call has no name, or a
 * connection would keep all of it forever.
 */
function naming(client: Pool | PoolClient): Pick<PoolClient, 'query'> {
  const query = (statement: pg.QueryConfig, values: unknown[]) => {
    const name = names.get(statement);
    if (name) return client.query({ ...statement, name }, values);
    named += 1;
    names.set(statement, `warmup${named}`);
    return client.query(statement, values);
  };
  // drizzle calls it like this; node-postgres has many more ways.
  return { query } as Pick<PoolClient, 'query'>;
}

/** Runs work in a transaction. Nothing has happened when it throws. */
export async function transact<T>(
  pool: Pool,
  isolation: 'serializable' | 'read committed',
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin isolation level ${isolation}`);
    const value = await work(client);
    await client.query('commit');
    return value;
  } catch (error) {
    if (isLost(error)) broken = error;
    else
      await client.query('rollback').catch((another: Error) => {
        broken = another;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function serverMs(pool: Pool): Promise<number> {
  const { rows } = await pool.query('select extract(epoch from clock_timestamp()) * 1000 as ms');
  return Number(rows[0].ms);
}

/** Makes the tables, or changes them to what this version needs; one process does it. */
export async function bringUpToDate(pool: Pool): Promise<void> {
  await refuseOlder(pool);
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    const age = await schemaAge(client);
    if (age === 'newer') throw new DatabaseError(ofNewer('The database', 'database'));
    if (age === 'foreign') throw new DatabaseError(ofBefore('The database', 'database'));
    // drizzle asks for the whole of a client and calls `query`.
    await migrate(drizzle({ client: client as pg.PoolClient }), {
      migrationsFolder: POSTGRES_MIGRATIONS,
    });
  } finally {
    await client.query('select pg_advisory_unlock_all()');
    client.release();
  }
}

/** What an older server can't do shows much later, in the middle of a repair or a move. */
async function refuseOlder(pool: Pool): Promise<void> {
  const { rows } = await pool.query('show server_version');
  const [version] = String(rows[0].server_version).split(' ');
  if (Number.parseInt(version ?? '', 10) < OLDEST_SERVER)
    throw new DatabaseError(
      `Warmup needs PostgreSQL ${OLDEST_SERVER} or newer, but this server is ${version}: upgrade it, or set DATABASE_URL to another one.`,
    );
}

async function schemaAge(client: PoolClient): Promise<SchemaAge> {
  const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  if (rows[0].name === null) return 'none';
  const applied = await client.query(
    'select min(created_at) as first, max(created_at) as latest from drizzle.__drizzle_migrations',
  );
  return ageOf(applied.rows[0], POSTGRES_MIGRATIONS);
}

/** Compares every sum with the ledger in one step, and puts right what differs. */
export const recalculateIn = (pool: Pool): Promise<Repaired> =>
  transact(pool, 'serializable', recalculateAll);

/** The same as a part of a longer step. */
export async function recalculateAll(client: Pick<PoolClient, 'query'>): Promise<Repaired> {
  const repaired = { standings: 0, sums: 0 };
  for (const table of ['standings', 'sums'] as const) {
    const { prepare, remove, add, end } = recalculation(table, 'postgres');
    await client.query(prepare);
    const removed = await client.query(remove);
    const added = await client.query(add);
    await client.query(end);
    repaired[table] = Math.max(removed.rowCount ?? 0, added.rowCount ?? 0);
  }
  return repaired;
}
