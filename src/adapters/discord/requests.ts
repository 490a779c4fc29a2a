import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Attachment as DiscordAttachment,
  type Message,
  type MessageContextMenuCommandInteraction,
  type ModalData,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { chosenInput } from '../../spine/button.ts';
import type { Command } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import {
  type Attachment,
  type Place,
  type Request,
  type RequestInput,
  type Values,
  workspaceOfOne,
} from '../../spine/request.ts';
import { readSelectId } from './card.ts';
import { type Filled, readFields } from './fields.ts';

/** The interactions that become requests. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** A request from an interaction; undefined for a message command that is no longer declared. */
export function toRequest(
  interaction: Answerable,
  commands: readonly Command[],
): Request | undefined {
  const said = requestInput(interaction, commands);
  if (!said) return undefined;
  const isPress = interaction.isButton() || interaction.isStringSelectMenu();
  const pressed = isPress ? { message: interaction.message.id } : {};
  return { delivery: interaction.id, ...whoAndWhere(interaction), ...pressed, said };
}

/** The request in whose name an option is completed while it is typed. */
export function toTyping(interaction: AutocompleteInteraction): Request & {
  said: Extract<RequestInput, { kind: 'command' }>;
} {
  return { ...whoAndWhere(interaction), said: slashCommand(interaction) };
}

function requestInput(
  interaction: Answerable,
  commands: readonly Command[],
): RequestInput | undefined {
  if (interaction.isChatInputCommand()) return slashCommand(interaction);
  if (interaction.isMessageContextMenuCommand()) return messageCommand(interaction, commands);
  if (interaction.isButton()) return { kind: 'button', id: interaction.customId };
  if (interaction.isStringSelectMenu()) return chosen(interaction);
  const filled = interaction.components.flatMap((part) =>
    'component' in part ? [readComponent(part.component)] : [],
  );
  return { kind: 'form', id: interaction.customId, values: readFields(filled) };
}

function slashCommand({
  commandName,
  options,
}: ChatInputCommandInteraction | AutocompleteInteraction): Extract<
  RequestInput,
  { kind: 'command' }
> {
  const [first] = options.data;
  const isTwoWords = first?.type === ApplicationCommandOptionType.Subcommand;
  const given = (isTwoWords ? first.options : options.data) ?? [];
  const values: Values = {};
  for (const option of given) values[option.name] = optionValue(option);
  return {
    kind: 'command',
    command: isTwoWords ? `${commandName} ${first.name}` : commandName,
    values,
  };
}

function optionValue(option: CommandInteractionOption) {
  if (option.attachment) return toAttachment(option.attachment);
  if (option.type === ApplicationCommandOptionType.User) return `discord:${option.value}`;
  return option.value;
}

function messageCommand(
  { commandName, targetMessage }: MessageContextMenuCommandInteraction,
  commands: readonly Command[],
): RequestInput | undefined {
  const command = commands.find(({ message }) => message?.title === commandName);
  if (!command?.message) return undefined;
  const { author, content } = targetMessage;
  return { kind: 'action', command: command.name, text: content, author: `discord:${author.id}` };
}

function chosen({ customId, values }: StringSelectMenuInteraction): RequestInput {
  const read = readSelectId(customId);
  return read
    ? chosenInput(read.id, { [read.option]: values.join(',') })
    : { kind: 'button', id: customId };
}

function readComponent(data: ModalData): Filled {
  const filled: Filled = { customId: 'customId' in data ? data.customId : '' };
  if ('value' in data && typeof data.value === 'string') filled.value = data.value;
  if ('values' in data) filled.values = data.values;
  if ('attachments' in data && data.attachments) {
    filled.files = data.attachments.map((file) => toAttachment(file));
  }
  return filled;
}

function whoAndWhere(interaction: BaseInteraction): Omit<Request, 'said'> {
  const { user, member, guild, guildId, memberPermissions } = interaction;
  const nickname = member && ('displayName' in member ? member.displayName : member.nick);
  return {
    platform: 'discord',
    ...workspace(guildId, user.id, guild?.name),
    account: `discord:${user.id}`,
    accountName: nickname ?? user.displayName,
    // Alone with the bot, everybody is the admin of a team of one.
    isAdmin: guildId ? (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false) : true,
    place: place(interaction),
    locale: interaction.locale,
  };
}

