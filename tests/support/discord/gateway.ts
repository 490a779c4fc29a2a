import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json } from './rules.ts';
import { guildJson, userJson, type World } from './world.ts';

type Packet = { op: number; d?: unknown; s?: number; t?: string };
/** Which one of how many. */
type Shard = [id: number, count: number];
type Identify = { token: string; intents: number; shard?: Shard };
type Session = {
  id: string;
  intents: number;
  shard: Shard;
  sequence: number;
  sent: Packet[];
  socket?: WebSocket;
};

/** Opcodes. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
};
const AUTHENTICATION_FAILED = 4004;
const INVALID_SHARD = 4010;
const SHARDING_REQUIRED = 4011;

/** Bits of intents. @see https://docs.discord.com/developers/events/gateway#gateway-intents */
export const INTENT = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

export type GatewayOptions = {
  token: string;
  url(): string;
  heartbeatMs?: number;
  /** The server stays unavailable, as in an outage of a part of Discord. */
  isGuildDown?: boolean;
  /** The fewest shards with which Discord lets the bot in; one when absent. */
  shards?: number;
  /** How many shards may identify at once; one when absent. */
  maxConcurrency?: number;
  /** How long the others wait then, which is 5 seconds at Discord; not at all when absent. */
  identifyMs?: number;
};

/** A client that is silent for two beats is dropped; documented as a zombied connection. */
const SESSION_TIMED_OUT = 4009;

function watchHeartbeats(socket: WebSocket, interval: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.close(SESSION_TIMED_OUT), 2 * interval);
    timer.unref();
  };
  socket.on('close', () => clearTimeout(timer));
  heard();
  return heard;
}

/** Discord adds properties at any time; a client must not mind one that it does not know. */
export const FUTURE = { some_future_property: { a: [1] } } as const;

/** Discord's gateway: says hello, takes the token, sends events, and replays them after a break. */
export function createGateway(http: Server, world: World, parts: GatewayOptions) {
  const server = new WebSocketServer({ server: http, path: '/gateway' });
  const sessions = new Map<string, Session>();
  const intents: number[] = [];
  const interval = parts.heartbeatMs ?? 41_250;
  const shards: Shard[] = [];
  const freeAt = new Map<number, number>();
  let beats = 0;
  let refusal: number | undefined;

  server.on('connection', (socket) => {
    write(socket, { op: OP.hello, d: { heartbeat_interval: interval, _trace: ['["gateway"]'] } });
    const heard = watchHeartbeats(socket, interval);
    socket.on('message', (data) => {
      const packet = JSON.parse(String(data)) as Packet;
      if (packet.op === OP.heartbeat) heard();
      receive(socket, packet);
    });
  });

  function receive(socket: WebSocket, { op, d }: Packet): void {
    if (op === OP.heartbeat) {
      beats += 1;
      write(socket, { op: OP.ack });
    }
    if (op === OP.identify) identify(socket, d as Identify);
    if (op === OP.resume) resume(socket, d as { session_id: string; seq: number });
  }

  /** Why nobody may identify like this: a code to close with. */
  function refusing({ token, shard: [id, count] }: Required<Identify>): number | undefined {
    if (refusal !== undefined) return refusal;
    if (token !== parts.token) return AUTHENTICATION_FAILED;
    if (id >= count) return INVALID_SHARD;
    return count < (parts.shards ?? 1) ? SHARDING_REQUIRED : undefined;
  }

  /** Shards of one key identify one after another, whichever process they belong to. */
  function isTooSoon([id]: Shard): boolean {
    const { maxConcurrency = 1, identifyMs = 0 } = parts;
    const now = performance.now();
    const free = freeAt.get(id % maxConcurrency) ?? 0;
    if (now < free) return true;
    freeAt.set(id % maxConcurrency, now + identifyMs);
    return false;
  }

  function identify(socket: WebSocket, { shard = [0, 1], ...asked }: Identify): void {
    const code = refusing({ ...asked, shard });
    if (code !== undefined) {
      socket.close(code);
      return;
    }
    if (isTooSoon(shard)) {
      write(socket, { op: OP.invalidSession, d: false });
      return;
    }
    intents.push(asked.intents);
    shards.push(shard);
    const guilds = [...world.guilds.values()].filter(({ id }) => isOn(shard, id));
    const session: Session = {
      id: world.newId(),
      intents: asked.intents,
      shard,
      sequence: 0,
      sent: [],
      socket,
    };
    sessions.set(session.id, session);
    send(session, 'READY', {
      v: 10,
      user: userJson(world.bot, true),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: parts.url(),
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      shard,
      application: { id: world.application, flags: 0 },
      ...FUTURE,
    });
    if (!parts.isGuildDown && asked.intents & INTENT.guilds)
      for (const guild of guilds) send(session, 'GUILD_CREATE', guildJson(world, guild));
  }

  function resume(socket: WebSocket, asked: { session_id: string; seq: number }): void {
    const session = sessions.get(asked.session_id);
    if (!session) {
      write(socket, { op: OP.invalidSession, d: false });
      return;
    }
    session.socket = socket;
    for (const packet of session.sent) {
      if ((packet.s ?? 0) > asked.seq) write(socket, packet);
    }
    send(session, 'RESUMED', {});
  }

  function send(session: Session, t: string, d: unknown): void {
    session.sequence += 1;
    const packet = { op: OP.dispatch, t, d, s: session.sequence };
    session.sent.push(packet);
    if (session.socket?.readyState === 1) write(session.socket, packet);
  }

  return {
    /** Intents of each IDENTIFY so far. */
    intents,
    /** The shard of each IDENTIFY so far. */
    shards,
    /** Sends an event to every session that asked for its kind, on the shard of its server. */
    dispatch(t: string, d: unknown, needs: number = 0): void {
      const guild = guildIn(t, d as Json);
      for (const session of sessions.values()) {
        if ((session.intents & needs) === needs && isOn(session.shard, guild)) send(session, t, d);
      }
    },
    heartbeats: () => beats,
    /** Asks every client to come back, and lets it go on where it was. */
    askToReconnect(): void {
      for (const client of server.clients) write(client, { op: OP.reconnect });
    },
    /** Forgets every session, so that no client can go on where it was. */
    expireSessions(): void {
      sessions.clear();
      for (const client of server.clients) write(client, { op: OP.invalidSession, d: false });
    },
    /** Closes every connection with a code. */
    closeWith(code: number): void {
      for (const client of server.clients) client.close(code);
    },
    /** Ends every session with a code, and refuses new ones with it until it is undefined. */
    refuse(code: number | undefined): void {
      refusal = code;
      if (code === undefined) return;
      sessions.clear();
      for (const client of server.clients) client.close(code);
    },
    /** Breaks every connection, as a network does; sessions stay and can be resumed. */
    breakConnections(): void {
      for (const client of server.clients) client.terminate();
    },
    async stop(): Promise<void> {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The server of an event; undefined for direct messages. */
function guildIn(t: string, { id, guild_id }: Json): string | undefined {
  const guild = t === 'GUILD_CREATE' || t === 'GUILD_DELETE' ? id : guild_id;
  return guild === undefined ? undefined : String(guild);
}

/** Direct messages come on the first shard. @see https://docs.discord.com/developers/events/gateway#sharding */
function isOn([id, count]: Shard, guild: string | undefined): boolean {
  return id === (guild === undefined ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count)));
}

function write(socket: WebSocket, packet: Packet): void {
  socket.send(JSON.stringify({ s: null, t: null, ...packet }));
}
