import { basename, join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type OpenStore, openStore } from '../../src/store/open.ts';

/** Set where a suite runs on a PostgreSQL server. */
const template = process.env['STORE'] === 'server' ? inject('template') : undefined;

const made = new Set<string>();

/** A store that outlives a restart: a file in the folder of a test, or a database of its own on a server. */
export async function openKept(folder: string): Promise<OpenStore> {
  return openStore(
    template ? await databaseOf(folder, template) : `file:${join(folder, 'warmup.db')}`,
    {
      clock: { now: () => new Date() },
      elapsedMs: () => performance.now(),
      answerKey: 'the key of the tests',
    },
  );
}

async function databaseOf(folder: string, like: string): Promise<string> {
  const name = basename(folder);
  if (!made.has(name)) await run(like, `create database "${name}" template template`);
  made.add(name);
  return new URL(`/${name}`, like).href;
}

/** Removes the database of a test, if it has one on a server. */
export async function dropKept(folder: string): Promise<void> {
  if (template) await run(template, `drop database "${basename(folder)}"`);
}

/** Runs a statement outside of the databases that it is about. */
async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: new URL('/postgres', server).href });
  await client.connect();
  await client.query(statement);
  await client.end();
}
