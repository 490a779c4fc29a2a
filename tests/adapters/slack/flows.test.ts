import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import { type Command, defineCommand, type Step } from '../../../src/spine/command.ts';
import type { Event } from '../../../src/spine/event.ts';
import type { Form } from '../../../src/spine/form.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import { plain, type Reply, say } from '../../../src/spine/reply.ts';
import type { Request } from '../../../src/spine/request.ts';
import { payloads } from '../../support/slack/payloads.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { runs, type StubBot, stubBot } from '../../support/slack/stub-bot.ts';
import type { FormSeen, Message } from '../../support/stage.ts';
import { later } from '../../support/waiting.ts';

/** A reply that goes out as a message of its own. */
const withFile: Reply = {
  blocks: [
    ...say('Heard.').blocks,
    { kind: 'file', name: 'notes.txt', mime: 'text/plain', content: 'Some notes.' },
  ],
};

const useAsAnswer: Command = defineCommand({
  name: 'answer',
  summary: 'Answer a question',
  example: 'answer 1042',
  visibility: 'private',
  message: { title: 'Use as my answer', fills: 'text' },
  input: z.object({ text: z.string().describe('Your answer') }),
  run: () => say('unused'),
});

const setupForm: Form = {
  id: '1:setup',
  title: 'Set up the daily question of this team',
  submit: 'Turn on',
  fields: [
    { name: 'channel', label: 'Channel', kind: 'channel', required: true },
    { name: 'time', label: 'Time', kind: 'text', required: true, value: '09:00', hint: 'HH:MM' },
    { name: 'days', label: 'Days', kind: 'choices', required: false, choices: ['mon', 'tue'] },
    { name: 'level', label: 'Level', kind: 'choice', required: false, choices: ['easy', 'hard'] },
    { name: 'quiet', label: 'Quiet', kind: 'yes-no', required: false },
  ],
};

const card: Reply = {
  title: 'Daily question',
  blocks: [
    { kind: 'text', text: 'What grows with the context?' },
    { kind: 'buttons', buttons: [{ label: 'Answer', run: 'answer post:1042', style: 'primary' }] },
    {
      kind: 'select',
      label: 'Pick one',
      run: 'answer post:1042',
      option: 'choice',
      choices: [
        { label: 'Weights', value: 'a' },
        { label: 'Cache', value: 'b' },
      ],
    },
    {
      kind: 'select',
      label: 'Pick some',
      run: 'answer post:1042',
      option: 'choices',
      choices: [
        { label: 'Keys', value: 'k' },
        { label: 'Values', value: 'v' },
        { label: 'Queries', value: 'q' },
      ],
      max: 2,
    },
  ],
};

let slack: SlackStage;
let bot: StubBot;
let adapter: Adapter;
let events: Event[];
let answer: (request: Request) => Step | Promise<Step>;

function over(mode: 'socket' | 'http'): void {
  beforeEach(async () => {
    answer = () => runs(say('Heard.'));
    events = [];
    bot = stubBot((request) => answer(request), [useAsAnswer]);
    slack = await createSlackStage({ mode, commands: [useAsAnswer] });
    adapter = await startSlack({
      bot,
      ...slack.tokens,
      port: slack.port,
      apiUrl: slack.apiUrl,
      emit: (event) => events.push(event),
      clock: { now: () => new Date(slack.server.now()) },
    });
  });

  afterEach(async () => {
    await adapter.stop();
    await slack.stop();
  });
}

