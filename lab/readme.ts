import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../src/commands.ts';
import { type Example, examplesIn, fillCommands, fillExamples, shortened } from './docs/readme.ts';

/**
 * Writes what the examples of the README print, and the table of commands.
 *
 *     npm run lab readme             writes README.md and docs/commands.md
 *     npm run lab readme -- --check  says whether they are up to date
 */
const DOCUMENTS = ['README.md', 'docs/commands.md'];
const isCheck = process.argv.includes('--check');
/** What is written comes from the source; the check runs the built program, which starts several times sooner. */
const MAIN = fileURLToPath(
  new URL(isCheck ? '../dist/main.js' : '../src/main.ts', import.meta.url),
);

function run({ words, input }: Example): string {
  const { PATH = '', HOME = '' } = process.env;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [MAIN, ...words],
    // Settings of this machine must not show in the document.
    { encoding: 'utf8', input: input ?? '', env: { PATH, HOME } },
  );
  if (status !== 0 || stderr !== '') throw new Error(`an example failed: ${stderr}`);
  return stdout;
}

for (const name of DOCUMENTS) {
  const file = new URL(`../${name}`, import.meta.url);
  const before = readFileSync(file, 'utf8');
  const outputs = examplesIn(before).map((example) => shortened(run(example), example.keep));
  const after = fillCommands(fillExamples(before, outputs), COMMANDS);
  if (!isCheck) writeFileSync(file, after);
  else if (after !== before) {
    process.stderr.write(`${name} is out of date: npm run lab readme\n`);
    process.exitCode = 1;
  }
}
