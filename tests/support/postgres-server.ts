import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** The folder that POSTGRES_BIN names, or the newest version where Debian puts them; elsewhere the path has the programs. */
function programs(): string {
  const chosen = process.env['POSTGRES_BIN'];
  if (chosen) return chosen;
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Boolean) : [];
  const newest = Math.max(0, ...versions);
  return newest > 0 ? join(root, String(newest), 'bin') : '';
}

/** PostgreSQL does not run as root. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * A PostgreSQL server of its own in a temporary folder, as Debian would start it: every commit is durable, unless a test
 * doesn't need that.
 */
export async function startPostgres({ isDurable = true } = {}) {
  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), 'warmup-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const port = await freePort();
  const run = (program: string, ...words: string[]) =>
    execFileSync(join(programs(), program), words, { ...user, stdio: 'ignore', cwd: folder });
  const files = join(folder, 'data');
  const log = join(folder, 'log');
  const durability = isDurable ? '' : ' -c fsync=off -c full_page_writes=off';
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=200${durability}`;
  run('initdb', '-D', files, '-U', 'warmup', '-A', 'trust', '--no-sync');
  const control = (...words: string[]) => run('pg_ctl', '-D', files, '-w', '-l', log, ...words);
  control('-o', options, 'start');
  const urlOf = (name: string) => `postgres://warmup@127.0.0.1:${port}/${name}`;
  const createDatabase = async (name: string) => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(`create database "${name}"`);
    await client.end();
    return urlOf(name);
  };
  return {
    createDatabase,
    /** Ends all connections and comes back, after a while if it is said; `immediate` is a crash. */
    async restart(mode: 'fast' | 'immediate', goneMs = 0) {
      control('-m', mode, 'stop');
      await wait(goneMs);
      control('-o', options, 'start');
    },
    stop() {
      control('-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true });
    },
  };
}
