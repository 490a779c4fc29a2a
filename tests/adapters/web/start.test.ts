import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The program as somebody starts it; PORT keeps it away from a playground that runs already. */
function start(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...words], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '48471', LOG_LEVEL: 'silent' },
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += String(data);
  });
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  return { child, ended, said: () => said };
}

async function link(child: ChildProcess, said: () => string): Promise<string> {
  for (;;) {
    const found = /http:\/\/localhost:\d+/.exec(said());
    if (found) return found[0];
    await new Promise((done) => child.stdout?.once('data', done));
  }
}

test('--web serves the page until a signal, and leaves nothing running', async () => {
  const { child, ended, said } = start('--web');
  const url = await link(child, said);
  const open = await fetch(`${url}/api/changes`);

  child.kill('SIGTERM');

  expect(open.status).toBe(200);
  expect(await ended).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
}, 60_000);

test('a pipe is answered and ends, without a page', async () => {
  const { child, ended, said } = start();

  child.stdin?.end('help daily\n');

  expect(await ended).toBe(0);
  expect(said()).toContain("Show and answer today's question");
  expect(said()).not.toContain('http://localhost');
}, 60_000);
