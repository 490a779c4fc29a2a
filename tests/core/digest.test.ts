import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest, hexDigest, keyedDigest, oldDigest } from '../../src/core/digest.ts';

test('digests are those of the standards', () => {
  // FIPS 180-4 and RFC 4231, test case 2.
  expect(hexDigest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(oldDigest('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  expect(keyedDigest('Jefe', 'what do ya want for nothing?')).toBe(
    Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex').toString(
      'base64url',
    ),
  );
});

test('a digest of any text is what Node makes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, key) => {
      expect(digest(text)).toBe(createHash('sha256').update(text).digest('base64url'));
      expect(keyedDigest(key, text)).toBe(
        createHmac('sha256', key).update(text).digest('base64url'),
      );
    }),
  );
});
