import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { Command } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { findCommand } from '../../spine/grammar/text.ts';
import type { Attachment } from '../../spine/request.ts';

/** The same as Discord takes without a boost. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * A file on this computer as something attached: its text is read when a command asks for it.
 *
 * @throws UserError when there is none, or it is too large.
 */
export function attachmentAt(path: string): Attachment {
  const place = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new UserError(`I can't find the file "${path}".`);
  if (found.size > MAX_BYTES) {
    throw new UserError(`"${basename(path)}" is larger than 10 MB. Attach a smaller file.`);
  }
  return {
    name: basename(path),
    bytes: found.size,
    text: () => readFile(place, 'utf8'),
    content: () => readFile(place),
  };
}

/**
 * Takes the path out of a typed line: `file:shape.json`, `--file shape.json`, or a bare path of a
 * file that exists. Lines of commands without a file stay as they are.
 *
 * @throws UserError when the file cannot be read.
 */
export function takeFile(
  line: string,
  commands: readonly Command[],
): { text: string; file?: Attachment } {
  const found = findCommand(commands, line);
  const option =
    'unknown' in found ? undefined : found.command.options.find(({ kind }) => kind === 'file');
  if (!option) return { text: line };
  const named = new RegExp(
    `(?:^|\\s)(?:--${option.name}(?:[=:]|\\s+)|${option.name}[=:])(?:"([^"]+)"|(\\S+))`,
  ).exec(line);
  if (named) {
    const path = named[1] ?? named[2] ?? '';
    return { text: line.replace(named[0], ' '), file: attachmentAt(path) };
  }
  const bare = line.split(/\s+/).find((word) => /\.\w+$/.test(word) && isFile(word));
  return bare ? { text: line.replace(bare, ' '), file: attachmentAt(bare) } : { text: line };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
