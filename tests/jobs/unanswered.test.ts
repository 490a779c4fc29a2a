import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Store } from '../../src/queries.ts';
import { eachMethod } from '../../src/store/busy.ts';
import { type Pool, storeOn } from '../../src/store/postgres.ts';
import { createWorld } from '../support/world.ts';

const AT = '2026-03-02T09:00:00Z';
const after = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000);

/** People whose answers to a posted question a process acknowledged before it was killed, and others that share its database. */
async function left(...people: string[]) {
  const world = createWorld({ at: '2026-03-02T08:00:00Z' });
  await world.setUp();
  await world.comeTo(AT);
  for (const person of people) {
    await world.ask('help', { as: person });
    await world.store.storeDelivery({
      id: person,
      by: 'a process that was killed',
      at: world.clock.now(),
      platform: 'terminal',
      account: `terminal:${person}`,
      payload: { person },
    });
  }
  const attempts = async (person: string) =>
    (await world.store.progress(1, await world.personId(person))).attempts.length;
  return { world, attempts };
}

type World = Awaited<ReturnType<typeof left>>['world'];

/**
 * One more process. `before` comes before each answer: what it does not let through has begun, and goes no further.
 * What it shows goes nowhere, as is right for answers that are counted.
 */
function processOn(
  { clock, catalog, events, fake, request }: World,
  name: string,
  {
    store,
    before = async () => {},
  }: { store: Store; before?: (person: string) => Promise<unknown> },
) {
  const emit = events.push.bind(events);
  const { bot, platforms, ticker } = createApp({
    store,
    catalog,
    clock,
    emit: (event) => void emit(event),
    process: name,
  });
  const heard: string[] = [];
  platforms.set('terminal', {
    ...fake.platform,
    async resume(payload) {
      const { person, delivery = person } = payload as { person: string; delivery?: string };
      await before(person);
      const said = { kind: 'text', text: 'answer post:1 choice:b' } as const;
      const from = { as: person, delivery };
      const step = await bot.prepare({ ...request(said, from), isRerun: true });
      if (step.kind === 'run') await step.run();
      heard.push(`${person}: ${step.kind}`);
    },
  });
  const tick = async () => {
    await ticker.tick();
    await bot.settle();
  };
  return { bot, tick, heard };
}

/** Where a process waits until it may go on. */
function gate() {
  const [reached, opened] = [moment(), moment()];
  const pass = () => {
    reached.come();
    return opened.came;
  };
  return { pass, reached: reached.came, open: opened.come };
}

/** A moment that others wait for. */
function moment() {
  let come = () => {};
  const came = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { come, came };
}

test('a delivery whose process is gone is answered once by another', async () => {
  const { world, attempts } = await left('ana');
  const { tick, heard } = processOn(world, 'a', world);

  world.clock.moveTo(after(2));
  await tick();
  expect(heard).toEqual([]);
  world.clock.moveTo(after(4));
  await tick();
  world.clock.moveTo(after(10));
  await tick();

  expect(heard).toEqual(['ana: run']);
  expect(await attempts('ana')).toBe(1);
});

test('a process that stood still past its lease leaves the delivery to the one that took it over', async () => {
  const { world, attempts } = await left('ana');
  const [slowGate, otherGate] = [gate(), gate()];
  const standsStill = { ...world.store, renewDeliveries: async () => {} };
  const slow = processOn(world, 'slow', {
    store: standsStill,
    before: slowGate.pass,
  });
  const other = processOn(world, 'other', {
    store: world.store,
    before: otherGate.pass,
  });

  world.clock.moveTo(after(4));
  const slowTick = slow.tick();
  await slowGate.reached;
  world.clock.moveTo(after(8));
  const otherTick = other.tick();
  await otherGate.reached;
  slowGate.open();
  await slowTick;
  otherGate.open();
  await otherTick;

  expect([slow.heard, other.heard]).toEqual([['ana: nothing'], ['ana: run']]);
  expect(await attempts('ana')).toBe(1);
  expect(await world.store.nextAdoption('terminal')).toBeUndefined();
});

test('a delivery stays with the process that runs it, however long that takes', async () => {
  const { world, attempts } = await left('ana');
  const [passing, renewed] = [gate(), moment()];
  const slow = processOn(world, 'slow', {
    store: {
      ...world.store,
      async renewDeliveries(given) {
        await world.store.renewDeliveries(given);
        renewed.come();
      },
    },
    before: passing.pass,
  });
  const other = processOn(world, 'other', world);

  world.clock.moveTo(after(4));
  const slowTick = slow.tick();
  await passing.reached;
  world.clock.moveTo(after(6.5));
  await renewed.came;
  world.clock.moveTo(after(8));
  await other.tick();
  passing.open();
  await slowTick;

  expect([slow.heard, other.heard]).toEqual([['ana: run'], []]);
  expect(await attempts('ana')).toBe(1);
});

