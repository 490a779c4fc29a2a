import type { Json } from './rules.ts';

/** A person of the server; `permissions` are those of an ordinary member unless made an admin. */
export type User = { id: string; name: string; isAdmin: boolean; takesMessages: boolean };

/** A channel, thread or direct message. */
export type Channel = {
  id: string;
  /** 0 text, 1 direct, 11 public thread, 12 private thread. */
  type: 0 | 1 | 11 | 12;
  name: string;
  /** Its server, when it is not the first one. */
  guild?: string;
  parent?: string;
  recipient?: string;
  /** What the bot may not do here. */
  denied: bigint;
  archived: boolean;
  locked: boolean;
  members: string[];
};

/** A message as Discord keeps it; `only` is the person who alone sees an ephemeral one. */
export type StoredMessage = {
  id: string;
  channel: string;
  author: string;
  content: string;
  flags: number;
  components: unknown[];
  attachments: StoredFile[];
  only?: string;
  mentions: string[];
  repliesTo?: string;
  at: number;
};

export type StoredFile = {
  id: string;
  name: string;
  mime: string;
  bytes: Uint8Array;
  description?: string;
};

export type Guild = { id: string; name: string; botRole: string; adminRole: string };

/** The role of those who manage the server. */
const ADMIN_ROLE = '199999999999999999';

/** Bits of permissions. @see https://docs.discord.com/developers/topics/permissions */
export const PERMISSION = {
  manageServer: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  useCommands: 1n << 31n,
  publicThreads: 1n << 35n,
  privateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;

const MEMBER =
  PERMISSION.viewChannel |
  PERMISSION.sendMessages |
  PERMISSION.readHistory |
  PERMISSION.useCommands;
/** What the invitation asks for, and what everybody has. */
const BOT =
  MEMBER |
  PERMISSION.embedLinks |
  PERMISSION.attachFiles |
  PERMISSION.publicThreads |
  PERMISSION.privateThreads |
  PERMISSION.sendInThreads;

export type World = ReturnType<typeof createWorld>;

/** One server with one text channel, and what stands in it. `now` gives milliseconds. */
export function createWorld(now: () => number) {
  let last = 0n;
  /** Ids carry their time, as Discord's do. */
  const newId = () => {
    const id = (BigInt(now()) - 1_420_070_400_000n) << 22n;
    last = id > last ? id : last + 1n;
    return String(last);
  };
  const bot: User = { id: newId(), name: 'Warmup', isAdmin: false, takesMessages: false };
  const application = newId();
  const newGuild = (name: string, id = newId()): Guild => ({
    id,
    name,
    botRole: newId(),
    adminRole: ADMIN_ROLE,
  });
  const guild = newGuild('LLM study group');
  const guilds = new Map([[guild.id, guild]]);
  const away = new Set<string>();
  const users = new Map<string, User>([[bot.id, bot]]);
  const channels = new Map<string, Channel>();
  const messages = new Map<string, StoredMessage[]>();
  /** By the id of their server: looking through all channels is slow for thousands of servers. */
  const placed = new Map<string, Channel[]>();

  function addChannel(channel: Partial<Channel> & Pick<Channel, 'name'>): Channel {
    const made: Channel = {
      id: newId(),
      type: 0,
      denied: 0n,
      archived: false,
      locked: false,
      members: [],
      ...channel,
    };
    channels.set(made.id, made);
    messages.set(made.id, []);
    const server = made.guild ?? guild.id;
    const others = placed.get(server);
    if (others) others.push(made);
    else placed.set(server, [made]);
    return made;
  }

  function addUser(name: string, isAdmin = false): User {
    const user: User = { id: newId(), name, isAdmin, takesMessages: true };
    users.set(user.id, user);
    return user;
  }

  let isMember = true;
  const waiting: { channel: string; seen(message: StoredMessage): void }[] = [];
  const message = (channel: string, id: string) =>
    messages.get(channel)?.find((each) => each.id === id);

  return {
    bot,
    application,
    guild,
    guilds,
    users,
    channels,
    messages,
    main: addChannel({ name: 'daily' }),
    newId,
    now,
    /** Whether the bot is in the server. */
    isMember: () => isMember,
    removeBot: () => {
      isMember = false;
    },
    addChannel,
    /** One more server, with one channel, in which everybody is. */
    addGuild(name: string, id?: string): { guild: Guild; channel: Channel } {
      const added = newGuild(name, id);
      guilds.set(added.id, added);
      return { guild: added, channel: addChannel({ name: 'general', guild: added.id }) };
    },
    channelsOf: ({ id }: Guild): Channel[] =>
      (placed.get(id) ?? []).filter((channel) => channels.has(channel.id)),
    guildOf: (channel: Channel): Guild => guilds.get(channel.guild ?? '') ?? guild,
    /** A person leaves a server. */
    leave: (user: User, from: Guild) => void away.add(`${user.id} ${from.id}`),
    isIn: (user: User, id: string) => guilds.has(id) && !away.has(`${user.id} ${id}`),
    addUser,
    message,
    addMessage(added: Omit<StoredMessage, 'id' | 'at'>): StoredMessage {
      const made = { ...added, id: newId(), at: now() };
      messages.get(added.channel)?.push(made);
      const at = waiting.findIndex(({ channel }) => channel === made.channel);
      if (at >= 0 && made.author === bot.id) waiting.splice(at, 1)[0]?.seen(made);
      return made;
    },
    /** The next message that the bot writes there. */
    nextIn: (channel: string) =>
      new Promise<StoredMessage>((seen) => void waiting.push({ channel, seen })),
    /** A thread borrows the permissions of its channel. */
    botMay(channel: Channel, bits: bigint): boolean {
      const parent = channel.parent ? channels.get(channel.parent) : channel;
      return (BOT & ~(parent?.denied ?? 0n) & bits) === bits;
    },
    directWith(user: string): Channel {
      const known = [...channels.values()].find(({ recipient }) => recipient === user);
      return known ?? addChannel({ name: '', type: 1, recipient: user });
    },
  };
}

/** Where files of the world are served. */
type Base = { filesUrl: string };

export function userJson({ id, name }: User, isBot = false): Json {
  return {
    id,
    username: name.toLowerCase().replaceAll(' ', '_'),
    discriminator: '0',
    global_name: name,
    avatar: null,
    bot: isBot,
  };
}

export function memberJson(world: World, user: User, guild: Guild = world.guild): Json {
  const admin = user.isAdmin ? PERMISSION.manageServer : 0n;
  return {
    user: userJson(user, user === world.bot),
    roles: [
      ...(user === world.bot ? [guild.botRole] : []),
      ...(user.isAdmin ? [guild.adminRole] : []),
    ],
    nick: null,
    avatar: null,
    joined_at: '2026-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: 0,
    permissions: String(user === world.bot ? BOT : MEMBER | admin),
  };
}

export function channelJson(world: World, channel: Channel): Json {
  const base = { id: channel.id, type: channel.type, flags: 0, last_message_id: null };
  if (channel.type === 1) {
    const user = world.users.get(channel.recipient ?? '');
    return { ...base, recipients: user ? [userJson(user)] : [] };
  }
  const placed = { ...base, name: channel.name, guild_id: world.guildOf(channel).id };
  if (channel.type === 0) {
    const overwrite = { id: world.bot.id, type: 1, allow: '0', deny: String(channel.denied) };
    return {
      ...placed,
      parent_id: null,
      position: 0,
      nsfw: false,
      permission_overwrites: channel.denied ? [overwrite] : [],
    };
  }
  return {
    ...placed,
    parent_id: channel.parent,
    owner_id: world.bot.id,
    message_count: world.messages.get(channel.id)?.length ?? 0,
    member_count: channel.members.length,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: 1440,
      archive_timestamp: '2026-01-01T00:00:00.000Z',
    },
  };
}

