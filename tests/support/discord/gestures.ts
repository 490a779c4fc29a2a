import type { Open, Outcome } from './interactions.ts';
import type { Json } from './rules.ts';
import type { DiscordServer } from './server.ts';
import { visible } from './visible.ts';
import {
  type Channel,
  channelJson,
  messageJson,
  type StoredMessage,
  type User,
  userJson,
} from './world.ts';

/** What somebody did, and what will become of it. `deliver` sends the same delivery again. */
export type Done = { interaction: Open; outcome: Promise<Outcome>; deliver(): void };

/** A person at a Discord client, which lets nobody do what is impossible there. */
export type Person = { server: DiscordServer; user: User; channel: Channel };

export type Given = Record<string, string | number | boolean>;

type Resolved = Record<string, Record<string, Json>>;

/** Types of options. @see https://docs.discord.com/developers/interactions/application-commands */
const KIND = {
  subcommand: 1,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  number: 10,
  attachment: 11,
};

/** Uses a slash command that the bot has registered, such as `question edit`. */
export function slash(person: Person, name: string, values: Given = {}): Done {
  const { declared, wrap } = findSlash(person.server, name);
  const resolved: Resolved = {};
  const options = Object.entries(values).map(([key, value]) =>
    giveOption(person, optionOf(declared, key, name), value, resolved),
  );
  const missing = declared.find(
    (each) => each.required === true && values[String(each.name)] === undefined,
  );
  if (missing) throw new Error(`Discord asks for "${missing.name}" before it sends /${name}`);
  const data = { ...wrap(options), ...(Object.keys(resolved).length > 0 ? { resolved } : {}) };
  return act(person, 'command', data);
}

/**
 * Puts a command as a message shows it into the box, or clicks its mention: Discord finds its options by their names.
 * Undefined when Discord asks for a required one before it sends anything.
 */
