import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../../src/core/random.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { builtWorker } from '../support/build.ts';
import { keepRunning } from '../support/kept-running.ts';
import { startPostgres } from '../support/postgres-server.ts';

/** 4, 2, and 200 in CI; 30, 10, and 10,000 were run by hand, see docs/scale.md. */
const KILLS = Number(process.env['KILLS'] ?? 4);
const CRASHES = Number(process.env['CRASHES'] ?? 2);
const ANSWERS = Number(process.env['ANSWERS'] ?? 200);

/** People who wait for an answer at the same time. */
const AT_ONCE = 16;
/** Between two kills, up to twice that: now and then long enough to take over what another bot left. */
const KILL_AFTER_MS = 2_000;
/** Every other crash lasts longer than a bot waits for the database. */
const CRASH_MS = 3_500;
/** Slack sends again what was not acknowledged for so long, and at once what was refused or cut off. */
const REDELIVERY_MS = 3_000;
/** What ran as a process ended is run again a few at a time, then alone, sixteen at most of each end, and every tenth is held up. */
const HEALED_MS = 600_000;
const POSTS = 8;

let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = (url: string) =>
  openStore(url, {
    clock: { now: () => new Date() },
    elapsedMs: () => performance.now(),
    answerKey: 'the key of the tests',
  });

/** A team whose questions are due. */
async function seed({ store }: OpenStore): Promise<void> {
  const due = new Date(Date.now() - 60_000);
  const { person, team } = await store.meet({
    account: 'slack:T1/keeper',
    name: 'keeper',
    workspace: 'slack:T1',
    workspaceName: 'T1',
    newPersonId: 'keeper',
    newTeamId: 'T1',
    at: due,
  });
  for (let index = 0; index < POSTS; index += 1)
    await store.addSchedule({
      teamId: team.id,
      platform: 'slack',
      channel: `c${index}`,
      time: due.toISOString().slice(11, 16),
      zone: 'UTC',
      days: '1234567',
      mix: { difficulties: [], chapters: [] },
      state: 'on',
      daysOff: [],
      startsOn: due.toISOString().slice(0, 10),
      keeperId: person.id,
      createdAt: due,
    });
}

/** Asks until there is an answer, also of a database that is gone for a while. */
async function until<T>(ask: () => Promise<T | undefined>, ms: number): Promise<T> {
  for (const end = performance.now() + ms; ; await wait(100)) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('It did not happen');
  }
}

type Delivery = { line: string; bot: number; sentAt: number };

/** Slack before two bots: each person answers once, and what is not acknowledged comes again, to the other bot. */
function createSlack(url: string) {
  const waiting = new Map<string, Delivery>();
  const acknowledged = new Set<string>();
  const counts = { pressed: 0, redelivered: 0, told: 0 };
  const refuse = (id: string) => {
    const delivery = waiting.get(id);
    if (delivery) delivery.sentAt = Number.NEGATIVE_INFINITY;
  };
  const hear = (line: string) => {
    const [what, id = ''] = line.split(' ');
    if (what === 'ack') {
      waiting.delete(id);
      acknowledged.add(id);
    } else if (what === 'told') {
      counts.told += 1;
      refuse(id);
    }
  };
  const bots = [0, 1].map((index) =>
    keepRunning({
      worker: builtWorker('postgres'),
      settings: (start) => ({ url, name: `w${index}x${start}` }),
      // Leases go by the time of the database.
      shiftMs: (index - 0.5) * 10 * 60_000,
      onLine: hear,
      onEnd: () => {
        for (const [id, { bot }] of waiting) if (bot === index) refuse(id);
      },
    }),
  );
  const send = (delivery: Delivery) => {
    delivery.sentAt = performance.now();
    bots[delivery.bot]?.write(delivery.line);
  };
  return {
    bots,
    waiting,
    acknowledged,
    counts,
    /** Redelivers what it must; `posts` are answered by new people as long as there are any. */
    deliver(posts: readonly number[]) {
      for (const delivery of waiting.values())
        if (delivery.sentAt < performance.now() - REDELIVERY_MS) {
          counts.redelivered += 1;
          delivery.bot = 1 - delivery.bot;
          send(delivery);
        }
      while (waiting.size < AT_ONCE && posts.length > 0) {
        const number = counts.pressed;
        counts.pressed += 1;
        const id = `p${number}`;
        const line = JSON.stringify({ id, person: id, post: posts[number % posts.length] });
        const delivery = { line, bot: number % 2, sentAt: 0 };
        waiting.set(id, delivery);
        send(delivery);
      }
    },
  };
}

/** Kills one bot after the other, and now and then the database too, while it is likely that they take something over. */
async function breakThings(bots: ReturnType<typeof createSlack>['bots']) {
  const random = randomFrom('kills');
  let crashes = 0;
  for (let kills = 0; kills < KILLS; kills += 1) {
    await wait(KILL_AFTER_MS * (1 + random()));
    bots[kills % 2]?.kill();
    if (crashes >= ((kills + 1) * CRASHES) / KILLS) continue;
    await wait(KILL_AFTER_MS * (1 + random()));
    await server.restart('immediate', crashes % 2 === 0 ? CRASH_MS : 0);
    crashes += 1;
  }
}

test('two bots that are killed, and whose database crashes, lose no acknowledged answer and store none twice', async () => {
  const began = performance.now();
  const url = await server.createDatabase('answers');
  const opened = await open(url);
  const { store } = opened;
  await seed(opened);
  const slack = createSlack(url);
  const endBots = () => Promise.all(slack.bots.map((bot) => bot.end()));
  onTestFinished(async () => void (await endBots()));
  const posts = await until(async () => {
    const found = await store.recentPosts('T1', POSTS);
    const ids = found.filter(({ state }) => state === 'posted').map(({ id }) => id);
    return ids.length === POSTS ? ids : undefined;
  }, HEALED_MS);

  let isBreaking = true;
  const delivering = setInterval(() => {
    const isOver = !isBreaking && slack.acknowledged.size >= ANSWERS;
    slack.deliver(isOver ? [] : posts);
  }, 10);
  onTestFinished(() => clearInterval(delivering));
  await breakThings(slack.bots);
  isBreaking = false;
  while (slack.acknowledged.size < ANSWERS || slack.waiting.size > 0) await wait(100);
  clearInterval(delivering);
  await until(async () => ((await store.nextAdoption('slack')) ? undefined : true), HEALED_MS);
  await endBots();

  const answers = await answersIn(url);
  const lost = [...slack.acknowledged].filter((id) => !answers.has(`slack:T1/${id}`));
  const twice = [...answers].filter(([, count]) => count > 1);
  const repaired = await opened.recalculate();
  await opened.close();
  console.log({
    kills: KILLS,
    crashes: CRASHES,
    acknowledged: slack.acknowledged.size,
    ...slack.counts,
    lost: lost.length,
    twice: twice.length,
    minutes: Math.round((performance.now() - began) / 6000) / 10,
  });

  expect(lost).toEqual([]);
  expect(twice).toEqual([]);
  expect(repaired).toEqual({ standings: 0, sums: 0 });
  // Bots end when they are killed, and never by themselves.
  expect(slack.bots.map((bot) => bot.said()).join('')).not.toContain('ended');
}, 3_600_000);

/** How many answers each account has. */
async function answersIn(url: string): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: string; count: string }>(
    'select accounts.id, count(*) from attempts join accounts using (person_id) group by 1',
  );
  await client.end();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
