import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, afterEach, expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { randomFrom } from '../../../src/core/random.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { BUILT } from '../../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-mcp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** The SDK's own client, and the program as a child of it. */
async function connect(database = join(folder, 'none.db')) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [BUILT, 'mcp'],
    env: { DATABASE_URL: `file:${database}` },
    stderr: 'pipe',
  });
  let errors = '';
  transport.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const client = new Client({ name: 'tests', version: '1' });
  await client.connect(transport);
  clients.push(client);
  return {
    client,
    errors: () => errors,
    async call(name: string, values: Record<string, unknown>) {
      const called = await client.callTool({ name, arguments: values }, CallToolResultSchema);
      const [content] = CallToolResultSchema.parse(called).content;
      if (content?.type !== 'text') throw new Error('No text came back');
      return JSON.parse(content.text);
    },
  };
}

const json = (...words: string[]) =>
  JSON.parse(spawnSync(process.execPath, [BUILT, ...words, '--json'], { encoding: 'utf8' }).stdout);

test('agents are offered three tools', async () => {
  const { client } = await connect();

  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toEqual([
    'estimate',
    'check_deployment',
    'practice_question',
  ]);
});

test('an estimate and a checked deployment are what --json prints', async () => {
  const { call } = await connect();
  const command = 'vllm serve openai/gpt-oss-120b --max-model-len 32768';

  expect(await call('estimate', { command: 'vram llama-3.1-8b 4090' })).toEqual(
    json('vram', 'llama-3.1-8b', '4090'),
  );
  expect(await call('check_deployment', { text: command, gpu: '2x h100' })).toEqual(
    json('deployment', `gpu:2x h100`, `text:${command}`),
  );
});

test('a line that is not understood is an error in words, as with --json', async () => {
  const { call } = await connect();

  const words = ['vram', 'llama-3.1-8b', 'c1-strawberry', 'context:100000000000000000000'];

  const answer = await call('estimate', { command: words.join(' ') });

  expect(answer).toEqual({ error: expect.stringContaining('c1-strawberry') });
  expect(json(...words)).toEqual(answer);
});

test('only estimates run, and no file of this machine is read', async () => {
  const { call } = await connect();

  expect(await call('estimate', { command: 'leaderboard' })).toHaveProperty('error');
  expect(await call('estimate', { command: 'setup status' })).toHaveProperty('error');
  const read = await call('estimate', { command: 'vram file:package.json' });
  expect(JSON.stringify(read)).not.toContain('dependencies');
  expect(read).toHaveProperty('error');
});

const HOUR = new Date('2026-03-06T09:00:00Z');

/** A database in which these questions are asked: the first is about to be sent, and one of another day was missed. */
async function databaseAsking(asked: string[], missed: string): Promise<string> {
  const path = join(folder, 'asking.db');
  const { store, close } = openSqlite(`file:${path}`);
  const { catalog } = readCatalog();
  const { team } = await store.meet({
    account: 'slack:T/ana',
    name: 'ana',
    workspace: 'slack:T',
    workspaceName: 'T',
    newPersonId: 'ana',
    newTeamId: 'team',
    at: HOUR,
  });
  for (const [index, id] of [...asked, missed].entries()) {
    const schedule = await store.addSchedule({
      teamId: team.id,
      platform: 'slack',
      channel: `daily-${index}`,
      time: '09:00',
      zone: 'UTC',
      days: '12345',
      mix: { difficulties: [], chapters: [] },
      state: 'on',
      daysOff: [],
      startsOn: '2026-03-01',
      createdAt: HOUR,
    });
    const question = catalog.question(id);
    if (!schedule || !question) throw new Error(`No schedule or question for ${id}`);
    const postId = await store.claimSlot({
      schedule,
      day: '2026-03-06',
      state: id === missed ? 'missed' : 'claimed',
      dueAt: HOUR,
      question,
      announce: () => [],
    });
    const closesAt = new Date(HOUR.getTime() + 3_600_000);
    if (index > 0 && postId !== undefined && id !== missed)
      await store.provePosted({
        postId,
        channel: schedule.channel,
        message: 'm1',
        at: HOUR,
        closesAt,
      });
  }
  close();
  return path;
}

test('no question is shown that a channel is asked now or is about to be', async () => {
  const { questions } = readCatalog().catalog;
  const wanted = { chapter: 5, format: 'multi', difficulty: 'medium' };
  const items = questions.filter(
    ({ chapter, format, difficulty }) =>
      chapter === wanted.chapter && format === wanted.format && difficulty === wanted.difficulty,
  );
  const [missed = '', ...asked] = items.map(({ id }) => id);
  const { call } = await connect(await databaseAsking(asked, missed));

  expect(asked.length).toBeGreaterThan(1);
  for (const id of asked)
    for (const solution of [true, false]) {
      const shown = await call('practice_question', { id, solution });
      expect(Object.keys(shown)).toEqual(['error']);
    }
  for (let round = 0; round < 10; round += 1)
    expect((await call('practice_question', wanted)).id).toBe(missed);
});

test('a question comes without its solution until that is asked for', async () => {
  const { call } = await connect();

  const { id, text } = await call('practice_question', { id: 'c1-strawberry' });
  const solved = await call('practice_question', { id: 'c1-strawberry', solution: true });

  expect(id).toBe('c1-strawberry');
  expect(text).toContain('C  It gets one id and must know the letters from training');
  expect(text).not.toContain('Correct');
  expect(solved.text).toContain('Correct: It gets one id and must know the letters from training');
});

const WORDS = [
  'vram llama-3.1-8b',
  'kv qwen3-32b tokens:',
  'vllm serve ',
  'c1-strawberry',
  'rtx-4090',
  '2x h100',
  'file:/etc/passwd',
  '{"model_type":',
  '\u0000',
  '\u202e',
  '\ud800',
  '👩‍👩‍👧',
  '-1e308',
  '99999999999999999999',
  '```\n',
  '"',
  "' or 1=1 --",
  '[['.repeat(50),
  'a'.repeat(3000),
];

/** Calls as no agent should make them: values of all types, and texts of broken pieces. */
function callsFrom(seed: string): () => [string, Record<string, unknown>] {
  const random = randomFrom(seed);
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  const text = () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, () => one(WORDS)).join(' ');
  const value = () =>
    one([text(), text(), text(), 5, -1, 1e308, true, null, [text()], { a: text() }]);
  const names = ['command', 'text', 'gpu', 'id', 'chapter', 'difficulty', 'format', 'solution'];
  const tools = ['estimate', 'check_deployment', 'practice_question'];
  return () => [
    random() < 0.02 ? text() : (one(tools) ?? ''),
    Object.fromEntries(names.filter(() => random() < 0.5).map((name) => [name, value()])),
  ];
}

test('10,000 calls of all kinds are answered, and none ends the program', async () => {
  const { call, errors } = await connect();
  const next = callsFrom('mcp');
  const before = await call('estimate', { command: 'vram llama-3.1-8b' });

  for (let done = 0; done < 10_000; done += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(...next())));
    for (const answer of answers) expect(typeof answer).toBe('object');
  }

  expect(await call('estimate', { command: 'vram llama-3.1-8b' })).toEqual(before);
  expect(errors()).toBe('');
}, 600_000);
