import { digest } from '../core/digest.ts';
import type { Command } from './command.ts';

/** Fits Discord's `custom_id`; Slack's `action_id` holds 255. */
const MAX_ID = 100;

/** In front of each id: a release that writes or reads lines in another way counts on. */
const FORMAT = '1';

/** What the id of a button or a form holds: its line, or the hash under which it is stored. */
export type ButtonId = { run: string } | { hash: string };

/**
 * A button's id: the format, then the command itself or the hash under which it is stored.
 *
 * @param option Of a menu, which stands behind it in the id with a blank before and a colon after.
 */
export function buttonId(
  run: string,
  option?: string,
): { id: string; stored?: { hash: string; run: string } } {
  const id = `${FORMAT}:${run}`;
  const behind = option === undefined ? 0 : option.length + 2;
  if (id.length + behind <= MAX_ID) return { id };
  const hash = digest(run).slice(0, 32);
  return { id: `${FORMAT}#${hash}`, stored: { hash, run } };
}

/** Reads the id of a button or a form; undefined for a foreign or damaged one. */
export function readButtonId(id: string): ButtonId | undefined {
  const rest = id.slice(2);
  if (id.startsWith(`${FORMAT}:`)) return { run: rest };
  return id.startsWith(`${FORMAT}#`) ? { hash: rest } : undefined;
}

/** A command's name behind its group, such as `estimate kv`. */
export const fullName = ({ group, name }: Command) => (group ? `${group} ${name}` : name);

/** A command by its name: also behind its group, or as it is called beside others of its first word. */
export function named(commands: readonly Command[], words: string): Command | undefined {
  return commands.find(
    (command) =>
      command.name === words ||
      fullName(command) === words ||
      (command.alone !== undefined && `${command.name} ${command.alone}` === words),
  );
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
