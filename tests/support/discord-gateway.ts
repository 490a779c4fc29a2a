import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildJson, userJson, type World } from './discord-world.ts';

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
  invalidSession: 9,
  hello: 10,
  ack: 11,
};
const AUTHENTICATION_FAILED = 4004;

/** Bits of intents. @see https://docs.discord.com/developers/events/gateway#gateway-intents */
export const INTENT = { guilds: 1, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

/** Discord's gateway: says hello, takes the token, sends events, and replays them after a break. */
export function createGateway(http: Server, world: World, parts: { token: string; url(): string }) {
  const server = new WebSocketServer({ server: http, path: '/gateway' });
  const sessions = new Map<string, Session>();
  const intents: number[] = [];

  server.on('connection', (socket) => {
    write(socket, { op: OP.hello, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (data) => receive(socket, JSON.parse(String(data)) as Packet));
  });

  function receive(socket: WebSocket, { op, d }: Packet): void {
    if (op === OP.heartbeat) write(socket, { op: OP.ack });
    if (op === OP.identify) identify(socket, d as { token: string; intents: number });
    if (op === OP.resume) resume(socket, d as { session_id: string; seq: number });
  }

  function identify(socket: WebSocket, asked: { token: string; intents: number }): void {
    if (asked.token !== parts.token) {
      socket.close(AUTHENTICATION_FAILED);
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
      guilds: [{ id: world.guild.id, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: parts.url(),
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      shard: [0, 1],
      application: { id: world.application, flags: 0 },
    });
    if (asked.intents & INTENT.guilds) send(session, 'GUILD_CREATE', guildJson(world));
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
