import { expect, test } from 'vitest';
import { readSavedLine } from '../../../src/bot/parsing/saved-line.ts';
import { COMMANDS } from '../../../src/commands/index.ts';

/**
 * The commands and options that buttons of version 2 ever carried, as the history of the code has them. Buttons stand in
 * channels for years: rows are added and never taken away. A command or an option that gets another name needs a reader
 * for the old one.
 */
const VERSION_2: [command: string, options: string][] = [
  ['answer', 'choice post try'],
  ['answer hint', 'number post'],
  ['answer number', 'post try'],
  ['answer order', 'post try'],
  ['answer points', 'post'],
  ['answer reveal', 'post'],
  ['answer show', 'post shown'],
  ['answer words', 'post'],
  ['daily', 'action confirm day post schedule'],
  ['digest', 'action channel days time what zone'],
  ['drill', 'chapter kind'],
  ['drill answer', 'item value'],
  ['drill show', 'answer hints item'],
  ['fit', 'gpu model want'],
  ['gpus', 'default name page'],
  ['group', 'action'],
  ['help', 'topic'],
  ['leaderboard', 'private show view'],
  ['live answer', 'question round'],
  ['live end', 'confirm round'],
  ['live place', 'round'],
  ['live practice', 'round'],
  ['me', 'action confirm'],
  ['mock', 'chapters minutes mode with'],
  ['mock answer', 'interview'],
  ['mock delete', 'confirm interview'],
  ['mock end', 'interview'],
  ['mock go', 'at interview'],
  ['mock grade', 'grade sample'],
  ['mock here', 'interview'],
  ['mock model', 'interview item'],
  ['mock pause', 'at interview'],
  ['mock report', 'interview'],
  ['mock resume', 'interview'],
  ['mock review', 'interview'],
  ['mock share', 'confirm interview'],
  ['mock show', 'interview'],
  ['mock tick', 'interview item'],
  ['models', 'name page show'],
  ['path', 'action minutes start'],
  ['peer accept', 'session'],
  ['peer decline', 'session'],
  ['peer feedback', 'session'],
  ['peer here', 'session'],
  ['peer mark', 'dimension question session'],
  ['peer next', 'at half session'],
  ['peer note', 'question session'],
  ['peer panel', 'again hints part question session'],
  ['peer read', 'session'],
  ['peer stop', 'confirm session'],
  ['practice bring', 'card in'],
  ['practice end', 'in'],
  ['practice show', 'in step'],
  ['quality', 'question'],
  ['question approve', 'seen suggestion'],
  ['question decline', 'suggestion'],
  ['question disable', 'id'],
  ['question drop', 'suggestion'],
  ['question edit', 'id suggestion'],
  ['question enable', 'id'],
  ['question later', 'id undo'],
  ['question list', 'page'],
  ['question preview', 'id suggestion'],
  ['question reset', 'id'],
  ['question show', 'answer hints id'],
  ['question suggest', 'suggestion'],
  ['quiz', 'chapter count mode new'],
  ['remind', 'about action'],
  ['report', 'question'],
  ['report close', 'outcome report'],
  ['review', 'interview more resume'],
  ['setup', 'action confirm schedule'],
  ['share', 'card confirm what'],
  ['share remove', 'by card'],
  ['status', 'view'],
  ['vote', 'number post'],
  ['vram', 'model'],
];

test('a button of version 2 is read, with any of the options that it ever had', () => {
  const lines = VERSION_2.flatMap(([command, options]) => {
    const pairs = options.split(' ').map((name) => `${name}:1`);
    return [...pairs.map((pair) => [pair]), pairs].map((some) => [command, ...some].join(' '));
  });

  expect(lines.filter((line) => readSavedLine(line, COMMANDS) === undefined)).toEqual([]);
  expect(readSavedLine('answer postings:1', COMMANDS)).toBeUndefined();
});
