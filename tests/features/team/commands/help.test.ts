import { expect, test } from 'vitest';
import { COMMANDS } from '../../../../src/commands.ts';
import { fullName } from '../../../../src/spine/button.ts';
import { plain, type Reply } from '../../../../src/spine/reply.ts';
import { createWorld, words } from '../../../support/world.ts';

const ADMIN = { admin: true };

/** The commands that a reply names. */
function namedIn({ blocks }: Reply): string[] {
  const texts = blocks.flatMap((block) =>
    block.kind === 'text' ? [block.text] : block.kind === 'table' ? block.rows.flat() : [],
  );
  return texts
    .flat()
    .flatMap((part) => (typeof part === 'object' && 'command' in part ? [part.command] : []));
}

const buttonsOf = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

test('help begins with ten commands, grouped by what one wants to do', async () => {
  const world = createWorld();

  const reply = await world.ask('help', ADMIN);

  expect(namedIn(reply)).toHaveLength(10);
  const heads = reply.blocks.flatMap((block) =>
    block.kind === 'text' ? [plain(block.text).split('\n')[0]] : [],
  );
  expect(heads).toEqual([
    "Today's question",
    'Interviews',
    'Practice',
    'Estimates',
    'Team questions',
    'You',
    'Admins',
  ]);
});

test('every other command is one press away, once', async () => {
  const world = createWorld();
  const reply = await world.ask('help', ADMIN);

  const groups: string[] = [];
  for (const { label } of buttonsOf(reply)) {
    const { blocks } = await world.press(reply, label, ADMIN);
    groups.push(...namedIn({ blocks: blocks.filter(({ kind }) => kind === 'table') }));
  }

  const listed = COMMANDS.filter(({ hidden, name }) => !hidden && name !== 'help').map(fullName);
  expect(new Set([...namedIn(reply), ...groups])).toEqual(new Set(listed));
  expect(new Set(groups).size).toBe(groups.length);
});

test('whoever is no admin is not shown what only admins may do', async () => {
  const world = createWorld();

  const reply = words(await world.ask('help commands', { as: 'bo' }));

  expect(reply).not.toContain('Admins');
  expect(reply).not.toContain('setup');
});

test('a person who has answered nothing sees three doors, in help and at home', async () => {
  const world = createWorld({ isUnlimited: true });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const doors = ["Today's question", '5-minute quiz', 'Mock interview'];

  for (const line of ['help', 'home']) {
    const labels = buttonsOf(await world.ask(line, { as: 'bo' })).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(doors);
  }
  const question = await world.press(await world.ask('help', { as: 'bo' }), "Today's question", {
    as: 'bo',
  });
  await world.press(question, 'B', { as: 'bo' });

  expect(words(await world.ask('help', { as: 'bo' }))).toContain('Interviews');
  expect(words(await world.ask('home', { as: 'bo' }))).toContain('Streak');
});

test('help says when the next question comes, of this channel first, and nothing where none does', async () => {
  const world = createWorld();
  expect(words(await world.ask('help'))).not.toContain('Next question');
  await world.setUp();
  expect(await nextIn(world)).toEqual([new Date('2026-03-02T09:00:00Z'), 'daily']);
  const panel = await world.ask('setup channel:other time:08:30 zone:UTC', ADMIN);

  await world.press(panel, 'Turn on', ADMIN);

  expect(await nextIn(world)).toEqual([new Date('2026-03-02T09:00:00Z'), 'daily']);
});

/** The instant and the channel that the last line of help but one names. */
async function nextIn(world: ReturnType<typeof createWorld>) {
  const { blocks } = await world.ask('help');
  const note = blocks.flatMap((block) => (block.kind === 'note' ? [block.text] : []))[0];
  return [note].flat().flatMap((part): unknown[] => {
    if (typeof part !== 'object') return [];
    if ('time' in part) return [part.time];
    return 'channel' in part ? [part.channel] : [];
  });
}
