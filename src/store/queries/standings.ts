import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { WINDOW, windowScore } from '../../core/scoring/window.ts';
import { type Connection, type Database, prepared } from '../connection.ts';

type Tables = Connection['tables'];

// Keeps `standings` true to the ledger; every function runs inside a write.
const statements = new WeakMap<Tables, ReturnType<typeof build>>();

function build({ posts, ledger, standings, people }: Tables) {
  const scores = prepared((on: Database) => {
    const window = on
      .select({ id: posts.id })
      .from(posts)
      .where(
        and(
          eq(posts.teamId, sql.placeholder('teamId')),
          eq(posts.state, 'posted'),
          eq(posts.isRated, true),
        ),
      )
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .limit(WINDOW.questions);
    return on
      .select({ quarters: sql`sum(${ledger.quarters})`.mapWith(Number) })
      .from(ledger)
      .where(
        and(
          eq(ledger.teamId, sql.placeholder('teamId')),
          eq(ledger.personId, sql.placeholder('personId')),
          inArray(ledger.postId, window),
        ),
      )
      .groupBy(ledger.postId)
      .prepare();
  });
  const put = prepared((on: Database) =>
    on
      .insert(standings)
      .values({
        teamId: sql.placeholder('teamId'),
        personId: sql.placeholder('personId'),
        quarters: sql.placeholder('quarters'),
        isHidden: sql`(select ${people.isHidden} from ${people} where ${people.id} = ${sql.placeholder('personId')})`,
      })
      .onConflictDoUpdate({
        target: [standings.teamId, standings.personId],
        set: { quarters: sql`excluded.quarters` },
      })
      .prepare(),
  );
  return { scores, put };
}

function of(tables: Tables) {
  const known = statements.get(tables);
  if (known) return known;
  const built = build(tables);
  statements.set(tables, built);
  return built;
}

/** Works out one member's score again. */
export async function refreshStanding(
  on: Database,
  tables: Tables,
  { teamId, personId }: { teamId: string; personId: string },
): Promise<number> {
  const { scores, put } = of(tables);
  const rows = await scores(on).execute({ teamId, personId });
  const quarters = windowScore(rows.map((row) => row.quarters));
  await put(on).execute({ teamId, personId, quarters });
  return quarters;
}

/** A new question moved the window: whoever had points on the one that left it changes. */
export async function refreshAfterPost(
  on: Database,
  tables: Tables,
  teamId: string,
): Promise<void> {
  const { posts, ledger } = tables;
  const [left] = await on
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true)))
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(1)
    .offset(WINDOW.questions);
  if (!left) return;
  const affected = await on
    .selectDistinct({ personId: ledger.personId })
    .from(ledger)
    .where(eq(ledger.postId, left.id));
  for (const { personId } of affected) await refreshStanding(on, tables, { teamId, personId });
}

/** Works out every member's score again: after a withdrawal or a correction. */
export async function refreshTeam(on: Database, tables: Tables, teamId: string): Promise<void> {
  const members = await on
    .select({ personId: tables.standings.personId })
    .from(tables.standings)
    .where(eq(tables.standings.teamId, teamId));
  for (const { personId } of members) await refreshStanding(on, tables, { teamId, personId });
}
