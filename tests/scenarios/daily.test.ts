import { expect, test } from 'vitest';
import type { Event } from '../../src/spine/event.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { playDaily } from './daily.ts';

const results = new Map<string, Event[]>();

test.each(STAGES)('the daily flow: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  results.set(name, await playDaily(machine));

  await stop();
});

test('the same things happened everywhere', () => {
  const [first, ...others] = [...results.values()];

  expect(results.size).toBe(STAGES.length);
  expect(first?.length).toBeGreaterThan(8);
  for (const events of others) expect(events).toEqual(first);
});
