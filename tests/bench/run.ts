import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/**
 * Runs every benchmark of this folder, one after the other, or those whose names are given.
 *
 *     npm run bench [calculators …]
 */
const wanted = process.argv.slice(2);
const scripts = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .filter((name) => wanted.length === 0 || wanted.includes(name.replace(/\.ts$/, '')));

for (const name of scripts) {
  process.stdout.write(`\n# ${name}\n`);
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `${import.meta.dirname}/${name}`],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
