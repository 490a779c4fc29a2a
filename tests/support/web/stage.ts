import type {
  BotMessage,
  Outcome,
  ShownForm,
  UserAction,
} from '../../../src/adapters/web/protocol.ts';
import { createSession, type Session } from '../../../src/adapters/web/session.ts';
import type { WebWorld } from '../../../src/adapters/web/world.ts';
import { runLine } from '../../../src/spine/button.ts';
import type { Bot } from '../../../src/spine/command.ts';
import type { Adapter, Platform } from '../../../src/spine/platform.ts';
import { visible } from '../discord/visible.ts';
import type { AdapterParts } from '../machine.ts';
import type { Actor, FormSeen, Message, Seen, Stage } from '../stage.ts';

const CHANNEL = 'daily';

/** Plays scenarios on the page's own session, with the gestures that the page makes. */
export function createWebStage() {
  const speakers: { account: string; name: string; isAdmin: boolean }[] = [];
  const forms = new Map<string, ShownForm>();
  const sent: { method: string; path: string; body: unknown }[] = [];
  let session: Session;
  let bot: Bot;
  let platform: Platform;
  let clock: AdapterParts['clock'];
  let deliveries = 0;

  const fail: Stage['fail'] = (how) =>
    session.setFault(how === 'busy' ? 'busy' : how === 'lose' ? 'lost' : 'permission', true);

  async function act(account: string, gesture: UserAction, on?: { id: string }, thread?: string) {
    return seen(await make(account, gesture, on, thread), on);
  }

  function make(account: string, gesture: UserAction, on?: { id: string }, thread?: string) {
    deliveries += 1;
    const said = {
      delivery: `stage ${deliveries}`,
      account,
      place: on ? (session.message(on.id)?.place ?? CHANNEL) : (thread ?? CHANNEL),
      gesture,
      ...(on ? { message: on.id } : {}),
    };
    sent.push({ method: 'POST', path: '/api/say', body: said });
    return session.say(said);
  }

  /** A message that somebody writes there. */
  async function written(account: string, text: string, thread?: string): Promise<{ id: string }> {
    await make(account, { kind: 'text', text }, undefined, thread);
    const own = session
      .messages()
      .findLast((each) => each.by === 'person' && each.account === account);
    if (!own) throw new Error('Nothing was written');
    return own;
  }

  function seen(outcome: Outcome | undefined, on?: { id: string }): Seen {
    if (outcome?.kind === 'form') return formSeen(outcome.form);
    if (outcome?.kind !== 'shown') throw new Error(`Nothing came back, but ${outcome?.kind}`);
    const message = session.message(outcome.message);
    if (message?.by !== 'bot') throw new Error('Nothing was said');
    return messageSeen(message, on?.id === message.id);
  }

  function formSeen(form: ShownForm): FormSeen {
    forms.set(form.id, form);
    return {
      kind: 'form',
      id: form.id,
      title: form.title,
      fields: form.discord.modal.components.flatMap((part) =>
        'component' in part ? [fieldSeen(part)] : [],
      ),
      ...(form.problem ? { problem: form.problem } : {}),
    };
  }

  const speak = (name: string): Actor => {
    const account = `web:${name}`;
    return {
      command: (command, values = {}, at) =>
        act(account, { kind: 'text', text: `/${runLine(command, values)}` }, undefined, at?.thread),
      type: (shown) => act(account, { kind: 'text', text: shown }),
      say: (text) => act(account, { kind: 'text', text }),
      press: (on, label) => act(account, pressOf(on, label), on),
      choose: (on, select, ...labels) => act(account, choiceOf(on, select, labels), on),
      fill: (form, values) => {
        const from = forms.get(form.id)?.message;
        const on = from === undefined ? undefined : session.message(from);
        const gesture = { kind: 'form', id: form.id, values, files: {} } as const;
        return act(account, gesture, on?.by === 'bot' ? messageSeen(on) : undefined);
      },
      act: async (title, text, at) => {
        const command = bot.commands.find(({ message }) => message?.title === title)?.name ?? '';
        const on = await written(at?.by ? `web:${at.by}` : account, text, at?.thread);
        return act(account, { kind: 'action', command }, on);
      },
      inbox: async () => standing(`direct ${account}`).map((message) => messageSeen(message)),
    };
  };

  function pressOf(on: Message, label: string): UserAction {
    const button = payloadOf(on).buttons.find((each) => each.label === label);
    if (!button) throw new Error(`no button "${label}"; there are ${on.buttons.join(', ')}`);
    const { id, menu } = button;
    return menu
      ? { kind: 'press', look: 'discord', id: menu, values: [id] }
      : { kind: 'press', look: 'discord', id };
  }

  function choiceOf(on: Message, select: string, labels: string[]): UserAction {
    const menu = payloadOf(on).selects.find((each) => each.label === select);
    const values = labels.map((label) => {
      const choice = menu?.choices.find((each) => each.label === label);
      if (!choice) throw new Error(`no choice "${label}" in "${select}"`);
      return choice.value;
    });
    return { kind: 'press', look: 'discord', id: menu?.id ?? '', values };
  }

  function payloadOf({ id }: Message) {
    const message = session.message(id);
    if (message?.by !== 'bot') throw new Error('That message is gone');
    return visible(stored(message));
  }

  const standing = (place: string): BotMessage[] =>
    session
      .messages()
      .filter((each): each is BotMessage => each.by === 'bot' && each.place === place);

  const stage: Stage = {
    platform: 'web',
    channel: CHANNEL,
    actor(name, { admin = false } = {}) {
      const account = `web:${name}`;
      if (!speakers.some((each) => each.account === account))
        speakers.push({ account, name, isAdmin: admin });
      return speak(name);
    },
    messages: async (channel, thread) =>
      standing(thread ?? channel)
        .filter(({ only }) => only === undefined)
        .map((message) => messageSeen(message)),
    fail,
    sent: () => sent,
    complaints: () => [],
  };

  /** The adapter over whatever bot runs now; what stands on the page outlives a restart. */
  async function start(parts: AdapterParts): Promise<Adapter> {
    bot = parts.bot;
    clock = parts.clock;
    session ??= await createSession({
      draw: async () => undefined,
      open: (opened) => {
        platform = opened.platform;
        return world;
      },
    });
    return { platform, stop: async () => {} };
  }

  const world: WebWorld = {
    get bot() {
      return bot;
    },
    workspace: 'web:T1',
    workspaceName: 'T1',
    channels: [CHANNEL],
    speakers,
    zone: 'UTC',
    locale: 'en-GB',
    now: () => clock.now(),
    begin: async () => {},
    jump: async () => false,
    pass: async () => {},
    away: async () => {},
    // The scenario moves the clock itself.
    tick: () => {},
    board: async () => [],
    beat: async () => false,
    answer: async () => undefined,
    modelAnswer: () => '',
    settle: async () => {},
    close: async () => {},
  };

  return { stage, start };
}

