import Sqlite from 'better-sqlite3';

/** Deletions of one moment are wiped together. */
const WIPE_AFTER_MS = 100;
/** How long to wait while another process reads. */
const RETRY_AFTER_MS = 5_000;

/**
 * Moves what was committed from the log into the database and empties the log, in which deleted words
 * would stand on. It waits for nobody: while another process reads, it tries again later.
 */
export function createWiper(sqlite: Sqlite.Database) {
  let timer: NodeJS.Timeout | undefined;

  const wipeIn = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!emptyLog(sqlite)) wipeIn(RETRY_AFTER_MS);
    }, ms).unref();
  };

  return {
    wipeSoon: () => wipeIn(WIPE_AFTER_MS),
    stop: () => clearTimeout(timer),
  };
}

/** False while another process is in the way. */
function emptyLog(sqlite: Sqlite.Database): boolean {
  const patience = sqlite.pragma('busy_timeout', { simple: true });
  sqlite.pragma('busy_timeout = 0');
  try {
    // better-sqlite3 types what a pragma returns as unknown; this one returns a row.
    const [row] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return row?.busy === 0;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return false;
    throw error;
  } finally {
    sqlite.pragma(`busy_timeout = ${patience}`);
  }
}
