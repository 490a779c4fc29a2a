import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import type { Step } from '../../../src/spine/command.ts';
import { UserError } from '../../../src/spine/errors.ts';
import type { Event } from '../../../src/spine/event.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import type { Request } from '../../../src/spine/request.ts';
import { payloads } from '../../support/slack/payloads.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { runs, type StubBot, stubBot } from '../../support/slack/stub-bot.ts';

let slack: SlackStage;
let adapter: Adapter | undefined;
let events: Event[] = [];

afterEach(async () => {
  await adapter?.stop();
  adapter = undefined;
  await slack.stop();
});

type Answer = (request: Request) => Step | Promise<Step>;

async function start(
  answer: Answer = () => runs(say('Heard.')),
  { mode = 'socket' as 'socket' | 'http', scopes = undefined as string[] | undefined } = {},
): Promise<StubBot> {
  slack = await createSlackStage({ mode, ...(scopes ? { scopes } : {}) });
  events = [];
  const bot = stubBot(answer);
  adapter = await startSlack({
    bot,
    ...slack.tokens,
    port: slack.port,
    apiUrl: slack.apiUrl,
    emit: (event) => events.push(event),
    clock: { now: () => new Date() },
  });
  return bot;
}

const ALL = ['commands', 'chat:write', 'users:read', 'mpim:write', 'files:write'];
const lines = Array.from({ length: 3000 }, (_, at) => `line ${at} of a long export`).join('\n');
const EXPORT: Reply = {
  title: 'Your data',
  blocks: [{ kind: 'file', name: 'me.json', mime: 'application/json', content: lines }],
};
const DECK: Reply = {
  title: 'The questions',
  blocks: [
    {
      kind: 'file',
      name: 'deck.apkg',
      mime: 'application/zip',
      content: new TextEncoder().encode('PK-bytes'),
    },
  ],
};

test('a reply that takes long is announced to its person alone', async () => {
  await start(() => ({
    kind: 'run',
    visibility: 'public',
    meanwhile: 'Reading your answer…',
    run: () => wait(2000).then(() => say('Solid')),
  }));

  const seen = await slack.stage.actor('ana').command('mock');

  const said = () => [...slack.server.channels.values()].flatMap(({ messages }) => messages);
  expect(seen.kind === 'message' && seen.text).toContain('Reading your answer…');
  await expect.poll(() => JSON.stringify(said())).toContain('Solid');
  expect(slack.stage.complaints()).toEqual([]);
});

describe('a reply that is longer than a message', () => {
  const filesIn = (channel: string) =>
    (slack.server.channels.get(channel)?.messages ?? []).flatMap(({ files = [], thread }) =>
      files.map((file) => ({ ...file, isInThread: thread !== undefined })),
    );

  test.each([
    ['me.json', EXPORT, lines],
    ['deck.apkg', DECK, 'PK-bytes'],
  ])(
    'comes with its file %s in the direct message when it is private',
    async (name, reply, text) => {
      await start(() => runs(reply), { scopes: ALL });

      const seen = await slack.stage.actor('ana').command('me');
      await expect.poll(() => filesIn('D00ANA')).toEqual([{ name, text, isInThread: true }]);

      expect(seen.kind === 'message' && seen.text).toContain(`${name} follows as a file.`);
      expect(slack.stage.complaints()).toEqual([]);
    },
  );

  test('goes on in a file when it is all text', async () => {
    const text = 'A long explanation. '.repeat(1500);
    await start(() => runs(say(text)), { scopes: ALL });

    await slack.stage.actor('ana').command('leaderboard why');

    await expect.poll(() => filesIn('D00ANA')).toMatchObject([{ name: 'whole-text.txt' }]);
    expect(filesIn('D00ANA')[0]?.text).toContain(text.trim());
  });

  test('is cut with a word about the right that is missing when it is all text', async () => {
    await start(() => runs(say('A long explanation. '.repeat(1500))));

    const seen = await slack.stage.actor('ana').command('leaderboard why');

    expect(seen.kind === 'message' && seen.text).toContain('A long explanation.');
    expect(seen.kind === 'message' && seen.text).toContain('files:write');
  });

  test('comes whole in several direct messages where no file may be sent', async () => {
    await start(() => runs(EXPORT));

    const seen = await slack.stage.actor('ana').command('me');
    const parts = () =>
      (slack.server.channels.get('D00ANA')?.messages ?? []).filter(({ blocks }) =>
        JSON.stringify(blocks).includes('me.json, '),
      );
    const count = Math.ceil(lines.length / 9000);
    await expect.poll(() => parts().length).toBeGreaterThanOrEqual(count);

    const told = seen.kind === 'message' ? seen.text : '';
    expect(told).toMatch(/me\.json as a direct message in \d+ parts/);
    const shown = JSON.stringify(parts().map(({ blocks }) => blocks));
    const missing = lines.split('\n').filter((line) => !shown.includes(line));
    expect(missing).toEqual([]);
    expect(slack.stage.complaints()).toEqual([]);
  });

  test('leaves a file out that only says more, where no file may be sent', async () => {
    const file = { kind: 'file', name: 'r.txt', mime: 'text/plain', content: lines } as const;
    const report: Reply = { title: 'Report', blocks: [{ ...file, isExtra: true }] };
    await start(() => runs({ ...report, blocks: [...say('Solid').blocks, ...report.blocks] }));

    const seen = await slack.stage.actor('ana').command('mock report');

    expect(seen.kind === 'message' && seen.text).toContain('Solid');
    expect(seen.kind === 'message' && seen.text).not.toContain('r.txt');
  });

  test('that goes out by itself has its file in the thread below it', async () => {
    await start(undefined, { scopes: ALL });

    const sent = await adapter?.platform.send({
      kind: 'post',
      channel: 'C0GENERAL',
      reply: EXPORT,
      key: 'k',
    });

    expect(sent?.ok).toBe(true);
    expect(filesIn('C0GENERAL')).toEqual([{ name: 'me.json', text: lines, isInThread: true }]);
  });
});

