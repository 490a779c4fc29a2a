import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { randomFrom } from '../../src/core/random.ts';
import { dueSlots } from '../../src/core/slots.ts';
import { movableClock } from '../../src/demo/demo.ts';
import type { Outgoing, Sent } from '../../src/spine/platform.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { databaseProblems } from '../support/database.ts';
import { singleItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import { busy } from '../support/world.ts';

/** Two days of 20 workspaces, looked at every 5 minutes, in CI; the long run plays a week of 1,000, every minute. */
const WORKSPACES = Number(process.env['WORKSPACES'] ?? 20);
const DAYS = Number(process.env['DAYS'] ?? 2);
const STEP_MINUTES = Number(process.env['STEP'] ?? 5);
/** Clocks change in Europe on the 29th, and in Samoa, New York, and Cairo on other days. */
const START = new Date('2026-03-27T00:00:00Z');
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
];
/** How much more may be in use after a day than after the first whole one; what is stored is in the database. */
const MOST_GROWTH_MIB = 10;

const folder = mkdtempSync(join(tmpdir(), 'warmup-soak-'));
afterAll(() => rmSync(folder, { recursive: true }));

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** MiB that are in use once what nobody needs is collected. */
function usedMiB(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** A platform that counts what it shows, and asks to wait now and then. */
function countingPlatform() {
  const random = randomFrom('soak');
  const questions = new Map<string, number>();
  let messages = 0;
  return {
    questions,
    messages: () => messages,
    platform: {
      name: 'slack' as const,
      resendSafeForMs: 0,
      async send(outgoing: Outgoing): Promise<Sent> {
        if (random() < 0.01) return busy;
        messages += 1;
        const { key } = outgoing;
        if (key.startsWith('question:')) questions.set(key, (questions.get(key) ?? 0) + 1);
        const channel = 'channel' in outgoing ? outgoing.channel : outgoing.account;
        return { ok: true, channel, message: `m${messages}` };
      },
      check: async () => [],
    },
  };
}

test(`${DAYS} days with ${WORKSPACES} workspaces: no duplicate, nothing missed, and memory stays flat`, async () => {
  const clock = movableClock(START);
  const file = join(folder, 'soak.db');
  const { store, close } = openSqlite(`file:${file}`);
  const failures: unknown[] = [];
  const catalog = smallCatalog(Array.from({ length: 40 }, (_, index) => singleItem(`q${index}`)));
  const { bot, platforms, ticker } = createApp({
    store,
    catalog,
    clock,
    emit: (event) => {
      if (event.kind === 'failed') failures.push(event.error);
    },
  });
  const shown = countingPlatform();
  platforms.set('slack', shown.platform);
  const schedules = await Promise.all(
    Array.from({ length: WORKSPACES }, async (_, index) => {
      const { team } = await store.meet({
        account: `slack:T${index}/keeper`,
        name: 'keeper',
        workspace: `slack:T${index}`,
        workspaceName: `Team ${index}`,
        newPersonId: `keeper${index}`,
        newTeamId: `t${index}`,
        at: START,
      });
      const minute = (index * 37) % 1440;
      const schedule = await store.addSchedule({
        teamId: team.id,
        platform: 'slack',
        channel: `c${index}`,
        time: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
        zone: ZONES[index % ZONES.length] ?? 'UTC',
        days: '1234567',
        mix: { difficulties: [], chapters: [] },
        state: 'on',
        daysOff: [],
        startsOn: '2026-03-28',
        createdAt: START,
      });
      if (!schedule) throw new Error('no schedule');
      return { index, schedule };
    }),
  );

  /** Two people of a team answer its newest question, one of them on the second try. */
  async function answer({ index }: { index: number }): Promise<void> {
    const [post] = await store.recentPosts(`t${index}`, 1);
    if (post?.state !== 'posted') return;
    const say = async (person: string, text: string) => {
      const step = await bot.prepare({
        platform: 'slack',
        workspace: `slack:T${index}`,
        account: `slack:T${index}/${person}`,
        accountName: person,
        isAdmin: false,
        place: { channel: `c${index}`, kind: 'channel' },
        delivery: `${index} ${post.id} ${person} ${text}`,
        said: { kind: 'text', text },
      });
      if (step.kind === 'run') await step.run();
    };
    await Promise.all([
      say('ana', `answer post:${post.id} try:1 choice:b`),
      say('bo', `answer post:${post.id} try:1 choice:a`).then(() =>
        say('bo', `answer post:${post.id} try:2 choice:b`),
      ),
    ]);
    await say('ana', 'leaderboard');
  }

  const used: number[] = [];
  for (let minute = STEP_MINUTES; minute <= DAYS * 1440; minute += STEP_MINUTES) {
    clock.moveTo(new Date(START.getTime() + minute * 60_000));
    await ticker.tick();
    const now = minute % 1440;
    await Promise.all(schedules.filter(({ index }) => (index % 288) * 5 === now).map(answer));
    if (now === 0) used.push(usedMiB());
  }

  const problems: string[] = [];
  let due = 0;
  for (const { index, schedule } of schedules) {
    const posts = await store.recentPosts(`t${index}`, 50);
    const days = posts.filter(({ state }) => state === 'posted').map(({ day }) => day);
    // One that was due just now may wait its turn.
    const until = new Date(clock.now().getTime() - 120_000);
    const wanted = dueSlots(schedule, new Set(), until).map(({ day }) => day);
    due += wanted.length;
    if (new Set(days).size < days.length) problems.push(`team ${index} has a day twice`);
    const missing = wanted.filter((day) => !days.includes(day));
    if (missing.length > 0) problems.push(`team ${index} missed ${missing.join()}`);
  }
  const twice = [...shown.questions].filter(([, times]) => times > 1);
  const growth = Math.max(...used.slice(1)) - (used[0] ?? 0);
  close();
  process.stdout.write(
    `${DAYS} days, ${WORKSPACES} workspaces: ${due} questions due, ${shown.questions.size} shown, ` +
      `${twice.length} twice, ${shown.messages()} messages; MiB in use after each day: ` +
      `${used.map((mib) => mib.toFixed(1)).join(', ')}; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident\n`,
  );

  expect(failures).toEqual([]);
  expect(problems).toEqual([]);
  expect(twice).toEqual([]);
  expect(shown.questions.size).toBeGreaterThanOrEqual(due);
  expect(growth).toBeLessThan(MOST_GROWTH_MIB);
  expect(databaseProblems(file)).toEqual([]);
}, 3_600_000);
