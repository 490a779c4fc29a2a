import { z } from 'zod';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import {
  type Bot,
  type Command,
  defineCommand,
  type NamedLine,
  type Step,
} from '../../../src/spine/command.ts';
import type { Event } from '../../../src/spine/event.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import type { Chart, Reply, Visibility } from '../../../src/spine/reply.ts';
import type { Request } from '../../../src/spine/request.ts';
import type { StoredDelivery } from '../../../src/store/queries/deliveries.ts';
import type { Person } from './gestures.ts';
import { createDiscordServer, type DiscordServer, type ServerOptions } from './server.ts';

/** A machine that a test writes itself: it decides what becomes of a request. */
export type Stub = {
  commands?: readonly Command[];
  prepare?(request: Request): Step | Promise<Step>;
  suggest?: Bot['suggest'];
  /** Before a delivery counts as stored. */
  store?(delivery: StoredDelivery): Promise<void>;
  typedAnswers?: boolean;
  draw?(chart: Chart): Promise<Uint8Array | undefined>;
  deferAfterMs?: number;
  server?: ServerOptions;
};

/** The adapter on loopback with what it said, was asked and reported. */
export type Started = {
  server: DiscordServer;
  adapter: Adapter;
  requests: Request[];
  events: Event[];
  left: string[];
  joined: string[];
  /** The servers that the bot is in, each time that it connected. */
  present: (readonly string[])[];
  /** Channels and threads that were deleted. */
  gone: string[];
  stored: StoredDelivery[];
  /** Somebody at the server, in its main channel. */
  person(name: string, admin?: boolean): Person;
  stop(): Promise<void>;
};

/** A command of one word, and what stands behind it as its model. */
export function namedInTests(line: string): NamedLine {
  const [name = '', ...rest] = line.split(' ');
  const value = rest.join(' ');
  return { name, options: value === '' ? [] : [{ name: 'model', value }] };
}

/** Starts the real adapter against the loopback server with a stub of the machine. */
export async function startAdapter(stub: Stub = {}): Promise<Started> {
  const server = await createDiscordServer(stub.server);
  const requests: Request[] = [];
  const events: Event[] = [];
  const left: string[] = [];
  const joined: string[] = [];
  const present: (readonly string[])[] = [];
  const gone: string[] = [];
  const stored: StoredDelivery[] = [];
  const bot: Bot = {
    commands: stub.commands ?? COMMANDS,
    prepare: async (request) => {
      requests.push(request);
      return (
        (await stub.prepare?.(request)) ?? answer({ blocks: [{ kind: 'text', text: 'Hello' }] })
      );
    },
    suggest: stub.suggest ?? (async () => []),
    named: namedInTests,
    storeDelivery: async (delivery) => {
      await stub.store?.(delivery);
      stored.push(delivery);
    },
    left: async (workspace) => void left.push(workspace),
    joined: async (workspace) => void joined.push(workspace),
    present: async (_platform, all) => void present.push(all),
    gone: async (_platform, place) => void gone.push(place),
  };
  const { typedAnswers, draw, deferAfterMs } = stub;
  const adapter = await startDiscord({
    bot,
    token: server.token,
    apiUrl: server.url,
    emit: (event) => void events.push(event),
    clock: { now: () => new Date() },
    ...(typedAnswers ? { typedAnswers } : {}),
    ...(draw ? { draw } : {}),
    ...(deferAfterMs ? { deferAfterMs } : {}),
  });
  return {
    server,
    adapter,
    requests,
    events,
    left,
    joined,
    present,
    gone,
    stored,
    person: (name, admin) => ({
      server,
      user: server.world.addUser(name, admin),
      channel: server.world.main,
    }),
    async stop() {
      await adapter.stop();
      await server.stop();
    },
  };
}

/** A step that replies. */
export function answer(reply: Reply | Promise<Reply>, visibility: Visibility = 'public'): Step {
  return { kind: 'run', visibility, run: async () => reply };
}

const silent = { visibility: 'public', run: () => ({ blocks: [] }) } as const;

/** Commands of each shape, as the real ones are declared. */
export const COMMANDS: readonly Command[] = [
  defineCommand({
    name: 'kv',
    summary: 'Estimate the KV cache of a model',
    example: 'kv llama-3-8b',
    input: z.object({
      tokens: z.int().min(1).max(100_000).default(8192).describe('Tokens in one sequence'),
      model: z.string().max(64).meta({ suggests: 'models' }).describe('Model, such as llama-3-8b'),
      share: z.number().min(0).max(1).optional().describe('Share of the memory'),
      dtype: z.enum(['fp16', 'fp8']).optional().describe('Number format'),
      steps: z.boolean().optional().describe('Show each step'),
      config: z.file().optional().meta({ kind: 'file' }).describe('A config.json'),
    }),
    ...silent,
  }),
  defineCommand({
    name: 'question edit',
    summary: 'Edit a question',
    example: 'question edit 12',
    access: 'admin',
    input: z.object({
      id: z.string().describe('Question'),
      text: z.string().meta({ multiline: true }).describe('The new text'),
    }),
    ...silent,
  }),
  defineCommand({
    name: 'question list',
    summary: 'List the questions',
    example: 'question list',
    input: z.object({}),
    ...silent,
  }),
  defineCommand({
    name: 'setup',
    summary: 'Set up the daily question',
    example: 'setup',
    access: 'admin',
    input: z.object({
      channel: z.string().meta({ kind: 'channel' }).optional().describe('Where to post'),
      owner: z.string().meta({ kind: 'person' }).optional().describe('Who looks after it'),
    }),
    ...silent,
  }),
  defineCommand({
    name: 'answer',
    summary: 'Answer a question',
    example: 'answer 1042 choice:b',
    hidden: true,
    message: { title: 'Use as my answer', fills: 'text' },
    input: z.object({ text: z.string().optional().describe('Your answer') }),
    ...silent,
  }),
];
