import type { Command } from '../command.ts';

/** A command's name and the words of its options, as a button or a form carries them. */
export type SavedLine = { command: string; pairs: [name: string, value: string][] };

/**
 * Reads the line of a button or a form strictly: a command's exact name, then nothing but `name:value` of its options,
 * quoted as `runLine` quotes them. Nothing is recognized, rewritten or left out, so a line means the same for as long as
 * its command has these options. Undefined for any other line.
 */
export function readSavedLine(line: string, commands: readonly Command[]): SavedLine | undefined {
  const [command] = commands
    .filter(({ name }) => line === name || line.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  if (!command) return undefined;
  const pairs = readPairs(line.slice(command.name.length));
  const isKnown = ([name]: [string, string]) =>
    command.options.some((option) => option.name === name);
  return pairs?.every(isKnown) ? { command: command.name, pairs } : undefined;
}

/** Values by name, each behind a blank; undefined when anything else stands among them. */
function readPairs(text: string): SavedLine['pairs'] | undefined {
  const pair = / ([a-z][a-z-]*):(?:("(?:[^"\\]|\\.)*")|([^\s"\\]+))/gy;
  const pairs: SavedLine['pairs'] = [];
  let end = 0;
  for (const [all, name = '', quoted, bare = ''] of text.matchAll(pair)) {
    end += all.length;
    const value = quoted === undefined ? bare : unquoted(quoted);
    if (value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return end === text.length ? pairs : undefined;
}

function unquoted(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
