import { expect, test } from 'vitest';
import { freeTextItem, singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const CACHE = singleItem('c5-cache', {
  prompt: 'What does a KV cache hold?',
  explanation: 'It holds the keys and values of past tokens.',
});
const ROPE = singleItem('c2-rope', {
  prompt: 'What does RoPE rotate?',
  explanation: 'It rotates queries and keys.',
});

test.each(['ask kv cache', 'what is kv cache', 'explain the KV cache please', 'wat is a kv cahce'])(
  '%s is answered from the bank with its source',
  async (line) => {
    const world = createWorld({ questions: [CACHE, ROPE] });

    const reply = words(await world.ask(line));

    expect(reply).toContain('What does a KV cache hold?');
    expect(reply).toContain('It holds the keys and values of past tokens.');
    expect(reply).toContain('Source: A paper (2023)');
    expect(reply).toContain('[Show solution]');
  },
);

test('an answer in words gives its first sentences, and a question without code before one with it', async () => {
  const modelAnswer = Array.from({ length: 30 }, (_, at) => `Sentence ${at} of a cache.`).join(' ');
  const plain = freeTextItem('c5-plain', { prompt: 'Why is a KV cache kept?', modelAnswer });
  const coded = freeTextItem('c5-code', { prompt: 'Which KV cache is it?', code: 'cache = {}' });
  const world = createWorld({ questions: [coded, plain, ROPE] });

  const reply = words(await world.ask('ask kv cache'));

  expect(reply).toContain('Why is a KV cache kept?');
  expect(reply).toMatch(/Sentence 0 of a cache\..* Sentence 20 of a cache\.\n/);
  expect(reply).not.toContain('Sentence 29');
});

test('what the bank does not hold is not answered with something else', async () => {
  const world = createWorld({ questions: [CACHE, ROPE] });

  const reply = words(await world.ask('what is photosynthesis'));

  expect(reply).toContain('Nothing found for "what is photosynthesis"');
  expect(reply).toContain('[Show chapters]');
});

test('a question that is open here is not explained', async () => {
  const world = createWorld({ questions: [CACHE] });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');

  const before = words(await world.ask('what is kv cache'));
  await world.ask('answer 1 choice:b try:1');
  const after = words(await world.ask('what is kv cache'));

  expect(before).not.toContain('keys and values');
  expect(after).toContain('keys and values');
});

test.each([
  ['5', true],
  ['chapter 5', true],
  ["what's in chpater 5?", true],
  ['ch. 5', true],
  ['what chapter 5 covers', true],
  ['8 bit quantization', false],
  ['4-bit formats', false],
])('ask %s shows a chapter: %s', async (line, isChapter) => {
  const world = createWorld({ questions: [CACHE] });

  const { title } = await world.ask(`ask words:"${line}"`);

  expect(/^\d+\. /.test(title ?? '')).toBe(isChapter);
});
