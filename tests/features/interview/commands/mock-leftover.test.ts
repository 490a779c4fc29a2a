import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { unmatchedArgsError } from '../../../../src/features/interview/mock-args.ts';
import { readChapters } from '../../../../src/session/chapter-input.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const { catalog } = readCatalog();

test.each([
  ['mock hard 45 chapters 3 5 8', 'mock 45 hard chapters:"3 5 8"'],
  ['mock strict 15 3 5', 'mock 15 strict chapters:"3 5"'],
  ['mock 3, 5 and 8', 'mock 30 chapters:"3 5 8"'],
  ['mock 8-3', 'mock 30 chapters:3-8'],
  ['mock 3-6', 'mock 30 chapters:3-6'],
])('"%s" says how chapters are named', async (typed, line) => {
  const world = createWorld({ questions: [freeTextItem('s1', { chapter: 3 })] });

  const told = words(await world.ask(typed));

  expect(told.split('If you mean chapters, run ')[1]?.split('\n')[0]).toBe(`${line}.`);
});

test.each([
  ['mock lobby hours:17-20', ', from 17:00 to 20:00 (UTC).'],
  ['mock 17-20', ', from 17:00 to 20:00 (UTC).'],
  ['mock 3-6', ', from 03:00 to 06:00 (UTC).'],
  ['mock lobby', 'in the lobby.'],
])('"%s" leads into the lobby with a button', async (typed, told) => {
  const world = createWorld({ questions: [freeTextItem('s1', { chapter: 3 })] });

  const offer = await world.ask(typed);
  expect(await world.store.lobbyEntries()).toEqual([]);

  expect(words(await world.press(offer, 'Find a partner'))).toContain(told);
});

test('a chapter that is named in words is offered', async () => {
  const world = createWorld({ questions: [freeTextItem('s1', { chapter: 3 })], rooms: false });

  const offer = await world.ask('mock chapter 3');

  expect(words(offer)).toContain('Select the button to run mock mode:solo chapters:3.');
  expect((await world.press(offer, 'Start interview')).title).toBe('Mock interview');
});

test.each(['mock 15 chapters:"3 and 5"', 'mock 30 chapters:3-8', 'mock 45 hard chapters:"3 5 8"'])(
  '%s is understood',
  async (typed) => {
    const world = createWorld({ questions: [freeTextItem('s1', { chapter: 3 })], rooms: false });

    expect((await world.ask(typed)).title).toBe('Mock interview');
  },
);

test.each([
  ['attention', 'Attention is 3. Try mock 30 chapters:3.'],
  ['about the KV cache', 'KV cache and inference is 5.'],
  ['about kv cache', 'KV cache and inference is 5. Try mock 30 chapters:5.'],
  ['untimed', 'Run mock 30, then select Start without timer.'],
  ['nonsense', 'understand "nonsense"'],
  ['3', 'or for chapter 3, mock 30 chapters:3'],
])('of "%s" mock says: %s', (typed, told) => {
  const beside = { minutes: '30', style: 'coaching' } as const;

  expect(unmatchedArgsError(typed, beside, { catalog }).message).toContain(told);
});

test.each([
  ['3 five', '"five" isn\'t a chapter. Enter numbers from 1 to 11, like 3 5 8 or 3-6: 1 LLM'],
  ['five', '3 Attention, 4 Architecture types and mixture of experts, 5 KV cache'],
])('chapters:"%s" is met with numbers', (typed, told) => {
  expect(() => readChapters(typed, { catalog })).toThrow(told);
});
