import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { buttonId, readButtonId, runLine } from '../../../src/spine/button.ts';
import { readSavedLine } from '../../../src/spine/grammar/saved-line.ts';

test('a line is a command and values by name', () => {
  expect(readSavedLine('answer words post:7 text:"so \\"it\\" is\\nhere"', COMMANDS)).toEqual({
    command: 'answer words',
    pairs: [
      ['post', '7'],
      ['text', 'so "it" is\nhere'],
    ],
  });
  expect(readSavedLine('home', COMMANDS)).toEqual({ command: 'home', pairs: [] });
});

test.each([
  ['a word without a name', 'answer 7'],
  ['a choice without a name', 'me hide'],
  ['a filler', 'vram model:llama-3.1-8b please'],
  ['another word for an option', 'vram model:llama-3.1-8b ctx:8k'],
  ['an option of another command', 'answer post:7 zone:UTC'],
  ['a dash', 'vram --model llama-3.1-8b'],
  ['an equals sign', 'vram model=llama-3.1-8b'],
  ['an option without a value', 'vram model:'],
  ['capitals', 'Answer post:7'],
  ['two blanks', 'answer  post:7'],
  ['a blank at the end', 'answer post:7 '],
  ['a slash', '/answer post:7'],
  ['a quote that does not end', 'answer words post:7 text:"so'],
  ['what JSON does not know', 'answer words post:7 text:"\\q"'],
  ['no such command', 'gone post:7'],
  ['a plain question', 'can i run mixtral on 2x3090'],
  ['nothing', ''],
])('%s is refused', (_, line) => {
  expect(readSavedLine(line, COMMANDS)).toBeUndefined();
});

test('any text comes back as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
      const line = runLine('question stash', { prompt: text, place });
      expect(readSavedLine(line, COMMANDS)?.pairs).toEqual([
        ['prompt', text],
        ['place', place],
      ]);
    }),
  );
});

test.each([
  ['1:answer post:1042 choice:b', { run: 'answer post:1042 choice:b' }],
  ['1#abc', { hash: 'abc' }],
  ['2:daily', undefined],
  ['daily', undefined],
  ['', undefined],
])('the id %s is read', (id, expected) => {
  expect(readButtonId(id)).toEqual(expected);
});

test('an id fits a hundred characters, however long the command is', () => {
  const { id, stored } = buttonId(runLine('search', { words: 'kv cache '.repeat(40) }));

  expect(id).toMatch(/^1#[\w-]{32}$/);
  expect(stored?.run).toContain('kv cache');
});
