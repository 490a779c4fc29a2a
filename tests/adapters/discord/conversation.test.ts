import { afterEach, expect, test } from 'vitest';
import type { Step } from '../../../src/spine/command.ts';
import type { Form } from '../../../src/spine/form.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import { answer, type Started, type Stub, startAdapter } from '../../support/discord/adapter.ts';
import {
  actOn,
  choose,
  type Done,
  modalFields,
  press,
  type Screen,
  sendModal,
  slash,
  typeOption,
  use,
} from '../../support/discord/gestures.ts';
import type { Outcome } from '../../support/discord/interactions.ts';
import { visible } from '../../support/discord/visible.ts';
import type { StoredMessage } from '../../support/discord/world.ts';
import { inTime, later, until } from '../../support/waiting.ts';

let started: Started;

async function start(stub: Stub = {}): Promise<Started> {
  started = await startAdapter(stub);
  return started;
}

/** Every test also shows that Discord had nothing to complain about. */
let allowed = 0;
afterEach(async () => {
  const complaints = [...started.server.complaints()];
  const most = allowed;
  allowed = 0;
  await started.stop();
  expect(complaints.length, complaints.join('\n')).toBeLessThanOrEqual(most);
});

async function shown(done: Done): Promise<{ message: StoredMessage; replaced: boolean }> {
  const outcome = await inTime(done.outcome);
  if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} instead of a message`);
  return outcome;
}

async function modal(done: Done): Promise<Screen> {
  const outcome: Outcome = await inTime(done.outcome);
  if (outcome.kind !== 'modal') throw new Error(`a ${outcome.kind} instead of a modal`);
  return { modal: outcome.modal };
}

const paths = () =>
  started.server
    .sent()
    .map(({ method, path }) => `${method} ${path.replaceAll(/[\w-]*\d{17,}/g, 'ID')}`);
const answers = () => paths().filter((path) => /interactions|webhooks/.test(path));

test('a slash command becomes a request and its reply is shown', async () => {
  const { person, requests, server } = await start();

  const ada = person('Ada', true);
  const { message } = await shown(
    slash(ada, 'kv', { model: 'llama', tokens: 4096, steps: true, dtype: 'fp8' }),
  );

  expect(requests).toEqual([
    {
      delivery: expect.stringMatching(/^\d+$/),
      platform: 'discord',
      workspace: `discord:${server.world.guild.id}`,
      workspaceName: 'LLM study group',
      account: `discord:${ada.user.id}`,
      accountName: 'Ada',
      isAdmin: true,
      place: { channel: server.world.main.id, kind: 'channel' },
      locale: 'en-US',
      said: {
        kind: 'command',
        command: 'kv',
        values: { model: 'llama', tokens: 4096, steps: true, dtype: 'fp8' },
      },
    },
  ]);
  expect(visible(message).text).toBe('Hello');
  expect(message.only).toBeUndefined();
});

test('channels and people arrive as ids, people with their platform', async () => {
  const { person, requests, server } = await start();
  const ada = person('Ada');

  await shown(slash(ada, 'setup', { channel: 'daily', owner: 'Ada' }));

  expect(requests[0]?.said).toMatchObject({
    values: { channel: server.world.main.id, owner: `discord:${ada.user.id}` },
  });
});

test('an attached file is read when it is asked for', async () => {
  const { person, requests } = await start();

  await shown(slash(person('Ada'), 'kv', { model: 'm', config: '{"layers": 32}' }));

  const said = requests[0]?.said;
  const file = said?.kind === 'command' ? said.values['config'] : undefined;
  if (typeof file !== 'object' || Array.isArray(file)) throw new Error('no file arrived');
  expect(file).toMatchObject({ name: 'upload.txt', bytes: 14 });
  expect(await file.text()).toBe('{"layers": 32}');
  expect(await file.content?.()).toEqual(Buffer.from('{"layers": 32}'));
});

test('a person without the permission is no admin', async () => {
  const { person, requests } = await start();

  await shown(slash(person('Bob'), 'question list'));

  expect(requests[0]?.isAdmin).toBe(false);
});

test('in a direct message a person is a team of one and its admin', async () => {
  const { person, requests, server } = await start();
  const ada = person('Ada');
  const direct = server.world.directWith(ada.user.id);

  await shown(slash({ ...ada, channel: direct }, 'question list'));

  expect(requests[0]).toMatchObject({
    workspace: `discord:@${ada.user.id}`,
    isAdmin: true,
    place: { channel: direct.id, kind: 'direct' },
  });
});

test.each([11, 12] as const)('a thread of type %i is a place inside its channel', async (type) => {
  const { person, requests, server } = await start();
  const thread = server.world.addChannel({ name: 'Room', type, parent: server.world.main.id });

  await shown(slash({ ...person('Ada'), channel: thread }, 'question list'));

  expect(requests[0]?.place).toEqual({
    channel: server.world.main.id,
    thread: thread.id,
    kind: 'thread',
  });
});

const CARD: Reply = {
  blocks: [
    { kind: 'text', text: 'Question' },
    { kind: 'buttons', buttons: [{ label: 'Answer', run: 'answer post:1042' }] },
    {
      kind: 'select',
      label: 'Days',
      run: 'setup schedule:7',
      option: 'days',
      min: 0,
      max: 2,
      choices: ['mon', 'tue', 'wed'].map((value) => ({ label: value.toUpperCase(), value })),
    },
  ],
};

/** Shows a card with the given visibility, then answers presses with the reply. */
async function withCard(
  reply: Step | Promise<Step>,
  visibility: 'public' | 'private' = 'public',
  stub: Stub = {},
) {
  const { person } = await start({
    ...stub,
    prepare: ({ said }) => (said.kind === 'command' ? answer(CARD, visibility) : reply),
  });
  const ada = person('Ada');
  const { message } = await shown(slash(ada, 'question list'));
  return { ada, card: message };
}

test('chosen values are joined under the option of the menu', async () => {
  const { ada, card } = await withCard(answer(say('Done')));

  await shown(choose(ada, card, 'Days', ['MON', 'WED']));
  await shown(choose(ada, card, 'Days', []));

  expect(started.requests.slice(1).map(({ said }) => said)).toEqual([
    { kind: 'button', id: '1:setup schedule:7', values: { days: 'mon,wed' } },
    { kind: 'button', id: '1:setup schedule:7', values: { days: '' } },
  ]);
});

test('a public message is never replaced by what one person may see', async () => {
  const { ada, card } = await withCard(answer({ ...say('Only for you'), update: true }, 'private'));

  const { message, replaced } = await shown(press(ada, card, 'Answer'));

  expect(replaced).toBe(false);
  expect(message.only).toBe(ada.user.id);
  expect(visible(card).text).toBe('Question');
});

const SOON = 20;

test('a slow reply is stored before it is promised, and another process keeps the promise', async () => {
  const slow = later<Reply>();
  const storing = later<void>();
  let replying: Promise<Reply> = slow.promise;
  const { person, adapter, stored, requests } = await start({
    deferAfterMs: SOON,
    prepare: () => answer(replying, 'private'),
    store: () => storing.promise,
  });
  const ada = person('Ada');

  const done = slash(ada, 'question list');
  await new Promise((resolve) => setTimeout(resolve, 5 * SOON));
  const before = done.interaction.acknowledged;
  storing.settle();
  await until(() => done.interaction.acknowledged === 5);
  const resume = () => adapter.platform.resume?.(JSON.parse(JSON.stringify(stored[0]?.payload)));
  replying = Promise.reject(Object.assign(new Error('no database'), { isUnwritable: true }));
  await expect(resume()).rejects.toThrow('no database');
  replying = Promise.resolve(say('From another process'));
  await resume();
  const { message } = await shown(done);

  expect(before).toBeUndefined();
  expect(stored).toMatchObject([{ platform: 'discord', account: `discord:${ada.user.id}` }]);
  expect(requests[2]).toEqual({ ...requests[0], isRerun: true });
  expect([message.only, visible(message).text]).toEqual([ada.user.id, 'From another process']);
  slow.settle(say('Too late'));
});

test('a slow reply that turns out private does not stay where all can see it', async () => {
  const slow = later<Reply>();
  const { person, server } = await start({
    deferAfterMs: SOON,
    prepare: () => answer(slow.promise),
  });
  const ada = person('Ada');

  const done = slash(ada, 'question list');
  await until(() => done.interaction.acknowledged === 5);
  slow.settle({ ...say('Psst'), visibility: 'private' });
  const { message } = await shown(done);

  expect(message.only).toBe(ada.user.id);
  expect(server.world.messages.get(server.world.main.id)).toEqual([message]);
});

test('a reply to a press that takes long is announced, and takes the announcement away', async () => {
  const slow = later<Reply>();
  const step: Step = {
    kind: 'run',
    visibility: 'public',
    meanwhile: 'Reading your answer…',
    run: () => slow.promise,
  };
  const { ada, card } = await withCard(step, 'public', { deferAfterMs: SOON });
  const texts = () =>
    [...started.server.world.messages.values()].flat().map((message) => visible(message).text);

  press(ada, card, 'Answer');
  await until(() => texts().includes('Reading your answer…'));
  slow.settle(say('Right'));

  await until(() => texts().includes('Right') && !texts().includes('Reading your answer…'));
  expect(texts()).toEqual(['Question', 'Right']);
});

test('a slow reply to a press is a message of its own', async () => {
  const slow = later<Reply>();
  const { ada, card } = await withCard(answer(slow.promise, 'private'), 'public', {
    deferAfterMs: SOON,
  });

  const done = press(ada, card, 'Answer');
  await until(() => done.interaction.acknowledged === 6);
  slow.settle(say('Right'));
  const { message } = await shown(done);

  expect(message.id).not.toBe(card.id);
  expect(message.only).toBe(ada.user.id);
  expect(visible(card).text).toBe('Question');
});

const FORM: Form = {
  id: '1:question edit id:12',
  title: 'Edit a question',
  submit: 'Send',
  fields: [
    {
      name: 'text',
      label: 'The new text',
      kind: 'paragraph',
      required: true,
      maxLength: 200,
      hint: 'Plain words',
    },
    { name: 'points', label: 'Points', kind: 'number', required: false, value: '5' },
    {
      name: 'level',
      label: 'Level',
      kind: 'choice',
      required: true,
      choices: ['easy', 'hard'],
      value: 'easy',
    },
    {
      name: 'tags',
      label: 'Tags',
      kind: 'choices',
      required: false,
      choices: ['kv', 'moe', 'rag'],
    },
    { name: 'shown', label: 'Shown', kind: 'yes-no', required: false },
  ],
};

test('a form is a modal at once, and what is filled in comes back typed', async () => {
  const { person, requests } = await start({
    prepare: ({ said }) =>
      said.kind === 'form' ? answer(say('Saved')) : { kind: 'form', form: FORM },
  });
  const ada = person('Ada');

  const screen = await modal(slash(ada, 'question list'));
  await shown(
    sendModal(ada, screen, {
      text: 'New <b>',
      points: '7.5',
      level: 'hard',
      tags: 'kv,rag',
      shown: 'Yes',
    }),
  );

  expect(modalFields(screen.modal).map(({ label }) => label)).toEqual([
    'The new text',
    'Points',
    'Level',
    'Tags',
    'Shown',
  ]);
  expect(requests[1]?.said).toEqual({
    kind: 'form',
    id: '1:question edit id:12',
    values: { text: 'New <b>', points: 7.5, level: 'hard', tags: ['kv', 'rag'], shown: true },
  });
});

test('what was left empty is absent, and a number that is none arrives as typed', async () => {
  const { person, requests } = await start({
    prepare: ({ said }) =>
      said.kind === 'form' ? answer(say('Saved')) : { kind: 'form', form: FORM },
  });
  const ada = person('Ada');

  const screen = await modal(slash(ada, 'question list'));
  await shown(sendModal(ada, screen, { text: 'x', points: 'five' }));

  expect(requests[1]?.said).toMatchObject({ values: { text: 'x', points: 'five', level: 'easy' } });
});

test('a form asks for channels, people and files with pickers', async () => {
  const fields: Form['fields'] = [
    { name: 'where', label: 'Where', kind: 'channel', required: true },
    { name: 'who', label: 'Who', kind: 'person', required: true },
    { name: 'pack', label: 'Pack', kind: 'file', required: true },
  ];
  const { person, requests, server } = await start({
    prepare: ({ said }) =>
      said.kind === 'form' ? answer(say('Saved')) : { kind: 'form', form: { ...FORM, fields } },
  });
  const ada = person('Ada');

  const screen = await modal(slash(ada, 'question list'));
  await shown(sendModal(ada, screen, { where: 'daily', who: 'Ada', pack: 'q: 1' }));

  const said = requests[1]?.said;
  const values = said?.kind === 'form' ? said.values : {};
  expect(values).toMatchObject({
    where: server.world.main.id,
    who: `discord:${ada.user.id}`,
    pack: { name: 'upload.txt', bytes: 4 },
  });
});

test('a refused form says why in private, and opens again with what was typed', async () => {
  const typed: Form = {
    ...FORM,
    problems: [{ field: 'points', text: 'Points: must be a whole number.' }],
    fields: [
      {
        name: 'text',
        label: 'The new text',
        kind: 'paragraph',
        required: true,
        value: 'My *long* words',
      },
      { name: 'points', label: 'Points', kind: 'number', required: false, value: 'five' },
    ],
  };
  let refused = false;
  const { person, requests } = await start({
    prepare: ({ said }) => {
      if (said.kind === 'form' && refused) return answer(say('Saved'));
      refused = said.kind === 'form';
      return { kind: 'form', form: refused ? typed : FORM };
    },
  });
  const ada = person('Ada');

  const screen = await modal(slash(ada, 'question list'));
  const { message } = await shown(
    sendModal(ada, screen, { text: 'My *long* words', points: 'five' }),
  );

  expect(message.only).toBe(ada.user.id);
  expect(visible(message).text).toContain('Points: must be a whole number.');
  expect(visible(message).text).toContain('My *long* words');

  const again = await modal(press(ada, message, 'Open form'));
  expect(modalFields(again.modal).map(({ component }) => component.value)).toEqual([
    'My *long* words',
    'five',
  ]);
  expect(requests).toHaveLength(2);
});

test('a form sent from a button may replace that message', async () => {
  const { person } = await start({
    prepare: ({ said }) => {
      if (said.kind === 'command') return answer(CARD, 'private');
      return said.kind === 'button'
        ? { kind: 'form', form: FORM }
        : answer({ ...say('Saved'), update: true }, 'private');
    },
  });
  const ada = person('Ada');
  const { message: card } = await shown(slash(ada, 'question list'));

  const screen = await modal(press(ada, card, 'Answer'));
  const { message } = await shown(sendModal(ada, { ...screen, pressed: card }, { text: 'x' }));

  expect(message.id).toBe(card.id);
});

test('a form that is known too late is opened by a button', async () => {
  const slow = later<Step>();
  const { person } = await start({ deferAfterMs: SOON, prepare: () => slow.promise });
  const ada = person('Ada');

  const done = slash(ada, 'question list');
  await until(() => done.interaction.acknowledged === 5);
  slow.settle({ kind: 'form', form: FORM });
  const { message } = await shown(done);

  expect(visible(message).text).toContain("The form didn't open in time. Run the command again.");
  expect((await modal(press(ada, message, 'Open form'))).modal.custom_id).toBe(FORM.id);
});

test('a message action says whose the message is, also when it is the bot', async () => {
  const { person, requests, server } = await start();
  const ada = person('Ada');
  const bo = person('Bo');
  const message = server.say(bo.user, bo.channel, 'x');
  const { message: mine } = await shown(slash(ada, 'question list'));

  await shown(actOn(ada, message, 'Use as my answer'));
  await shown(actOn(ada, mine, 'Use as my answer'));

  const authors = requests.map(({ said }) => (said.kind === 'action' ? said.author : said.kind));
  expect(authors).toEqual(['command', `discord:${bo.user.id}`, `discord:${server.world.bot.id}`]);
});

const completing = (suggest: Stub['suggest']) =>
  start({ deferAfterMs: SOON, ...(suggest ? { suggest } : {}) });

async function suggestions(done: Done) {
  const outcome = await inTime(done.outcome);
  if (outcome.kind !== 'suggestions') throw new Error(`a ${outcome.kind} instead of suggestions`);
  return outcome.choices;
}

test('an option completes with at most 25 choices that fit', async () => {
  const asked: unknown[] = [];
  const { person } = await completing(async (_request, command, option, typed) => {
    asked.push([command, option, typed]);
    return Array.from({ length: 30 }, (_, at) => ({
      label: `${'long '.repeat(30)}${at}`,
      value: `m${at}`,
    }));
  });

  const choices = await suggestions(typeOption(person('Ada'), 'kv', 'model', 'lla'));

  expect(asked).toEqual([['kv', 'model', 'lla']]);
  expect(choices).toHaveLength(25);
  expect(choices[0]?.value).toBe('m0');
});

test.each<[string, Stub['suggest']]>([
  ['fails', () => Promise.reject(new Error('no list'))],
  ['is slow', () => new Promise(() => undefined)],
])('an option whose list %s completes with nothing', async (_name, suggest) => {
  const { person } = await completing(suggest);

  expect(await suggestions(typeOption(person('Ada'), 'kv', 'model', 'x'))).toEqual([]);
});

test('a redelivery that the machine knows is left alone', async () => {
  const known = new Set<string>();
  const { person } = await start({
    prepare: ({ delivery = '' }) => {
      const step: Step = known.has(delivery) ? { kind: 'nothing' } : answer(say('Once'));
      known.add(delivery);
      return step;
    },
  });

  const done = slash(person('Ada'), 'question list');
  done.deliver();
  await shown(done);
  await until(() => started.requests.length === 2);

  expect(answers()).toEqual(['POST /interactions/ID/ID/callback']);
});

test('a second answer to one interaction harms nothing', async () => {
  allowed = 1;
  const { person, events } = await start();
  const ada = person('Ada');

  const done = slash(ada, 'question list');
  done.deliver();
  await shown(done);
  await until(() => events.some(({ kind }) => kind === 'sent'));

  expect(events.at(-1)).toMatchObject({ kind: 'sent', what: 'reply', outcome: 'late' });
  await shown(slash(ada, 'question list'));
});

test('a reply after the token has died is lost quietly', async () => {
  allowed = 1;
  const slow = later<Reply>();
  const { person, server, events } = await start({
    deferAfterMs: SOON,
    prepare: () => answer(slow.promise),
  });

  const done = slash(person('Ada'), 'question list');
  await until(() => done.interaction.acknowledged === 5);
  server.advance(16 * 60_000);
  slow.settle(say('Much too late'));
  await until(() => events.some(({ kind }) => kind === 'sent'));

  expect(events.at(-1)).toMatchObject({ outcome: 'late' });
});

test('an id of another bot or an older time reaches the machine as it is', async () => {
  const { ada, card } = await withCard(answer(say('Too old'), 'private'));

  await shown(use(ada, card, { component_type: 2, custom_id: 'something:else' }));
  await shown(use(ada, card, { component_type: 3, custom_id: 'foreign-menu', values: ['a'] }));

  expect(started.requests.slice(1).map(({ said }) => said)).toEqual([
    { kind: 'button', id: 'something:else' },
    { kind: 'button', id: 'foreign-menu' },
  ]);
});

test('a reply that cannot be shown becomes a reference, and its words are not logged', async () => {
  const impossible: Reply = {
    blocks: [
      {
        kind: 'select',
        label: 'x',
        run: 'setup switch do:off',
        option: 'secret'.repeat(20),

        choices: [{ label: 'a', value: 'a' }],
      },
    ],
  };
  const { person, events } = await start({ prepare: () => answer(impossible) });

  const { message } = await shown(slash(person('Ada'), 'question list'));

  const failed = events.find(({ kind }) => kind === 'failed');
  expect(failed).toMatchObject({ where: 'discord' });
  expect(visible(message).text).toContain(`code ${failed?.kind === 'failed' && failed.reference}`);
  expect(message.only).toBeDefined();
});

test('a reply that Discord refuses is told to the person and logged without its words', async () => {
  allowed = 1;
  const twice = ['a', 'a'].map((value) => ({ label: 'The secret answer', value }));
  const reply: Reply = {
    blocks: [{ kind: 'select', label: 'x', run: 'setup', option: 'y', choices: twice }],
  };
  const { person, events } = await start({ prepare: () => answer(reply) });

  const { message } = await shown(slash(person('Ada'), 'question list'));

  expect(visible(message).text).toContain('Something went wrong');
  const failed = events.find((event) => event.kind === 'failed');
  expect(JSON.stringify({ ...failed, ...(failed?.error as object) })).not.toContain('secret');
  expect(JSON.stringify(failed?.error, Object.getOwnPropertyNames(failed?.error))).not.toMatch(
    /token-|secret/,
  );
});

test('a machine that throws does not stop the adapter', async () => {
  let calls = 0;
  const { person } = await start({
    prepare: () => {
      calls += 1;
      if (calls === 1) throw new Error('broken');
      return answer(say('Works'));
    },
  });
  const ada = person('Ada');

  expect(visible((await shown(slash(ada, 'question list'))).message).text).toContain('went wrong');
  expect(visible((await shown(slash(ada, 'question list'))).message).text).toBe('Works');
});
