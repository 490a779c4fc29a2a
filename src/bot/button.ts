import { createHash } from 'node:crypto';

/** Fits Discord's `custom_id`; Slack's `action_id` holds 255. */
const MAX_ID = 100;
const INLINE = '1:';
const STORED = '1#';

/** A button's id: the version, then the command itself or the hash under which it is stored. */
export function buttonId(run: string): { id: string; stored?: { hash: string; run: string } } {
  if (INLINE.length + run.length <= MAX_ID) return { id: INLINE + run };
  const hash = createHash('sha256').update(run).digest('base64url').slice(0, 32);
  return { id: STORED + hash, stored: { hash, run } };
}

/** Reads the id of every released version; undefined for a foreign or damaged one. */
export function readButtonId(id: string): { run: string } | { hash: string } | undefined {
  if (id.startsWith(INLINE)) return { run: id.slice(INLINE.length) };
  if (id.startsWith(STORED)) return { hash: id.slice(STORED.length) };
  return undefined;
}

/** A command line from a name and values, quoted so that the parser reads the same values again. */
export function runLine(
  command: string,
  values: Record<string, string | number | boolean>,
): string {
  const words = Object.entries(values).map(([name, value]) => `${name}:${quote(String(value))}`);
  return [command, ...words].join(' ');
}

function quote(value: string): string {
  return /^[^\s"\\]+$/.test(value) ? value : JSON.stringify(value);
}
