import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHeartbeat, type Observed } from '../src/heartbeat.ts';

let calls = 0;
const server = createServer((_, response) => {
  calls += 1;
  response.end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const NOW = new Date('2026-03-02T09:02:00Z');
const well: Observed = {
  platforms: () => ['slack', 'discord'],
  backlog: async () => ({ waiting: 0, waitingSince: undefined, slotDueSince: undefined }),
  health: async () => [{ part: 'slack', title: 'Slack', health: { ok: true } }],
};
const since =
  (at: string): Observed['backlog'] =>
  async (platform) => ({
    waiting: 1,
    waitingSince: undefined,
    slotDueSince: platform === 'discord' ? new Date(at) : undefined,
  });
const ill = { ok: false, since: NOW, words: 'no' } as const;

test.each<[string, number, Partial<Observed>]>([
  ['all is well', 1, {}],
  ['a question has been due for a minute', 1, { backlog: since('2026-03-02T09:01:00Z') }],
  ['a question has been due for two minutes', 0, { backlog: since('2026-03-02T09:00:00Z') }],
  ['a part is down', 0, { health: async () => [{ part: 'slack', title: 'Slack', health: ill }] }],
  ['the database fails', 0, { backlog: () => Promise.reject(new Error('locked')) }],
])('%s: %i calls', async (_, expected, change) => {
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  calls = 0;

  await createHeartbeat(`http://127.0.0.1:${port}`, { now: () => NOW }, { ...well, ...change })();

  expect(calls).toBe(expected);
});

test('a service that is down is nothing to fail for', async () => {
  await createHeartbeat('http://127.0.0.1:1', { now: () => NOW }, well)();
});
