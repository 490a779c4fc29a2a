import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { presentForm, presentRefusal } from '../../../src/adapters/discord/present.ts';
import { formView } from '../../../src/adapters/slack/form.ts';
import { presentBoth, presentFormBoth } from '../../../src/adapters/web/present.ts';
import type { Form } from '../../../src/spine/form.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import type { Reply } from '../../../src/spine/reply.ts';
import { namedInTests, type Started, startAdapter } from '../../support/discord/adapter.ts';
import { SAMPLE_REPLIES } from '../../support/sample-replies.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { stubBot } from '../../support/slack/stub-bot.ts';

/** A drawn chart, the same on both ways. */
const draw = async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const keep = () => '/files/1';

const onPage = (reply: Reply) =>
  presentBoth(reply, { isPrivate: false, draw, keep, named: namedInTests });

describe('what the page shows is what the adapters send', () => {
  let discord: Started;
  let stage: SlackStage;
  let slack: Adapter;

  beforeAll(async () => {
    discord = await startAdapter({ draw });
    stage = await createSlackStage({ mode: 'socket' });
    // As in main.ts: each client brings its own undici, and the first one loaded serves both.
    const { startSlack } = await import('../../../src/adapters/slack/index.ts');
    slack = await startSlack({
      bot: stubBot(),
      ...stage.tokens,
      apiUrl: stage.apiUrl,
      emit: () => {},
      clock: { now: () => new Date(stage.server.now()) },
    });
  });
  afterAll(async () => {
    await discord.stop();
    await slack.stop();
    await stage.stop();
  });

  test.each(Object.entries(SAMPLE_REPLIES))('to Discord: %s', async (key, reply) => {
    const channel = discord.server.world.main.id;

    const outcome = await discord.adapter.platform.send({ kind: 'post', channel, reply, key });
    expect(outcome.ok).toBe(true);

    const sent = discord.server.sent().at(-1)?.body as Record<string, unknown>;
    const { nonce: _nonce, enforce_nonce: _enforced, ...body } = sent;
    expect(body).toEqual(JSON.parse(JSON.stringify((await onPage(reply)).discord.body)));
  });

  test.each(Object.entries(SAMPLE_REPLIES))('to Slack: %s', async (key, reply) => {
    await slack.platform.send({ kind: 'post', channel: 'C0GENERAL', reply, key });

    const sent = stage.stage.sent().findLast(({ path }) => path.includes('chat.postMessage'));
    const { text, blocks } = (sent?.body ?? {}) as { text?: string; blocks?: unknown };
    const shown = (await onPage(reply)).slack.message;
    expect({ text, blocks }).toEqual(JSON.parse(JSON.stringify(shown)));
  });
});

test('files keep their names, sizes and beginnings, and their alternative text', async () => {
  const reply = SAMPLE_REPLIES['files'];
  if (!reply) throw new Error('no sample');

  const { discord } = await onPage(reply);

  expect(discord.files).toEqual([
    {
      name: '1-my_data.json',
      mime: 'application/json',
      bytes: 12,
      url: '/files/1',
      text: '{"points":5}',
    },
    {
      name: '2-card.png',
      mime: 'image/png',
      bytes: 4,
      url: '/files/1',
      alt: 'Your progress: 12 of 20 questions',
    },
  ]);
});

test('a form is the modal and the view that the adapters open', () => {
  const form: Form = {
    id: '1:setup',
    title: 'Set up',
    submit: 'Send',
    problems: [{ field: 'time', text: 'Time: must be text.' }],
    fields: [
      { name: 'time', label: 'Time', kind: 'text', required: true, value: '09:00' },
      { name: 'level', label: 'Level', kind: 'choice', required: false, choices: ['easy', 'hard'] },
    ],
  };

  const shown = presentFormBoth(form, 'web:you');

  expect(shown.discord.modal).toEqual(presentForm(form));
  expect(shown.discord.refusal).toEqual(presentRefusal(form).body);
  expect(shown.slack.view).toEqual(formView(form, shown.slack.view.private_metadata ?? ''));
});

test('sizes are counted from the payloads', async () => {
  const reply: Reply = {
    title: 'Five',
    blocks: [{ kind: 'buttons', buttons: [{ label: 'Go', run: 'go 1' }] }],
  };

  const { discord, slack } = await onPage(reply);

  // Container, text, separator, row and button; "### Five" is 8 characters; the id is "1:go 1".
  expect(discord.sizes).toEqual([
    { what: 'components', value: 5, max: 40 },
    { what: 'characters of text', value: 8, max: 4000 },
    { what: 'longest custom_id', value: 6, max: 100 },
    { what: 'files', value: 0, max: 10 },
    { what: 'largest file, bytes', value: 0, max: 10 * 1024 * 1024 },
    { what: 'bytes of JSON', value: Buffer.byteLength(JSON.stringify(discord.body)) },
  ]);
  // A header and a row; the fallback text is the title; "Five" and "Go" stand in the blocks.
  expect(slack.sizes.slice(0, 3)).toEqual([
    { what: 'blocks', value: 2, max: 50 },
    { what: 'characters of fallback text', value: 4, max: 4000 },
    { what: 'characters in blocks', value: 6, max: 12_000 },
  ]);
});
