import { test } from 'vitest';
import { expectSound, openSeed } from '../../support/case-seeds.ts';
import { CASES } from '../../support/cases.ts';

test.each(CASES.map((played) => [played.id, played] as const))(
  '%s has a right design or one right cause with 1,000 seeds',
  (_, played) => {
    for (let seed = 0; seed < 1000; seed += 1)
      expectSound(openSeed(played, `many ${seed}`), `many ${seed}`);
  },
  600_000,
);
