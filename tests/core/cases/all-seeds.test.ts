import { test } from 'vitest';
import { expectSound, openSeed } from '../../support/case-seeds.ts';
import { CASES } from '../../support/cases.ts';

/** `WHOLE=1` plays them all; every push 25, beside those of the other tests. */
const SEEDS = process.env['WHOLE'] ? 1000 : 25;

test.each(CASES.map((played) => [played.id, played] as const))(
  `%s has a right design or one right cause with ${SEEDS} seeds`,
  (_, played) => {
    for (let seed = 0; seed < SEEDS; seed += 1)
      expectSound(openSeed(played, `many ${seed}`), `many ${seed}`);
  },
  600_000,
);
