import { afterEach, expect, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import { watchMinutes } from '../../src/jobs/minutes.ts';
import { createWorld, words } from '../support/world.ts';

/** Weeks with a clock that jumps: 2 in CI, 1,000 by the long run. */
const SEEDS = Number(process.env['SEEDS'] ?? 2);

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const zoneOfTests = process.env['TZ'];
afterEach(() => setZone(zoneOfTests));

/** Sets the zone of this process; Node reads it again. */
function setZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
}

/** Ten days over a change of clocks, and everything that was posted and said in them. */
async function playedDays() {
  const world = createWorld({ at: '2026-03-26T06:00:00Z', isUnlimited: true });
  await world.setUp('time:02:30 zone:Europe/Berlin days:"every day"');
  const said: string[] = [];
  for (let day = 0; day < 10; day += 1) {
    for (const hour of [1, 13])
      await world.comeTo(new Date(Date.UTC(2026, 2, 27 + day, hour, 30)).toISOString());
    const post = (await world.store.recentPosts(await world.teamId(), 1))[0]?.id ?? 0;
    for (const line of [`answer post:${post} try:1 choice:b`, 'daily', 'setup'])
      said.push(words(await world.ask(line, { admin: true })));
  }
  for (const line of ['leaderboard why', 'leaderboard week', 'me', 'me export'])
    said.push(words(await world.ask(line)));
  const posts = await world.store.recentPosts(await world.teamId(), 20);
  world.close();
  return JSON.stringify({ said, posts, sent: world.fake.sent });
}

test('the zone of the machine changes nothing', async () => {
  const zones = [
    'UTC',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Africa/Cairo',
  ];
  const played = new Map<string, string>();
  const offsets = new Set<number>();
  for (const zone of zones) {
    setZone(zone);
    offsets.add(new Date('2026-03-30T00:00:00Z').getTimezoneOffset());
    played.set(zone, await playedDays());
  }

  expect(offsets.size, 'the zone was set').toBe(zones.length);
  expect(played.get('UTC')).toContain('2026-03-29');
  for (const zone of zones) expect(played.get(zone), zone).toBe(played.get('UTC'));
});

type Jump = { name: string; clockMs: number; asleep?: true };

/** What an hour may bring: the clock is kept right, is set, or the machine sleeps. */
const JUMPS: readonly Jump[] = [
  { name: 'a second back', clockMs: -SECOND_MS },
  { name: 'a second on', clockMs: SECOND_MS },
  { name: 'two hours back', clockMs: -2 * HOUR_MS },
  { name: 'two hours on', clockMs: 2 * HOUR_MS },
  { name: 'three days asleep', clockMs: 3 * DAY_MS, asleep: true },
];

/** A week of a bot with questions in three channels, on a clock that jumps; what was wrong with it. */
async function jumpingWeek(seed: number) {
  const random = randomFrom(`jumps ${seed}`);
  const world = createWorld({ at: '2026-03-02T06:00:00Z' });
  const times = ['09:00', '09:02', '23:59'];
  for (const [index, time] of times.entries())
    await world.ask(`setup plan channel:c${index} time:${time} zone:UTC days:"every day"`, {
      admin: true,
    });
  const team = await world.teamId();
  for (const { id } of await world.store.scheduleDrafts(team))
    await world.ask(`setup on schedule:${id}`, { admin: true });

  let elapsed = 0;
  let ticking: Promise<unknown> = Promise.resolve();
  const move = (ms: number) => world.clock.moveTo(new Date(world.clock.now().getTime() + ms));
  const watch = watchMinutes({
    clock: world.clock,
    elapsedMs: () => elapsed,
    isDue: () => true,
    onMinute: () => {
      ticking = ticking.then(world.tick);
    },
    onSetBack: (ms) => {
      ticking = ticking.then(() => world.setBack(ms));
    },
  });
  watch.stop();
  /** Lets the time pass, in steps that end near the minutes that matter. */
  const pass = async (ms: number) => {
    elapsed += ms;
    move(ms);
    watch.look();
    await ticking;
  };

  const problems: string[] = [];
  const postsOf = () => world.fake.posts().filter(({ key }) => key.startsWith('question:')).length;
  for (let jumps = 0; jumps < 8; jumps += 1) {
    // Around a question, or anywhere in the day.
    for (let quarter = 0; quarter < 40; quarter += 1) await pass(15 * MINUTE_MS);
    await pass(Math.floor(random() * 5 * MINUTE_MS));
    const jump = JUMPS[Math.floor(random() * JUMPS.length)];
    if (!jump) continue;
    const before = postsOf();
    move(jump.clockMs);
    if (!jump.asleep) elapsed += SECOND_MS;
    watch.look();
    await ticking;
    const caughtUp = postsOf() - before;
    if (caughtUp > times.length) problems.push(`${jump.name}: ${caughtUp} posts at once`);
    await pass(MINUTE_MS);
  }
  await pass(DAY_MS);

  const slots = (await world.store.schedulesOf(team)).map(async ({ id }) => {
    const posts = (await world.store.recentPosts(team, 200)).filter(
      ({ scheduleId }) => scheduleId === id,
    );
    const days = posts.map(({ day }) => day);
    if (new Set(days).size < days.length) problems.push(`schedule ${id} has a day twice`);
    const open = posts.filter(({ state }) => state !== 'posted' && state !== 'missed');
    for (const { day, state } of open) problems.push(`${day} is ${state}`);
    return posts.filter(({ state }) => state === 'posted').length;
  });
  const posted = (await Promise.all(slots)).reduce((sum, count) => sum + count, 0);
  const keys = world.fake.posts().map(({ key }) => key);
  if (new Set(keys).size < keys.length) problems.push('something was posted twice');
  if (postsOf() !== posted) problems.push(`${postsOf()} shown, ${posted} stored`);
  world.close();
  return { problems, posted };
}

test(
  `a clock that jumps brings no duplicate and at most one late question for each channel (${SEEDS} weeks)`,
  async () => {
    let posted = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const week = await jumpingWeek(seed);
      expect(week.problems, `seed ${seed}`).toEqual([]);
      posted += week.posted;
    }

    expect(posted).toBeGreaterThan(SEEDS * 6);
  },
  60_000 + SEEDS * 5_000,
);
