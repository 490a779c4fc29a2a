import { expect, test } from 'vitest';
import { readCatalog } from '../src/catalog.ts';
import { COMMANDS } from '../src/commands.ts';
import { findCommand, parseText } from '../src/spine/grammar/text.ts';
import { recognizes } from '../src/spine/suggest.ts';
import { createWorld } from './support/world.ts';

const { catalog } = readCatalog();

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  'the example of %s is understood',
  (name, command) => {
    const found = findCommand(COMMANDS, command.example);
    if ('unknown' in found) throw new Error(`"${command.example}" names no command`);

    const { values, problems } = parseText(found.command, found.rest, (list, words) =>
      recognizes(list, words, catalog),
    );

    expect(found.command.name).toBe(name);
    expect(problems).toEqual([]);
    const parsed = command.parse(values);
    // A file cannot stand in a line of text.
    const missing = parsed.ok ? [] : parsed.problems.filter(({ option }) => option !== 'file');
    expect(missing).toEqual([]);
  },
);

test('names are one word or two, and the few that people meet first are told from the rest', () => {
  for (const { name } of COMMANDS) expect(name).toMatch(/^[a-z]+( [a-z]+)?$/);
  const listed = COMMANDS.filter(({ hidden }) => !hidden);
  const firstWords = new Set(listed.map(({ name }) => name.split(' ')[0]));
  for (const word of ['leaderboard', 'me', 'setup']) expect(firstWords).toContain(word);
  for (const word of ['why', 'group', 'share', 'remind', 'server', 'status', 'digest', 'quality'])
    expect(firstWords).not.toContain(word);
});

test('summaries and options fit a slash command', () => {
  for (const { summary, options } of COMMANDS) {
    expect(summary.length).toBeLessThanOrEqual(100);
    for (const option of options) {
      expect(option.summary.length, `${option.name}: ${option.summary}`).toBeGreaterThan(0);
      expect(option.summary.length).toBeLessThanOrEqual(100);
    }
  }
});

test.each([
  ['why', 'leaderboard why'],
  ['group join blue', 'leaderboard group'],
  ['share', 'leaderboard share'],
  ['remind off', 'me remind action:off'],
  ['server', 'me server'],
  ['digest on days:fri', 'setup digest days:fri action:on'],
  ['quality', 'setup quality'],
])('%s, which was a command, offers %s', async (typed, run) => {
  const { blocks } = await createWorld().ask(typed, { admin: true });

  expect(blocks).toContainEqual(
    expect.objectContaining({
      buttons: expect.arrayContaining([expect.objectContaining({ run })]),
    }),
  );
});
