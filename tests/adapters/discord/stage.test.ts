import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import type { Step } from '../../../src/spine/command.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import type { Request } from '../../../src/spine/request.ts';
import { answer, COMMANDS } from '../../support/discord/adapter.ts';
import { createDiscordStage } from '../../support/discord/stage.ts';
import type { Message, Seen } from '../../support/stage.ts';

let made: Awaited<ReturnType<typeof createDiscordStage>>;
let adapter: Adapter;

beforeEach(async () => {
  made = await createDiscordStage();
  adapter = await startDiscord({
    bot: {
      commands: COMMANDS,
      prepare: async (request) => reply(request),
      suggest: async () => [],
      named: (name) => ({ name, options: [] }),
      storeDelivery: async () => undefined,
      left: async () => undefined,
      joined: async () => undefined,
      present: async () => undefined,
      gone: async () => {},
    },
    token: made.token,
    apiUrl: made.url,
    emit: () => undefined,
    clock: { now: () => new Date() },
  });
});

afterEach(async () => {
  await adapter.stop();
  await made.stop();
});

function reply({ said }: Request): Step {
  if (said.kind === 'command' && said.command === 'setup') {
    return {
      kind: 'form',
      form: { id: '1:setup', title: 'Set up', submit: 'Send', fields: [HOUR] },
    };
  }
  if (said.kind === 'form' && said.values['hour'] !== '9') {
    const fields = [{ ...HOUR, value: String(said.values['hour']) }];
    return {
      kind: 'form',
      form: {
        id: '1:setup',
        title: 'Set up',
        submit: 'Send',
        fields,
        problems: [{ field: 'hour', text: 'There is no such hour.' }],
      },
    };
  }
  if (said.kind === 'command' && said.command === 'question list') return answer(CARD);
  if (said.kind === 'button')
    return answer({ ...say(`Pressed ${said.id}`), update: said.values === undefined });
  return answer(say('Saved'), 'private');
}

const HOUR = { name: 'hour', label: 'Hour', kind: 'text', required: true } as const;

const CARD: Reply = {
  title: 'Days',
  blocks: [
    { kind: 'buttons', buttons: [{ label: 'Close', run: 'peer stop session:1' }] },
    {
      kind: 'select',
      label: 'Day',
      run: 'setup',
      option: 'day',
      choices: [{ label: 'Monday', value: 'mon' }],
    },
  ],
};

function message(seen: Seen): Message {
  if (seen.kind !== 'message') throw new Error('a form instead of a message');
  return seen;
}

test('an actor sees what was sent, presses and chooses', async () => {
  const ada = made.stage.actor('Ada');

  const card = message(await ada.command('question list'));
  const chosen = await ada.choose(card, 'Day', 'Monday');
  const closed = await ada.press(card, 'Close');

  expect(card).toEqual({
    kind: 'message',
    id: expect.any(String),
    channel: made.stage.channel,
    isPrivate: false,
    text: 'Days',
    buttons: ['Close'],
    selects: [{ label: 'Day', choices: ['Monday'] }],
    files: [],
    replaced: false,
  });
  expect(chosen).toMatchObject({ text: 'Pressed 1:setup', replaced: false });
  expect(closed).toMatchObject({
    id: card.id,
    text: 'Pressed 1:peer stop session:1',
    replaced: true,
  });
  expect(await made.stage.messages(made.stage.channel)).toHaveLength(2);
  expect(made.stage.complaints()).toEqual([]);
});

test('a refused form comes back with its problem and what was typed', async () => {
  const ada = made.stage.actor('Ada', { admin: true });

  const form = await ada.command('setup');
  if (form.kind !== 'form') throw new Error('no form');
  const refused = await ada.fill(form, { hour: '25' });
  if (refused.kind !== 'form') throw new Error('not refused');
  const saved = await ada.fill(refused, { hour: '9' });

  expect(form.fields).toEqual([
    { name: 'hour', label: 'Hour', required: true, choices: [], value: '' },
  ]);
  expect(refused).toMatchObject({
    problem: expect.stringContaining('There is no such hour.'),
    fields: [{ value: '25' }],
  });
  expect(saved).toMatchObject({ kind: 'message', text: 'Saved', isPrivate: true });
});

test('a message action works on words of the actor', async () => {
  const ada = made.stage.actor('Ada');

  expect(await ada.act('Use as my answer', 'Because heads are shared')).toMatchObject({
    text: 'Saved',
  });
});

test('an inbox holds direct messages, and failures can be asked for', async () => {
  const ada = made.stage.actor('Ada');
  const account = [...made.server.world.users.values()].find(({ name }) => name === 'Ada')?.id;

  await adapter.platform.send({
    kind: 'direct',
    account: `discord:${account}`,
    reply: say('For you'),
    key: 'd',
  });
  made.stage.fail('busy', 1);
  const busy = await adapter.platform.send({
    kind: 'post',
    channel: made.stage.channel,
    reply: say('x'),
    key: 'p',
  });

  expect(await ada.inbox()).toMatchObject([{ text: 'For you', isPrivate: true }]);
  expect(busy).toMatchObject({ outcome: 'busy' });
});

test('what Discord does not allow is not possible on the stage either', async () => {
  const ada = made.stage.actor('Ada');

  await expect(ada.command('kv', { model: 'm', colour: 'red' })).rejects.toThrow(
    'no option "colour"',
  );
  await expect(ada.command('answer')).rejects.toThrow('not registered');
});
