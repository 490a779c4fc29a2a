import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The program as somebody starts it; PORT keeps it away from a playground that runs already. */
function start(...words: string[]) {
  const child = spawn(process.execPath, ['dist/main.js', ...words], {
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
    const found = /http:\/\/localhost:\d+\/\?key=[\w-]{22}/.exec(said());
    if (found) return found[0];
    await new Promise((done) => child.stdout?.once('data', done));
  }
}

/** What the page gets that a browser has opened with its link. */
async function opened(url: string, path: string): Promise<Response> {
  const { headers } = await fetch(url, { redirect: 'manual' });
  return fetch(new URL(path, url), { headers: { cookie: headers.get('set-cookie') ?? '' } });
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '--web serves the page until %s, and leaves nothing running',
  async (signal) => {
    const { child, ended, said } = start('--web');
    const url = await link(child, said);
    const open = await opened(url, '/api/changes');

    child.kill(signal);

    expect(open.status).toBe(200);
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  },
);

test('a pipe is answered and ends, without a page', async () => {
  const { child, ended, said } = start();

  child.stdin?.end('help daily\n');

  expect(await ended).toBe(0);
  expect(said()).toContain("Show and answer today's question");
  expect(said()).not.toContain('http://localhost');
});

/** The program as a person starts it in a terminal, and a way to press its keys. */
function startTerminal() {
  const command = `${process.execPath} dist/main.js`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '48472', LOG_LEVEL: 'silent' },
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += String(data);
  });
  const ended = new Promise((done) => child.on('exit', done));
  return { child, ended, said: () => said };
}

// The `script` of util-linux gives a program a terminal; other systems have another one.
describe.runIf(process.platform === 'linux')('in a terminal with its page', () => {
  test.each([
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C', '\u0003'],
    ['exit', 'exit\r'],
  ])('%s ends both', async (_name, keys) => {
    const { child, ended, said } = startTerminal();
    const url = await link(child, said);
    const open = await opened(url, '/api/changes');
    while (!said().includes('> ')) await new Promise((done) => child.stdout.once('data', done));

    child.stdin.write(keys);
    await ended;

    expect(open.status).toBe(200);
    await expect(fetch(url)).rejects.toThrow();
  });
});