export function paste(person: Person, shown: string): Done | undefined {
  const mention = /^<\/([^:]+):(\d+)>$/.exec(shown);
  const line = mention?.[1] ?? shown.replace(/^\//, '');
  const [first = '', second = ''] = line.split(' ');
  const known = person.server.commands().find(({ name }) => name === first);
  if (mention && known?.id !== mention[2]) throw new Error(`No command has the id of ${shown}`);
  const isPair = ((known?.options ?? []) as Json[]).some(({ type }) => type === KIND.subcommand);
  const name = isPair ? `${first} ${second}` : first;
  const { declared } = findSlash(person.server, name);
  const given = pastedOptions(line.slice(name.length), declared);
  const isAsked = declared.some((each) => each.required && given[String(each.name)] === undefined);
  return isAsked ? undefined : slash(person, name, given);
}

function pastedOptions(text: string, declared: Json[]): Given {
  const names = declared.map(({ name }) => name).join('|');
  const [loose = '', ...parts] = text.split(new RegExp(` (?=(?:${names}):)`));
  if (loose.trim() !== '') throw new Error(`Discord knows no option for "${loose}"`);
  return Object.fromEntries(
    parts.map((part) => {
      const key = part.slice(0, part.indexOf(':'));
      return [key, pastedValue(optionOf(declared, key, text), part.slice(key.length + 1))];
    }),
  );
}

function pastedValue({ name, type, min_value, max_value }: Json, text: string): Given[string] {
  if (type === KIND.boolean && !/^(true|false)$/i.test(text))
    throw new Error(`"${name}" is either True or False on Discord, not "${text}"`);
  if (type === KIND.integer || type === KIND.number) {
    const isInRange =
      Number(text) >= Number(min_value ?? -Infinity) &&
      Number(text) <= Number(max_value ?? Infinity);
    const isWhole = type === KIND.number || /^-?\d+$/.test(text);
    if (!isInRange || !isWhole) throw new Error(`"${name}" does not take "${text}" on Discord`);
  }
  return type === KIND.channel || type === KIND.user ? text.replace(/^[#@]/, '') : text;
}

/** Types in an option that completes. */
export function typeOption(person: Person, name: string, option: string, typed: string): Done {
  const { declared, wrap } = findSlash(person.server, name);
  const { type, autocomplete } = optionOf(declared, option, name);
  if (autocomplete !== true) throw new Error(`"${option}" of /${name} does not complete`);
  return act(person, 'autocomplete', wrap([{ name: option, type, value: typed, focused: true }]));
}

function optionOf(declared: Json[], key: string, command: string): Json {
  const option = declared.find((each) => each.name === key);
  if (!option) throw new Error(`/${command} has no option "${key}" on Discord`);
  return option;
}

function findSlash(server: DiscordServer, name: string) {
  const [first = '', given] = name.split(' ');
  const command = server.commands().find((each) => each.name === first && (each.type ?? 1) === 1);
  if (!command) throw new Error(`/${first} is not registered`);
  const base = { id: command.id, name: first, type: 1 };
  const inside = (command.options ?? []) as Json[];
  // A word that others share isn't sent alone: Discord completes it with the first of them.
  const second = given ?? inside.find(({ type }) => type === KIND.subcommand)?.name;
  if (second === undefined)
    return { declared: inside, wrap: (options: Json[]): Json => ({ ...base, options }) };
  const sub = inside.find((each) => each.name === second && each.type === KIND.subcommand);
  if (!sub) throw new Error(`/${name} is not registered`);
  return {
    declared: (sub.options ?? []) as Json[],
    wrap: (options: Json[]): Json => ({
      ...base,
      options: [{ name: second, type: KIND.subcommand, options }],
    }),
  };
}

function giveOption(person: Person, option: Json, value: Given[string], resolved: Resolved): Json {
  const { name, type } = option;
  const choices = (option.choices ?? []) as Json[];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    throw new Error(`"${value}" is not a choice of "${name}"`);
  switch (type) {
    case KIND.integer:
    case KIND.number:
      if (!Number.isFinite(Number(value))) throw new Error(`"${name}" takes a number`);
      return { name, type, value: Number(value) };
    case KIND.boolean:
      return { name, type, value: value === true || value === 'true' };
    case KIND.user:
    case KIND.channel:
    case KIND.attachment:
      return { name, type, value: resolve(person, kindOf(type), String(value), resolved) };
    default:
      return { name, type, value: String(value) };
  }
}

function kindOf(type: number): 'user' | 'channel' | 'file' {
  if (type === KIND.user) return 'user';
  return type === KIND.channel ? 'channel' : 'file';
}

/** The id of a person by name, a channel by id or name, or a file made of the text. */
function resolve(
  { server }: Person,
  kind: 'user' | 'channel' | 'file',
  value: string,
  resolved: Resolved,
): string {
  const { world } = server;
  const put = (list: string, id: string, json: Json) => {
    resolved[list] = { ...resolved[list], [id]: json };
    return id;
  };
  if (kind === 'file') {
    const file = server.upload({
      name: 'upload.txt',
      mime: 'text/plain',
      bytes: new TextEncoder().encode(value),
    });
    return put('attachments', String(file.id), file);
  }
  const id = value.replace(/^discord:/, '');
  if (kind === 'user') {
    const user =
      world.users.get(id) ?? [...world.users.values()].find(({ name }) => name === value);
    if (!user) throw new Error(`nobody is called "${value}"`);
    return put('users', user.id, userJson(user));
  }
  const channel =
    world.channels.get(id) ?? [...world.channels.values()].find(({ name }) => name === value);
  if (!channel) throw new Error(`there is no channel "${value}"`);
  return put('channels', channel.id, { ...channelJson(world, channel), permissions: '0' });
}

/** Presses the button with this label. */
export function press(person: Person, message: StoredMessage, label: string): Done {
  const button = visible(message).buttons.find((each) => each.label === label);
  if (!button) throw new Error(`no button "${label}" among ${labels(visible(message).buttons)}`);
  const { id, menu } = button;
  return menu
    ? use(person, message, { component_type: 3, custom_id: menu, values: [id] })
    : use(person, message, { component_type: 2, custom_id: id });
}

/** Chooses in the menu with this label, by the labels of its choices. */
export function choose(
  person: Person,
  message: StoredMessage,
  label: string,
  choices: string[],
): Done {
  const menu = visible(message).selects.find((each) => each.label === label);
  if (!menu) throw new Error(`no menu "${label}" among ${labels(visible(message).selects)}`);
  const values = choices.map((choice) => {
    const found = menu.choices.find((each) => each.label === choice || each.value === choice);
    if (!found) throw new Error(`no choice "${choice}" among ${labels(menu.choices)}`);
    return found.value;
  });
  if (values.length > menu.max) throw new Error(`"${label}" takes at most ${menu.max}`);
  return use(person, message, { component_type: 3, custom_id: menu.id, values });
}

function labels(list: { label: string }[]): string {
  return list.map(({ label }) => `"${label}"`).join(', ') || 'none';
}

/** Uses a component by its raw id, as an old message or a foreign bot might hold it. */
export function use({ server, user }: Person, message: StoredMessage, data: Json): Done {
  const channel = server.world.channels.get(message.channel);
  if (!channel || !server.world.message(message.channel, message.id))
    throw new Error('the message is gone');
  if (message.only && message.only !== user.id)
    throw new Error('only somebody else sees this message');
  return server.interact({
    type: 'component',
    user,
    channel,
    pressed: message,
    data: { id: 1, ...data },
  });
}

/** Uses the message action with this title. */
export function actOn(person: Person, message: StoredMessage, title: string): Done {
  const { server } = person;
  const command = server.commands().find((each) => each.name === title && each.type === 3);
  if (!command) throw new Error(`the message action "${title}" is not registered`);
  const target = messageJson(server.world, message, server);
  return act(person, 'command', {
    id: command.id,
    name: title,
    type: 3,
    target_id: message.id,
    resolved: { messages: { [message.id]: target } },
  });
}

/** A modal on somebody's screen, and the message whose component opened it. */
export type Screen = { modal: Json; pressed?: StoredMessage };

/** The labelled fields of a modal. */
export function modalFields(modal: Json): { label: string; component: Json }[] {
  return ((modal.components ?? []) as Json[])
    .filter(({ type }) => type === 18)
    .map(({ label, component }) => ({ label: String(label), component: component as Json }));
}

/** Sends a modal; fields are named by the words behind the colon of their ids. */
export function sendModal(
  person: Person,
  { modal, pressed }: Screen,
  values: Record<string, string>,
): Done {
  const resolved: Resolved = {};
  const components = modalFields(modal).map(({ label, component }, at) => ({
    type: 18,
    id: 2 * at + 1,
    component: { id: 2 * at + 2, ...fillIn(person, { label, component }, values, resolved) },
  }));
  const data = { custom_id: modal.custom_id, components, resolved };
  const from = pressed ? { pressed } : {};
  return person.server.interact({
    type: 'modal',
    user: person.user,
    channel: person.channel,
    data,
    ...from,
  });
}

/** The name of a field: its id without the kind. */
export function fieldName(component: Json): string {
  return String(component.custom_id).replace(/^[^:]*:/, '');
}

function fillIn(
  person: Person,
  { label, component }: { label: string; component: Json },
  given: Record<string, string>,
  resolved: Resolved,
): Json {
  const { type, custom_id, required, max_length } = component;
  const typed = given[fieldName(component)];
  const isRequired = required !== false;
  if (type === 4) {
    const value = typed ?? String(component.value ?? '');
    if (isRequired && value === '') throw new Error(`"${label}" has to be filled in`);
    if (value.length > Number(max_length ?? 4000))
      throw new Error(`"${label}" takes ${max_length} characters`);
    return { type, custom_id, value };
  }
  const values =
    typed === undefined ? chosenBefore(component) : pick(person, component, typed, resolved);
  if (isRequired && values.length === 0) throw new Error(`"${label}" has to be chosen`);
  return { type, custom_id, values };
}

function chosenBefore(component: Json): string[] {
  const options = (component.options ?? []) as Json[];
  const preset = (component.default_values ?? []) as Json[];
  return [
    ...options.filter((option) => option.default === true).map(({ value }) => String(value)),
    ...preset.map((each) => String(each.id)),
  ];
}

function pick(person: Person, component: Json, typed: string, resolved: Resolved): string[] {
  if (typed === '') return [];
  if (component.type === 5) return [resolve(person, 'user', typed, resolved)];
  if (component.type === 8) return [resolve(person, 'channel', typed, resolved)];
  if (component.type === 19) return [resolve(person, 'file', typed, resolved)];
  const options = (component.options ?? []) as Json[];
  return typed.split(',').map((word) => {
    const found = options.find(({ label, value }) => [label, value].includes(word.trim()));
    if (!found) throw new Error(`"${word}" is not among the choices`);
    return String(found.value);
  });
}

function act({ server, user, channel }: Person, type: Open['type'], data: Json): Done {
  return server.interact({ type, user, channel, data });
}
