import { expect, test } from 'vitest';
import { BANNED_WORDINGS } from '../lab/bank-lint/wordings.ts';
import { visibleStrings } from './support/visible-strings.ts';

const strings = visibleStrings();

/** Longer sentences are hard to read in a notification, and for people who read English as a second language. */
const MAX_WORDS = 25;

/** More does not fit on a button of a phone. */
const MAX_LABEL = 24;

test('there are strings to look at', () => {
  expect(strings.length).toBeGreaterThan(1000);
  expect(strings.filter(({ isLabel }) => isLabel).length).toBeGreaterThan(100);
});

test('no message uses a banned wording', () => {
  const found = strings.flatMap(({ where, text }) =>
    BANNED_WORDINGS.filter(([pattern]) => pattern.test(text)).map(
      ([, instead]) => `${where}  ${text}  (${instead})`,
    ),
  );

  expect(found).toEqual([]);
});

test('button labels are short, and no label ends with a period', () => {
  const labels = strings.filter(({ isLabel }) => isLabel);

  expect(labels.filter(({ text }) => text.replaceAll('…', '').length > MAX_LABEL)).toEqual([]);
  expect(labels.filter(({ text }) => /[^.]\.$/.test(text))).toEqual([]);
});

test('sentences are short', () => {
  const long = strings.flatMap(({ where, text }) =>
    text
      .split(/[.!?:]\s|\n|;\s/)
      .map((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}…]/u.test(word)).length)
      .filter((words) => words > MAX_WORDS)
      .map((words) => `${where}  ${words} words: ${text}`),
  );

  expect(long).toEqual([]);
});
