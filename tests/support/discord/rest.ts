import { type Answer, refuse, refuseBody } from './answers.ts';
import { createInteractions, editMessage, editProblems } from './interactions.ts';
import { commandProblems, EPHEMERAL, type Json, messageProblems } from './rules.ts';
import { BODIES, schemaProblems } from './schemas.ts';
import {
  type Channel,
  channelJson,
  guildJson,
  memberJson,
  messageJson,
  PERMISSION,
  type StoredFile,
  type World,
} from './world.ts';

/** One request, its body read and its files taken out. */
export type Call = { method: string; path: string; body: Json; files: StoredFile[] };

/** How the server behaves where Discord leaves it open. */
export type RestOptions = {
  /** How long a nonce is remembered: "the past few minutes" in the documentation. */
  nonceWindowMs: number;
  gatewayUrl: string;
  filesUrl: string;
  /** How many shards Discord asks for, and how many may identify at once; one when absent. */
  shards?: number;
  maxConcurrency?: number;
};

type Interactions = ReturnType<typeof createInteractions>;
type Parts = { world: World; interactions: Interactions; options: RestOptions; commands: Json[] };
type Handler = (parts: Parts, call: Call, match: string[]) => Answer;

/** The routes of Discord that the bot uses. */
export function createRest(world: World, options: RestOptions) {
  const parts: Parts = { world, interactions: createInteractions(world), options, commands: [] };
  return {
    interactions: parts.interactions,
    commands: () => parts.commands,
    answer(call: Call): Answer {
      for (const [method, pattern, handler] of ROUTES) {
        const match = call.method === method ? pattern.exec(call.path) : null;
        if (match) return handler(parts, call, match.slice(1));
      }
      return refuse('notFound');
    },
  };
}

const ROUTES: [string, RegExp, Handler][] = [
  ['GET', /^\/gateway\/bot$/, gateway],
  ['GET', /^\/applications\/(\d+)\/commands$/, ({ commands }) => ({ status: 200, body: commands })],
  ['PUT', /^\/applications\/(\d+)\/commands$/, putCommands],
  [
    'GET',
    /^\/applications\/@me$/,
    ({ world }) => ({ status: 200, body: { id: world.application } }),
  ],
  ['GET', /^\/users\/@me\/guilds$/, guilds],
  ['GET', /^\/guilds\/(\d+)$/, getGuild],
  ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, getMember],
  ['GET', /^\/channels\/(\d+)$/, getChannel],
  ['PATCH', /^\/channels\/(\d+)$/, changeThread],
  ['POST', /^\/channels\/(\d+)\/messages$/, createMessage()],
  ['POST', /^\/channels\/(\d+)\/typing$/, () => ({ status: 204 })],
  ['PATCH', /^\/channels\/(\d+)\/messages\/(\d+)$/, patchMessage],
  ['POST', /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, threadUnder],
  ['POST', /^\/channels\/(\d+)\/threads$/, thread],
  ['PUT', /^\/channels\/(\d+)\/thread-members\/(\d+)$/, addMember],
  ['POST', /^\/users\/@me\/channels$/, directChannel],
  ['POST', /^\/interactions\/\d+\/([^/]+)\/callback$/, callback],
  ['POST', /^\/webhooks\/\d+\/([^/]+)$/, webhook],
  ['PATCH', /^\/webhooks\/\d+\/([^/]+)\/messages\/([^/]+)$/, webhook],
  ['DELETE', /^\/webhooks\/\d+\/([^/]+)\/messages\/([^/]+)$/, webhook],
];

function gateway({ options }: Parts): Answer {
  const { gatewayUrl: url, shards = 1, maxConcurrency = 1 } = options;
  const start = { total: 1000, remaining: 999, reset_after: 14_400_000 };
  const limit = { ...start, max_concurrency: maxConcurrency };
  return { status: 200, body: { url, shards, session_start_limit: limit } };
}

