import { digest } from '../core/digest.ts';
import type { Command } from './command.ts';
import type { Block, Button } from './reply.ts';
import type { RequestInput, Values } from './request.ts';

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

/** Controls that a card shows at once, buttons and menus together: what fits one row of a phone. */
export const MOST_CONTROLS = 5;

/** The label of the menu that holds a crowded card's other buttons, and the id and option behind it. */
export const MORE = { label: 'More…', run: 'more', option: 'run' } as const;

/** A card with at most five controls: the last buttons beyond them are in one menu. Options of a question stay buttons. */
export function folded(blocks: readonly Block[]): Block[] {
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const menus = blocks.filter(({ kind }) => kind === 'select').length;
  const over = buttons.length + menus - MOST_CONTROLS;
  const rest = new Set(over > 0 ? buttons.filter(mayFold).slice(-over - 1) : []);
  // A menu of one choice would save nothing.
  if (rest.size < 2) return [...blocks];
  const at = blocks.findLastIndex(
    (block) => block.kind === 'buttons' && block.buttons.some((each) => rest.has(each)),
  );
  // No menu takes the same value twice; a second button that would do the same is left out.
  const labels = new Map([...rest].reverse().map(({ label, run }) => [buttonId(run).id, label]));
  const choices = [...labels].reverse().map(([value, label]) => ({ label, value }));
  return blocks.flatMap((block, index): Block[] => [
    block.kind === 'buttons'
      ? { ...block, buttons: block.buttons.filter((each) => !rest.has(each)) }
      : block,
    ...(index === at ? [{ kind: 'select', ...MORE, choices } satisfies Block] : []),
  ]);
}

const mayFold = ({ accessibilityLabel, style }: Button) =>
  accessibilityLabel === undefined && style !== 'primary';

/** What a choice in a menu asks for: its saved command with that value, or the button that was in it. */
export function chosenInput(id: string, values: Values): Extract<RequestInput, { kind: 'button' }> {
  const button = id === buttonId(MORE.run).id ? values[MORE.option] : undefined;
  return typeof button === 'string'
    ? { kind: 'button', id: button }
    : { kind: 'button', id, values };
}
