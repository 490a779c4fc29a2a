import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildJson, userJson, type World } from './world.ts';

type Packet = { op: number; d?: unknown; s?: number; t?: string };
type Session = {
  id: string;
  intents: number;
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

/** Bits of intents. @see https://docs.discord.com/developers/events/gateway#gateway-intents */
export const INTENT = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

export type GatewayOptions = {
  token: string;
  url(): string;
  heartbeatMs?: number;
  /** The server stays unavailable, as in an outage of a part of Discord. */
  isGuildDown?: boolean;
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
    if (op === OP.identify) identify(socket, d as { token: string; intents: number });
    if (op === OP.resume) resume(socket, d as { session_id: string; seq: number });
  }

  function identify(socket: WebSocket, asked: { token: string; intents: number }): void {
    if (refusal !== undefined || asked.token !== parts.token) {
      socket.close(refusal ?? AUTHENTICATION_FAILED);
      return;
    }
    intents.push(asked.intents);
    const session: Session = {
      id: world.newId(),
      intents: asked.intents,
      sequence: 0,
      sent: [],
      socket,
    };
    sessions.set(session.id, session);
    send(session, 'READY', {
      v: 10,
      user: userJson(world.bot, true),
      guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: parts.url(),
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      shard: [0, 1],
      application: { id: world.application, flags: 0 },
      ...FUTURE,
    });
    if (!parts.isGuildDown && asked.intents & INTENT.guilds)
      for (const guild of world.guilds.values())
        send(session, 'GUILD_CREATE', guildJson(world, guild));
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
    /** Sends an event to every session that asked for its kind. */
    dispatch(t: string, d: unknown, needs: number = 0): void {
      for (const session of sessions.values()) {
        if ((session.intents & needs) === needs) send(session, t, d);
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

function write(socket: WebSocket, packet: Packet): void {
  socket.send(JSON.stringify({ s: null, t: null, ...packet }));
}