function workspace(guildId: string | null, userId: string, name: string | undefined) {
  if (!guildId) return { workspace: workspaceOfOne(`discord:${userId}`) };
  return { workspace: `discord:${guildId}`, ...(name ? { workspaceName: name } : {}) };
}

function place({
  channel,
  channelId,
  guildId,
}: Pick<Message, 'channel' | 'channelId' | 'guildId'> | BaseInteraction): Place {
  const id = channelId ?? '';
  if (channel?.isThread()) {
    return { channel: channel.parentId ?? id, thread: id, kind: 'thread' };
  }
  return { channel: id, kind: guildId ? 'channel' : 'direct' };
}

/** The first word of a name, behind an id in a mention. */
function labelOf(name: string | null | undefined): string {
  const [first = ''] = (name ?? '').replaceAll(/[<>|]/g, '').trim().split(/\s/);
  return first === '' ? '' : `|${first}`;
}

/**
 * Words typed to the bot: by mentioning it, in reply to it, or in a direct message. Discord delivers the content of no other
 * message without a privileged intent; one in a thread comes without words, so that the room of an interview can answer.
 */
export function toWords(message: Message): Request | undefined {
  const { author, channel, client, content, guildId, system } = message;
  const me = client.user.id;
  const isForUs =
    !guildId || message.mentions.users.has(me) || message.mentions.repliedUser?.id === me;
  const text = content
    .replaceAll(new RegExp(`<@!?${me}>`, 'g'), '')
    .replaceAll(/<@!?(\d+)>/g, (_, id: string) => {
      const name = message.mentions.users.get(id)?.displayName;
      return `<@discord:${id}${labelOf(name)}>`;
    })
    .replaceAll(/<#(\d+)>/g, (_, id: string) => {
      const channel = client.channels.cache.get(id);
      return `<#${id}${labelOf(channel && 'name' in channel ? channel.name : undefined)}>`;
    })
    .trim();
  const isForBot = isForUs && text !== '';
  if (author.bot || system || (!isForBot && !channel.isThread())) return undefined;
  return {
    delivery: message.id,
    platform: 'discord',
    ...workspace(guildId, author.id, message.guild?.name),
    account: `discord:${author.id}`,
    accountName: message.member?.displayName ?? author.displayName,
    isAdmin: guildId
      ? (message.member?.permissions.has(PermissionFlagsBits.ManageGuild) ?? false)
      : true,
    place: place(message),
    said: { kind: 'words', text, message: message.id, ...(isForBot ? { isForBot } : {}) },
  };
}

/** More than this is not read: nobody's answer or question pack is larger. */
const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024;

/** A file on Discord's servers; as JSON it keeps its address, from which `withFiles` makes it again. */
type RemoteFile = Attachment & { url: string };

function toAttachment({
  name,
  size,
  url,
}: Pick<DiscordAttachment, 'name' | 'size' | 'url'>): RemoteFile {
  const content = () => download({ name, size, url });
  return { name, bytes: size, url, content, text: async () => textOf(name, await content()) };
}

/** A request that was stored as JSON, with its files as they were. */
export function withFiles(request: Request): Request {
  const { said } = request;
  if (!('values' in said) || !said.values) return request;
  const values = Object.entries(said.values).map(([name, value]) => [
    name,
    typeof value === 'object' && 'bytes' in value ? again(value) : value,
  ]);
  return { ...request, said: { ...said, values: Object.fromEntries(values) } };
}

function again(file: Attachment): RemoteFile {
  // Every attachment of a request of this adapter was made by `toAttachment`.
  const { name, bytes: size, url } = file as RemoteFile;
  return toAttachment({ name, size, url });
}

function textOf(name: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new UserError(
      `"${name}" isn't a text file in UTF-8. Save it as UTF-8 and attach it again.`,
    );
  }
}

async function download({
  name,
  size,
  url,
}: {
  name: string;
  size: number;
  url: string;
}): Promise<Uint8Array> {
  if (size > MAX_ATTACHMENT_BYTES) {
    throw new UserError(`"${name}" is larger than 10 MB. Attach a smaller file.`);
  }
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
  if (!response.ok || !response.body) {
    throw new UserError(`Discord no longer has the file "${name}". Attach it again.`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ATTACHMENT_BYTES) {
      throw new UserError(`"${name}" is larger than 10 MB. Attach a smaller file.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
