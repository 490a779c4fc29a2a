import { expect, test } from 'vitest';
import { LEAGUE, playLeague, type Rule } from '../../support/league.ts';

function newcomers(rule: Rule): number[] {
  return Array.from(
    { length: LEAGUE.runs },
    (_, run) => playLeague(`league ${run}`, rule).daysToTop,
  )
    .filter((days) => days !== undefined)
    .filter((days) => days <= LEAGUE.withinDays)
    .sort((a, b) => a - b);
}

test('the strongest newcomer reaches the top in at least 95 % of runs under our rule', () => {
  const days = newcomers('window');

  expect(days.length / LEAGUE.runs).toBeGreaterThanOrEqual(0.95);
});
