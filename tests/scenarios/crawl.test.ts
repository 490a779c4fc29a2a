import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands.ts';
import { crawl, summary, watching } from '../support/crawl/crawler.ts';
import { PLANTS } from '../support/crawl/plants.ts';
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

test.each(PLANTS)('the walk finds $what', async ({ rule, commands, around = (bot) => bot }) => {
  const watched = watching();
  const { machine, stop } = await machineOn('terminal', {
    commands,
    isUnlimited: true,
    around: (bot) => watched.around(around(bot)),
  });

  const { findings } = await crawl({
    machine,
    watched,
    commands,
    seed: 'planted',
    presses: rule === 'late' ? 4 : 12,
    ...(rule === 'late' ? { lateMs: 100 } : {}),
    ...(rule === 'unanswered' ? { waitMs: 150 } : {}),
  });
  await stop();

  expect(new Set(findings.map((each) => each.rule))).toContain(rule);
});
