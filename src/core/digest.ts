import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Digests from one library that runs on the server and in a browser alike, where `node:crypto` is missing. */

/** SHA-256 of a text in base64url. */
export const digest = (text: string): string => base64url(sha256(bytesOf(text)));

/** HMAC with SHA-256 of a text in base64url. */
export const keyedDigest = (key: string, text: string): string =>
  base64url(hmac(sha256, bytesOf(key), bytesOf(text)));

/** SHA-256 of a text in hexadecimal. */
export const hexDigest = (text: string): string => bytesToHex(sha256(bytesOf(text)));

/** SHA-1 of a text in hexadecimal, for formats that ask for it. */
export const oldDigest = (text: string): string => bytesToHex(sha1(bytesOf(text)));

const bytesOf = (text: string) => new TextEncoder().encode(text);

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (each) => URL_SAFE[each] ?? '');

const URL_SAFE: Record<string, string> = { '+': '-', '/': '_' };