/** Without channels and members, which come over the gateway alone. */
function getGuild({ world }: Parts, _call: Call, [id = '']: string[]): Answer {
  const guild = world.guilds.get(id);
  if (!guild) return refuse('unknownGuild');
  const { channels, members, threads, ...body } = guildJson(world, guild);
  return { status: 200, body };
}

function guilds({ world }: Parts): Answer {
  const { id, name } = world.guild;
  return { status: 200, body: world.isMember() ? [{ id, name }] : [] };
}

function putCommands(parts: Parts, { body }: Call): Answer {
  const problems = [...schemaProblems(BODIES.commands, body), ...commandProblems(body)];
  if (problems.length > 0) return refuseBody(problems);
  const { world } = parts;
  // A command that is told again stays the same one.
  const idOf = ({ type, name }: Json) =>
    parts.commands.find((known) => known.type === type && known.name === name)?.id;
  parts.commands = (body as unknown as Json[]).map((command) => ({
    ...command,
    id: idOf(command) ?? world.newId(),
    application_id: world.application,
    version: world.newId(),
    default_permission: true,
    nsfw: false,
  }));
  return { status: 200, body: parts.commands };
}

function getMember({ world }: Parts, _call: Call, [guild = '', id = '']: string[]): Answer {
  const user = world.users.get(id);
  return user && world.isIn(user, guild)
    ? { status: 200, body: memberJson(world, user, world.guilds.get(guild)) }
    : refuse('unknownMember');
}

function getChannel({ world }: Parts, _call: Call, [id = '']: string[]): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  if (!world.botMay(channel, PERMISSION.viewChannel)) return refuse('missingAccess');
  return { status: 200, body: channelJson(world, channel) };
}

/** Opens an archived thread; a locked one needs a moderator. */
function changeThread({ world }: Parts, { body }: Call, [id = '']: string[]): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  if (!world.botMay(channel, PERMISSION.viewChannel)) return refuse('missingAccess');
  const problems = schemaProblems(BODIES['change of a thread'], body);
  if (problems.length > 0) return refuseBody(problems);
  if (channel.locked) return refuse('missingPermissions');
  channel.archived = body['archived'] === true;
  return { status: 200, body: channelJson(world, channel) };
}

/** Why the bot may not write here; undefined when it may. */
function writing(world: World, channel: Channel, files: readonly StoredFile[]): Answer | undefined {
  if (channel.type === 1) {
    return world.users.get(channel.recipient ?? '')?.takesMessages
      ? undefined
      : refuse('cannotMessage');
  }
  if (!world.botMay(channel, PERMISSION.viewChannel)) return refuse('missingAccess');
  const isThread = channel.type !== 0;
  const needed = isThread ? PERMISSION.sendInThreads : PERMISSION.sendMessages;
  if (!world.botMay(channel, needed | (files.length > 0 ? PERMISSION.attachFiles : 0n)))
    return refuse('missingPermissions');
  if (isThread && channel.locked) return refuse('locked');
  return undefined;
}

function createMessage(): Handler {
  const nonces = new Map<string, { message: string; at: number }>();
  return ({ world, options }, { body, files }, [id = '']) => {
    const channel = world.channels.get(id);
    if (!channel) return refuse('unknownChannel');
    const forbidden = writing(world, channel, files);
    if (forbidden) return forbidden;
    const isReply = body['message_reference'] !== undefined && channel.type !== 1;
    if (isReply && !world.botMay(channel, PERMISSION.readHistory)) return refuse('noHistory');
    const problems = [
      ...schemaProblems(BODIES['create message'], body),
      ...messageProblems(body, { path: [], files: files.map(({ name }) => name) }),
    ];
    if (problems.length > 0) return refuseBody(problems);
    const key = `${id} ${body.nonce}`;
    const before = body.nonce && body.enforce_nonce ? nonces.get(key) : undefined;
    const repeated = before && world.message(id, before.message);
    if (repeated && world.now() - before.at < options.nonceWindowMs)
      return { status: 200, body: messageJson(world, repeated, options) };
    // Writing in an archived thread opens it again.
    channel.archived = false;
    const message = world.addMessage({
      channel: id,
      author: world.bot.id,
      content: String(body.content ?? ''),
      flags: Number(body.flags ?? 0) & ~EPHEMERAL,
      components: (body.components ?? []) as unknown[],
      attachments: files,
      mentions: [],
    });
    if (body.nonce) nonces.set(key, { message: message.id, at: message.at });
    return { status: 200, body: messageJson(world, message, options) };
  };
}

