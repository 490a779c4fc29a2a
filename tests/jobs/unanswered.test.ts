import { expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';

/** A delivery that a process acknowledged and left, as many times as it was run again since. */
async function left() {
  const world = createWorld({ at: '2026-03-02T08:00:00Z' });
  await world.ask('help', { as: 'ana' });
  const answered: unknown[] = [];
  world.fake.platform.resume = async (payload) => void answered.push(payload);
  await world.store.storeDelivery({
    id: 'd1',
    by: 'a process that was killed',
    at: world.clock.now(),
    platform: 'terminal',
    account: 'terminal:ana',
    payload: { text: 'daily' },
  });
  return { world, answered };
}

test('a delivery whose process is gone is answered once by another', async () => {
  const { world, answered } = await left();

  await world.comeTo('2026-03-02T08:00:02Z');
  const early = [...answered];
  await world.comeTo('2026-03-02T08:00:04Z');
  await world.comeTo('2026-03-02T08:00:10Z');

  expect(early).toEqual([]);
  expect(answered).toEqual([{ text: 'daily' }]);
});

test('a delivery whose answer ends the process is given up after two more attempts', async () => {
  const { world, answered } = await left();
  // The process ends before the answer: nothing is finished, and the row is left again.
  world.store.finishDelivery = async () => {};

  for (const second of ['04', '08', '12', '16', '20'])
    await world.comeTo(`2026-03-02T08:00:${second}Z`);

  expect(answered).toHaveLength(2);
  expect(world.events.filter(({ kind }) => kind === 'failed').length).toBeGreaterThan(0);
});
