import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { playBegin, REPLACED } from '../../src/tools/build-demo.ts';

test('the static demo replaces the database driver, Node, the worker of files and the server, and nothing else', () => {
  expect(REPLACED).toEqual({
    'better-sqlite3': 'sqlite.ts',
    'node:*': 'node.ts',
    'files/files.ts': 'files.ts',
    'adapters/web/page/talk.ts': 'talk.ts',
  });
});

test('what is written for the static demo alone is looked through at a glance', () => {
  const own = readdirSync(new URL('../../src/demo/static', import.meta.url)).sort();

  // What it replaces, what it begins with, and what the browser does in place of Node: globals, pictures, offline.
  expect(own).toEqual([
    'begin.ts',
    'draw.ts',
    'fetching.ts',
    'file-names.ts',
    'files.ts',
    'globals.ts',
    'machine.ts',
    'node.ts',
    'offline.js',
    'sql.js.d.ts',
    'sqlite.ts',
    'talk.ts',
    'tsconfig.json',
  ]);
});

test('each option of the first question is played, in every page alike', async () => {
  const [one, other] = [await playBegin(), await playBegin()];
  const said = Object.values(one.taps).map(({ changes }) => JSON.stringify(changes));

  expect(said).toHaveLength(4);
  expect(said.filter((changes) => changes.includes('Correct: +10 points'))).toHaveLength(1);
  expect(said.filter((changes) => changes.includes('Not quite'))).toHaveLength(3);
  expect(other).toEqual(one);
});
