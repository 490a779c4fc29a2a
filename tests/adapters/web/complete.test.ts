import { expect, test } from 'vitest';
import { complete } from '../../../src/adapters/web/page/complete.ts';
import { instantText } from '../../../src/adapters/web/page/times.ts';
import type { ShownCommand } from '../../../src/adapters/web/protocol.ts';

const option = (name: string, more: object = {}) => ({
  name,
  summary: `About ${name}`,
  kind: 'string' as const,
  required: false,
  ...more,
});

const COMMANDS: ShownCommand[] = [
  {
    name: 'daily',
    summary: "Show today's question",
    example: 'daily',
    options: [
      option('action', { kind: 'enum', choices: ['today', 'history', 'skip'] }),
      option('post', { kind: 'int' }),
    ],
  },
  {
    name: 'question show',
    summary: 'Show a question',
    example: 'question show q1',
    options: [
      option('id', { suggests: 'questions', required: true }),
      option('answer', { kind: 'boolean' }),
    ],
  },
  { name: 'mock answer', summary: 'Answer', example: '', options: [], isHidden: true },
];
const NAMES = { channels: ['#daily', '#general'], people: ['@web:mira'] };

const labels = (text: string) => {
  const typing = complete(text, COMMANDS, NAMES);
  return typing?.kind === 'known' ? typing.list.map(({ label }) => label) : typing;
};

test.each([
  ['/', ['/daily', '/question show']],
  ['/da', ['/daily']],
  ['/show', ['/question show']],
  ['/daily ', ['action:', 'post:']],
  ['/daily po', ['post:']],
  ['/daily action:', ['today', 'history', 'skip']],
  ['/daily action:h', ['history']],
  ['/daily action:skip ', ['post:']],
  ['/question show answer:', ['yes', 'no']],
  ['/nothing', []],
])('%j completes to %j', (text, expected) => {
  expect(labels(text)).toEqual(expected);
});

test('words are no command', () => {
  expect(labels('daily')).toBeUndefined();
});

test('a list of the server is asked for with what is typed', () => {
  expect(labels('/question show id:pag')).toEqual({
    kind: 'remote',
    start: 15,
    command: 'question show',
    option: 'id',
    typed: 'pag',
  });
});

test('a word that is no option is completed from the first list', () => {
  expect(labels('/question show pag')).toEqual({
    kind: 'remote',
    start: 15,
    command: 'question show',
    option: 'id',
    typed: 'pag',
  });
});

test('a completion takes the place of the last word', () => {
  const typing = complete('/daily action:h', COMMANDS, NAMES);

  expect(typing).toMatchObject({ start: 7, list: [{ insert: 'action:history ' }] });
});

test.each([
  ['f', '26 November 2026 at 09:00'],
  ['t', '09:00'],
  ['D', '26 November 2026'],
  ['R', 'in 2 hours'],
  ['{date_short} {time}', '26 Nov 2026 09:00'],
  ['{ago}', 'in 2 hours'],
])('an instant in the format %s', (show, expected) => {
  const at = new Date('2026-11-26T09:00:00Z');
  const reader = { zone: 'UTC', locale: 'en-GB', now: new Date('2026-11-26T07:00:00Z') };

  expect(instantText(at, show, reader)).toBe(expected);
});

test('an instant is read in the zone of the reader', () => {
  const reader = { zone: 'Asia/Tokyo', locale: 'en-GB', now: new Date(0) };

  expect(instantText(new Date('2026-11-26T09:00:00Z'), 't', reader)).toBe('18:00');
});
