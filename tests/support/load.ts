import Sqlite from 'better-sqlite3';
import { openSqlite } from '../../src/store/sqlite.ts';
import { singleItem } from './items.ts';

/** One person's answer to the posted question, on its way. */
export type Answering = {
  /** The bot told the platform that it has this answer. */
  isAcknowledged(): boolean;
  /** Resolves when nothing more is to come; never rejects. */
  ended: Promise<void>;
};

/** How a person answers question 1, whose right answer is b. */
export const dailyLine = (person: number) => `answer post:1 choice:${person % 3 ? 'b' : 'a'}`;

/** People of one platform who answer question 1 of a database that `seed` made. */
export type Load = {
  platform: 'slack' | 'discord';
  workspace: string;
  /** What the program is started with, beside its database. */
  environment: Record<string, string>;
  account(person: number): string;
  answer(person: number): Answering;
  stop(): Promise<void>;
};

const HOUR_MS = 3_600_000;

/** Makes a database in which question 1 is posted; its right answer is b. */
export async function seed(file: string, { platform, workspace }: Load): Promise<void> {
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date(Date.now() - HOUR_MS);
  const { person, team } = await store.meet({
    account: `${platform}:keeper`,
    name: 'keeper',
    workspace,
    workspaceName: 'Team',
    newPersonId: 'keeper',
    newTeamId: 'team',
    at,
  });
  const schedule = await store.addSchedule({
    teamId: team.id,
    platform,
    channel: 'c0',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'off',
    daysOff: [],
    startsOn: '2026-03-02',
    keeperId: person.id,
    createdAt: at,
  });
  if (!schedule) throw new Error('no schedule');
  const closesAt = new Date(Date.now() + 100 * HOUR_MS);
  const question = singleItem('q1');
  const day = '2026-03-02';
  const post = { schedule, day, state: 'claimed', dueAt: at, closesAt, question } as const;
  const postId = await store.claimSlot({ ...post, announce: () => [] });
  await store.provePosted({ postId: postId ?? 0, channel: 'c0', message: 'm0', at, closesAt });
  close();
}

/** What a database holds after a crash, by plain SQL. */
export function inspect(file: string) {
  const sqlite = new Sqlite(file, { readonly: true });
  const value = (sql: string) => sqlite.prepare(sql).pluck().get();
  const answered = sqlite
    .prepare('select a.id from attempts t join accounts a on a.person_id = t.person_id')
    .pluck()
    .all();
  const found = {
    answered: new Set(answered.map(String)),
    integrity: String(value('pragma integrity_check')),
    /** Stored deliveries that nobody has answered yet. */
    unanswered: Number(value('select count(*) from deliveries where payload is not null')),
    /** People whose points or totals differ from the sum of their lines and their answers. */
    unequal: Number(
      value(`select count(*) from attempts t left join standings s on s.person_id = t.person_id
        where s.quarters is not
          (select coalesce(sum(quarters), 0) from ledger l where l.person_id = t.person_id)
        or (s.answered, s.first_try) is not
          (select count(*), sum(is_right) from attempts a where a.person_id = t.person_id and try = 1)`),
    ),
  };
  sqlite.close();
  return found;
}

/**
 * Lets people answer, some at once and each once, and calls `over` as soon as more than `after` of
 * them are acknowledged, while others are on their way; resolves to all answers.
 */
export async function answerUntil(
  load: Load,
  { atOnce, after, over }: { atOnce: number; after: number; over(): void },
): Promise<{ person: number; answering: Answering }[]> {
  const all: { person: number; answering: Answering }[] = [];
  let acknowledged = 0;
  let isOver = false;
  const lane = async () => {
    while (!isOver) {
      const person = all.length;
      const answering = load.answer(person);
      all.push({ person, answering });
      await answering.ended;
      if (answering.isAcknowledged()) acknowledged += 1;
      if (isOver || acknowledged <= after) continue;
      isOver = true;
      over();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return all;
}
