import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttp } from '../src/http.ts';

const metrics = { type: 'text/plain', text: async () => 'warmup_up 1\n' };
/** As in the bot, but sooner. */
const patience = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

let http: ReturnType<typeof createHttp>;
afterEach(() => http.close());

async function listening(withMetrics = true): Promise<number> {
  http = createHttp(
    async () => ({ isReady: true, parts: [] }),
    withMetrics ? metrics : undefined,
    patience,
  );
  http.mount((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(200).end('taken'));
  });
  const server: Server = await http.listen(0, '127.0.0.1');
  return (server.address() as AddressInfo).port;
}

/** What a connection is told that sends this and then nothing more. */
function told(port: number, words: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.write(words);
  });
}

test('metrics are shown where they are wanted, and nowhere else', async () => {
  const shown = await listening();
  expect(await (await fetch(`http://127.0.0.1:${shown}/metrics`)).text()).toBe('warmup_up 1\n');
  await http.close();

  const hidden = await listening(false);
  expect(await (await fetch(`http://127.0.0.1:${hidden}/metrics`)).text()).toBe('taken');
});

test.each([
  ['whose head never ends', 'POST /slack/events HTTP/1.1\r\nHost: x\r\n', '408'],
  [
    'whose body never ends',
    'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nslow',
    '408',
  ],
  ['with a head of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
])('a request %s is ended', async (_, words, status) => {
  const port = await listening();

  expect(await told(port, words)).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
});

test('an address that this machine does not have is told in words', async () => {
  await listening();

  // Of a network that is only for examples in documents.
  await expect(
    createHttp(async () => ({ isReady: true, parts: [] })).listen(0, '192.0.2.1'),
  ).rejects.toThrow('BIND_ADDRESS');
});
