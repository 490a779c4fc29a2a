import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../commands/index.ts';
import { type Example, examplesIn, fillCommands, fillExamples, shortened } from './docs/readme.ts';

/**
 * Writes what the examples of the README print, and its table of commands.
 *
 *     npm run docs:readme             writes README.md
 *     npm run docs:readme -- --check  says whether it is up to date
 */
const README = new URL('../../README.md', import.meta.url);
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

const before = readFileSync(README, 'utf8');
const outputs = examplesIn(before).map((example) => shortened(run(example), example.keep));
const after = fillCommands(fillExamples(before, outputs), COMMANDS);
if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('README.md is out of date: npm run docs:readme\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(README, after);
  process.stdout.write('README.md written.\n');
}
