import { execFileSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

/** All commands that a text runs, those of npm scripts included. */
function commandsOf(text: string): string[] {
  const called = [...text.matchAll(/\bnpm (?:run )?([\w:]+)/g)].flatMap(
    ([, name = '']) => scripts[name] ?? [],
  );
  return [text, ...called.flatMap(commandsOf)];
}

/** The configurations that the checks run, found in `.ci/run` and the scripts that it calls. */
const configs = [
  ...new Set(
    commandsOf(read('.ci/run')).flatMap((command) =>
      [...command.matchAll(/\b(?:vitest run|npm test --)(?: -c (\S+))?/g)].map(
        ([, name]) => name ?? 'vitest.config.ts',
      ),
    ),
  ),
];

function filesOf(config: string): string[] {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const words = [vitest, 'list', '--filesOnly', '--json', '-c', config];
  const list = execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
  return (
    z
      .array(z.object({ file: z.string(), projectName: z.string().default('sqlite') }))
      .parse(JSON.parse(list))
      // What runs on SQLite runs there once; on PostgreSQL, some runs again.
      .filter(({ projectName }) => projectName === 'sqlite')
      .map(({ file }) => relative(ROOT, file).replaceAll('\\', '/'))
  );
}

test('the checks run every suite', () => {
  const all = readdirSync(ROOT).filter((name) => /^vitest\..*config\.ts$/.test(name));

  expect([...configs].sort()).toEqual(all.sort());
});

test('the checks begin with `npm run check`, which calls `npm test`', () => {
  expect(read('.ci/run')).toContain('\nnpm run check\n');
  expect(scripts['check']?.split(' && ')).toContain('npm test');
});

test('every test file runs in one suite', () => {
  const listed = configs.flatMap(filesOf);
  const files = readdirSync(join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${name.replaceAll('\\', '/')}`);

  expect(listed.sort()).toEqual(files.sort());
});

test('every list of a suite names files that exist', () => {
  const listed = ['vitest.config.ts', 'vitest.slow.config.ts', 'tests/support/slow.ts'].flatMap(
    (file) => read(file).match(/(?<=')tests\/[^']*\.test\.ts(?=')/g) ?? [],
  );
  const alternatives = listed.flatMap((pattern) => {
    const [, before = pattern, names = '', after = ''] =
      /^(.*)\{([\w,-]+)\}(.*)$/.exec(pattern) ?? [];
    return names.split(',').map((name) => `${before}${name}${after}`);
  });

  expect(alternatives.length).toBeGreaterThan(40);
  expect(alternatives.filter((pattern) => globSync(pattern, { cwd: ROOT }).length === 0)).toEqual(
    [],
  );
});