const complaints = () => slack.stage.complaints();
const post = async (reply: Reply, thread?: string) => {
  const { channel } = slack.stage;
  const sent = await adapter.platform.send({
    kind: 'post',
    channel,
    reply,
    key: 'k1',
    ...(thread ? { thread } : {}),
  });
  if (!sent.ok) throw new Error(plain(sent.problem.words));
  const [message] = (await slack.stage.messages(channel, thread)).slice(-1);
  if (!message) throw new Error('nothing was posted');
  return message;
};

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  over(mode);

  test('a slash command reaches the machine with who, where and what', async () => {
    const seen = await slack.stage.actor('Ada', { admin: true }).command('vram', { model: 'a b' });

    expect(bot.requests).toEqual([
      {
        delivery: expect.stringMatching(/^trigger:/),
        platform: 'slack',
        workspace: 'slack:T0TEAM',
        workspaceName: 'Test Team',
        account: 'slack:T0TEAM/U0ADA',
        accountName: 'Ada',
        isAdmin: true,
        place: { channel: 'C0GENERAL', kind: 'channel' },
        zone: 'Europe/Berlin',
        locale: 'en-GB',
        said: { kind: 'text', text: 'vram model:"a b"' },
      },
    ]);
    expect(seen).toMatchObject({ kind: 'message', text: 'Heard.', isPrivate: true });
    expect(complaints()).toEqual([]);
  });

  test('what a command says at once is in its acknowledgement, and needs no second request', async () => {
    const user = slack.server.addUser('Ada').id;
    const output = slack.server.nextOutput(user);
    answer = () => runs(card, 'public');
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'x');

    const { answer: said } = await slack.server.deliver({ kind: 'slash_commands', payload });

    expect(said).toMatchObject({ response_type: 'in_channel' });
    expect(await output.seen).toMatchObject({ replaced: false });
    expect(slack.server.sent().filter(({ path }) => path.startsWith('/response/'))).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  test('a file of a command goes to its response_url', async () => {
    answer = () => runs(withFile);
    const user = slack.server.addUser('Ada').id;
    const output = slack.server.nextOutput(user);
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'x');

    const { answer: said } = await slack.server.deliver({ kind: 'slash_commands', payload });
    await output.seen;

    expect(said ?? '').toEqual(mode === 'http' ? '' : {});
  });

  test('the acknowledgement comes after the work', async () => {
    const user = slack.server.addUser('Ada').id;
    let isDone = false;
    const run = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      isDone = true;
      return say('Done.');
    };
    answer = () => ({ kind: 'run', visibility: 'private', run });
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'x');

    await slack.server.deliver({ kind: 'slash_commands', payload });

    expect([isDone, bot.stored]).toEqual([true, []]);
  });

  test('slow work is stored, then acknowledged, then answered', async () => {
    const user = slack.server.addUser('Ada').id;
    const slow = later<Step>();
    answer = () => slow.promise;
    const output = slack.server.nextOutput(user);

    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'slow');
    const ack = await slack.server.deliver({ kind: 'slash_commands', payload });

    expect(ack.answer ?? '').toEqual(mode === 'http' ? '' : {});
    expect(bot.stored).toMatchObject([{ platform: 'slack', account: `slack:T0TEAM/${user}` }]);
    slow.settle(runs(say('Late.')));
    expect(JSON.stringify(await output.seen)).toContain('Late.');
  });

  test('what cannot be stored is not acknowledged as done', async () => {
    const ada = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    answer = () => runs({ ...say('The database is full.'), isFault: true });
    const message = await post(say('Question'));
    const pressed = slack.server.findMessage('C0GENERAL', message.id);
    if (!pressed) throw new Error('no message');

    const command = make.command(ada, 'C0GENERAL', '/warmup', 'x');
    const ofCommand = await slack.server.deliver({ kind: 'slash_commands', payload: command });
    const button = { type: 'button', action_id: 'x', value: '1:x' };
    const press = make.messageAction(ada, pressed, button);
    const words = make.event({
      type: 'message',
      channel: slack.server.directWith(ada).id,
      channel_type: 'im',
      user: ada,
      text: 'my answer',
      ts: '1700000000.000100',
    });
    const others = [
      { kind: 'interactive', payload: press },
      { kind: 'events_api', payload: words },
    ] as const;

    expect(JSON.stringify(ofCommand.answer)).toContain('The database is full.');
    // A socket says so by its silence, so they wait for it side by side.
    const statuses = others.map((delivery) =>
      slack.server.deliver(delivery).then(
        ({ status }) => String(status),
        () => 'none',
      ),
    );
    const refused = mode === 'http' ? '503' : 'none';
    expect(await Promise.all(statuses)).toEqual([refused, refused]);
  });

  test('a refused form stays open with words under the field that they name', async () => {
    const problem = 'Time must be like 09:00.';
    answer = (request) =>
      request.said.kind === 'form' && Object.values(request.said.values).includes('soon')
        ? { kind: 'form', form: { ...setupForm, problems: [{ text: problem }] } }
        : request.said.kind === 'form'
          ? runs(say('On.'))
          : { kind: 'form', form: setupForm };
    const ada = slack.stage.actor('Ada');
    const form = (await ada.command('setup')) as FormSeen;

    const refused = (await ada.fill(form, { time: 'soon' })) as FormSeen;
    const seen = await ada.fill(refused, { time: '09:00' });

    expect(refused).toMatchObject({ kind: 'form', id: form.id, problem });
    expect(seen).toMatchObject({ text: 'On.' });
    const keys = bot.requests.map(({ delivery }) => delivery);
    expect(new Set(keys).size).toBe(3);
    expect(complaints()).toEqual([]);
  });

  test('each delivery sent four times has one key and is acknowledged each time', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    const message = slack.server.addMessage({
      channel: 'C0GENERAL',
      user: slack.server.bot.user,
      text: 'x',
      blocks: [],
    });
    const view = slack.server.openView(user, {
      type: 'modal',
      callback_id: 'form',
      private_metadata: JSON.stringify({
        form: '1:x',
        origin: { user, place: { channel: 'C0GENERAL', kind: 'channel' }, surface: 'message' },
      }),
      blocks: [],
    });
    const button = { type: 'button', action_id: '0', value: '1:help', text: { text: 'x' } };
    const deliveries = [
      ['slash_commands', make.command(user, 'C0GENERAL', '/warmup', 'help')],
      ['interactive', make.messageAction(user, message, button)],
      ['interactive', make.submission(view, {})],
      ['interactive', make.shortcut(user, message, 'answer')],
      ['events_api', make.event({ type: 'app_home_opened', user, tab: 'home', channel: 'D0ADA' })],
      [
        'events_api',
        make.event({ type: 'app_mention', user, text: 'hi', channel: 'C0GENERAL', ts: '1.1' }),
      ],
    ] as const;
    answer = ({ delivery }) =>
      bot.requests.filter((request) => request.delivery === delivery).length > 1
        ? { kind: 'nothing' }
        : runs(say('Once.'));

    for (const [kind, payload] of deliveries) {
      const output = slack.server.nextOutput(user);
      for (let attempt = 0; attempt < 4; attempt++) {
        await slack.server.deliver({
          kind,
          payload,
          ...(attempt > 0 ? { retry: { attempt, reason: 'timeout' } } : {}),
        });
      }
      await output.seen;
    }

    const keys = bot.requests.map(({ delivery }) => delivery);
    expect(keys).toHaveLength(24);
    expect(new Set(keys).size).toBe(6);
    expect(complaints()).toEqual([]);
  });

  test('a form opened from a window answers in it', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    answer = (request) =>
      request.said.kind === 'form' ? runs(say('Saved.')) : { kind: 'form', form: setupForm };
    const window = slack.server.openView(user, { type: 'modal', blocks: [] });
    const button = { type: 'button', action_id: '0', value: '1:setup', text: { text: 'x' } };

    const pushed = slack.server.nextOutput(user);
    await slack.server.deliver({ kind: 'interactive', payload: make.viewAction(window, button) });
    const form = await pushed.seen;
    if (form.kind !== 'view') throw new Error('no form');
    const { answer: ack } = await slack.server.deliver({
      kind: 'interactive',
      payload: make.submission(form.view, {}),
    });

    expect(ack).toMatchObject({ response_action: 'update' });
    expect(JSON.stringify(ack)).toContain('Saved.');
    expect(complaints()).toEqual([]);
  });

  test('a slow answer to a form in a window shows a pause, then the answer', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    const slow = later<Reply>();
    answer = () => ({ kind: 'run', visibility: 'private', run: () => slow.promise });
    const view = slack.server.openView(user, {
      type: 'modal',
      callback_id: 'form',
      private_metadata: JSON.stringify({
        form: '1:x',
        origin: { user, place: { channel: user, kind: 'direct' }, surface: 'window' },
      }),
      blocks: [],
    });

    const output = slack.server.nextOutput(user);
    const ack = await slack.server.deliver({
      kind: 'interactive',
      payload: make.submission(view, {}),
    });

    expect(JSON.stringify(ack.answer)).toContain('working on it');
    slow.settle(say('Judged.'));
    expect(JSON.stringify(await output.seen)).toContain('Judged.');
    expect(complaints()).toEqual([]);
  });

  test('a failure of the machine is told and stops nothing', async () => {
    const user = slack.server.addUser('Ada').id;
    answer = () => Promise.reject(new Error('planted'));
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'x');

    // Not acknowledged: a socket hears nothing at all.
    await slack.server.deliver({ kind: 'slash_commands', payload }).catch(() => undefined);
    await expect.poll(() => events).toMatchObject([{ kind: 'failed', where: 'slack listener' }]);
    answer = () => runs(say('Again.'));
    const seen = await slack.stage.actor('Ada').command('me');

    expect(seen).toMatchObject({ text: 'Again.' });
  });
});