function patchMessage(
  { world, options }: Parts,
  { body, files }: Call,
  [id = '', messageId = '']: string[],
): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  if (!world.botMay(channel, PERMISSION.viewChannel)) return refuse('missingAccess');
  if (channel.archived) return refuse('archived');
  const message = world.message(id, messageId);
  // An ephemeral message can only be reached with the token of its interaction.
  if (!message || message.only) return refuse('unknownMessage');
  if (message.author !== world.bot.id) return refuse('notAuthor');
  const problems = editProblems(message, body, files, 'edit message');
  if (problems.length > 0) return refuseBody(problems);
  editMessage(message, body, files);
  return { status: 200, body: messageJson(world, message, options) };
}

function threadUnder(
  { world }: Parts,
  { body }: Call,
  [id = '', messageId = '']: string[],
): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  if (!world.message(id, messageId)) return refuse('unknownMessage');
  if (!world.botMay(channel, PERMISSION.publicThreads)) return refuse('missingPermissions');
  if (world.channels.has(messageId)) return refuse('threadExists');
  const problems = schemaProblems(BODIES['thread under a message'], body);
  if (problems.length > 0) return refuseBody(problems);
  const made = { id: messageId, type: 11, name: String(body.name), parent: id } as const;
  const opened = world.addChannel({ ...made, members: [world.bot.id] });
  return { status: 201, body: channelJson(world, opened) };
}

function thread({ world }: Parts, { body }: Call, [id = '']: string[]): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  const problems = schemaProblems(BODIES.thread, body);
  if (problems.length > 0) return refuseBody(problems);
  // Documented: without a type the thread is private.
  const type = body.type === 11 ? 11 : 12;
  const needed = type === 11 ? PERMISSION.publicThreads : PERMISSION.privateThreads;
  if (!world.botMay(channel, needed)) return refuse('missingPermissions');
  const made = world.addChannel({
    type,
    name: String(body.name),
    parent: id,
    members: [world.bot.id],
  });
  return { status: 201, body: channelJson(world, made) };
}

function addMember({ world }: Parts, _call: Call, [id = '', user = '']: string[]): Answer {
  const channel = world.channels.get(id);
  if (!channel) return refuse('unknownChannel');
  if (channel.archived) return refuse('archived');
  if (!world.users.has(user)) return refuse('unknownUser');
  if (!channel.members.includes(user)) channel.members.push(user);
  return { status: 204 };
}

function directChannel({ world }: Parts, { body }: Call): Answer {
  const problems = schemaProblems(BODIES['direct channel'], body);
  if (problems.length > 0) return refuseBody(problems);
  const user = String(body.recipient_id);
  if (!world.users.has(user)) return refuse('unknownUser');
  return { status: 200, body: channelJson(world, world.directWith(user)) };
}

function callback({ interactions }: Parts, { body, files }: Call, [token = '']: string[]): Answer {
  return interactions.callback(token, body, files);
}

function webhook(
  { world, interactions, options }: Parts,
  { method, body, files }: Call,
  [token = '', message]: string[],
): Answer {
  const which = { token, method, ...(message ? { message } : {}) };
  const { shown, ...answer } = interactions.webhook(which, body, files);
  return shown ? { ...answer, body: messageJson(world, shown, options) } : answer;
}
