import { expect, test } from 'vitest';
import { movableClock } from '../../../src/demo/demo.ts';
import { createQuota, QUOTAS } from '../../../src/spine/access/quota.ts';

test('a clock that is set back locks nobody out until it has caught up', () => {
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const quota = createQuota(clock);
  for (let taken = 0; taken < QUOTAS.heavy.burst; taken += 1) quota.take('ana', 'heavy');
  expect(quota.take('ana', 'heavy')).toBeGreaterThan(0);

  clock.moveTo(new Date('2026-03-02T08:00:00Z'));
  quota.take('ana', 'heavy');
  clock.moveTo(new Date('2026-03-02T08:01:00Z'));

  expect(quota.take('ana', 'heavy')).toBe(0);
});
