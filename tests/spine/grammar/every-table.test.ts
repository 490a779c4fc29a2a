import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { findCommand } from '../../../src/spine/grammar/text.ts';
import { busyTeam } from '../../support/shows-only.ts';
import { tableTexts } from '../../support/table-texts.ts';

test('no sentence of any table or example changes a row, unless it begins with a command', async () => {
  const { changesOf } = await busyTeam();
  const examples = COMMANDS.flatMap(({ says = [] }) => says.flatMap(({ like }) => like));
  const filled = examples.map((each) => each.replace('{view}', 'month').replace(/\{\w*\}/g, '3'));
  const lines = [...tableTexts(), ...filled].filter(
    (line) => 'unknown' in findCommand(COMMANDS, line),
  );

  expect(lines.length).toBeGreaterThan(2_000);
  expect(await changesOf(lines)).toEqual([]);
});
