import { expect, test } from 'vitest';
import { movableClock } from '../../src/demo/demo.ts';
import { createCircuitBreaker } from '../../src/examiner/circuit-breaker.ts';

test('a clock that is set back does not make a rest longer', () => {
  const clock = movableClock(new Date('2026-03-02T12:00:00Z'));
  const rest = createCircuitBreaker(clock);
  for (let failures = 0; failures < 3; failures += 1) rest.failed(new Error('down'));
  expect(rest.isOn('ana')).toBe(true);

  clock.moveTo(new Date('2026-03-02T10:00:00Z'));

  expect(rest.isOn('ana')).toBe(false);
});
