import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands.ts';
import { crawl, summary, watching } from '../support/crawl/crawler.ts';
import { machineOn, STAGES } from '../support/stages.ts';

test.each([...STAGES, 'web'] as const)('a short walk meets no dead end: %s', async (name) => {
  const watched = watching();
  const { machine, stop } = await machineOn(name, { isUnlimited: true, around: watched.around });

  const { findings, used, impossible } = await crawl({
    machine,
    watched,
    commands: COMMANDS,
    seed: 'short',
    presses: 40,
  });
  await stop();

  expect(summary(findings)).toEqual([]);
  expect(impossible / used).toBeLessThan(0.2);
});