/** What a database says that stores nothing for now, as its store hands it on. */
const FAILURES = {
  'has no room': async () => {
    throw Object.assign(new Error('no disk'), { isUnwritable: true });
  },
  'stops statements that take too long': () => onPostgresThatSays('57014').endRerun(''),
  'stops statements that wait too long for a lock': () => onPostgresThatSays('55P03').endRerun(''),
  'is out of memory': () => onPostgresThatSays('53200').endRerun(''),
};

/** A PostgreSQL that answers each statement with an error. */
function onPostgresThatSays(code: string): Store {
  const query = () => Promise.reject(Object.assign(new Error('stopped'), { code }));
  const client = { query, release: () => {} };
  // What the store asks of node-postgres, with its overloads left out.
  const pool = { query, connect: async () => client } as unknown as Pool;
  return storeOn(pool, { answerKey: 'the key of the tests', onFailure: () => {} });
}

test.each(Object.entries(FAILURES))(
  'a delivery is run again while the database %s',
  async (_, fail) => {
    const { world, attempts } = await left('ana');
    let failures = 4;
    const { tick, heard } = processOn(world, 'a', {
      store: {
        ...world.store,
        async recordAttempt(attempt) {
          failures -= 1;
          if (failures >= 0) await fail();
          return world.store.recordAttempt(attempt);
        },
      },
    });

    for (const second of [4, 8, 12, 16, 20, 24]) {
      world.clock.moveTo(after(second));
      await tick();
    }

    expect(heard).toEqual(['ana: run']);
    expect(await attempts('ana')).toBe(1);
  },
);

test('what a process could neither answer nor store stays open for the one that stored it', async () => {
  const { world, attempts } = await left();
  await world.ask('help', { as: 'ana' });
  const unwritable = async () => {
    throw Object.assign(new Error('no disk'), { isUnwritable: true });
  };
  const ofAna = {
    id: 'd1',
    platform: 'terminal',
    account: 'terminal:ana',
    payload: { person: 'ana', delivery: 'd1' },
  } as const;
  const store = { ...world.store, recordAttempt: unwritable, storeDelivery: unwritable };
  const failing = processOn(world, 'failing', { store });
  const said = { kind: 'text', text: 'answer post:1 choice:b' } as const;
  const step = await failing.bot.prepare(world.request(said, { as: 'ana', delivery: 'd1' }));
  if (step.kind !== 'run') throw new Error('It should be answered');
  const answering = step.run();
  await expect(failing.bot.storeDelivery(ofAna)).rejects.toThrow('no disk');
  expect((await answering).isFault).toBe(true);

  // Its platform sent it again to another process, which stored and acknowledged it.
  await world.store.storeDelivery({ ...ofAna, by: 'other', at: world.clock.now() });
  await failing.bot.settle();

  const other = processOn(world, 'other', world);
  world.clock.moveTo(after(4));
  await other.tick();
  expect(await attempts('ana')).toBe(1);
});

test.each([
  { ended: 0, atOnce: 16 },
  { ended: 1, atOnce: 4 },
  { ended: 2, atOnce: 1 },
])(
  'deliveries that ended $ended processes run $atOnce at a time, so that the next end is blamed on no more',
  async ({ ended, atOnce }) => {
    const people = Array.from({ length: 20 }, (_, index) => `p${index}`);
    const { world } = await left(...people);
    const killed = { by: 'a process that was killed', at: world.clock.now() };
    for (const id of people) await world.store.beginRerun({ ...killed, id, reruns: ended });
    let running = 0;
    let most = 0;
    const { tick, heard } = processOn(world, 'a', {
      store: world.store,
      async before() {
        running += 1;
        most = Math.max(most, running);
        await nextTurn();
        running -= 1;
      },
    });

    world.clock.moveTo(after(4));
    await tick();

    expect(most).toBe(atOnce);
    expect(heard).toHaveLength(20);
  },
);

test('a delivery that ends six processes is given up, and takes no other along', async () => {
  const { world, attempts } = await left('ana', 'bad', 'cem');
  const starts: string[] = [];
  for (const [index, name] of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'].entries()) {
    let isDead = false;
    const never = new Promise<never>(() => {});
    const death = moment();
    const { tick } = processOn(world, name, {
      // Nothing of a process that has ended reaches the database.
      store: eachMethod(world.store, async (method) => {
        if (isDead) return never;
        const found = await method();
        return isDead ? never : found;
      }),
      async before(person) {
        starts.push(`${name} ${person}`);
        if (person !== 'bad') return;
        isDead = true;
        death.come();
        await never;
      },
    });
    world.clock.moveTo(after(4 * (index + 1)));
    await Promise.race([tick(), death.came]);
  }

  expect(starts.filter((start) => start.endsWith('bad'))).toHaveLength(6);
  expect([await attempts('ana'), await attempts('cem'), await attempts('bad')]).toEqual([1, 1, 0]);
  expect(world.events).toContainEqual(
    expect.objectContaining({ kind: 'failed', where: 'unanswered delivery' }),
  );
  expect(await world.store.nextAdoption('terminal')).toBeUndefined();
});
