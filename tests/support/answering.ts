import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openSqlite } from '../../src/store/sqlite.ts';
import { builtWorker } from './build.ts';

const FAULTS = join(import.meta.dirname, '../faults');

/** When the questions of these tests are due. */
export const DUE = '2026-03-02T09:00:00.000Z';

/** A line of the process that answers. */
export type Told =
  | { what: 'ready'; port: number }
  | { what: 'sent'; key: string }
  | { what: 'failed'; where: string; error: string }
  | { what: 'done'; blockedMs: number }
  | {
      what: 'reply';
      person: number;
      post: number;
      attempt: number;
      choice: string;
      ms: number;
      text: string;
    };

/** A database in which as many questions are due, each in a channel of its own. */
export async function withDueQuestions(file: string, count: number): Promise<void> {
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date(DUE);
  const { person, team } = await store.meet({
    account: 'slack:keeper',
    name: 'keeper',
    workspace: 'slack:T1',
    workspaceName: 'T1',
    newPersonId: 'keeper',
    newTeamId: 'team',
    at,
  });
  for (let index = 0; index < count; index += 1) {
    await store.addSchedule({
      teamId: team.id,
      platform: 'slack',
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
  close();
}

/** The built bot in a process of its own, in which people answer as soon as `go` is called. */
export function startAnswering(
  settings: {
    file: string;
    people: number;
    posts: number;
    spreadMs: number;
    tries: 1 | 2;
    isWarm?: boolean;
    isUnsafe?: boolean;
  },
  environment: Record<string, string> = {},
) {
  const child: ChildProcess = spawn(
    process.execPath,
    [builtWorker('answering'), JSON.stringify({ at: DUE, ...settings })],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
  );
  const told: Told[] = [];
  const listeners = new Set<() => void>();
  if (!child.stdout) throw new Error('The process has no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    told.push(JSON.parse(line));
    for (const listen of listeners) listen();
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    child,
    told,
    ended,
    go: () => child.stdin?.write('go\n'),
    replies: () => told.flatMap((each) => (each.what === 'reply' ? [each] : [])),
    /** Resolves with what was told as soon as this finds something in it, or when the process ends. */
    until: <T>(find: (told: readonly Told[]) => T | undefined) =>
      new Promise<T>((resolve, reject) => {
        const listen = () => {
          const found = find(told);
          if (found === undefined) return;
          listeners.delete(listen);
          resolve(found);
        };
        listeners.add(listen);
        ended.then(() => {
          listen();
          reject(new Error(`The process ended early: ${JSON.stringify(told.slice(-3))}`));
        });
        listen();
      }),
  };
}

/** Another program that holds a lock on the file; resolves when it has it. */
export async function holdLock(file: string, begin: string, ms: number) {
  const child = spawn(process.execPath, [join(FAULTS, 'locker.mjs'), file, begin, String(ms)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const released = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { released };
}
