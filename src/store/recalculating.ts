import type Sqlite from 'better-sqlite3';
import { WINDOW } from '../core/scoring/window.ts';

/** The Monday of the week of a day, which each database works out in its own way. */
const MONDAY = {
  sqlite: "date(closed_on, '-6 days', 'weekday 1')",
  postgres: "to_char(date_trunc('week', closed_on::date), 'YYYY-MM-DD')",
};

const isPosted = "case when state = 'posted' then 1 else 0 end";
const MONTH = "substr(closed_on, 1, 8) || '01'";
/** A season begins in January, April, July or October. */
const SEASON = `substr(closed_on, 1, 5) || case
  when substr(closed_on, 6, 2) < '04' then '01' when substr(closed_on, 6, 2) < '07' then '04'
  when substr(closed_on, 6, 2) < '10' then '07' else '10' end || '-01'`;

/** Tables of sums, with what each must hold by the ledger, the answers and the questions. */
const EXPECTED = {
  standings: {
    columns: ['team_id', 'person_id', 'quarters', 'answered', 'first_try', 'is_hidden', 'group_id'],
    rows: () => `
    with counted as materialized (
      select id from (
        select id, row_number() over (partition by team_id order by posted_at desc, id desc) as place
        from posts where state = 'posted' and is_rated
      ) as numbered where place <= ${WINDOW.questions}
    ), scores as (
      select team_id, person_id, sum(quarters) as quarters
      from ledger where post_id in (select id from counted) group by team_id, person_id, post_id
    ), best as (
      select *, row_number() over (partition by team_id, person_id order by quarters desc) as place
      from scores
    ), ranks as materialized (
      select team_id, person_id, sum(quarters) as quarters
      from best where place <= ${WINDOW.best} group by team_id, person_id
    ), members as (
      select team_id, person_id, sum(${isPosted}) as answered,
        sum(case when is_right then ${isPosted} else 0 end) as first_try
      from attempts join posts on posts.id = post_id where try = 1 group by team_id, person_id
    )
    select team_id, person_id, coalesce(quarters, 0) as quarters, answered, first_try, is_hidden, group_id
    from members left join ranks using (team_id, person_id) left join group_members using (team_id, person_id)
      join people on people.id = person_id`,
  },
  sums: {
    columns: [
      'team_id',
      'period',
      'starts_on',
      'chapter',
      'person_id',
      'quarters',
      'questions',
      'is_hidden',
    ],
    rows: (dialect: Dialect) => `
    with closed as materialized (
      select id, 'week' as period, ${MONDAY[dialect]} as starts_on, 0 as chapter
      from posts where state = 'posted' and closed_on is not null
      union all
      select id, 'month', ${MONTH}, 0
      from posts where state = 'posted' and closed_on is not null
      union all
      select id, 'season', ${SEASON}, chapter
      from posts where state = 'posted' and closed_on is not null
    )
    select team_id, period, starts_on, closed.chapter, person_id, sum(quarters) as quarters,
      count(distinct post_id) as questions, is_hidden
    from closed join ledger on post_id = closed.id join people on people.id = person_id
    group by team_id, period, starts_on, closed.chapter, person_id, is_hidden`,
  },
};

type Dialect = keyof typeof MONDAY;

/** Rows of each table of sums that were not what the ledger says. */
export type Repaired = Record<keyof typeof EXPECTED, number>;

/** The statements that compare a table of sums with the ledger, and put right what differs. */
export function recalculation(table: keyof typeof EXPECTED, dialect: Dialect) {
  const { columns, rows } = EXPECTED[table];
  const names = columns.join(', ');
  // A row with a null is in no list, and equal to none.
  const values = columns.map((name) => `coalesce(cast(${name} as text), '')`).join(', ');
  return {
    prepare: `create temp table expected as ${rows(dialect)}`,
    remove: `delete from ${table} where (${values}) in
      (select ${values} from ${table} except select ${values} from expected)`,
    add: `insert into ${table} (${names}) select ${names} from expected
      except select ${names} from ${table}`,
    end: 'drop table expected',
  };
}

/** Compares every sum with the ledger in one step, and puts right what differs. */
export function recalculate(sqlite: Sqlite.Database): Repaired {
  const repair = (table: keyof typeof EXPECTED): number => {
    const { prepare, remove, add, end } = recalculation(table, 'sqlite');
    sqlite.exec(prepare);
    const removed = sqlite.prepare(remove).run().changes;
    const added = sqlite.prepare(add).run().changes;
    sqlite.exec(end);
    return Math.max(removed, added);
  };
  return sqlite
    .transaction(() => ({ standings: repair('standings'), sums: repair('sums') }))
    .immediate();
}