export function guildJson(world: World, guild: Guild = world.guild): Json {
  const role = {
    color: 0,
    hoist: false,
    position: 0,
    managed: false,
    mentionable: false,
    flags: 0,
  };
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: '100000000000000001',
    unavailable: false,
    member_count: world.users.size,
    large: false,
    premium_tier: 0,
    preferred_locale: 'en-US',
    features: [],
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    threads: [],
    roles: [
      { ...role, id: guild.id, name: '@everyone', permissions: String(MEMBER) },
      { ...role, id: guild.botRole, name: 'Warmup', position: 1, permissions: String(BOT) },
      {
        ...role,
        id: guild.adminRole,
        name: 'Admins',
        position: 2,
        permissions: String(PERMISSION.manageServer),
      },
    ],
    members: [memberJson(world, world.bot, guild)],
    channels: world
      .channelsOf(guild)
      .filter(({ type }) => type === 0)
      .map((channel) => channelJson(world, channel)),
  };
}

export function messageJson(world: World, message: StoredMessage, { filesUrl }: Base): Json {
  const author = world.users.get(message.author) ?? world.bot;
  const at = new Date(message.at).toISOString();
  return {
    id: message.id,
    channel_id: message.channel,
    author: userJson(author, author === world.bot),
    content: message.content,
    timestamp: at,
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: message.mentions.flatMap((id) => {
      const user = world.users.get(id);
      return user ? [userJson(user, user === world.bot)] : [];
    }),
    mention_roles: [],
    attachments: message.attachments.map((file) => attachmentJson(file, filesUrl)),
    embeds: [],
    pinned: false,
    type: message.repliesTo ? 19 : 0,
    flags: message.flags,
    components: message.components,
  };
}

export function attachmentJson({ id, name, mime, bytes }: StoredFile, filesUrl: string): Json {
  const url = `${filesUrl}/${id}/${name}`;
  return { id, filename: name, size: bytes.byteLength, url, proxy_url: url, content_type: mime };
}
