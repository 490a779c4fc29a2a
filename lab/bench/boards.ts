import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { periodOf } from '../../src/core/time.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { answeredTeam, HOUR_MS, START } from './parts/answered-team.ts';

/**
 * What a board costs in a team with many answers, beside walking the ledger for it:
 * `npm run bench -- boards`, with `ANSWERS=1000000 PEOPLE=1000,10000` for other sizes,
 * `WALKS=0` without the ledger, and `KEEP=folder` to keep the databases for the next time.
 */
const ANSWERS = numbers(process.env['ANSWERS'] ?? '1000000,10000000');
const PEOPLE = numbers(process.env['PEOPLE'] ?? '10000');
const CALLS = 1000;
const WALKS = Number(process.env['WALKS'] ?? 3);

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** CPU time of one call in ms: a person each time, so that nothing is only in memory; the first calls are not counted. */
async function cost(calls: number, call: (person: string) => unknown, people: number) {
  for (let index = 0; index < Math.ceil(calls / 4); index += 1) await call('p000001');
  const began = process.cpuUsage();
  for (let index = 0; index < calls; index += 1)
    await call(`p${String(1 + ((index * 7919) % people)).padStart(6, '0')}`);
  return cpuMs(began) / calls;
}

/** The same boards by walking the ledger and the answers, as they were before sums were kept. */
const walks = (from: number, until: number): Record<string, string> => {
  const closed = `select person_id, sum(quarters) from ledger join posts on posts.id = post_id
    where ledger.team_id = 'team' and posts.state = 'posted' and closed_at >= ${from} and closed_at < ${until}
    group by person_id`;
  return {
    week: closed.replace(String(from), String(until - 7 * 24 * HOUR_MS)),
    month: closed,
    'groups: best five of twelve': `select group_id, person_id, sum(quarters) from ledger join group_members using (team_id, person_id)
      where team_id = 'team' and post_id in
      (select id from posts where team_id = 'team' and state = 'posted' order by posted_at desc limit 20)
      group by group_id, person_id, post_id`,
    chapter: closed.replace('group by', 'and chapter = 2 group by'),
    season: `select person_id, sum(quarters) from ledger where team_id = 'team' and post_id in
      (select id from posts where team_id = 'team' and state = 'posted' order by posted_at desc limit 20)
      group by person_id, post_id`,
    'all-time': `select person_id, count(*), sum(is_right) from attempts join posts on posts.id = post_id
      where posts.team_id = 'team' and posts.state = 'posted' and try = 1 group by person_id`,
    'me: chapters': `select question, is_right from attempts join posts on posts.id = post_id
      where team_id = 'team' and person_id = ? and try = 1`,
  };
};

async function measure(file: string, people: number, posts: number): Promise<void> {
  const { store, close } = openSqlite(`file:${file}`);
  const end = START + posts * 24 * HOUR_MS;
  const closedOn = new Date(end + 23 * HOUR_MS);
  const monday = new Date(closedOn.getTime() - ((closedOn.getUTCDay() + 6) % 7) * 24 * HOUR_MS);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const limit = 10;
  const boards: Record<string, (personId: string) => Promise<unknown>> = {
    'rank: top ten and own': async (personId) => {
      await store.topOf('team', limit);
      await store.rankOf('team', personId);
    },
    'rank: neighbors': (personId) => store.neighbors('team', { personId, quarters: 1500 }, 2),
    'rank, of how many': (personId) => store.standing('team', personId),
    week: (personId) =>
      store.sumBoard('team', { period: 'week', startsOn: day(monday) }, { limit, personId }),
    month: (personId) =>
      store.sumBoard(
        'team',
        { period: 'month', startsOn: `${day(closedOn).slice(0, 8)}01` },
        { limit, personId },
      ),
    season: (personId) => store.seasonBoard('team', { limit, personId }),
    'all-time': (personId) => store.totals('team', { limit, personId }),
    'groups: best five of twelve': () => store.groupBoard('team'),
    chapter: (personId) =>
      store.sumBoard(
        'team',
        { period: 'season', startsOn: periodOf(day(closedOn), 'season').from, chapter: 2 },
        { limit, personId },
      ),
    'winners of seasons': () => store.badgesOf('team', 100),
    'own place': async (personId) => {
      const standing = await store.standing('team', personId);
      await store.scoreAt('team', Math.ceil((standing?.of ?? 2) / 2) - 1);
    },
    'me: chapters': (personId) => store.firstTries('team', personId),
    'me: streak': (personId) => store.streakEntries('team', personId, new Date(START)),
    'me: free text': (personId) =>
      Promise.resolve(store.freeTextSince('team', personId, new Date(START))),
    why: (personId) => store.linesInWindow('team', personId),
  };
  const sqlite = new Sqlite(file, { readonly: true });
  const before = walks(end - 30 * 24 * HOUR_MS, end + 24 * HOUR_MS);
  for (const [name, board] of Object.entries(boards)) {
    const now = await cost(CALLS, board, people);
    const walk = WALKS > 0 ? before[name] : undefined;
    const statement = walk ? sqlite.prepare(walk) : undefined;
    const values = (person: string) => (walk?.includes('?') ? [person] : []);
    const parse = (row: unknown) =>
      JSON.parse(String((row as { question?: string }).question ?? 'null'));
    const was =
      statement &&
      (await cost(WALKS, (person) => statement.all(...values(person)).forEach(parse), people));
    process.stdout.write(
      `${name.padEnd(28)} ${was === undefined ? ''.padStart(10) : was.toFixed(1).padStart(10)} ${now.toFixed(3).padStart(10)}\n`,
    );
  }
  const until = closedOn;
  const after = new Date(until.getTime() - 7 * 24 * HOUR_MS);
  const rare: Record<string, () => Promise<unknown>> = {
    'digest: the week': () => store.closedBetween('team', { after, until }),
    'digest: who missed nothing': async () => {
      const closed = await store.closedBetween('team', { after, until });
      return store.answeredAll(closed.map(({ id }) => id));
    },
    'team view: four weeks': () => store.chapterWeeks('team', 4, until),
    'end of a season': () => store.endSeason('team', new Date(end + 100 * 24 * HOUR_MS)),
  };
  process.stdout.write('once a week or less, in the background:\n');
  for (const [name, work] of Object.entries(rare)) {
    const began = process.cpuUsage();
    await work();
    process.stdout.write(`${name.padEnd(35)} ${cpuMs(began).toFixed(1).padStart(10)}\n`);
  }
  sqlite.close();
  close();
}

for (const people of PEOPLE)
  for (const answers of ANSWERS) {
    const posts = Math.round(answers / people);
    const kept = process.env['KEEP'];
    const folder = kept ?? mkdtempSync(join(tmpdir(), 'warmup-boards-'));
    const file = join(folder, `boards-${people}-${answers}.db`);
    process.stdout.write(`\n${answers} answers, ${people} people, ${posts} questions\n`);
    if (!existsSync(file)) await answeredTeam(file, people, posts);
    process.stdout.write(
      `${'CPU ms'.padEnd(28)} ${'by ledger'.padStart(10)} ${'now'.padStart(10)}\n`,
    );
    await measure(file, people, posts);
    if (!kept) rmSync(folder, { recursive: true });
  }
