import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LEASE_MS } from '../../src/jobs/sending/sending.ts';
import type { Outgoing } from '../../src/spine/platform.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import type { Post } from '../../src/store/schema.ts';
import { builtWorker } from '../support/build.ts';
import { keepRunning } from '../support/kept-running.ts';
import { startPostgres } from '../support/postgres-server.ts';

/** 4 and 40 in CI; 8 and 10,000 were run by hand, see docs/scale.md. */
const PROCESSES = Number(process.env['PROCESSES'] ?? 4);
const SLOTS = Number(process.env['SLOTS'] ?? 40);
/** So much faster than the server's does the time of the processes go, or leases would be most of the test. */
const SPEED = Number(process.env['SPEED'] ?? 5);

/** A process is killed after so long, and then the next one. */
const KILL_AFTER_MS = 3_000;

let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = (url: string): Promise<OpenStore> =>
  openStore(url, {
    clock: { now: () => new Date() },
    elapsedMs: () => performance.now(),
    answerKey: 'the key of the tests',
  });

/** The time by which the processes go. */
const fast = (ms: number, origin: number) => origin + (ms - origin) * SPEED;

/** What is visible, whoever put it there: Slack knows no key, so a second post is a second message. */
async function createShow(origin: number) {
  const shown: { key: string; at: number }[] = [];
  const http = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const outgoing = JSON.parse(text) as Outgoing;
      shown.push({ key: outgoing.key, at: fast(Date.now(), origin) });
      const channel = 'channel' in outgoing ? outgoing.channel : outgoing.account;
      response.end(JSON.stringify({ ok: true, channel, message: `m${shown.length}` }));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { shown, port: (http.address() as AddressInfo).port, close: () => http.close() };
}

const MINUTE_MS = 60_000;
const timeOf = (at: Date) => at.toISOString().slice(11, 16);

/** As many questions as a team has, each in a channel of its own. */
const PER_TEAM = 20;
const teams = Array.from({ length: Math.ceil(SLOTS / PER_TEAM) }, (_, index) => `T${index + 1}`);

/** Teams with so many questions that are due for a minute, and one more that is due in four by the clock on the wall. */
async function seed({ store }: OpenStore, now: number): Promise<void> {
  for (const workspace of teams) {
    const { person, team } = await store.meet({
      account: `slack:${workspace}/keeper`,
      name: 'keeper',
      workspace: `slack:${workspace}`,
      workspaceName: workspace,
      newPersonId: `keeper ${workspace}`,
      newTeamId: workspace,
      at: new Date(now - MINUTE_MS),
    });
    const add = (channel: string, due: Date) =>
      store.addSchedule({
        teamId: team.id,
        platform: 'slack',
        channel: `${workspace} ${channel}`,
        time: timeOf(due),
        zone: 'UTC',
        days: '1234567',
        mix: { difficulties: [], chapters: [] },
        state: 'on',
        daysOff: [],
        startsOn: due.toISOString().slice(0, 10),
        keeperId: person.id,
        createdAt: new Date(now - MINUTE_MS),
      });
    await Promise.all(
      Array.from({ length: PER_TEAM }, (_, index) => add(`c${index}`, new Date(now - MINUTE_MS))),
    );
    await add('early', new Date(now + 4 * MINUTE_MS * SPEED));
  }
}

type Settings = { url: string; port: number; origin: number };

/** A process whose clock is off by up to five minutes. The last one stops itself once, right after it has noted that it sends something. */
const keepPosting = (given: Settings, index: number) =>
  keepRunning({
    worker: builtWorker('postgres'),
    shiftMs: Math.round((index / Math.max(1, PROCESSES - 1) - 0.5) * 10 * MINUTE_MS),
    settings: (start) => ({
      ...given,
      speed: SPEED,
      name: `w${index}x${start}`,
      stops: index === PROCESSES - 1 && start === 1,
    }),
  });

test('processes that are killed or stand still, with wrong clocks and a database that restarts, post each question once and none early', async () => {
  const url = await server.createDatabase('many');
  const seeded = await open(url);
  const origin = Date.now();
  await seed(seeded, origin);
  const show = await createShow(origin);
  const { port } = show;

  const stopping = keepPosting({ url, port, origin }, PROCESSES - 1);
  const stoppedAt = await stopping.hasSaid(/^stopped (\S+)$/m);
  const workers = Array.from({ length: PROCESSES - 1 }, (_, index) =>
    keepPosting({ url, port, origin }, index),
  );
  const isDone = async () => {
    // By then, what a process had taken that was killed falls due again.
    const at = new Date(fast(seeded.clock.now().getTime(), origin) + LEASE_MS);
    const { waiting, slotDueSince } = await seeded.store.backlog('slack', at);
    return waiting === 0 && slotDueSince === undefined;
  };
  for (let round = 0; round < 3 || !(await isDone().catch(() => false)); round += 1) {
    await wait(KILL_AFTER_MS);
    workers[round % workers.length]?.kill();
    if (round === 0) await server.restart('fast');
    if (round === 2) await server.restart('immediate');
  }
  stopping.resume();
  await stopping.hasSaid(/^(went) on$/m);
  workers.push(stopping);
  await Promise.all(workers.map((worker) => worker.end()));
  show.close();

  const said = workers.map((worker) => worker.said()).join('');
  const questions = show.shown.filter(({ key }) => key.startsWith('question:'));
  const posts: Post[] = [];
  for (const team of teams) posts.push(...(await seeded.store.recentPosts(team, PER_TEAM * 2)));
  await seeded.close();
  console.log({
    questions: questions.length,
    states: count(posts.map(({ state }) => state)),
  });

  const keys = questions.map(({ key }) => key);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  // Somebody else may have taken the row from a process that stood still: it sends nothing any more.
  expect(keys).not.toContain(stoppedAt);
  const dueAt = new Map(posts.map((post) => [`question:${post.id}`, post.dueAt.getTime()]));
  expect(questions.filter(({ key, at }) => at < (dueAt.get(key) ?? Infinity))).toEqual([]);
  expect(posts.filter(({ channel }) => !channel.endsWith('early'))).toHaveLength(
    teams.length * PER_TEAM,
  );
  // What a killed process was just sending may be there; all others certainly are.
  expect(questions.length).toBeGreaterThanOrEqual(
    posts.filter(({ state }) => state === 'posted').length,
  );
  // Processes end when they are killed, and never by themselves.
  expect(said).not.toContain('ended');
});

const count = (words: string[]) =>
  Object.fromEntries(
    [...new Set(words)].map((word) => [word, words.filter((each) => each === word).length]),
  );