test('a private answer that the address for answers may have lost is said again', async () => {
  await start();
  slack.server.addUser('ana');
  const reply: Reply = {
    blocks: [{ kind: 'buttons', buttons: [{ label: 'Go', run: 'leaderboard why' }] }],
  };
  await adapter?.platform.send({ kind: 'post', channel: 'C0GENERAL', reply, key: 'k' });
  const [question] = await slack.stage.messages('C0GENERAL');
  if (!question) throw new Error('no question');
  slack.server.failResponses(1);

  const seen = await slack.stage.actor('ana').press(question, 'Go');

  expect(seen).toMatchObject({ kind: 'message', text: 'Heard.', isPrivate: true });
});

test.each(['refresh_requested', 'warning'] as const)(
  'when Slack ends a connection (%s) a new one takes its place, and nothing is lost',
  async (reason) => {
    const bot = await start();
    const ana = slack.stage.actor('ana');
    await ana.command('leaderboard why');

    slack.server.refresh(reason);
    await expect.poll(() => [...slack.server.sockets].length).toBe(1);
    await wait(300);
    await ana.command('leaderboard why');

    expect(bot.requests).toHaveLength(2);
    expect(events.filter(({ kind }) => kind === 'failed')).toEqual([]);
  },
);

test('a limit at the start is waited for', async () => {
  slack = await createSlackStage({ mode: 'socket' });
  slack.server.reject('apps.connections.open', { ok: false, error: 'ratelimited' });
  const starting = startSlack({
    bot: stubBot(),
    ...slack.tokens,
    apiUrl: slack.apiUrl,
    emit: () => {},
    clock: { now: () => new Date() },
  });
  await wait(200);
  slack.server.reject('apps.connections.open', undefined);

  adapter = await starting;
  expect(slack.server.sockets.size).toBe(1);
});

test.each([
  [{ ok: false, error: 'not_allowed_token_type' }, 'connections:write'],
  [{ ok: false, error: 'internal_error' }, "I can't start on Slack"],
] as const)('a start that Slack refuses with %o ends in words', async (answer, words) => {
  slack = await createSlackStage({ mode: 'socket' });
  slack.server.reject('apps.connections.open', answer);

  const starting = startSlack({
    bot: stubBot(),
    ...slack.tokens,
    apiUrl: slack.apiUrl,
    emit: () => {},
    clock: { now: () => new Date() },
  });

  await expect(starting).rejects.toThrow(UserError);
  await expect(starting).rejects.toThrow(words);
});

test.each([
  ['message', 'http'],
  ['home', 'socket'],
] as const)(
  'a form from a %s whose work is slow is acknowledged in time over %s',
  async (from, mode) => {
    const form = {
      id: '1:setup',
      title: 'Set up',
      submit: 'Save',
      fields: [{ name: 'time', label: 'Time', kind: 'text' as const, required: true }],
    };
    const ask: Step = { kind: 'form', form };
    await start(
      async ({ said }) => {
        if (said.kind === 'command') return runs(homeCard);
        if (said.kind !== 'form') return ask;
        await wait(2600);
        return runs(say('Saved at last.'));
      },
      { mode },
    );
    const ana = slack.server.addUser('ana');
    const actor = slack.stage.actor('ana');
    const opened = from === 'message' ? await actor.command('setup') : await fromHome(ana.id);
    if (opened.kind !== 'form') throw new Error('no form opened');

    const shown = await actor.fill(opened, { time: '09:00' });
    await expect
      .poll(() => JSON.stringify([slack.server.views.get(opened.id), messages()]))
      .toContain('Saved at last.');

    expect(shown.kind === 'message' && shown.text).toContain("I'm working on it");
    expect(slack.stage.complaints()).toEqual([]);
  },
);

const homeCard: Reply = {
  title: 'Home',
  blocks: [{ kind: 'buttons', buttons: [{ label: 'Set up', run: 'setup' }] }],
};
const messages = () => [...slack.server.channels.values()].flatMap((channel) => channel.messages);

/** Opens the home and presses its button. */
async function fromHome(user: string) {
  const make = payloads(slack.server);
  const home = slack.server.nextOutput(user);
  const event = { type: 'app_home_opened', user, channel: `D0${user.slice(1)}`, tab: 'home' };
  await slack.server.deliver({ kind: 'events_api', payload: make.event(event) });
  const output = await home.seen;
  if (output.kind !== 'view') throw new Error('no home');
  const action = { type: 'button', action_id: '0', value: '1:setup', text: {} };
  const window = slack.server.nextOutput(user);
  const payload = make.viewAction(output.view, action);
  await slack.server.deliver({ kind: 'interactive', payload });
  const opened = await window.seen;
  if (opened.kind !== 'view') throw new Error('no form');
  return { kind: 'form' as const, id: opened.view.id, title: '', fields: [] };
}
