import { expect, test } from 'vitest';
import { outbox } from '../../../src/jobs/sending/outbox.ts';
import type { Sent } from '../../../src/spine/platform.ts';
import { busy, createWorld, unknown } from '../../support/world.ts';

const NOW = '2026-03-02T09:00:00Z';
const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString();

/** A world with these rows due, in one channel, and the outcome of each. */
async function worldWith(kinds: ('post' | 'room' | 'direct')[], resendSafeForMs = 120_000) {
  const world = createWorld({ at: NOW, resendSafeForMs });
  const teamId = await world.teamId();
  const at = new Date(NOW);
  const reply = { blocks: [{ kind: 'text' as const, text: 'Hello' }] };
  await world.store.addOutgoing(
    kinds.map((kind, index) => {
      const key = `row-${index}`;
      const place = { channel: 'c1', key };
      return {
        key,
        teamId,
        platform: 'terminal',
        what: 'notice',
        outgoing:
          kind === 'room'
            ? { kind, title: 'A room', accounts: [], isPrivate: true, ...place }
            : kind === 'direct'
              ? { kind, account: 'terminal:1', reply, key }
              : { kind, reply, ...place },
        state: 'due',
        dueAt: at,
        at,
      };
    }),
  );
  const woken: Date[] = [];
  let isStopping = false;
  const context = {
    ...world.context,
    wakeAt: (instant: Date) => woken.push(instant),
    isStopping: () => isStopping,
  };
  return {
    ...world,
    context,
    woken,
    run: () => outbox.run(context),
    stop: () => {
      isStopping = true;
    },
    lost: async () => (await world.store.recentProblems(teamId, 10)).map(({ key }) => key),
  };
}

test('a room whose opening was never answered is not opened a second time', async () => {
  const world = await worldWith(['room']);
  world.fake.next(unknown);

  await world.run();
  world.clock.moveTo(new Date(later(10)));
  await world.run();

  expect(world.fake.sent).toHaveLength(1);
  expect(await world.lost()).toEqual(['row-0']);
});

test('a post without an answer is sent again with its key while that is safe, and never later', async () => {
  const world = await worldWith(['post', 'post']);
  world.fake.next(unknown, unknown);
  await world.run();

  world.clock.moveTo(new Date(later(10)));
  world.fake.next(unknown);
  await world.run();
  // Nothing ran for three hours: the platform has forgotten the key.
  world.clock.moveTo(new Date(later(3 * 3600)));
  await world.run();

  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-0', 'row-1', 'row-0', 'row-1']);
  expect(await world.lost()).toEqual(['row-0']);
});

test('after a limit the rows of a place keep their order, and a wake-up is asked for', async () => {
  const world = await worldWith(['post', 'post', 'direct']);
  world.fake.next(busy);

  await world.run();
  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-2']);
  expect(world.woken).toEqual([new Date(later(2))]);

  world.clock.moveTo(new Date(later(2)));
  await world.run();
  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-2', 'row-0', 'row-1']);
});

const HOUR_MS = 3_600_000;

test('what waits when the clock is set back waits no longer, and is not repeated late', async () => {
  const world = await worldWith(['post', 'post']);
  world.fake.next(busy, unknown);
  await world.run();

  const setBack = (seconds: number) => new Date(Date.parse(later(seconds)) - HOUR_MS);
  world.clock.moveTo(setBack(1));
  const lastLease = new Date(setBack(1).getTime() + 60_000);
  await world.store.moveOutgoingBack({ ms: HOUR_MS, lastLease });
  world.clock.moveTo(setBack(10));
  await world.run();

  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-0', 'row-1']);
  expect(await world.lost()).toEqual([]);
});

test('a first attempt that lies in the future is not repeated: nobody knows how old it is', async () => {
  const world = await worldWith(['post']);
  world.fake.next(unknown);
  await world.run();

  world.clock.moveTo(new Date(Date.parse(NOW) - 5 * HOUR_MS));
  const [row] = await world.store.leaseDue({
    lease: 'L1',
    at: new Date(later(10)),
    leaseUntil: new Date(Date.parse(NOW) - 6 * HOUR_MS),
    limit: 1,
  });
  expect(row?.key).toBe('row-0');
  await world.run();

  expect(world.fake.sent).toHaveLength(1);
  expect(await world.lost()).toEqual(['row-0']);
});

