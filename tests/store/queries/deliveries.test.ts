import { expect, test } from 'vitest';
import { openMemory } from '../../support/stores.ts';

const start = new Date('2026-03-02T09:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const ANA = 'slack:T1/U1';

async function opened() {
  const { store } = openMemory();
  const { person } = await store.meet({
    account: ANA,
    name: 'Ana',
    workspace: 'slack:T1',
    workspaceName: 'T1',
    newPersonId: 'ana',
    newTeamId: 'team',
    at: start,
  });
  const kept = { platform: 'slack', account: ANA, payload: { text: 'my words' } } as const;
  return { store, person, kept };
}

test('a delivery is answered by one process, and by another when that one is gone', async () => {
  const { store } = await opened();
  const take = (by: string, ms: number) => store.takeDelivery({ id: 'd1', by, at: after(ms) });

  expect(await take('a', 0)).toBe('ours');
  expect(await take('b', 2000)).toBe('elsewhere');
  await store.renewDeliveries({ ids: ['d1'], by: 'a', at: after(2000) });
  expect(await take('b', 4000)).toBe('elsewhere');
  expect(await take('b', 5001)).toBe('ours');
  await store.finishDelivery({ id: 'd1', by: 'a' });
  expect(await take('b', 5002)).toBe('ours');
  await store.finishDelivery({ id: 'd1', by: 'b' });
  expect(await take('a', 60_000)).toBe('known');
});

test('a stored delivery is adopted once its process is gone, and its words go with its end', async () => {
  const { store, person, kept } = await opened();
  await store.takeDelivery({ id: 'd1', by: 'a', at: start });
  await store.storeDelivery({ id: 'd1', by: 'a', at: start, ...kept });
  const adopt = (by: string, ms: number) =>
    store.adoptDeliveries({ platform: 'slack', by, at: after(ms) });

  expect(await store.takeDelivery({ id: 'd1', by: 'b', at: after(100) })).toBe('known');
  expect(await adopt('b', 1000)).toEqual([]);
  expect(await store.nextAdoption('slack')).toEqual(after(3001));
  expect(await adopt('b', 3001)).toEqual([{ id: 'd1', payload: kept.payload, reruns: 0 }]);
  expect(await adopt('c', 3002)).toEqual([]);
  await store.finishDelivery({ id: 'd1', by: 'a' });
  expect((await store.exportPerson(person.id))['deliveries']).toHaveLength(1);
  await store.finishDelivery({ id: 'd1', by: 'b' });
  expect((await store.exportPerson(person.id))['deliveries']).toBeUndefined();
  expect(await store.nextAdoption('slack')).toBeUndefined();
});

test('what is answered is not stored again, and what is stored goes with its person', async () => {
  const { store, person, kept } = await opened();
  await store.takeDelivery({ id: 'd1', by: 'a', at: start });
  await store.finishDelivery({ id: 'd1', by: 'a' });
  await store.storeDelivery({ id: 'd1', by: 'a', at: start, ...kept });
  expect(await store.nextAdoption('slack')).toBeUndefined();

  await store.storeDelivery({ id: 'd2', by: 'a', at: start, ...kept });
  await store.forget(person.id, { at: start });
  expect(await store.nextAdoption('slack')).toBeUndefined();
});

test('a failed delivery begins again, but one that was stored stays', async () => {
  const { store, kept } = await opened();
  await store.takeDelivery({ id: 'd1', by: 'a', at: start });
  await store.dropDelivery({ id: 'd1', by: 'a' });
  expect(await store.takeDelivery({ id: 'd1', by: 'b', at: start })).toBe('ours');

  await store.storeDelivery({ id: 'd2', by: 'a', at: start, ...kept });
  await store.dropDelivery({ id: 'd2', by: 'a' });
  expect(await store.nextAdoption('slack')).toBeDefined();
});

test('a rerun is counted while it runs, and only begins where the delivery still is', async () => {
  const { store, kept } = await opened();
  await store.storeDelivery({ id: 'd1', by: 'a', at: start, ...kept });
  const begin = (by: string, ms: number, reruns: number) =>
    store.beginRerun({ id: 'd1', by, at: after(ms), reruns });
  const adopt = async (by: string, ms: number) => {
    const found = await store.adoptDeliveries({ platform: 'slack', by, at: after(ms) });
    return found.map(({ reruns }) => reruns);
  };

  expect(await adopt('b', 3001)).toEqual([0]);
  expect(await begin('b', 3002, 1)).toBe(true);
  // What its process outlived is not counted, whoever has it by then.
  expect(await adopt('c', 6003)).toEqual([1]);
  await store.endRerun('d1');
  expect(await begin('b', 6004, 1)).toBe(false);
  expect(await begin('c', 6004, 1)).toBe(true);
  // Its process was killed.
  expect(await adopt('b', 9005)).toEqual([1]);
});
