import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { readCatalog } from '../../src/catalog.ts';
import { COMMANDS } from '../../src/commands.ts';
import { JOBS } from '../../src/jobs/index.ts';
import { runJob } from '../../src/spine/job.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createWorld } from '../../tests/support/world.ts';
import { answeredTeam, HOUR_MS, START } from './parts/answered-team.ts';

/**
 * The longest turn of the event loop in every command and job, in CPU time, so that what else the machine does is not
 * counted: `npm run bench -- turns`, with `ANSWERS=`, `PEOPLE=` and `SCHEDULES=` for other sizes, and `KEEP=folder` to keep
 * the database for the next time. Only what takes longer than 5 ms is shown.
 */
const ANSWERS = Number(process.env['ANSWERS'] ?? 1_000_000);
const PEOPLE = Number(process.env['PEOPLE'] ?? 10_000);
const SCHEDULES = Number(process.env['SCHEDULES'] ?? 2_000);
const SHOWN_MS = 5;
const DAYS = Math.round(ANSWERS / PEOPLE);
const ADMIN = { as: 'T1/U0', admin: true };
const LAST = START + DAYS * 24 * HOUR_MS;

const { catalog } = readCatalog();
const folder = mkdtempSync(join(tmpdir(), 'warmup-turns-'));

/** CPU time of this thread: while another one reads an import or clears garbage, the loop goes on. */
function cpuNow(): number {
  // Node 22 only knows the CPU time of all threads.
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

/** Prints the CPU time of some work and of its longest turn. */
async function measure<T>(name: string, work: () => Promise<T>): Promise<T> {
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
  const result = await work();
  const cpuMs = cpuNow() - began;
  isOver = true;
  await watching;
  if (longestMs >= SHOWN_MS)
    process.stdout.write(`| ${name} | ${cpuMs.toFixed(0)} | ${longestMs.toFixed(0)} |\n`);
  return result;
}

/** A copy of a database in which all but the last question are closed, and everyone has an account. */
async function copyOfTeam(): Promise<string> {
  const built = join(process.env['KEEP'] ?? folder, `turns-${PEOPLE}-${ANSWERS}.db`);
  if (!existsSync(built)) {
    await answeredTeam(built, PEOPLE, DAYS);
    const sqlite = new Sqlite(built);
    sqlite.exec(
      "insert into accounts (id, person_id) select 'slack:T1/' || id, id from people where id <> 'keeper'",
    );
    sqlite.exec("update posts set message = 'm' || id");
    sqlite
      .prepare('update posts set closed_at = null, closed_on = null, closes_at = ? where id = ?')
      .run(LAST + 23 * HOUR_MS, DAYS);
    sqlite.close();
    const { recalculate, close } = openSqlite(`file:${built}`);
    recalculate();
    close();
  }
  const copy = join(folder, 'copy.db');
  copyFileSync(built, copy);
  return copy;
}

const title = (words: string) =>
  process.stdout.write(`\n| ${words} | CPU ms | longest turn ms |\n| --- | --: | --: |\n`);

/** A team of many people: each command, a correction, and a day with its jobs. */
async function largeTeam() {
  const url = `file:${await copyOfTeam()}`;
  const at = new Date(LAST + HOUR_MS).toISOString();
  const world = createWorld({
    url,
    at,
    platform: 'slack',
    questions: catalog.questions,
    isUnlimited: true,
  });
  const ask = (text: string) => measure(text, () => world.ask(text, ADMIN).catch(() => undefined));
  await world.ask('help', ADMIN);
  title(`${ANSWERS} answers of ${PEOPLE} people`);
  for (const { name, example } of COMMANDS)
    for (const text of new Set([name, example]))
      await measure(text, async () => {
        const step = await world.prepare({ kind: 'text', text }, ADMIN);
        // Some are refused here, which costs something as well.
        if (step.kind === 'run') await step.run().catch(() => undefined);
      });
  for (const view of ['week', 'month', 'season', 'all-time', 'groups'])
    await ask(`leaderboard ${view}`);
  await ask('setup team');
  await ask('setup digest show');
  await ask(`daily fix post:${DAYS} do:withdraw note:wrong confirm:yes`);
  await ask(`daily fix post:${DAYS} do:restore`);
  await ask(`daily fix post:${DAYS} do:correct key:a note:wrong confirm:yes`);
  const jobs = async (when: string) => {
    for (const job of JOBS)
      await measure(`job ${job.name}, ${when}`, () => runJob(world.context, job));
  };
  await jobs('with these messages');
  world.clock.moveTo(new Date(LAST + 24 * HOUR_MS));
  await jobs('at a close');
  await world.store.setScheduleState(1, { state: 'on', startsOn: '2020-01-06' });
  world.clock.moveTo(new Date(LAST + 24.5 * HOUR_MS));
  await jobs('as a question moves the window');
  await measure('setup zone', () => world.store.setTeamZone('team', 'Asia/Tokyo'));
  world.close();
}

/** Many schedules, ten in each team. */
async function manySchedules() {
  const start = new Date('2026-03-02T08:00:00Z');
  const url = `file:${join(folder, 'schedules.db')}`;
  const options = {
    url,
    platform: 'slack',
    questions: catalog.questions,
    generators: catalog.generators,
  } as const;
  let world = createWorld({ ...options, at: start.toISOString() });
  const teams = Array.from({ length: SCHEDULES / 10 }, (_, index) => `T${index}`);
  for (const teamId of teams)
    await world.store.meet({
      ...{ account: `slack:${teamId}/U`, name: 'ana', newPersonId: `p${teamId}`, at: start },
      ...{ workspace: `slack:${teamId}`, workspaceName: teamId, newTeamId: teamId },
    });
  const add = (index: number) =>
    world.store.addSchedule({
      ...{ teamId: teams[Math.floor(index / 10)] ?? '', platform: 'slack', channel: `c${index}` },
      ...{ time: '09:00', zone: 'Europe/London', days: '1234567', daysOff: [], state: 'on' },
      ...{ mix: { difficulties: [], chapters: [] }, startsOn: '2026-03-02', createdAt: start },
    });
  await Promise.all(Array.from({ length: SCHEDULES }, (_, index) => add(index)));
  world.close();
  world = createWorld({ ...options, at: start.toISOString() });
  title(`${SCHEDULES} schedules`);
  await measure('first tick after a start', world.tick);
  await measure('tick with nothing due', world.tick);
  world.clock.moveTo(new Date('2026-03-02T09:00:00Z'));
  const began = performance.now();
  await measure('tick with all questions due', world.tick);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${world.fake.posts().length} questions sent in ${seconds.toFixed(1)} s\n`);
  world.close();
}

await largeTeam();
await manySchedules();
rmSync(folder, { recursive: true });
process.exit();
