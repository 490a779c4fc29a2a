import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWeb, type Web } from '../../../src/adapters/web/index.ts';
import type { Change, Outcome, Said, Snapshot } from '../../../src/adapters/web/protocol.ts';
import { UserError } from '../../../src/spine/errors.ts';
import { openTestWorld } from '../../support/web/web.ts';

const page = mkdtempSync(join(tmpdir(), 'warmup-page-'));
let web: Web;

beforeAll(async () => {
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(page, 'page.js'), 'export {};');
  web = await startWeb({ open: openTestWorld(), draw: async () => undefined, page, port: 0 });
});
afterAll(async () => {
  await web.stop();
  rmSync(page, { recursive: true });
});

const json = { 'content-type': 'application/json' };
const post = (path: string, body: unknown, headers: Record<string, string> = json) =>
  fetch(`${web.url}/api/${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

let deliveries = 0;
async function say(text: string): Promise<Outcome> {
  deliveries += 1;
  const said: Said = {
    delivery: `server ${deliveries}`,
    account: 'web:you',
    place: 'daily',
    gesture: { kind: 'text', text },
  };
  return (await (await post('say', said)).json()) as Outcome;
}

/** The first change that a page is told: everything. */
async function snapshot(): Promise<Snapshot> {
  const stream = await fetch(`${web.url}/api/changes`);
  const reader = stream.body?.getReader();
  let text = '';
  while (!text.includes('\n\n')) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  const change = JSON.parse(text.slice('data: '.length, text.indexOf('\n\n'))) as Change;
  if (change.kind !== 'all') throw new Error(change.kind);
  return change.all;
}

test('the page comes with a policy that runs no script but its own', async () => {
  const answer = await fetch(web.url);

  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(answer.status).toBe(200);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('only the built files are served', async () => {
  expect((await fetch(`${web.url}/assets/page.js`)).headers.get('content-type')).toMatch(
    /javascript/,
  );
  expect((await fetch(`${web.url}/assets/..%2F..%2Fpackage.json`)).status).toBe(404);
  expect((await fetch(`${web.url}/etc/passwd`)).status).toBe(404);
});

test('a page opens with everything and hears what comes', async () => {
  await say('/setup');

  const all = await snapshot();

  expect(all.speakers.map(({ account }) => account)).toEqual([
    'web:you',
    'web:mira',
    'web:tomas',
    'web:wei',
  ]);
  expect(all.messages.at(-1)).toMatchObject({ by: 'bot', title: 'Setup', only: 'web:you' });
});

test('it listens on this machine alone', async () => {
  const { port } = new URL(web.url);
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  const reached = await Promise.all(others.map(({ address }) => canConnect(address, Number(port))));

  expect(await canConnect('127.0.0.1', Number(port))).toBe(true);
  expect(reached.filter(Boolean)).toEqual([]);
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 500 });
    const done = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.on('connect', () => done(true));
    socket.on('timeout', () => done(false));
    socket.on('error', () => done(false));
  });
}

test('another name for this machine reaches nothing', async () => {
  const { port } = new URL(web.url);
  const answer = await raw(
    Number(port),
    `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`,
  );

  expect(answer).toContain('403');
});

function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(request);
  });
}

test.each([
  ['a form of another site', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['text of another site', { 'content-type': 'text/plain' }],
  ['a script of another site', { ...json, origin: 'https://evil.example' }],
  ['a page on another port', { ...json, origin: 'http://localhost:1' }],
])('%s can do nothing here', async (_name, headers) => {
  const answer = await post('reset', {}, headers);

  expect(answer.status).toBe(403);
});

test.each([
  ['no JSON', 'nonsense'],
  ['nothing', {}],
  ['a list', []],
  ['no gesture', { delivery: 'a', account: 'web:you', place: 'daily' }],
  [
    'an unknown gesture',
    { delivery: 'a', account: 'web:you', place: 'daily', gesture: { kind: 'x' } },
  ],
  [
    'somebody unknown',
    { delivery: 'a', account: 'web:eve', place: 'daily', gesture: { kind: 'text', text: '/help' } },
  ],
  [
    'too long a text',
    {
      delivery: 'a',
      account: 'web:you',
      place: 'daily',
      gesture: { kind: 'text', text: 'x'.repeat(20_000) },
    },
  ],
])('%s is refused and changes nothing', async (_name, body) => {
  const before = (await snapshot()).messages.length;

  const answer = await post('say', body);

  expect(answer.status).toBe(400);
  expect((await snapshot()).messages).toHaveLength(before);
});

test('a body that is too large is not read', async () => {
  const { port, host } = new URL(web.url);
  const answer = await raw(
    Number(port),
    `POST /api/say HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 31457280\r\nConnection: close\r\n\r\n`,
  );

  expect(answer).toContain('413');
});

test('a file is downloaded, never shown as a page', async () => {
  await say('/me export');
  const last = (await snapshot()).messages.at(-1);
  const file = last?.by === 'bot' ? last.payloads.discord.files[0] : undefined;

  const answer = await fetch(`${web.url}${file?.url}`);

  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toBe('attachment');
  expect(await answer.text()).toContain('"people"');
});

test('a port that is taken is left to whoever has it', async () => {
  const other = await new Promise<Server>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => done(server));
  });
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  const second = await startWeb({
    open: openTestWorld(),
    draw: async () => undefined,
    page,
    port,
  });

  expect(second.url).not.toContain(`:${port}`);
  await second.stop();
  other.close();
});

test('without a built page it says what to do', async () => {
  const started = startWeb({
    open: openTestWorld(),
    draw: async () => undefined,
    page: join(page, 'missing'),
    port: 0,
  });

  await expect(started).rejects.toThrow(UserError);
});

test('stopping ends open connections and frees the port', async () => {
  const other = await startWeb({
    open: openTestWorld(),
    draw: async () => undefined,
    page,
    port: 0,
  });
  const stream = await fetch(`${other.url}/api/changes`);

  await other.stop();

  await expect(stream.text()).rejects.toThrow();
  await expect(fetch(other.url)).rejects.toThrow();
});

test('the playground loads no library of Discord or Slack, and no store', async () => {
  const { metafile } = await build({
    entryPoints: [resolve(import.meta.dirname, '../../../src/adapters/web/index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });

  const loaded = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.map(({ path }) => path),
  );
  expect(loaded).toContain('hono');
  expect(
    loaded.filter(
      (path) => /discord|^@slack|sqlite|drizzle|zod$/.test(path) && !path.startsWith('src/'),
    ),
  ).toEqual([]);
});

test('with a key, only who has the link gets in, and stays in', async () => {
  const guarded = await startWeb({
    open: openTestWorld(),
    draw: async () => undefined,
    page,
    port: 0,
    key: 'the-key',
  });
  const { origin, port } = new URL(guarded.url);
  const get = (path: string, cookie = '') =>
    fetch(`${origin}${path}`, { headers: { cookie }, redirect: 'manual' });

  expect(guarded.url).toBe(`${origin}/?key=the-key`);
  for (const path of [
    '/',
    '/gallery',
    '/api/changes',
    '/assets/page.js',
    '/?key=another',
    '/files/1',
  ])
    expect((await get(path)).status, path).toBe(403);
  expect((await get('/api/changes', `warmup-${port}=another`)).status).toBe(403);
  const entered = await get('/gallery?theme=dark&key=the-key');
  const cookie = entered.headers.get('set-cookie') ?? '';

  expect(entered.headers.get('location')).toBe('/gallery?theme=dark');
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect((await get('/', cookie)).status).toBe(200);
  const said = await fetch(`${origin}/api/reset`, { method: 'POST', headers: json, body: '{}' });
  expect(said.status).toBe(403);
  await guarded.stop();
});
