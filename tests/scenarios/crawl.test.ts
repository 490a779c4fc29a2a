import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { crawl, summary, watching } from '../support/crawl/crawler.ts';
import { machineOn, STAGES } from '../support/stages.ts';

/** How long a walk is, and its seed: more of them by hand, such as `CRAWL=5000 npx vitest run …`. */
const PRESSES = Number(process.env['CRAWL'] ?? 40);
const SEED = process.env['SEED'] ?? 'first';

test.each([...STAGES, 'web'] as const)(
  'nobody meets a dead end: %s',
  async (name) => {
    const watched = watching();
    const { machine, stop } = await machineOn(name, { isUnlimited: true, around: watched.around });

    const walked = await crawl({
      machine,
      watched,
      commands: COMMANDS,
      seed: SEED,
      presses: PRESSES,
    });
    await stop();

    console.log(
      name,
      walked.used,
      walked.impossible,
      walked.impossibleWords,
      COMMANDS.map(({ name }) => name)
        .filter((each) => !walked.reached.has(each))
        .join(', '),
    );
    expect(summary(walked.findings)).toEqual([]);
  },
  60_000 + PRESSES * 500,
);
