import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../support/stores.ts';
import { createWorld } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00Z');

test('a schedule that changes while it is looked at is looked at again', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:20:00 zone:UTC');
  await world.tick();
  const looked = await world.store.schedule(id);
  if (!looked) throw new Error('No schedule');
  const now = world.clock.now();

  await world.ask(`setup change schedule:${id} time:07:00`, { admin: true });
  await world.store.planNext([looked], now);
  const changed = await world.store.dueSchedules(now);
  const read = await world.store.schedule(id);
  await world.store.lookAtAllSchedules();
  await world.store.planNext(read ? [read] : [], now);

  expect(changed).toEqual([id]);
  expect(await world.store.dueSchedules(now)).toEqual([id]);
});

test('the first question is sent while the last is still to be claimed', async () => {
  const world = createWorld();
  const at = world.clock.now();
  for (let index = 0; index < 100; index += 1) {
    const { person, team } = await world.store.meet({
      account: `terminal:p${index}`,
      name: 'ana',
      workspace: `terminal:T${index}`,
      workspaceName: 'team',
      newPersonId: `p${index}`,
      newTeamId: `t${index}`,
      at,
    });
    await world.store.addSchedule({
      teamId: team.id,
      platform: 'terminal',
      channel: `c${index}`,
      time: '09:00',
      zone: 'UTC',
      days: '1234567',
      mix: { difficulties: [], chapters: [] },
      state: 'on',
      daysOff: [],
      startsOn: '2026-03-02',
      keeperId: person.id,
      createdAt: at,
    });
  }
  const waiting: number[] = [];
  const { send } = world.fake.platform;
  world.fake.platform.send = async (outgoing) => {
    waiting.push((await world.store.dueSchedules(world.clock.now())).length);
    return send(outgoing);
  };

  await world.comeTo('2026-03-02T09:00:00Z');

  expect(world.fake.posts()).toHaveLength(100);
  expect(waiting[0]).toBeGreaterThan(50);
});

const words = fc.oneof(
  fc.constantFrom('daily skip', 'daily unskip', 'daily now', 'daily pause', 'daily resume'),
  fc
    .record({
      hour: fc.integer({ min: 0, max: 23 }),
      zone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/Los_Angeles'),
      days: fc.constantFrom('weekdays', '"mon thu"', '"every day"'),
    })
    .map(
      ({ hour, zone, days }) =>
        `setup change schedule:1 time:${String(hour).padStart(2, '0')}:00 zone:${zone} days:${days}`,
    ),
);
const step = fc.oneof(
  { weight: 2, arbitrary: words },
  // Mostly forward; a clock that was wrong for a while goes back.
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: -60, max: 100 }) },
);

/** What came of a history, with every schedule looked at by each tick or only those that are due. */
async function play(steps: readonly (string | number)[], looksAtAll: boolean) {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:"every day"');
  let now = START;
  for (const each of steps) {
    if (typeof each === 'number') now += each * HOUR_MS;
    // What cannot be done at the moment is refused, in both.
    else await world.ask(each, { admin: true }).catch(() => {});
    if (looksAtAll) await world.store.lookAtAllSchedules();
    await world.comeTo(new Date(now).toISOString());
  }
  const posts = await world.store.recentPosts(await world.teamId(), 1000);
  world.close();
  return posts.map(({ day, state, dueAt, postedAt }) => ({ day, state, dueAt, postedAt }));
}

test('looking only at what is due posts what looking at everything posts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      expect(await play(steps, false)).toEqual(await play(steps, true));
    }),
    { numRuns: runs(10) },
  );
});
