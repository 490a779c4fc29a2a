import { fullName } from '../../src/spine/button.ts';
import type { Command } from '../../src/spine/command.ts';

/** A console block of the README: what is typed, and how much of each message is shown. */
export type Example = {
  /** Words of the command line. */
  words: string[];
  /** What is piped in; undefined when nothing is. */
  input: string | undefined;
  /** How many lines of each message are kept; further messages are cut. */
  keep: (number | 'all')[];
  /** The block's lines below the command, as the README shows them. */
  shown: string;
};

/** Stands for lines that are left out. */
const CUT = '[…]';

/**
 * A block with the comment that says how many lines of each message it keeps:
 *
 *     <!-- example: all 5 0 -->
 *     ```console
 *     $ printf 'daily\nb\n' | npm start
 */
const EXAMPLE =
  /(<!-- example: ([^>]+) -->\n```console\n)\$ ([^\n]+)((?:\n(?!```)[^\n]*)*)(\n```)/g;

/** Every example of a document, in order. */
export function examplesIn(markdown: string): Example[] {
  return [...markdown.matchAll(EXAMPLE)].map(([, , keep = '', command = '', shown = '']) => ({
    ...commandOf(command),
    keep: keep.split(' ').map((each) => (each === 'all' ? each : Number(each))),
    shown: shown.slice(1),
  }));
}

function commandOf(command: string): Pick<Example, 'words' | 'input'> {
  const piped = /^printf '([^']*)' \| npm start$/.exec(command);
  if (piped) return { words: [], input: (piped[1] ?? '').replaceAll('\\n', '\n') };
  const called = /^npm start -- (.+)$/.exec(command);
  if (called) return { words: (called[1] ?? '').split(' '), input: undefined };
  throw new RangeError(`an example must pipe into npm start or call it: ${command}`);
}

/**
 * The output as the README shows it: the kept lines of each message, with a mark for what is cut.
 *
 * @throws RangeError when nothing of it is kept.
 */
export function shortened(output: string, keep: Example['keep']): string {
  const messages = output.trim().split(/\n\n+/);
  const kept = messages.map((message, index) => {
    const lines = message.split('\n');
    const most = keep[index] ?? 0;
    const isWhole = most === 'all' || most >= lines.length;
    return isWhole ? message : [...lines.slice(0, most), CUT].join('\n');
  });
  if (kept.every((message) => message === CUT))
    throw new RangeError(`an example shows nothing of: ${output}`);
  return kept
    .filter((message, index) => message !== CUT || kept[index - 1]?.endsWith(CUT) === false)
    .join('\n\n');
}

/** The document with what its examples print now, in order. */
export function fillExamples(markdown: string, outputs: readonly string[]): string {
  let index = 0;
  return markdown.replace(EXAMPLE, (_, head: string, _keep, command: string, _shown, tail) => {
    const output = outputs[index++] ?? '';
    return `${head}$ ${command}\n${output}${tail}`;
  });
}

const COMMANDS = /(<!-- commands -->\n)[\s\S]*?(<!-- \/commands -->)/;

/** The document with its table of commands: those of one word that people may type. */
export function fillCommands(markdown: string, commands: readonly Command[]): string {
  const rows = commands
    .filter(({ hidden }) => !hidden)
    .map((each) => `| \`${fullName(each)}\` | ${each.summary} | \`${each.example}\` |`);
  const table = ['| Command | What it does | Example |', '|---|---|---|', ...rows].join('\n');
  return markdown.replace(
    COMMANDS,
    (_, head: string, tail: string) => `${head}\n${table}\n\n${tail}`,
  );
}
