import type Sqlite from 'better-sqlite3';
import { WINDOW } from '../core/scoring/window.ts';
import { dayIn } from '../core/time.ts';

/** Tables of sums, with what each must hold by the ledger, the answers and the questions. */
const EXPECTED = {
  standings: `
    with counted as materialized (
      select id from (
        select id, row_number() over (partition by team_id order by posted_at desc, id desc) as place
        from posts where state = 'posted' and is_rated
      ) where place <= ${WINDOW.questions}
    ), scores as (
      select team_id, person_id, sum(quarters) as quarters
      from ledger where post_id in counted group by team_id, person_id, post_id
    ), best as (
      select *, row_number() over (partition by team_id, person_id order by quarters desc) as place
      from scores
    ), ranks as materialized (
      select team_id, person_id, sum(quarters) as quarters
      from best where place <= ${WINDOW.best} group by team_id, person_id
    ), members as (
      select team_id, person_id, sum(state = 'posted') as answered,
        sum(state = 'posted' and is_right) as first_try
      from attempts join posts on posts.id = post_id where try = 1 group by team_id, person_id
    )
    select team_id, person_id, coalesce(quarters, 0) as quarters, answered, first_try, is_hidden, group_id
    from members left join ranks using (team_id, person_id) left join group_members using (team_id, person_id)
      join people on people.id = person_id`,
  sums: `
    with closed as materialized (
      select id, 'week' as period, date(closed_on, '-6 days', 'weekday 1') as starts_on, 0 as chapter
      from posts where state = 'posted' and closed_on is not null
      union all
      select id, 'month', date(closed_on, 'start of month'), 0
      from posts where state = 'posted' and closed_on is not null
      union all
      select id, 'season', date(closed_on, 'start of month', '-' || ((strftime('%m', closed_on) - 1) % 3) || ' months'), chapter
      from posts where state = 'posted' and closed_on is not null
    )
    select team_id, period, starts_on, closed.chapter, person_id, sum(quarters) as quarters,
      count(distinct post_id) as questions, is_hidden
    from closed join ledger on post_id = closed.id join people on people.id = person_id
    group by team_id, period, starts_on, closed.chapter, person_id`,
};

/** Rows of each table of sums that were not what the ledger says. */
export type Repaired = Record<keyof typeof EXPECTED, number>;

/** Compares every sum with the ledger in one step, and puts right what differs. */
export function recalculate(sqlite: Sqlite.Database): Repaired {
  const repair = (table: keyof typeof EXPECTED): number => {
    // Columns of the table in the order of what is expected.
    const columns = sqlite.prepare(`${EXPECTED[table]} limit 0`).columns();
    const names = columns.map(({ name }) => name).join(', ');
    // A row with a null is in no list, and equal to none.
    const values = columns.map(({ name }) => `ifnull(${name}, '')`).join(', ');
    sqlite.exec(`create temp table expected as ${EXPECTED[table]}`);
    const kept = `select ${names} from ${table}`;
    const wrong = sqlite
      .prepare(
        `delete from ${table} where (${values}) in
          (select ${values} from ${table} except select ${values} from expected)`,
      )
      .run().changes;
    const missing = sqlite
      .prepare(`insert into ${table} (${names}) select ${names} from expected except ${kept}`)
      .run().changes;
    sqlite.exec('drop table temp.expected');
    return Math.max(wrong, missing);
  };
  return sqlite
    .transaction(() => ({ standings: repair('standings'), sums: repair('sums') }))
    .immediate();
}

/** Notes what older versions did not of each question, its chapter and the day of its close, and makes all sums. */
export function makeSums(sqlite: Sqlite.Database): void {
  sqlite.exec(
    "update posts set chapter = json_extract(question, '$.chapter') where chapter is null",
  );
  const closed = sqlite.prepare<[], { id: number; at: number; zone: string }>(
    `select posts.id, closed_at as at, zone from posts join teams on teams.id = team_id
     where closed_at is not null and closed_on is null and is_rated`,
  );
  const note = sqlite.prepare('update posts set closed_on = ? where id = ?');
  for (const { id, at, zone } of closed.all()) note.run(dayIn(new Date(at), zone), id);
  recalculate(sqlite);
}
