import { expect, test } from 'vitest';
import { annotate } from '../../../../src/core/interview/grading/annotate.ts';
import { storedTopics } from '../../../../src/core/interview/grading/background.ts';
import {
  elsewhere,
  ownTopicOf,
  tellingWords,
  topicsOf,
} from '../../../../src/core/interview/grading/topics.ts';
import { background, lexicon } from './tools.ts';

const CACHE = 'The KV cache keeps keys and values of earlier tokens, layer by layer.';
const CACHE_TOO = 'Keys and values of all earlier tokens stay in a cache for each layer.';
const TOKENIZER = 'A tokenizer merges frequent pairs of characters into a vocabulary of subwords.';
const read = (text: string) => annotate(text, lexicon).tokens;
const weigh = (stem: string) => (background.counts.has(stem) ? 1 : 0);
const topicsSaid = (...texts: string[]) =>
  topicsOf(
    texts.map((text) => tellingWords(read(text), weigh)),
    weigh,
  );

test('an answer to its own question is about nothing else', () => {
  const topics = topicsSaid(CACHE, TOKENIZER);

  expect(elsewhere(read(CACHE_TOO), ownTopicOf(read(CACHE), topics), topics)).toBe(0);
});

test('an answer to another question is about that', () => {
  const topics = topicsSaid(CACHE, TOKENIZER);

  const own = ownTopicOf(read(CACHE), topics);

  expect(elsewhere(read(TOKENIZER), own, topics)).toBeGreaterThan(0.5);
});

test('a topic that is nearly the same is no other one', () => {
  const topics = topicsSaid(CACHE_TOO, TOKENIZER);

  const own = ownTopicOf(read('The cache holds keys and values of earlier tokens.'), topics);

  expect([...own.akin]).toEqual([0]);
  expect(elsewhere(read(CACHE_TOO), own, topics)).toBe(0);
});

test('words that the field does not know, and an empty answer, are about nothing', () => {
  const topics = topicsSaid(CACHE, TOKENIZER);
  const own = ownTopicOf(read(CACHE), topics);

  expect(elsewhere(read('Zebras graze near quiet fjords.'), own, topics)).toBe(0);
  expect(elsewhere([], own, topics)).toBe(0);
});

test('a topic is told by its rare words, in alphabetical order, at most sixty', () => {
  const [topic = '', long = ''] = storedTopics(
    [[TOKENIZER], [[...background.counts.keys()].join(' ')]],
    background,
    lexicon,
  );

  expect(topic.split(' ')).toContain('vocabulari');
  expect(topic.split(' ')).toEqual(topic.split(' ').sort());
  expect(long.split(' ')).toHaveLength(60);
});