function stored({ payloads }: BotMessage) {
  const { body, files } = payloads.discord;
  return {
    content: '',
    // The page keeps the payload as it is sent; the reader knows it as JSON.
    components: JSON.parse(JSON.stringify(body.components)),
    attachments: files.map(({ name, mime }) => ({ id: '', name, mime, bytes: new Uint8Array() })),
  };
}

function messageSeen(message: BotMessage, replaced = false): Message {
  const { text, buttons, selects, files } = visible(stored(message));
  return {
    kind: 'message',
    id: message.id,
    channel: CHANNEL,
    ...(message.place === CHANNEL ? {} : { thread: message.place }),
    isPrivate: message.only !== undefined || message.place.startsWith('direct'),
    text,
    buttons: buttons.map(({ label }) => label),
    selects: selects.map(({ label, choices }) => ({
      label,
      choices: choices.map((each) => each.label),
    })),
    files,
    replaced,
  };
}

type Part = ShownForm['discord']['modal']['components'][number];
type Labelled = Extract<Part, { component: unknown }>;

function fieldSeen(part: Labelled): FormSeen['fields'][number] {
  const { component } = part;
  const options = 'options' in component ? component.options : [];
  return {
    name: component.custom_id.replace(/^[^:]*:/, ''),
    label: 'label' in part ? part.label : '',
    required: 'required' in component && component.required === true,
    choices: options.map(({ value }) => String(value)),
    value: 'value' in component ? String(component.value ?? '') : '',
  };
}
