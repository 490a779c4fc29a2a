import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Command, defineCommand } from '../../../src/spine/command.ts';
import { UserError } from '../../../src/spine/errors.ts';
import { readTypedLine } from '../../../src/spine/grammar/typed-line.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

const board = defineCommand({
  name: 'board',
  summary: 'Show the board',
  example: 'board why',
  visibility: 'private',
  onlyShows: true,
  formerly: { why: 'board action:why', 'board old': 'board', find: 'look' },
  input: z.object({ action: z.enum(['show', 'why']).optional() }),
  run: () => ({ blocks: [] }),
});

const look = defineCommand({
  name: 'look',
  summary: 'Look something up',
  example: 'look attention',
  says: [{ like: ['find out about {}'], rest: 'words', isWhole: true, label: 'Look it up' }],
  visibility: 'private',
  onlyShows: true,
  input: z.object({ words: z.string() }),
  run: () => ({ blocks: [] }),
});

function readAs(line: string, commands: readonly Command[] = [board, look]) {
  const now = new Date('2026-03-02T08:00:00Z');
  try {
    const read = readTypedLine(line, commands, {
      catalog,
      recognize: () => false,
      now,
      zone: 'UTC',
    });
    return { runs: [read.command.name, read.values] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { says: error.message, offers: error.buttons[0] };
  }
}

test.each([
  ['why', 'board action:why'],
  ['/warmup why', 'board action:why'],
  ['Board old', 'board'],
  ['find paged attention', 'look words:"paged attention"'],
  ['why so few points', 'board action:why'],
])('%s offers %s', (line, run) => {
  const label = `Run ${run.split(' ')[0]}`;

  expect(readAs(line)).toMatchObject({ offers: { label, run } });
});

test('a sentence that begins with a former name by chance means what it says', () => {
  expect(readAs('find out about attention').runs).toEqual([
    'look',
    { words: 'find out about attention' },
  ]);
  expect(readAs('whyever').offers).not.toMatchObject({ run: 'board action:why' });
});
