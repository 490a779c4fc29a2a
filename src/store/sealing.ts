import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The way of sealing, so that a later one can be told apart. */
const VERSION = '1';
const CIPHER = 'aes-256-gcm';
/** As NIST SP 800-38D advises for GCM. */
const NONCE_BYTES = 12;

/** Secrets by which something is sealed: with the first, and opened with any of them. */
export type SealingKeys = readonly [string, ...string[]];

/**
 * Encrypts a text with AES-256-GCM, bound to a name: under another one it does not open.
 *
 * @returns The version, the nonce, the tag, and the text, each in base64url.
 */
export function seal(text: string, name: string, [newest]: SealingKeys): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(newest), nonce);
  cipher.setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
  return [VERSION, ...parts].join('.');
}

/** The text that was sealed, and whether an older key opened it; undefined when no key does. */
export function unseal(
  sealed: string,
  name: string,
  keys: SealingKeys,
): { text: string; isOld: boolean } | undefined {
  for (const [index, key] of keys.entries()) {
    const text = openWith(key, sealed, name);
    if (text !== undefined) return { text, isOld: index > 0 };
  }
  return undefined;
}

function openWith(key: string, sealed: string, name: string): string | undefined {
  const [version, ...parts] = sealed.split('.');
  const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== VERSION || !nonce || !tag || !body) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(key), nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    // Another key, or another text than was sealed.
    return undefined;
  }
}

const derived = new Map<string, Buffer>();

/** A key of the length that the cipher takes, from a secret of any length. */
function keyOf(secret: string): Buffer {
  const known = derived.get(secret);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'warmup installations', 32));
  derived.set(secret, key);
  return key;
}
