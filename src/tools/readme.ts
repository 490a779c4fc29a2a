import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../commands/index.ts';
import { type Example, examplesIn, fillCommands, fillExamples, shortened } from './docs/readme.ts';

/**
 * Writes what the examples of the README print, and the table of commands.
 *
 *     npm run docs:readme             writes README.md and docs/commands.md
 *     npm run docs:readme -- --check  says whether they are up to date
 */
const DOCUMENTS = ['README.md', 'docs/commands.md'];
/** The program beside this tool: its source, or as it is built. */
const isSource = import.meta.url.endsWith('.ts');
const MAIN = fileURLToPath(new URL(isSource ? '../main.ts' : '../main.js', import.meta.url));

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
  const file = new URL(`../../${name}`, import.meta.url);
  const before = readFileSync(file, 'utf8');
  const outputs = examplesIn(before).map((example) => shortened(run(example), example.keep));
  const after = fillCommands(fillExamples(before, outputs), COMMANDS);
  if (!process.argv.includes('--check')) writeFileSync(file, after);
  else if (after !== before) {
    process.stderr.write(`${name} is out of date: npm run docs:readme\n`);
    process.exitCode = 1;
  }
}
