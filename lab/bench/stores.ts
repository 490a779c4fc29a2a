import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openStore } from '../../src/store/open.ts';
import { singleItem } from '../../tests/support/items.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';

/**
 * Durable answers a second by 16 people who each wait for their own, and how long a board takes, on SQLite with its
 * shared commits, on SQLite with one commit each, and on PostgreSQL with 1, 2 and 4 processes: `npm run bench -- stores`.
 */
const CLIENTS = 16;
const SECONDS = 5;
const at = new Date('2026-03-02T09:00:00Z');
const [url = '', ...words] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const open = (where: string) =>
  openStore(where, {
    clock: { now: () => new Date() },
    elapsedMs: () => performance.now(),
    answerKey: 'the key of this measurement',
  });

async function askedTeam(where: string): Promise<void> {
  const { store, close } = await open(where);
  const { team } = await store.meet({
    account: 'slack:T1/keeper',
    name: 'keeper',
    workspace: 'slack:T1',
    workspaceName: 'T1',
    newPersonId: 'keeper',
    newTeamId: 'team',
    at,
  });
  const schedule = await store.addSchedule({
    teamId: team.id,
    platform: 'slack',
    channel: 'daily',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-02',
    createdAt: at,
  });
  if (!schedule) throw new Error('No schedule');
  const id = await store.claimSlot({
    schedule,
    day: '2026-03-02',
    state: 'claimed',
    dueAt: at,
    question: singleItem('q1'),
    announce: () => [],
  });
  await store.provePosted({
    postId: id ?? 0,
    channel: 'daily',
    message: 'm1',
    at,
    closesAt: new Date(at.getTime() + 8 * 3_600_000),
  });
  await close();
}

type Measured = { answers: number; boards: number[] };

/** Answers of new people, one after the other in each of the lanes. */
async function answer(where: string, lanes: number, name: string): Promise<Measured> {
  const { store, close } = await open(where);
  const until = performance.now() + SECONDS * 1000;
  const boards: number[] = [];
  let answers = 0;
  const lane = async (number: number) => {
    for (let index = 0; performance.now() < until; index += 1) {
      const personId = `${name} ${number} ${index}`;
      await store.personFor({
        account: `slack:T1/${personId}`,
        name: personId,
        newPersonId: personId,
        at,
      });
      const recorded = await store.recordAttempt({
        postId: 1,
        personId,
        at,
        judge: () => ({ try: 1, answer: 'a', isRight: true, share: 1 }),
      });
      if (recorded.kind !== 'recorded') throw new Error(recorded.kind);
      answers += 1;
      if (index % 10 > 0) continue;
      const began = performance.now();
      await store.topOf('team', 10);
      await store.standing('team', personId);
      boards.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  await close();
  return { answers, boards };
}

/** The same in a process of its own. */
function inProcess(where: string, lanes: number, name: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [import.meta.filename, where, String(lanes), name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', () => (text ? resolve(JSON.parse(text)) : reject(new Error('It failed'))));
  });
}

async function measure(title: string, where: string, processes: number, clients = CLIENTS) {
  await askedTeam(where);
  const each = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      inProcess(where, clients / processes, `w${index}`),
    ),
  );
  const boards = each.flatMap((one) => one.boards).sort((one, other) => one - other);
  const part = (share: number) => (boards[Math.floor(boards.length * share)] ?? 0).toFixed(1);
  const answers = each.reduce((sum, one) => sum + one.answers, 0) / SECONDS;
  console.log(
    `${title}: ${Math.round(answers)} answers/s, board p50 ${part(0.5)} ms, p99 ${part(0.99)} ms`,
  );
}

if (url) {
  const [lanes = '1', name = 'w'] = words;
  process.stdout.write(JSON.stringify(await answer(url, Number(lanes), name)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'warmup-stores-'));
  const server = await startPostgres();
  await measure('SQLite, 16 clients share commits', `file:${join(folder, 'shared.db')}`, 1);
  await measure('SQLite, one commit each', `file:${join(folder, 'single.db')}`, 1, 1);
  for (const processes of [1, 2, 4])
    await measure(
      `PostgreSQL, serializable, ${processes} processes`,
      await server.createDatabase(`stores${processes}`),
      processes,
    );
  server.stop();
  rmSync(folder, { recursive: true });
}
