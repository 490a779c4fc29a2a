import { expect, test } from 'vitest';
import { fuzz, reportOf } from './fuzz/run.ts';

/** Some twenty seconds; for the long run see `node tests/faults/fuzz/run.ts`. */
const SHORT = { seeds: 2, rounds: 150 };

test('no input ends the bot, keeps others waiting, or is lost', async () => {
  const ran = await fuzz(SHORT);

  const report = reportOf(ran).join('\n');
  process.stdout.write(`${report}\n`);
  expect(ran.done, report).toHaveLength(SHORT.seeds);
  expect(ran.problems, report).toEqual([]);
});
