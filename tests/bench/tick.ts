import { performance } from 'node:perf_hooks';
import { createApp } from '../../src/app.ts';
import type { Platform } from '../../src/bot/platform.ts';
import { readCatalog } from '../../src/catalog.ts';
import { movableClock } from '../../src/demo/demo.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

/**
 * What the minute's tick costs with nothing due, and how soon the first of many questions is sent:
 * `npm run bench -- tick`.
 */
const SIZES = [2_000, 20_000];
const FAN_OUT = 2_000;
const TICKS = 5;
const START = new Date('2026-03-02T08:00:00Z');
const DUE = new Date('2026-03-02T09:00:00Z');

const { catalog } = readCatalog();

/** A bot with as many schedules, ten in each team; `send` is told what it posts. */
async function schedules(count: number, send: () => void) {
  const clock = movableClock(START);
  const { store, close } = openSqlite(':memory:');
  const { ticker, platforms } = createApp({ store, catalog, clock, emit: () => {} });
  const platform: Platform = {
    name: 'slack',
    resendSafeForMs: 0,
    send: async (outgoing) => {
      send();
      await new Promise(setImmediate);
      return { ok: true, channel: 'channel' in outgoing ? outgoing.channel : '', message: 'm' };
    },
    check: async () => [],
  };
  platforms.set('slack', platform);
  const teams = Array.from({ length: count / 10 }, (_, index) => `T${index}`);
  await Promise.all(
    teams.map((team) =>
      store.meet({
        account: `slack:${team}/U`,
        name: 'ana',
        workspace: `slack:${team}`,
        workspaceName: team,
        newPersonId: `p${team}`,
        newTeamId: team,
        at: START,
      }),
    ),
  );
  const add = (index: number) =>
    store.addSchedule({
      teamId: teams[Math.floor(index / 10)] ?? '',
      platform: 'slack',
      channel: `c${index}`,
      time: '09:00',
      zone: 'Europe/London',
      days: '1234567',
      mix: { difficulties: [], chapters: [] },
      state: 'on',
      daysOff: [],
      startsOn: '2026-03-02',
      createdAt: START,
    });
  await Promise.all(Array.from({ length: count }, (_, index) => add(index)));
  return { clock, ticker, close };
}

/** CPU time of this process, so that what else the machine does is not counted. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time of some work, and of its longest turn of the event loop. */
async function measure(work: () => Promise<unknown>) {
  let longestMs = 0;
  let isOver = false;
  const watch = async () => {
    for (let last = cpuNow(); !isOver; ) {
      await new Promise(setImmediate);
      const now = cpuNow();
      longestMs = Math.max(longestMs, now - last);
      last = now;
    }
  };
  const began = cpuNow();
  const watching = watch();
  await work();
  isOver = true;
  await watching;
  return { cpuMs: cpuNow() - began, longestMs };
}

const say = (name: string, { cpuMs, longestMs }: { cpuMs: number; longestMs: number }) =>
  process.stdout.write(
    `${name.padEnd(44)} ${cpuMs.toFixed(1).padStart(9)} ms CPU, longest turn ${longestMs.toFixed(1).padStart(7)} ms\n`,
  );

for (const size of SIZES) {
  const { ticker, close } = await schedules(size, () => {});
  say(`${size} schedules, looked at for the first time`, await measure(ticker.tick));
  for (let tick = 0; tick < TICKS; tick += 1)
    say(`${size} schedules, nothing due`, await measure(ticker.tick));
  close();
}

let first: number | undefined;
let posts = 0;
const { clock, ticker, close } = await schedules(FAN_OUT, () => {
  first ??= performance.now();
  posts += 1;
});
await ticker.tick();
clock.moveTo(DUE);
const began = performance.now();
const spent = await measure(ticker.tick);
say(`${FAN_OUT} questions due`, spent);
process.stdout.write(
  `first of ${posts} sends after ${((first ?? Number.NaN) - began).toFixed(0)} ms\n`,
);
close();
