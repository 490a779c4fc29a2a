import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAndWalk } from 'oxc-walker';
import { expect, test } from 'vitest';
import { COMMANDS } from '../src/commands.ts';
import { findCommand } from '../src/spine/grammar/text.ts';
import { looseCommands } from './support/loose-commands.ts';
import { textOf, visibleStrings } from './support/visible-strings.ts';
import { createWorld } from './support/world.ts';

const SOURCE = resolve(import.meta.dirname, '../src');

/** Commands that texts name as data, with a sample for what is filled in while running. */
function namedCommands(): { where: string; line: string }[] {
  const found: { where: string; line: string }[] = [];
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(features|session|spine|jobs|core)\/.*\.ts$/.test(file),
  );
  for (const file of files) {
    const content = readFileSync(join(SOURCE, file), 'utf8');
    parseAndWalk(content, file, (node) => {
      if (node.type !== 'ObjectExpression' || node.properties.length !== 1) return;
      const [only] = node.properties;
      if (only?.type !== 'Property' || only.key.type !== 'Identifier') return;
      const line = only.key.name === 'command' ? textOf(only.value) : undefined;
      if (line && !line.startsWith('…'))
        found.push({ where: file, line: line.replaceAll('…', '1') });
    });
  }
  return found;
}

const lines = namedCommands();
const { bot } = createWorld();

test('texts name commands', () => {
  expect(lines.length).toBeGreaterThan(40);
});

test.each(lines)('$line, named in $where, is a command that people can run', ({ line }) => {
  const { options } = bot.named(line);
  const found = findCommand(COMMANDS, line);

  if ('unknown' in found) throw new Error('there is no such command');
  expect(found.command.hidden ?? false, 'it is reached by buttons alone').toBe(false);
  expect(found.rest.trim() === '' || options.length > 0, 'its words name no option').toBe(true);
});

test('no string of the source names a command in words alone', () => {
  // What stands on the page itself is entered there as it is.
  const strings = visibleStrings().filter(({ where }) => !where.startsWith('adapters/web/page/'));
  const loose = strings.flatMap(({ where, text }) =>
    looseCommands(text).map((found) => `${where}  ${found}`),
  );

  expect(loose).toEqual([]);
});

test.each([
  'This channel no longer exists. Run /setup to choose another one.',
  'No question matches. Run setup change to add more.',
  'Type `help`.',
  'Use "daily skip" to skip a day.',
  'Try kv model:llama-3.1-8b',
])('a command that a text names in words alone is found: %s', (text) => {
  expect(looseCommands(text)).not.toEqual([]);
});
