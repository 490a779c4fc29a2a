import { readdirSync } from 'node:fs';

/**
 * Runs what authors and measurements need: a file of this folder, by its name.
 *
 *     npm run lab                              lists them
 *     npm run lab lint-bank -- --chapter 5     runs one, with its options
 */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace(/\.ts$/, ''));
// Each reads its words from the third on, as if it had been started itself.
const [name = ''] = process.argv.splice(2, 1);
if (names.includes(name)) await import(`./${name}.ts`);
else {
  process.stderr.write(`npm run lab NAME, which is one of these: ${names.join(', ')}\n`);
  process.exitCode = 1;
}
