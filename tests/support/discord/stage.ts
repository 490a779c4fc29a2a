import { OPEN_FORM } from '../../../src/adapters/discord/present.ts';
import type { Actor, FormSeen, Message, Seen, Stage } from '../stage.ts';
import { inTime } from '../waiting.ts';
import {
  actOn,
  choose,
  type Done,
  fieldName,
  modalFields,
  type Person,
  paste,
  press,
  type Screen,
  sendModal,
  slash,
} from './gestures.ts';
import type { Json } from './rules.ts';
import { createDiscordServer, type DiscordServer, type ServerOptions } from './server.ts';
import { menuChoices, visible, visibleText } from './visible.ts';
import type { Channel, StoredMessage, User } from './world.ts';

/** Plays scenarios on the real discord.js client: start the adapter with `url` and `token`. */
export async function createDiscordStage(options: ServerOptions = {}) {
  const server = await createDiscordServer(options);
  const screens = new Map<string, Screen & { channel: Channel }>();
  const users = new Map<string, User>();

  function userCalled(name: string, isAdmin = false): User {
    const user = users.get(name) ?? server.world.addUser(name, isAdmin);
    users.set(name, user);
    return user;
  }

  /** People and the main channel by their tokens, as Discord's client sends them. */
  const mentioning = (text: string) =>
    text
      .replace(/@(\w+)/g, (all, name: string) => {
        const user = users.get(name);
        return user ? `<@${user.id}>` : all;
      })
      .replace(`#${server.world.main.name}`, `<#${server.world.main.id}>`);

  function actor(name: string, { admin = false } = {}): Actor {
    const user = userCalled(name, admin);
    const at = (channel: Channel): Person => ({ server, user, channel });
    const here = (thread?: string) => at(channelOf(server, thread ?? server.world.main.id));
    const on = (message: Message) => stored(server, message);
    const seen = (person: Person, done: Done, pressed?: StoredMessage) =>
      watch(person, done, pressed);

    return {
      command: async (command, values, place) => {
        const person = here(place?.thread);
        return seen(person, slash(person, command, values));
      },
      type: async (shown) => {
        const person = here();
        const done = paste(person, shown);
        return done && seen(person, done);
      },
      say: async (text) => {
        const direct = at(server.world.directWith(user.id));
        const reply = server.world.nextIn(direct.channel.id);
        server.say(user, direct.channel, mentioning(text));
        const said = messageSeen(server, await inTime(reply), false);
        return reopen(direct, said);
      },
      press: async (message, label) => {
        const person = at(channelOf(server, on(message).channel));
        return seen(person, press(person, on(message), label), on(message));
      },
      choose: async (message, select, ...choices) => {
        const person = at(channelOf(server, on(message).channel));
        return seen(person, choose(person, on(message), select, choices), on(message));
      },
      fill: async (form, values) => {
        const screen = screens.get(form.id);
        if (!screen) throw new Error('this form is not open');
        const person = at(screen.channel);
        const answer = await seen(person, sendModal(person, screen, values), screen.pressed);
        return answer.kind === 'message' ? reopen(person, answer) : answer;
      },
      act: async (title, text, place) => {
        const person = here(place?.thread);
        const author = place?.by ? userCalled(place.by) : user;
        const message = server.say(author, person.channel, text);
        return seen(person, actOn(person, message, title));
      },
      inbox: async () =>
        messagesIn(server, server.world.directWith(user.id).id, server.world.bot.id),
    };
  }

  async function watch(person: Person, done: Done, pressed?: StoredMessage): Promise<Seen> {
    const outcome = await inTime(done.outcome);
    if (outcome.kind === 'message') return messageSeen(server, outcome.message, outcome.replaced);
    if (outcome.kind !== 'modal') throw new Error('suggestions do not answer this');
    const id = server.world.newId();
    screens.set(id, {
      modal: outcome.modal,
      channel: person.channel,
      ...(pressed ? { pressed } : {}),
    });
    return formSeen(id, outcome.modal);
  }

  /** Discord takes no modal in answer to one; the form opens again from a button. */
  async function reopen(person: Person, refusal: Message): Promise<Seen> {
    if (!refusal.buttons.includes(OPEN_FORM)) return refusal;
    const message = stored(server, refusal);
    const form = await watch(person, press(person, message, OPEN_FORM), message);
    return form.kind === 'form' ? { problem: refusal.text, ...form } : form;
  }

  const stage: Stage = {
    platform: 'discord',
    channel: server.world.main.id,
    actor,
    messages: async (channel, thread) => messagesIn(server, thread ?? channel),
    fail: server.fail,
    limitRates: server.limitRates,
    limited: server.limited,
    sent: server.sent,
    complaints: server.complaints,
  };
  return { stage, server, url: server.url, token: server.token, stop: server.stop };
}

function channelOf(server: DiscordServer, id: string): Channel {
  const channel = server.world.channels.get(id);
  if (!channel) throw new Error(`there is no channel ${id}`);
  return channel;
}

function stored(server: DiscordServer, { id, channel, thread }: Message): StoredMessage {
  const message = server.world.message(thread ?? channel, id);
  if (!message) throw new Error('the message is gone');
  return message;
}

/** What everybody in a channel sees; of one author when told. */
function messagesIn(server: DiscordServer, channel: string, author?: string): Message[] {
  return (server.world.messages.get(channel) ?? [])
    .filter((message) => message.only === undefined && (!author || message.author === author))
    .map((message) => messageSeen(server, message, false));
}

function messageSeen(server: DiscordServer, message: StoredMessage, replaced: boolean): Message {
  const { text, buttons, selects, files } = visible(message);
  const place = channelOf(server, message.channel);
  return {
    kind: 'message',
    id: message.id,
    ...(place.parent ? { channel: place.parent, thread: place.id } : { channel: place.id }),
    isPrivate: message.only !== undefined || place.type === 1,
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

function formSeen(id: string, modal: Json): FormSeen {
  const [first] = (modal.components ?? []) as Json[];
  return {
    kind: 'form',
    id,
    title: String(modal.title),
    fields: modalFields(modal).map(({ label, component }) => {
      const choices = menuChoices(component);
      const before = choices.filter(({ isDefault }) => isDefault).map((choice) => choice.label);
      return {
        name: fieldName(component),
        label,
        required: component.required !== false,
        choices: choices.map((choice) => choice.label),
        value: String(component.value ?? before.join(',')),
      };
    }),
    ...(first?.type === 10 ? { about: visibleText(String(first.content)) } : {}),
  };
}
