import { expect, test } from 'vitest';
import { seal, unseal } from '../../src/store/sealing.ts';

const KEY = 'the key of today';
const OLD = 'the key of before';
const TEXT = '{"token":"xoxb-ä"}';
const sealed = seal(TEXT, 'slack:T1', [KEY]);

test('what was sealed opens with its key and under its name', () => {
  expect(unseal(sealed, 'slack:T1', [KEY])).toEqual({ text: TEXT, isOld: false });
  expect(sealed).not.toContain('xoxb');
  expect(seal(TEXT, 'slack:T1', [KEY])).not.toBe(sealed);
});

test('an older key opens what it sealed, and is said to be old', () => {
  const before = seal(TEXT, 'slack:T1', [OLD]);

  expect(unseal(before, 'slack:T1', [KEY, OLD])).toEqual({ text: TEXT, isOld: true });
  expect(unseal(before, 'slack:T1', [KEY])).toBeUndefined();
});

const parts = sealed.split('.');
/** With another first character in one of its parts. */
const swapped = (index: number) => {
  const part = parts[index] ?? '';
  return parts.with(index, `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`).join('.');
};

test.each([
  ['another name', sealed, 'slack:T2'],
  ['another nonce', swapped(1), 'slack:T1'],
  ['another tag', swapped(2), 'slack:T1'],
  ['a shorter tag', parts.with(2, (parts[2] ?? '').slice(0, 6)).join('.'), 'slack:T1'],
  ['other words', swapped(3), 'slack:T1'],
  ['another version', parts.with(0, '2').join('.'), 'slack:T1'],
  ['nothing', '', 'slack:T1'],
])('%s does not open', (_, text, name) => {
  expect(unseal(text, name, [KEY])).toBeUndefined();
});
