import { beforeAll, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { COMMANDS } from '../../src/commands.ts';
import { crawl, summary, watching } from '../support/crawl/crawler.ts';
import { PLANTS } from '../support/crawl/plants.ts';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem } from '../support/items.ts';
import { machineOn, STAGES } from '../support/stages.ts';

/** A longer walk, or another one, is taken by hand: `CRAWL=5000 CRAWL_SEED=2 npx vitest run …`. */
const PRESSES = Number(process.env['CRAWL'] ?? 150);
const SEED = process.env['CRAWL_SEED'] ?? 'far';

// The first grade of a process reads the lexicon, which is not what is measured here.
beforeAll(() => void gradeInTests(freeTextItem('s1'), 'The cache holds keys and values.'), 120_000);

test.each([...STAGES, 'web'] as const)(
  'a long walk meets no dead end: %s',
  async (name) => {
    const watched = watching();
    const { catalog } = readCatalog();
    const { machine, stop } = await machineOn(name, {
      isUnlimited: true,
      around: watched.around,
      catalog: { ...catalog, grade: gradeInTests },
    });

    const { findings, used, impossible, reached } = await crawl({
      machine,
      watched,
      commands: COMMANDS,
      seed: SEED,
      presses: PRESSES,
    });
    await stop();

    const missed = COMMANDS.map((command) => command.name).filter((each) => !reached.has(each));
    console.log(`${name}: ${used} presses, ${impossible} impossible; not reached: ${missed}`);
    expect(summary(findings)).toEqual([]);
  },
  120_000 + PRESSES * 2000,
);

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
