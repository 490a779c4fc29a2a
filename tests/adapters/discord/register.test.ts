import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import { commandBodies } from '../../../src/adapters/discord/register.ts';
import { type Command, defineCommand } from '../../../src/spine/command.ts';
import { COMMANDS, type Started, startAdapter } from '../../support/discord/adapter.ts';
import { commandProblems } from '../../support/discord/rules.ts';
import { BODIES, schemaProblems } from '../../support/discord/schemas.ts';

let started: Started | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
});

const bodies = commandBodies(COMMANDS);
const body = (name: string) => bodies.find((each) => each.name === name);

function declare(over: Partial<Command>, input: z.ZodObject = z.object({})): Command {
  const base = { name: 'a', summary: 'Do a thing', example: 'a', visibility: 'public' } as const;
  return { ...defineCommand({ ...base, input, run: () => ({ blocks: [] }) }), ...over };
}

test('the commands fit what Discord documents', () => {
  expect(schemaProblems(BODIES.commands, bodies)).toEqual([]);
  expect(commandProblems(bodies)).toEqual([]);
});

test('options have types, bounds, choices and completion, and the form asks for what is missing', () => {
  expect(JSON.stringify(bodies)).not.toContain('"required":true');
  expect(body('kv')).toMatchObject({
    options: [
      { type: 3, name: 'model', autocomplete: true, max_length: 64 },
      { type: 4, name: 'tokens', min_value: 1, max_value: 100_000 },
      { type: 10, name: 'share', min_value: 0, max_value: 1 },
      {
        type: 3,
        name: 'dtype',
        choices: [
          { name: 'fp16', value: 'fp16' },
          { name: 'fp8', value: 'fp8' },
        ],
      },
      { type: 5, name: 'steps' },
      { type: 11, name: 'config' },
    ],
  });
});

test('two-word commands are subcommands, and large texts are left to the form', () => {
  expect(body('question')).toMatchObject({
    description: 'Edit a question; List the questions',
    options: [
      { type: 1, name: 'edit', options: [{ name: 'id' }] },
      { type: 1, name: 'list', options: [] },
    ],
  });
});

// Manage Server is bit 5.
test.each([
  ['setup', '32'],
  ['kv', null],
  // One of its two subcommands is for everybody.
  ['question', null],
])('/%s asks Discord for the permissions %s', (name, permissions) => {
  expect(body(name)?.default_member_permissions).toBe(permissions);
});

test('a command that is for admins in some of its choices is shown to all', () => {
  const input = z.object({ action: z.enum(['show', 'stop']).optional() });
  const mixed = defineCommand({
    name: 'daily',
    summary: 'The daily question',
    example: 'daily',
    visibility: 'public',
    access: (given) => (given.action === 'show' ? 'everybody' : 'admin'),
    input,
    run: () => ({ blocks: [] }),
  });

  expect(commandBodies([mixed])[0]?.default_member_permissions).toBeNull();
});

test('a choice of more than 25 is typed', () => {
  const input = z.object({ zone: z.enum(Array.from({ length: 26 }, (_, at) => `z${at}`)) });

  const [zone] = commandBodies([declare({}, input)]);

  expect(zone).toMatchObject({ options: [{ type: 3, name: 'zone' }] });
  expect(JSON.stringify(zone)).not.toContain('choices');
});

test('a word that others share is one of its subcommands, and says who sees them all', () => {
  const why = declare({ name: 'board why' });
  const board = declare({ name: 'board', alone: 'show', accessFor: () => 'admin' });

  expect(() => commandBodies([declare({ name: 'board' }), why])).toThrow(RangeError);
  expect(commandBodies([board, why])).toMatchObject([
    {
      name: 'board',
      description: 'Do a thing',
      default_member_permissions: '32',
      options: [
        { type: 1, name: 'show' },
        { type: 1, name: 'why' },
      ],
    },
  ]);
});

const puts = ({ server }: Started) => server.sent().filter(({ method }) => method === 'PUT');

test('commands are told once, and again only when they have changed', async () => {
  started = await startAdapter();
  const { server } = started;
  const again = (commands: readonly Command[]) =>
    startDiscord({
      bot: {
        commands,
        prepare: async () => ({ kind: 'nothing' }),
        suggest: async () => [],
        named: (name) => ({ name, options: [] }),
        storeDelivery: async () => undefined,
        left: async () => undefined,
        joined: async () => undefined,
        present: async () => undefined,
        gone: async () => {},
      },
      token: server.token,
      apiUrl: server.url,
      emit: () => undefined,
      clock: { now: () => new Date() },
    });

  const same = await again(COMMANDS);
  await same.stop();
  expect(puts(started)).toHaveLength(1);

  const changed = await again(COMMANDS.slice(1));
  await changed.stop();
  expect(puts(started)).toHaveLength(2);
});