const forAnHour: Sent = {
  ok: false,
  outcome: 'busy',
  problem: { code: 'rate-limited', words: 'much too fast' },
  retryAfterMs: 3_600_000,
};

test('a limit is waited for as long as the platform says, for half a day', async () => {
  const world = await worldWith(['post']);
  world.fake.next(forAnHour);
  await world.run();

  world.clock.moveTo(new Date(later(1800)));
  await world.run();
  expect(world.fake.sent).toEqual([]);

  for (let hour = 1; hour < 12; hour += 1) {
    world.fake.next(forAnHour);
    world.clock.moveTo(new Date(later(3600 * hour)));
    await world.run();
  }
  expect(await world.lost()).toEqual([]);

  world.fake.next(busy);
  world.clock.moveTo(new Date(later(3600 * 12)));
  await world.run();
  expect(await world.lost()).toEqual(['row-0']);
});

test('an outage of an hour costs no post, and few attempts', async () => {
  const world = await worldWith(['post']);
  const { send } = world.fake.platform;
  let attempts = 0;
  world.fake.platform.send = async () => {
    attempts += 1;
    const problem = { code: 'unavailable', words: 'cannot be reached' } as const;
    return { ok: false, outcome: 'busy', problem, retryAfterMs: 10_000 };
  };
  for (let minute = 0; minute < 60; minute += 1) {
    world.clock.moveTo(new Date(later(60 * minute)));
    await world.run();
  }

  world.fake.platform.send = send;
  world.clock.moveTo(new Date(later(2 * 3600)));
  await world.run();

  expect(world.fake.sent).toHaveLength(1);
  expect(attempts).toBeLessThan(15);
});

test('when the process stops, what has not begun is left as it was', async () => {
  const world = await worldWith(['post', 'post', 'post']);
  const { send } = world.fake.platform;
  world.fake.platform.send = (outgoing) => {
    world.stop();
    return send(outgoing);
  };

  await world.run();

  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-0']);
  const at = new Date(later(1));
  const rows = await world.store.leaseDue({ at, lease: 'L1', leaseUntil: at, limit: 10 });
  expect(rows.map(({ key, attempts, firstTriedAt }) => [key, attempts, firstTriedAt])).toEqual([
    ['row-1', 0, null],
    ['row-2', 0, null],
  ]);
});

test('what a dead process had taken but not begun is sent by the next one', async () => {
  const world = await worldWith(['post', 'room'], 0);
  const at = new Date(NOW);
  await world.store.leaseDue({ at, lease: 'L1', leaseUntil: new Date(later(60)), limit: 10 });

  await world.run();
  expect(world.fake.sent).toEqual([]);
  world.clock.moveTo(new Date(later(60)));
  await world.run();

  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-0', 'row-1']);
});

test('what it had begun is not sent a second time where no key makes that safe', async () => {
  const world = await worldWith(['post', 'post'], 0);
  const at = new Date(NOW);
  const [first] = await world.store.leaseDue({
    at,
    lease: 'L1',
    leaseUntil: new Date(later(60)),
    limit: 10,
  });
  if (first) await world.store.beginSend({ id: first.id, lease: 'L1', at });

  world.clock.moveTo(new Date(later(60)));
  await world.run();

  expect(world.fake.sent.map(({ key }) => key)).toEqual(['row-1']);
  expect(await world.lost()).toEqual(['row-0']);
});

test('a process that stood still past its lease sends nothing, and its word on the row is not taken', async () => {
  const world = await worldWith(['post'], 0);
  const { beginSend, settle } = world.store;
  world.store.beginSend = async (leased) => {
    const row = await beginSend(leased);
    world.clock.moveTo(new Date(later(61)));
    return row;
  };

  await world.run();

  expect(world.fake.sent).toEqual([]);
  const at = new Date(later(62));
  const [row] = await world.store.expiredLeases(at);
  expect(row && (await settle({ id: row.id, lease: 'another', state: 'sent', at }))).toBe(false);
  expect(row && (await settle({ id: row.id, lease: row.lease, state: 'due', at }))).toBe(true);
});
