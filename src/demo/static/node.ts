import { Buffer, setImmediate } from './globals.ts';

/**
 * Takes the place of Node's modules in the static demo. Files are those that were fetched; nothing is written. What is
 * missing here is never called there.
 */

const files = new Map<string, Uint8Array>();

/** Lets a file be read under its path. */
export const addFile = (path: string, content: Uint8Array) => files.set(path, content);

export const existsSync = (path: string) => files.has(path);
/** All files are as old as each other, and whole. */
export const statSync = () => ({ mtimeMs: 0 });
export const readdirSync = () => [];
/** @throws Error when it was not fetched yet. */
export function readFileSync(path: string, encoding?: string): string | Uint8Array {
  const content = files.get(path);
  if (!content) throw new Error(`${path} was not fetched`);
  return encoding ? new TextDecoder().decode(content) : Buffer.from(content);
}

export const fileURLToPath = (url: URL) => url.pathname;
export const join = (...parts: string[]) => parts.join('/');
export const dirname = (path: string) => path.replace(/\/[^/]*$/, '');

/** Of `node:timers/promises`. */
const wait = (ms: number, value?: unknown) =>
  new Promise((resolve) => globalThis.setTimeout(() => resolve(value), ms));
const nextTurn = () => new Promise((resolve) => void setImmediate(() => resolve(undefined)));

export { nextTurn as setImmediate, wait as setTimeout };

/** True for plain data of the same shape. */
export function isDeepStrictEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!(one instanceof Object) || !(other instanceof Object)) return false;
  if (one instanceof Date || other instanceof Date) return Number(one) === Number(other);
  const [mine, theirs] = [Object.entries(one), new Map(Object.entries(other))];
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && isDeepStrictEqual(value, theirs.get(key)))
  );
}

const missing = (): never => {
  throw new Error('This is not there in a browser');
};

export {
  missing as chmodSync,
  missing as closeSync,
  missing as fsyncSync,
  missing as open,
  missing as openSync,
  missing as renameSync,
  missing as rmSync,
  missing as writeFileSync,
};
export default {};
