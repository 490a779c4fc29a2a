import { createHash } from 'node:crypto';
import { isOldLine } from './parsing/old-buttons.ts';

/** Fits Discord's `custom_id`; Slack's `action_id` holds 255. */
const MAX_ID = 100;

/** Lines of version 1 were read like typed words; those of version 2 are a command and values by name. */
type Version = '1' | '2';

/** What the id of a button or a form holds: its line, or the hash under which it is stored. */
export type ButtonId = { version: Version } & ({ run: string } | { hash: string });

/**
 * A button's id: the version, then the command itself or the hash under which it is stored.
 *
 * @param option Of a menu, which stands behind it in the id with a blank before and a colon after.
 */
export function buttonId(
  run: string,
  option?: string,
): { id: string; stored?: { hash: string; run: string } } {
  // A message that an older version stored is sent with the buttons that it had.
  const version: Version = isOldLine(run) ? '1' : '2';
  const id = `${version}:${run}`;
  const behind = option === undefined ? 0 : option.length + 2;
  if (id.length + behind <= MAX_ID) return { id };
  const hash = createHash('sha256').update(run).digest('base64url').slice(0, 32);
  return { id: `${version}#${hash}`, stored: { hash, run } };
}

/** Reads the id of every released version; undefined for a foreign or damaged one. */
export function readButtonId(id: string): ButtonId | undefined {
  const rest = id.slice(2);
  switch (id.slice(0, 2)) {
    case '1:':
      return { version: '1', run: rest };
    case '1#':
      return { version: '1', hash: rest };
    case '2:':
      return { version: '2', run: rest };
    case '2#':
      return { version: '2', hash: rest };
  }
  return undefined;
}

/** A command line from a name and values, quoted so that the same values are read again. */
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
