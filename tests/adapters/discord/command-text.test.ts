import { expect, test } from 'vitest';
import { spellCommands } from '../../../src/adapters/discord/command-text.ts';
import { renderText } from '../../../src/adapters/discord/markdown.ts';
import type { Text } from '../../../src/spine/reply.ts';
import { createWorld } from '../../support/world.ts';

const { bot } = createWorld();
const ids = new Map([
  ['setup', '77'],
  ['question', '78'],
  ['estimate', '79'],
]);

function shown(text: Text): string {
  const { blocks } = spellCommands({ blocks: [{ kind: 'text', text }] }, { named: bot.named, ids });
  const [block] = blocks;
  return block?.kind === 'text' ? renderText(block.text).text : '';
}

test.each([
  ['kv llama-3.1-8b context:32k', '`/estimate kv model:llama-3.1-8b context:32k`'],
  ['me export', '`/me show action:export`'],
  ['daily skip day:2026-12-24', '`/daily action:skip day:2026-12-24`'],
  ['setup', '</setup:77>'],
  ['models', '</estimate models:79>'],
  ['question new', '</question new:78>'],
  ['leaderboard', '`/leaderboard show`'],
])('"%s" stands on Discord as %s', (line, expected) => {
  expect(shown(['Run ', { command: line }, '.'])).toBe(`Run ${expected}.`);
});

test('a command in a field, a table and a note is spelled too', () => {
  const command = { command: 'me export' };
  const { blocks } = spellCommands(
    {
      blocks: [
        { kind: 'fields', fields: [{ label: 'Yours', value: command }] },
        {
          kind: 'table',
          caption: 'Yours',
          columns: [{ label: 'Run' }],
          rows: [[['Run ', command]]],
        },
        { kind: 'note', text: command },
      ],
    },
    { named: bot.named },
  );

  expect(JSON.stringify(blocks).match(/me show action:export/g)).toHaveLength(3);
});

test('a mention that a person typed stays text', () => {
  expect(shown('</setup:77>')).not.toBe('</setup:77>');
  expect(shown({ code: '</setup:77>' })).toBe('`</setup:77>`');
});
