import { createInterface } from 'node:readline';
import type { Terminal } from './index.ts';

/** How often time passes by itself. */
const BEAT_MS = 1000;

/** Feeds what is typed or piped in to the terminal, line by line, until one of them ends it. */
export async function readLines(
  terminal: Terminal,
  {
    isPerson,
    link,
    settle,
    beat,
  }: {
    isPerson: boolean;
    link?: string | undefined;
    /** Waits for what a line sends, such as an invitation: it is shown before the next line. */
    settle(): Promise<void>;
    /** What happens each second by itself; true when time passed. */
    beat(): Promise<boolean>;
  },
): Promise<void> {
  const input = createInterface({
    input: process.stdin,
    terminal: isPerson,
    prompt: '> ',
    ...(isPerson ? { output: process.stdout } : {}),
  });
  if (isPerson) {
    terminal.welcome();
    if (link) process.stdout.write(`See it as Discord and Slack show it: ${link}\n\n`);
    await terminal.line('daily');
    input.prompt();
  }
  const beats = setInterval(async () => {
    if ((await beat()) && isPerson) input.prompt(true);
  }, BEAT_MS);
  for await (const line of input) {
    if (!(await terminal.line(line))) break;
    await settle();
    if (isPerson) input.prompt();
  }
  clearInterval(beats);
  input.close();
}

/**
 * The words of a command line as one line. A word that the shell kept together stays together, unless it is the whole
 * line: a sentence in quotes.
 */
export function lineOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /\s/.test(word)
    ? word.replace(/^([\w-]+[:=])?(.*)$/s, (_, name = '', text) => `${name}${JSON.stringify(text)}`)
    : word;
}
