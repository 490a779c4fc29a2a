import { type REST, Routes } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandOption,
  APIApplicationCommandSubcommandOption,
  RESTPutAPIApplicationCommandsJSONBody,
  RESTPutAPIApplicationCommandsResult,
} from 'discord-api-types/v10';
import { fullName } from '../../spine/button.ts';
import type { Command, Option } from '../../spine/command.ts';
import { POSTABLE } from './fields.ts';
import { cutLabel, LIMITS } from './limits.ts';

type Body = RESTPutAPIApplicationCommandsJSONBody[number];

/** Types of options. @see https://docs.discord.com/developers/interactions/application-commands */
const OPTION = {
  subcommand: 1,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  number: 10,
  attachment: 11,
} as const;

const MANAGE_SERVER = String(1 << 5);

/**
 * The slash and message commands of the declarations. Two-word commands are subcommands of their
 * first word, which is then one of them itself; hidden ones are reached by buttons alone.
 *
 * @throws RangeError when a first word that others share has no name for it alone, which Discord forbids.
 */
export function commandBodies(commands: readonly Command[]): Body[] {
  const shown = commands.filter(({ hidden }) => !hidden);
  const words = new Set(shown.map(firstWord));
  const slash = [...words].map((word) =>
    slashCommand(
      word,
      shown.filter((command) => firstWord(command) === word),
    ),
  );
  return [...slash, ...commands.flatMap(messageCommand)];
}

const firstWord = (command: Command) => fullName(command).split(' ')[0] ?? '';

/** In servers where the bot is a member, and in direct messages with it. */
const EVERYWHERE = { contexts: [0, 1], integration_types: [0] } satisfies Partial<Body>;

function slashCommand(word: string, members: Command[]): Body {
  const alone = members.find(({ name }) => name === word);
  const isGroup = !alone || members.length > 1;
  if (isGroup && alone && !alone.alone)
    throw new RangeError(`"${word}" is a command and also the first word of others`);
  return {
    type: 1,
    name: word,
    description: alone ? summary(alone.summary) : groupSummary(members),
    options: isGroup ? members.map(subcommand) : options(alone),
    ...permissions(alone ? [alone] : members),
    ...EVERYWHERE,
  };
}

function groupSummary(members: readonly Command[]): string {
  return summary(members.map(({ summary }) => summary.replace(/\.$/, '')).join('; '));
}

function summary(text: string): string {
  return cutLabel(text, LIMITS.commandDescription.max) || '…';
}

function subcommand(command: Command): APIApplicationCommandSubcommandOption {
  return {
    type: OPTION.subcommand,
    name: fullName(command).split(' ').slice(1).join('-') || (command.alone ?? ''),
    description: summary(command.summary),
    options: options(command),
  };
}

/**
 * Large texts are left to the form, and options for words alone to messages. Discord does not send a command without an option that it calls
 * required, so none is: the form asks for what is missing.
 */
function options(command: Command): APIApplicationCommandBasicOption[] {
  return command.options
    .filter(({ multiline, typed }) => !multiline && !typed)
    .sort((a, b) => Number(b.required) - Number(a.required))
    .slice(0, LIMITS.commandOptions.max)
    .map(option);
}

function option(declared: Option): APIApplicationCommandBasicOption {
  const { name, min, max } = declared;
  const base = { name, description: summary(declared.summary || declared.label) };
  const range = {
    ...(min === undefined ? {} : { min_value: min }),
    ...(max === undefined ? {} : { max_value: max }),
  };
  switch (declared.kind) {
    case 'int':
      return { type: OPTION.integer, ...base, ...range };
    case 'number':
      return { type: OPTION.number, ...base, ...range };
    case 'boolean':
      return { type: OPTION.boolean, ...base };
    case 'channel':
      return { type: OPTION.channel, ...base, channel_types: POSTABLE };
    case 'person':
      return { type: OPTION.user, ...base };
    case 'file':
      return { type: OPTION.attachment, ...base };
    case 'string':
    case 'count':
    case 'enum':
    case 'list':
      return { type: OPTION.string, ...base, ...textOption(declared) };
  }
}

function textOption({ kind, choices = [], suggests, maxLength }: Option) {
  const isShort = choices.length > 0 && choices.length <= LIMITS.commandChoices.max;
  if (kind === 'enum' && isShort) {
    return { choices: choices.map((value) => ({ name: value, value })) };
  }
  const length = maxLength ? { max_length: Math.min(maxLength, 6000) } : {};
  return suggests ? { autocomplete: true as const, ...length } : length;
}

function messageCommand(command: Command): Body[] {
  if (!command.message) return [];
  const name = cutLabel(command.message.title, LIMITS.commandName.max);
  return [{ type: 3, name, ...permissions([command]), ...EVERYWHERE }];
}

/** Discord hides what only admins may use; the bot itself checks all the same. */
function permissions(members: readonly Command[]): { default_member_permissions: string | null } {
  return { default_member_permissions: members.every(isForAdmins) ? MANAGE_SERVER : null };
}

/** True when every choice of every option is for admins. A rule that cannot be asked says no. */
function isForAdmins(command: Command): boolean {
  const samples = command.options.flatMap(({ name, choices = [] }) =>
    choices.map((choice) => ({ [name]: choice })),
  );
  try {
    return [{}, ...samples].every((input) => command.accessFor(input) === 'admin');
  } catch {
    return false;
  }
}

/** Tells Discord of the commands when they differ from those it has; returns them with their ids. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: readonly Command[],
): Promise<RESTPutAPIApplicationCommandsResult> {
  const route = Routes.applicationCommands(applicationId);
  const wanted = commandBodies(commands);
  // The REST client types answers as unknown; the route fixes what they are.
  const present = (await rest.get(route)) as RESTPutAPIApplicationCommandsResult;
  if (fingerprint(wanted) === fingerprint(present)) return present;
  return (await rest.put(route, { body: wanted })) as RESTPutAPIApplicationCommandsResult;
}

type Known = Body | RESTPutAPIApplicationCommandsResult[number];

/** What of a command is ours, in one order, with Discord's defaults filled in. */
function fingerprint(commands: readonly Known[]): string {
  const lines = commands.map((command) =>
    JSON.stringify([
      command.type ?? 1,
      command.name,
      'description' in command ? (command.description ?? '') : '',
      command.default_member_permissions ?? null,
      [...(command.contexts ?? [])].sort(),
      [...(command.integration_types ?? [])].sort(),
      ('options' in command ? (command.options ?? []) : []).map(optionFingerprint),
    ]),
  );
  return lines.sort().join('\n');
}

function optionFingerprint(option: APIApplicationCommandOption): unknown[] {
  const has = <T>(key: string, otherwise: T) =>
    // Each type of option has keys of its own; absent ones count as Discord's default.
    (option as unknown as Record<string, T | undefined>)[key] ?? otherwise;
  return [
    option.type,
    option.name,
    option.description,
    has('required', false),
    has('autocomplete', false),
    has('min_value', null),
    has('max_value', null),
    has('max_length', null),
    has<unknown[]>('channel_types', []),
    has<{ name: string; value: unknown }[]>('choices', []).map(({ name, value }) => [name, value]),
    has<APIApplicationCommandOption[]>('options', []).map(optionFingerprint),
  ];
}
