import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/**
 * Runs every benchmark of this folder, one after the other, or those whose names are given.
 *
 *     npm run bench [slack discord …]
 *     npm run bench -- --quick      (the program beside the bare frameworks, in under a minute)
 */
const QUICK = ['slack.ts', 'discord.ts', 'start.ts'];

const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('--'));
const wanted = words.filter((word) => !word.startsWith('--'));
const scripts = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .filter((name) => wanted.length > 0 || options.length === 0 || QUICK.includes(name))
  .filter((name) => wanted.length === 0 || wanted.includes(name.replace(/\.ts$/, '')));

for (const name of scripts) {
  process.stdout.write(`\n# ${name}\n`);
  spawnSync(process.execPath, [`${import.meta.dirname}/${name}`, ...options], {
    stdio: 'inherit',
  });
}
