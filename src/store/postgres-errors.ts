import { busyError } from './busy.ts';

/** What PostgreSQL or the network calls an error that was wrapped on its way; '' for any other. */
export function postgresCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    // node-postgres gives no code to what it ends itself.
    if (LOST_WORDS.test(at.message)) return 'ECONNRESET';
    if (FULL_WORDS.test(at.message)) return FULL;
  }
  return '';
}

const LOST_WORDS = /^(Connection terminated|Client has encountered|Query read timeout)/;
const FULL_WORDS = /^timeout exceeded when trying to connect/;
/** PostgreSQL's own code for too many connections. */
const FULL = '53300';

/** True when work was undone since other work came between; it is right when it is done again. */
export const isConflict = (error: unknown): error is Error =>
  ['40001', '40P01'].includes(postgresCode(error));

/**
 * True when there was no connection, or none for the whole of the work: the server restarts, another one takes its
 * place, or all connections are in use.
 *
 * @see https://www.postgresql.org/docs/17/errcodes-appendix.html (classes 08, 57P and 53)
 */
export const isLost = (error: unknown): error is Error =>
  /^(08|57P|25P03|25006|53300|E[A-Z]+$)/.test(postgresCode(error));

/**
 * What callers see of an error: busy where nothing was stored and it may soon be over. Work came between for too long,
 * the server has no connection or memory left (class 53), or it stopped a statement that took too long (57014) or waited
 * too long for a lock (55P03).
 */
export const asBusy = (error: unknown): unknown =>
  isConflict(error) || (error instanceof Error && /^(53|57014|55P03)/.test(postgresCode(error)))
    ? busyError(error)
    : error;

/** Why a database cannot be opened, in words for whoever runs the bot. */
export function explainPostgres(error: unknown, url: string): string {
  const code = postgresCode(error);
  const { host, user, database } = partsOf(url);
  if (
    ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENOENT', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code)
  )
    return `I can't reach PostgreSQL at ${host} (${code}). Start it, or correct the host and port in DATABASE_URL.`;
  if (code === '28P01' || code === '28000')
    return `PostgreSQL at ${host} doesn't let ${user} in. Correct the user and password in DATABASE_URL.`;
  if (code === '3D000')
    return `PostgreSQL at ${host} has no database ${database}. Create it, or correct the name in DATABASE_URL.`;
  if (code === '42501')
    return `${user} can't create tables in the database ${database}. Make ${user} its owner.`;
  if (code === FULL)
    return `PostgreSQL at ${host} has no free connection. Raise its max_connections, or start fewer processes.`;
  return `The database ${database} at ${host} can't be opened: ${messageOf(error)}`;
}

/** The words of the database, without the statement that drizzle puts in front of them. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? messageOf(error.cause) : error.message;
}

/** The parts of a URL that may be shown; never its password. */
function partsOf(url: string) {
  const { host, username, pathname } = URL.canParse(url) ? new URL(url) : new URL('postgres://');
  return {
    host: host || 'its socket',
    user: decodeURIComponent(username) || 'this user',
    database: decodeURIComponent(pathname.slice(1)) || 'of that name',
  };
}
