import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundle } from '../../src/tools/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What `npm run prepare` writes last. */
const BUILT = join(ROOT, 'dist/grading.json');
const SOURCES = ['src', 'data', 'package-lock.json'].map((name) => join(ROOT, name));

/** Parts of the bot as the fault tests start and kill them; built, since they start often. */
const WORKERS = {
  answering: join(ROOT, 'tests/faults/answering.mjs'),
  crash: join(ROOT, 'tests/faults/worker.mjs'),
  postgres: join(ROOT, 'tests/faults/postgres-worker.mjs'),
  fuzz: join(ROOT, 'tests/faults/fuzz/worker.mjs'),
};
/** Where they are built. */
export const WORKERS_FOLDER = join(ROOT, 'dist-tests');

/** The path of a worker that `buildWorkers` has built. */
export const builtWorker = (name: keyof typeof WORKERS) => join(WORKERS_FOLDER, `${name}.js`);

/** Builds the parts that are started alone, with the source as it is. */
export const buildWorkers = () => bundle(WORKERS_FOLDER, WORKERS);

/** Builds `dist/` when it is older than its sources, so that no suite starts an old program. */
export function buildWhenOld(): void {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((path) => newest(path) > built))
    execFileSync('npm', ['run', 'prepare'], { cwd: ROOT, stdio: 'inherit' });
}

export default async function buildAll(): Promise<void> {
  buildWhenOld();
  await buildWorkers();
}

/** When the newest file was written, or the newest folder changed by a file that went away. */
function newest(path: string): number {
  const inside = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : [];
  return Math.max(...['', ...inside].map((name) => statSync(join(path, name)).mtimeMs));
}
