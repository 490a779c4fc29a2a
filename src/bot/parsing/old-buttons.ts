import { readPairs, type SavedLine } from './saved-line.ts';

/**
 * Buttons and forms of version 1 carried lines as people type them, and stand in channels for years. This reader is
 * frozen: it knows how each command's lines were ever written and asks nothing of today's models, GPUs, filler words or
 * choices. Only the name of a command or an option that is renamed is changed here, on the right.
 */
const NUMBER = /^\d+$/;
const ID = /^[\w.-]+$/;

/** Words that stood without a name, in their order: the option each is for, and how it was written. */
const POSITIONAL = new Map<string, readonly [option: string, written: RegExp][]>([
  ['answer', [['post', NUMBER]]],
  ['answer points', [['post', NUMBER]]],
  ['answer reveal', [['post', NUMBER]]],
  ['answer show', [['post', NUMBER]]],
  ['answer words', [['post', NUMBER]]],
  ['daily', [['action', /^(now|resume|unskip)$/]]],
  ['gpus', [['name', ID]]],
  ['me', [['action', /^(hide|unhide|export|delete)$/]]],
  ['mock', [['mode', /^(solo|lobby|calibrate)$/]]],
  ['models', [['name', ID]]],
  ['quality', [['question', ID]]],
  ['question approve', [['suggestion', NUMBER]]],
  ['question decline', [['suggestion', NUMBER]]],
  ['question disable', [['id', ID]]],
  ['question drop', [['suggestion', NUMBER]]],
  ['question edit', [['id', ID]]],
  ['question enable', [['id', ID]]],
  ['question list', [['page', NUMBER]]],
  ['question preview', [['id', ID]]],
  ['question reset', [['id', ID]]],
  ['question show', [['id', ID]]],
  ['question suggest', [['suggestion', NUMBER]]],
  ['report', [['question', ID]]],
  [
    'report close',
    [
      ['report', NUMBER],
      ['outcome', /^(mended|fine)$/],
    ],
  ],
  ['setup', [['action', /^(plan|on|off|pause|check|change)$/]]],
  [
    'vote',
    [
      ['post', NUMBER],
      ['number', NUMBER],
    ],
  ],
]);

/** Commands whose lines had values by name alone. */
const NAMED = new Set(
  (
    'answer hint,answer number,answer order,ask,chapters,compare,cost,drill,drill answer,drill show,fit,help,home,kv,' +
    'latency,leaderboard,lora,mock answer,mock back,mock delete,mock end,mock go,mock grade,mock hint,' +
    'mock model,mock pause,mock report,mock resume,mock review,mock share,mock show,mock skip,mock tick,mock time,' +
    'peer accept,peer decline,peer feedback,peer here,peer leave,peer mark,peer next,peer note,peer panel,peer read,' +
    'peer stop,question export,question import,question new,question stash,search,speculate,status,train,vram,why'
  ).split(','),
);

/** What a line of version 1 says; undefined for one that was never written. */
export function readOldLine(line: string): SavedLine | undefined {
  const { command, options, unnamed, rest } = partsOf(line);
  const pairs = readPairs(rest);
  if (!pairs || !options || unnamed.length > options.length) return undefined;
  const given: SavedLine['pairs'] = [];
  for (const [index, word] of unnamed.entries()) {
    const [option, written] = options[index] ?? ['', NUMBER];
    if (!written.test(word)) return undefined;
    given.push([option, word]);
  }
  return { command, pairs: [...given, ...pairs] };
}

/** Tells whether a line has words without a name, as in a message that an older version stored and did not send. */
export function isOldLine(line: string): boolean {
  return partsOf(line).unnamed.length > 0 && readOldLine(line) !== undefined;
}

function partsOf(line: string) {
  const at = line.search(/ [a-z-]+:/);
  const words = at < 0 ? line : line.slice(0, at);
  const [first = '', second, ...more] = words.split(' ');
  const two = `${first} ${second}`;
  const isTwo = POSITIONAL.has(two) || NAMED.has(two);
  const command = isTwo ? two : first;
  return {
    command,
    options: POSITIONAL.get(command) ?? (NAMED.has(command) ? [] : undefined),
    unnamed: isTwo || second === undefined ? more : [second, ...more],
    rest: line.slice(words.length),
  };
}