describe('however it comes', () => {
  over('socket');

  test('a public reply is seen by all and a private one by its reader alone', async () => {
    answer = () => runs(say('For all.'), 'public');
    const shown = await slack.stage.actor('Ada').command('vram');
    answer = () => runs({ ...say('For you.'), visibility: 'private' }, 'private');
    const hidden = await slack.stage.actor('Ada').command('me');

    expect(shown).toMatchObject({ isPrivate: false });
    expect(hidden).toMatchObject({ isPrivate: true });
    expect(await slack.stage.messages('C0GENERAL')).toMatchObject([{ text: 'For all.' }]);
  });

  test('a stored delivery is plain data that another process answers', async () => {
    const user = slack.server.addUser('Ada').id;
    const slow = later<Step>();
    answer = () => slow.promise;
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'slow');
    const first = slack.server.nextOutput(user);
    await slack.server.deliver({ kind: 'slash_commands', payload });
    slow.settle(runs(say('Late.')));
    await first.seen;
    const resume = () =>
      adapter.platform.resume?.(JSON.parse(JSON.stringify(bot.stored[0]?.payload)));
    const output = slack.server.nextOutput(user);

    answer = () => Promise.reject(Object.assign(new Error('no database'), { isUnwritable: true }));
    await expect(resume()).rejects.toThrow('no database');
    answer = () => runs(say('Answered after all.'));
    await resume();

    expect(JSON.stringify(await output.seen)).toContain('Answered after all.');
    expect(bot.requests[2]).toEqual({ ...bot.requests[0], isRerun: true });
  });

  test('a button carries its saved command, its message and its thread', async () => {
    const root = await post(say('The post.'));
    const message = await post(card, root.id);

    await slack.stage.actor('Ada').press(message, 'Answer');

    expect(bot.requests[0]).toMatchObject({
      place: { channel: 'C0GENERAL', thread: root.id, kind: 'thread' },
      message: message.id,
      said: { kind: 'button', id: '1:answer post:1042' },
    });
    expect(complaints()).toEqual([]);
  });

  test('a choice comes with its value, and several with commas after Send', async () => {
    const message = await post(card);
    const ada = slack.stage.actor('Ada');

    await ada.choose(message, 'Pick one', 'Cache');
    await ada.choose(message, 'Pick some', 'Keys', 'Queries');

    expect(bot.requests.map(({ said }) => said)).toEqual([
      { kind: 'button', id: '1:answer post:1042', values: { choice: 'b' } },
      { kind: 'button', id: '1:answer post:1042', values: { choices: 'k,q' } },
    ]);
  });

  test('an update takes the place of the private message that was pressed', async () => {
    answer = () => runs(card);
    const ada = slack.stage.actor('Ada');
    const first = (await ada.command('daily')) as Message;
    answer = () => runs({ ...say('Right!'), update: true });

    const second = await ada.press(first, 'Answer');

    expect(second).toMatchObject({ id: first.id, text: 'Right!', replaced: true, buttons: [] });
    expect(bot.requests[1]?.message).toBe(first.id);
  });

  test('a private update never takes the place of a message that all see', async () => {
    const message = await post(card);
    answer = () => runs({ ...say('Your options.'), update: true });

    const seen = await slack.stage.actor('Ada').press(message, 'Answer');

    expect(seen).toMatchObject({ replaced: false, isPrivate: true });
    expect((await slack.stage.messages('C0GENERAL'))[0]?.text).toContain('Daily question');
  });

  test('a form opens as a window and its values stay values', async () => {
    answer = (request) =>
      request.said.kind === 'form' ? runs(say('On.')) : { kind: 'form', form: setupForm };
    const ada = slack.stage.actor('Ada');

    const form = (await ada.command('setup')) as FormSeen;
    const seen = await ada.fill(form, {
      channel: 'C0GENERAL',
      time: '9:30 & <more>',
      days: 'mon,tue',
      quiet: 'Yes',
    });

    expect(form).toMatchObject({
      title: 'Set up the daily…',
      fields: [
        { name: 'channel', label: 'Channel', required: true },
        { name: 'time', value: '09:00' },
        { name: 'days', choices: ['mon', 'tue'] },
        { name: 'level', choices: ['easy', 'hard'] },
        { name: 'quiet', choices: ['Yes', 'No'] },
      ],
    });
    expect(bot.requests[1]?.said).toEqual({
      kind: 'form',
      id: '1:setup',
      values: { channel: 'C0GENERAL', time: '9:30 & <more>', days: ['mon', 'tue'], quiet: true },
    });
    expect(bot.requests[1]?.place).toEqual({ channel: 'C0GENERAL', kind: 'channel' });
    expect(seen).toMatchObject({ text: 'On.', isPrivate: true });
    expect(complaints()).toEqual([]);
  });

  test('a form that is delivered twice opens once and says nothing more', async () => {
    const user = slack.server.addUser('Ada').id;
    answer = () => ({ kind: 'form', form: setupForm });
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'setup');
    const output = slack.server.nextOutput(user);

    await slack.server.deliver({ kind: 'slash_commands', payload });
    await output.seen;
    const second = slack.server.nextOutput(user, 300);
    await slack.server.deliver({ kind: 'slash_commands', payload });

    await expect(second.seen).rejects.toThrow('saw nothing');
    expect(events.filter(({ kind }) => kind !== 'acknowledged')).toEqual([]);
  });

  test('a message action says whose the message is, and a webhook is nobody', async () => {
    const ada = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    const post = { channel: 'C0GENERAL', user: slack.server.bot.user, text: 'x', blocks: [] };
    const payload = make.shortcut(ada, slack.server.addMessage(post), 'answer');
    const { user: _, ...byNobody } = payload['message'] as Record<string, unknown>;

    for (const message of [payload['message'], { ...byNobody, subtype: 'bot_message' }])
      await slack.server.deliver({ kind: 'interactive', payload: { ...payload, message } });

    expect(bot.requests.map(({ said }) => said)).toMatchObject([
      { author: 'slack:T0TEAM/U0WARMUP' },
      { author: undefined },
    ]);
  });

  test('the home shows the reply of the home command', async () => {
    const user = slack.server.addUser('Ada').id;
    answer = () => runs(card);
    const output = slack.server.nextOutput(user);

    const event = { type: 'app_home_opened', user, tab: 'home', channel: 'D0ADA', event_ts: '1.1' };
    const payload = payloads(slack.server).event(event);
    await slack.server.deliver({ kind: 'events_api', payload });
    await output.seen;

    expect(bot.requests[0]?.said).toEqual({ kind: 'command', command: 'home', values: {} });
    expect(JSON.stringify(slack.server.users.get(user)?.home)).toContain('Daily question');
    expect(complaints()).toEqual([]);
  });

  test('a button in the home answers in a window, and a button there in the same window', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    // The home itself is drawn again too, which is not what is looked at here.
    const isHome = ({ said }: Request) => said.kind === 'command' && said.command === 'home';
    answer = (request) => (isHome(request) ? { kind: 'nothing' } : runs(card));
    const home = slack.server.openView(user, { type: 'home', blocks: [] });
    const button = { type: 'button', action_id: '0', value: '1:daily', text: { text: 'x' } };

    const first = slack.server.nextOutput(user);
    await slack.server.deliver({ kind: 'interactive', payload: make.viewAction(home, button) });
    const opened = await first.seen;
    if (opened.kind !== 'view') throw new Error('no window');
    answer = (request) => (isHome(request) ? { kind: 'nothing' } : runs(say('Right!')));
    const second = slack.server.nextOutput(user);
    await slack.server.deliver({
      kind: 'interactive',
      payload: make.viewAction(opened.view, button),
    });
    const changed = await second.seen;

    expect(changed).toMatchObject({ kind: 'view', view: { id: opened.view.id } });
    expect(JSON.stringify(changed)).toContain('Right!');
    expect(bot.requests[0]?.place).toEqual({ channel: user, kind: 'direct' });
    expect(complaints()).toEqual([]);
  });

  test('the home stays the home, and follows what is done in it and in windows above it', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    let done = 0;
    answer = ({ said }) =>
      said.kind === 'command' && said.command === 'home'
        ? runs({ title: `Home after ${done}`, blocks: [] })
        : runs({ ...say('Right!'), update: true });
    const home = slack.server.openView(user, { type: 'home', blocks: [] });
    const button = { type: 'button', action_id: '0', value: '1:daily', text: { text: 'x' } };
    const homeNow = () => JSON.stringify(slack.server.users.get(user)?.home);

    done = 1;
    const first = slack.server.nextOutput(user);
    await slack.server.deliver({ kind: 'interactive', payload: make.viewAction(home, button) });
    const opened = await first.seen;
    if (opened.kind !== 'view') throw new Error('no window');
    await expect.poll(homeNow).toContain('Home after 1');
    done = 2;
    await slack.server.deliver({
      kind: 'interactive',
      payload: make.viewAction(opened.view, button),
    });

    await expect.poll(homeNow).toContain('Home after 2');
    expect(JSON.stringify(opened)).toContain('Right!');
    expect(complaints()).toEqual([]);
  });

  test('words in a direct message and a mention reach the machine once each', async () => {
    const user = slack.server.addUser('Ada').id;
    const make = payloads(slack.server);
    const direct = slack.server.directWith(user).id;
    const said = { user, text: 'because &lt;b&gt; &amp; c', ts: '5.5' };
    answer = () => ({ kind: 'nothing' });

    const mention = { ...said, text: `<@${slack.server.bot.user}> hello`, channel: 'C0GENERAL' };
    for (const event of [
      { type: 'message', channel: direct, channel_type: 'im', ...said },
      { type: 'app_mention', ...mention },
      { type: 'message', channel_type: 'channel', ...mention },
      { type: 'message', channel: direct, channel_type: 'im', ...said, bot_id: 'B0OTHER' },
      { type: 'message', channel: direct, channel_type: 'im', ...said, subtype: 'message_changed' },
    ]) {
      await slack.server.deliver({ kind: 'events_api', payload: make.event(event) });
    }

    expect(bot.requests.map(({ said }) => said)).toEqual([
      { kind: 'words', text: 'because <b> & c', message: '5.5', isForBot: true },
      { kind: 'words', text: 'hello', message: '5.5', isForBot: true },
    ]);
  });

  test('the answer in a direct message with the app is an ordinary message', async () => {
    const user = slack.server.addUser('Ada').id;
    const direct = slack.server.directWith(user).id;
    const event = {
      type: 'message',
      channel: direct,
      channel_type: 'im',
      user,
      text: 'x',
      ts: '1.1',
    };

    const payload = payloads(slack.server).event(event);
    await slack.server.deliver({ kind: 'events_api', payload });

    await expect.poll(() => slack.stage.actor('Ada').inbox()).toMatchObject([{ text: 'Heard.' }]);
  });

  test('a private answer in the direct message of two people is seen by one of them', async () => {
    const user = slack.server.addUser('Ada').id;
    slack.server.addChannel('directmessage', {
      id: 'D0OTHERS',
      isPrivate: true,
      members: new Set([user]),
    });

    const output = slack.server.nextOutput(user);
    const payload = payloads(slack.server).command(user, 'D0OTHERS', '/warmup', 'me');
    await slack.server.deliver({ kind: 'slash_commands', payload });

    expect(await output.seen).toMatchObject({ message: { ephemeralTo: user } });
  });

  test('when the address for answers is used up, the answer comes another way', async () => {
    const user = slack.server.addUser('Ada').id;
    const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'me');
    for (const url of slack.server.responseUrls.values()) url.uses = 5;
    answer = () => runs(withFile);

    const output = slack.server.nextOutput(user);
    await slack.server.deliver({ kind: 'slash_commands', payload });

    expect(await output.seen).toMatchObject({
      message: { ephemeralTo: user, channel: 'C0GENERAL' },
    });
    expect(complaints()).toEqual([]);
  });

  test('in a channel without the app an answer after half an hour is a direct message', async () => {
    const user = slack.server.addUser('Ada').id;
    const { id } = slack.server.addChannel('foreign', { members: new Set([user]) });
    const payload = payloads(slack.server).command(user, id, '/warmup', 'me');
    slack.server.advance(31 * 60_000);
    answer = () => runs(withFile);

    await slack.server.deliver({ kind: 'slash_commands', payload });

    await expect
      .poll(() => slack.stage.actor('Ada').inbox())
      .toMatchObject([{ text: expect.stringContaining('Heard.') }]);
    expect(complaints()).toEqual([]);
  });

  test('a form that comes too late says so', async () => {
    const user = slack.server.addUser('Ada').id;
    answer = () => {
      slack.server.advance(3500);
      return { kind: 'form', form: setupForm };
    };

    const seen = await slack.stage.actor('Ada').command('setup');

    expect(seen).toMatchObject({ kind: 'message', isPrivate: true });
    expect((seen as Message).text).toContain("form didn't open in time");
    expect(complaints()).toEqual(['trigger: expired_trigger_id']);
    expect(user).toBe('U0ADA');
  });

  test('a person is looked up once in five minutes', async () => {
    const ada = slack.stage.actor('Ada');
    const lookUps = () =>
      slack.stage.sent().filter(({ path }) => path.endsWith('users.info')).length;

    await ada.command('me');
    await ada.command('me');
    expect(lookUps()).toBe(1);

    slack.stage.actor('Ada', { admin: true });
    slack.server.advance(5 * 60_000 + 1);
    await ada.command('me');

    expect(lookUps()).toBe(2);
    expect(bot.requests.map(({ isAdmin }) => isAdmin)).toEqual([false, false, true]);
  });

  test('without an answer about a person they have no rights', async () => {
    slack.server.reject('users.info', { ok: false, error: 'missing_scope', needed: 'users:read' });

    await slack.stage.actor('Ada', { admin: true }).command('setup');

    expect(bot.requests[0]).toMatchObject({ accountName: 'Ada', isAdmin: false });
    expect(bot.requests[0]).not.toHaveProperty('zone');
    expect(events).toMatchObject([
      { kind: 'failed', where: 'slack users.info' },
      { kind: 'acknowledged' },
    ]);

    slack.server.reject('users.info', undefined);
    await slack.stage.actor('Ada').command('setup');
    slack.server.advance(30_001);
    await slack.stage.actor('Ada').command('setup');

    expect(bot.requests.map(({ isAdmin }) => isAdmin)).toEqual([false, false, true]);
  });

  test('an app that was removed tells the machine', async () => {
    const make = payloads(slack.server);
    for (const event of [
      { type: 'tokens_revoked', tokens: { oauth: ['U1'] } },
      { type: 'tokens_revoked', tokens: { bot: ['U0WARMUP'] } },
      { type: 'app_uninstalled' },
    ]) {
      await slack.server.deliver({ kind: 'events_api', payload: make.event(event) });
    }

    await expect.poll(() => bot.leftWorkspaces).toEqual(['slack:T0TEAM', 'slack:T0TEAM']);
  });
});
