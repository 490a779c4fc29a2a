import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startProgram } from './support/process.ts';

test('--help names every option, also with wrong settings', async () => {
  const program = startProgram({ PORT: 'eighty' }, ['--help']);

  expect(await program.ended).toBe(0);
  for (const name of ['--web', '--no-web', '--json', '--help', '--version'])
    expect(program.output()).toContain(name);
  expect(program.errors()).toBe('');
});

test('--version prints the version and nothing else', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const program = startProgram({}, ['--version']);

  expect(await program.ended).toBe(0);
  expect(program.output()).toBe(`${version}\n`);
});
