import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { WINDOW, windowScore } from '../../src/core/scoring/window.ts';
import { recalculate } from '../../src/store/recalculating.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

type Score = { teamId: string; personId: string; quarters: number };

let empty: Buffer | undefined;

/** The file of an empty database: to copy it takes a fifth of the time of all migrations. */
export function emptyDatabase(): Buffer {
  if (empty) return empty;
  const folder = mkdtempSync(join(tmpdir(), 'warmup-empty-'));
  const file = join(folder, 'empty.db');
  openSqlite(`file:${file}`).close();
  empty = readFileSync(file);
  rmSync(folder, { recursive: true });
  return empty;
}

/**
 * What is wrong with a database file, by SQLite's own checks and by working out every standing and sum
 * from the ledger again; nothing when all is well. A log that a crash left behind is recovered first.
 */
export function databaseProblems(file: string): string[] {
  const sqlite = new Sqlite(file, { fileMustExist: true });
  try {
    const integrity = String(sqlite.pragma('integrity_check', { simple: true }));
    // better-sqlite3 types what a pragma returns as unknown.
    const orphans = sqlite.pragma('foreign_key_check') as { table: string; parent: string }[];
    return [
      ...(integrity === 'ok' ? [] : [integrity]),
      ...orphans.map(({ table, parent }) => `a row of ${table} has lost its ${parent}`),
      ...standingProblems(sqlite),
      ...Object.entries(recalculate(sqlite)).flatMap(([table, rows]) =>
        rows === 0 ? [] : [`${rows} rows of ${table} are not what the ledger says`],
      ),
    ];
  } finally {
    sqlite.close();
  }
}

function standingProblems(sqlite: Sqlite.Database): string[] {
  // better-sqlite3 types rows as unknown; these have the columns that the queries name.
  const kept = sqlite
    .prepare('select team_id as teamId, person_id as personId, quarters from standings')
    .all() as Score[];
  const sums = sqlite
    .prepare(
      `with ranked as (
         select id, row_number() over (
           partition by team_id order by posted_at desc, id desc
         ) as place
         from posts where state = 'posted' and is_rated = 1
       )
       select ledger.team_id as teamId, person_id as personId, sum(quarters) as quarters
       from ledger join ranked on ranked.id = post_id and place <= ${WINDOW.questions}
       group by ledger.team_id, person_id, post_id`,
    )
    .all() as Score[];
  const keyOf = ({ teamId, personId }: Score) => `${personId} in ${teamId}`;
  const byMember = new Map<string, number[]>();
  for (const row of sums)
    byMember.set(keyOf(row), [...(byMember.get(keyOf(row)) ?? []), row.quarters]);
  const standings = new Map(kept.map((row) => [keyOf(row), row.quarters]));
  return [...new Set([...byMember.keys(), ...standings.keys()])].flatMap((member) => {
    const owed = windowScore(byMember.get(member) ?? []);
    const has = standings.get(member) ?? 0;
    return has === owed ? [] : [`${member} has ${has} quarters, the ledger says ${owed}`];
  });
}
