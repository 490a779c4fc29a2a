import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** What `npm run build` writes last. */
const BUILT = join(ROOT, 'dist/lexicon.json');
const SOURCES = ['src', 'data', 'tsconfig.json', 'tsconfig.build.json'].map((name) =>
  join(ROOT, name),
);

/** Builds `dist/` when it is older than its sources, so that no suite starts an old program. */
export default function buildWhenOld(): void {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((path) => newest(path) > built))
    execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'inherit' });
}

/** When the newest file was written, or the newest folder changed by a file that went away. */
function newest(path: string): number {
  const inside = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
    : [];
  return Math.max(...['', ...inside].map((name) => statSync(join(path, name)).mtimeMs));
}
