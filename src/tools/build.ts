import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readData, readWords } from '../catalog.ts';
import { indexOf } from '../core/catalog.ts';
import { BUILT_DATABASE } from '../paths.ts';
import { migratedDatabase } from '../store/sqlite.ts';
import { buildPage } from './build-page.ts';
import { bundle } from './bundle.ts';

/**
 * Builds `dist/`: the program, the tools that run without its source, the playground's page, and the bank,
 * its words, the grader's words, and an empty database in a form that loads in a fraction of the time.
 */
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const TOOLS = [
  'backup',
  'doctor',
  'examiner-card',
  'migrate-to-postgres',
  'recalc',
  'restore',
  'slack-manifest',
  'workspaces',
];

const sourceOf = (name: string) => fileURLToPath(new URL(`../${name}.ts`, import.meta.url));

const { bank, problems } = readData();
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
rmSync(DIST, { recursive: true, force: true });
const programs = ['main', ...TOOLS.map((tool) => `tools/${tool}`)];
await Promise.all([
  bundle(DIST, Object.fromEntries(programs.map((name) => [name, sourceOf(name)]))),
  buildPage(`${DIST}web`),
]);
// Newer than the files that they were made of, by which they are known to be up to date.
writeFileSync(`${DIST}bank.json`, JSON.stringify(bank));
writeFileSync(`${DIST}search.json`, JSON.stringify(await indexOf(bank)));
writeFileSync(BUILT_DATABASE, migratedDatabase());
writeFileSync(`${DIST}grading.json`, JSON.stringify(readWords()));
process.stdout.write(`dist: ${programs.length} programs, ${bank.questions.length} questions\n`);
