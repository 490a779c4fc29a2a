import { createServer } from 'node:net';
import { slackManifest } from '../../../src/adapters/slack/manifest.ts';
import { MORE, runLine } from '../../../src/spine/button.ts';
import type { Command } from '../../../src/spine/command.ts';
import type { Actor, Message, Seen, Stage } from '../stage.ts';
import { escaped, payloads } from './payloads.ts';
import { elements, formSeen, inputs, isMenu, isMore, messageSeen } from './seen.ts';
import { type Payload, type SlackServer, startSlackServer, type TOKENS } from './server.ts';
import type { Output, SlackMessage, View } from './workspace.ts';

export type SlackStage = {
  stage: Stage;
  /** For `SLACK_API_URL`. */
  apiUrl: string;
  /** The app token in Socket Mode, the signing secret over HTTP; never both. */
  tokens: { botToken: string } & Partial<Pick<typeof TOKENS, 'appToken' | 'signingSecret'>>;
  /** Where the app must listen for HTTP; nothing listens there yet. */
  port: number;
  /** The server itself, for what no gesture of a person can do. */
  server: SlackServer;
  stop(): Promise<void>;
};

/** Plays scenarios over a real Bolt app: every gesture as the payload that Slack would send. */
export async function createSlackStage({
  mode,
  commands = [],
  scopes,
}: {
  mode: 'socket' | 'http';
  /** The rights of the app, when others than the least. */
  scopes?: string[];
  /** Where the message actions come from. */
  commands?: readonly Command[];
}): Promise<SlackStage> {
  const server = await startSlackServer(scopes ? { scopes } : {});
  const { shortcuts = [] } = slackManifest(commands).features ?? {};
  const messageActions = Object.fromEntries(
    shortcuts.map(({ name, callback_id }) => [name, callback_id]),
  );
  const { botToken, appToken, signingSecret } = server.tokens;
  const port = await freePort();
  if (mode === 'http') server.sendTo(`http://127.0.0.1:${port}/slack/events`);
  const stage: Stage = {
    platform: mode === 'http' ? 'slack-http' : 'slack-socket',
    channel: server.general.id,
    actor(name, { admin = false } = {}) {
      const user = server.addUser(name, admin ? { isAdmin: true } : {});
      return actorFor(server, user.id, messageActions);
    },
    async messages(channel, thread) {
      const found = server.channels.get(channel)?.messages ?? [];
      return found
        .filter((message) => !message.ephemeralTo && message.thread === thread)
        .map((message) => messageSeen(message));
    },
    fail: (how, times) => server.fail(how, times),
    limitRates: () => server.limitRates(),
    limited: () => server.limited(),
    sent: () => server.sent(),
    complaints: () => server.complaints,
  };
  return {
    stage,
    apiUrl: server.apiUrl,
    tokens: mode === 'http' ? { botToken, signingSecret } : { botToken, appToken },
    port,
    server,
    stop: () => server.close(),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function actorFor(
  server: SlackServer,
  user: string,
  messageActions: Record<string, string>,
): Actor {
  const make = payloads(server);

  /** Sends something and waits for what this person sees of it. */
  async function act(kind: 'slash_commands' | 'interactive', payload: Payload): Promise<Seen> {
    const output = server.nextOutput(user);
    try {
      await server.deliver({ kind, payload });
      return shown(await output.seen);
    } finally {
      output.cancel();
    }
  }

  function pressed(on: Message): SlackMessage {
    const message = server.findMessage(on.channel, on.id);
    if (!message) throw new Error(`no message ${on.id} in ${on.channel}`);
    return message;
  }

  /** Opens each list that has a value to pick, as typing in it would; what is not on it is typed beside it. */
  async function picked(view: View, values: Record<string, string>) {
    const found: Record<string, string | Payload> = { ...values };
    for (const { block_id: name, element } of inputs(view.view)) {
      const value = values[name];
      if (element.type !== 'external_select' || value === undefined) continue;
      const payload = make.suggestion(view, {
        action_id: element.action_id,
        block_id: name,
        value,
      });
      const { answer } = await server.deliver({ kind: 'interactive', payload });
      const options: Payload[] = answer?.options ?? [];
      const option = options.find((each) => each.value === value || each.text.text === value);
      found[name] = option ?? '';
      found[`${name}|typed`] = option ? '' : value;
    }
    return found;
  }

  return {
    command(name, values = {}, at) {
      if (at?.thread) throw new Error('Slack has no slash commands in threads');
      const text = runLine(name, values);
      const payload = make.command(user, server.general.id, '/warmup', text);
      return act('slash_commands', payload);
    },

    type(shown) {
      const [command = '', ...words] = shown.split(' ');
      // Slack sends the words of a command that the manifest declares, and of no other.
      if (command !== '/warmup') throw new Error(`Slack knows no command "${command}"`);
      const payload = make.command(user, server.general.id, command, words.join(' '));
      return act('slash_commands', payload);
    },

    say(text) {
      const payload = make.command(user, server.general.id, '/warmup', '');
      return act('slash_commands', { ...payload, text: mentioning(server, escaped(text)) });
    },

    press(on, label) {
      const message = pressed(on);
      const all = elements(message.blocks);
      const button = all.find(({ type, text }) => type === 'button' && text.text === label);
      const more = all.find(isMore);
      const isFolded = more?.options.some(({ text }: Payload) => text.text === label);
      if (!button && isFolded) return this.choose(on, MORE.label, label);
      if (!button) throw new Error(`no button "${label}"; there are ${on.buttons.join(', ')}`);
      return act('interactive', make.messageAction(user, message, button));
    },

    async choose(on, label, ...choices) {
      const message = pressed(on);
      const all = elements(message.blocks);
      const menu = all.find((element) => isMenu(element) && element.placeholder.text === label);
      if (!menu) throw new Error(`no menu "${label}"`);
      const options = choices.map((choice) => optionOf(menu, choice));
      const { type, action_id } = menu;
      if (type === 'static_select') {
        const action = { type, action_id, selected_option: options[0] };
        return act('interactive', make.messageAction(user, message, action));
      }
      const state = { b: { [action_id]: { type, selected_options: options } } };
      const change = { type, action_id, selected_options: options };
      const payload = make.messageAction(user, message, change, state);
      await server.deliver({ kind: 'interactive', payload });
      const send = all.find((element) => element.action_id === `send|${action_id}`);
      return act('interactive', make.messageAction(user, message, send, state));
    },

    async fill(form, values) {
      const view = server.views.get(form.id);
      if (!view) throw new Error(`no form ${form.id}`);
      const payload = make.submission(view, filled(view, await picked(view, values)));
      const output = server.nextOutput(user);
      try {
        const { answer } = await server.deliver({ kind: 'interactive', payload });
        return refusedForm(view, answer) ?? shown(await output.seen);
      } finally {
        output.cancel();
      }
    },

    act(title, text, at) {
      const callback = messageActions[title];
      if (!callback) throw new Error(`no message action "${title}"`);
      const message = server.addMessage({
        channel: server.general.id,
        user: at?.by ? server.addUser(at.by).id : user,
        text,
        blocks: [],
        ...(at?.thread ? { thread: at.thread } : {}),
      });
      return act('interactive', make.shortcut(user, message, callback));
    },

    async inbox() {
      const { messages } = server.directWith(user);
      return messages
        .filter((message) => message.user === server.bot.user)
        .map((message) => messageSeen(message));
    },
  };
}

/** People and channels by their tokens, as Slack's client sends them. */
function mentioning(server: SlackServer, text: string): string {
  const people = [...server.users.values()];
  const channels = [...server.channels.values()];
  return text
    .replace(/@(\w+)/g, (all, name: string) => {
      const person = people.find((each) => each.name === name);
      return person ? `<@${person.id}|${name}>` : all;
    })
    .replace(/#(\w+)/g, (all, name: string) => {
      const channel = channels.find((each) => each.name === name);
      return channel ? `<#${channel.id}|${name}>` : all;
    });
}

function shown(output: Output): Seen {
  if (output.kind === 'message') return messageSeen(output.message, output.replaced);
  const { view } = output;
  if (inputs(view.view).length > 0) return formSeen(view, output.problem);
  return {
    ...messageSeen({
      ts: view.id,
      channel: view.user,
      user: view.user,
      text: '',
      blocks: view.view.blocks,
      ephemeralTo: view.user,
    }),
  };
}

/** A form that stays open: words under a field, or drawn anew. */
function refusedForm(view: View, answer: Payload): Seen | undefined {
  if (answer?.response_action === 'errors') {
    return formSeen(view, Object.values<string>(answer.errors).join(' '));
  }
  if (answer?.response_action !== 'update') return undefined;
  view.view = answer.view;
  return shown({ kind: 'view', view });
}

function optionOf(element: Payload, choice: string): Payload {
  const option = element.options.find(
    ({ text, value }: Payload) => text.text === choice || value === choice,
  );
  if (!option) throw new Error(`no choice "${choice}"`);
  return option;
}

/** The state of a window after somebody filled it in; what they left alone keeps its value. */
function filled(view: View, values: Record<string, string | Payload>): object {
  const fields = inputs(view.view);
  for (const name of Object.keys(values)) {
    if (!fields.some(({ block_id }) => block_id === name)) throw new Error(`no field "${name}"`);
  }
  return Object.fromEntries(
    fields.map((field) => [
      field.block_id,
      { [field.element.action_id]: inputState(field, values[field.block_id]) },
    ]),
  );
}

function inputState(
  { element, optional, block_id }: Payload,
  value: string | Payload | undefined,
): object {
  const { type } = element;
  const state = { type, ...chosen(element, value) };
  const isEmpty = Object.values(state).every(
    (part) => part === type || part === null || (Array.isArray(part) && part.length === 0),
  );
  if (isEmpty && !optional) throw new Error(`Slack does not send a form without "${block_id}"`);
  return state;
}

function chosen(element: Payload, value: string | Payload | undefined): object {
  if (element.type === 'external_select')
    return {
      selected_option: value === undefined ? (element.initial_option ?? null) : value || null,
    };
  if (typeof value === 'object') throw new Error('only a list takes an option');
  switch (element.type) {
    case 'static_select':
      return {
        selected_option:
          value === undefined ? (element.initial_option ?? null) : optionOf(element, value),
      };
    case 'multi_static_select':
      return {
        selected_options:
          value === undefined
            ? (element.initial_options ?? [])
            : value.split(',').map((part: string) => optionOf(element, part)),
      };
    case 'conversations_select':
      return { selected_conversation: value ?? element.initial_conversation ?? 'C0GENERAL' };
    case 'users_select':
      return { selected_user: value ?? element.initial_user ?? null };
    default:
      return { value: typedValue(element, value) };
  }
}

function typedValue({ type, initial_value, max_length }: Payload, value: string | undefined) {
  const text = value ?? initial_value ?? null;
  if (text && type === 'number_input' && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new Error(`Slack takes only numbers here, not "${text}"`);
  }
  if (text && max_length && text.length > max_length) {
    throw new Error(`Slack takes only ${max_length} characters here`);
  }
  return text === '' ? null : text;
}
