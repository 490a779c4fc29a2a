import {
  and,
  asc,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { WINDOW } from '../../core/scoring/window.ts';
import { dayIn, type Period, periodOf } from '../../core/time.ts';
import { type Connection, type Database, type Pause, prepared } from '../connection.ts';
import type { Post } from '../schema.ts';
import { type Slice, slicesOf } from '../slices.ts';
import { answeredBy } from './score.ts';

type Tables = Connection['tables'];

/** The sums in which the points of a question count: 0 stands for all chapters. */
const sumsOf = (chapter: number | null): { period: Period; chapter: number }[] => [
  { period: 'week', chapter: 0 },
  { period: 'month', chapter: 0 },
  ...(chapter === null ? [] : [{ period: 'season' as const, chapter }]),
];

// Keeps `standings` and `sums` true to the ledger; every function runs inside a write.
const statements = new WeakMap<Tables, ReturnType<typeof build>>();

/** The questions that a rank counts, or counted right after one of them. */
export const windowOf = (
  on: Database,
  { posts }: Tables,
  teamId: string | Placeholder,
  after?: SQL,
) =>
  on
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true), after))
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(WINDOW.questions);

function build(tables: Tables) {
  const { ledger, standings, people, groupMembers } = tables;
  return prepared((on: Database) => {
    const window = windowOf(on, tables, sql.placeholder('teamId'));
    const points = sql`sum(${ledger.quarters})`;
    const best = on
      .select({ quarters: points.as('quarters') })
      .from(ledger)
      .where(
        and(
          eq(ledger.teamId, sql.placeholder('teamId')),
          eq(ledger.personId, sql.placeholder('personId')),
          inArray(ledger.postId, window),
        ),
      )
      .groupBy(ledger.postId)
      .orderBy(desc(points))
      .limit(WINDOW.best)
      .as('best');
    return on
      .insert(standings)
      .values({
        teamId: sql.placeholder('teamId'),
        personId: sql.placeholder('personId'),
        quarters: sql`(select coalesce(sum(${best.quarters}), 0) from ${best})`,
        answered: sql.placeholder('answered'),
        firstTry: sql.placeholder('firstTry'),
        isHidden: sql`(select ${people.isHidden} from ${people} where ${people.id} = ${sql.placeholder('personId')})`,
        groupId: sql`(select ${groupMembers.groupId} from ${groupMembers} where ${groupMembers.teamId} = ${sql.placeholder('teamId')} and ${groupMembers.personId} = ${sql.placeholder('personId')})`,
      })
      .onConflictDoUpdate({
        target: [standings.teamId, standings.personId],
        set: {
          quarters: sql`excluded.quarters`,
          answered: sql`${standings.answered} + excluded.answered`,
          firstTry: sql`${standings.firstTry} + excluded.first_try`,
        },
      })
      .prepare();
  });
}

function of(tables: Tables) {
  const known = statements.get(tables);
  if (known) return known;
  const built = build(tables);
  statements.set(tables, built);
  return built;
}

/** What a new answer adds to the totals of its author. */
type Counted = { answered: number; firstTry: number };

/** Works out one member's score again. */
export async function refreshStanding(
  on: Database,
  tables: Tables,
  { teamId, personId }: { teamId: string; personId: string },
  { answered, firstTry }: Counted = { answered: 0, firstTry: 0 },
): Promise<void> {
  await of(tables)(on).execute({ teamId, personId, answered, firstTry });
}

/** A new question moved the window: whoever had points on the one that left it changes. */
export async function refreshAfterPost(
  on: Database,
  tables: Tables,
  { teamId, pause }: { teamId: string; pause: Pause },
): Promise<void> {
  const { posts } = tables;
  const [left] = await on
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true)))
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(1)
    .offset(WINDOW.questions);
  if (left) await refreshTeam(on, tables, { teamId, pause });
}

/** Works out every member's score again, in one statement for many: of 10,000 members, one by one took seconds. */
export async function refreshTeam(
  on: Database,
  tables: Tables,
  { teamId, pause }: { teamId: string; pause: Pause },
): Promise<void> {
  const people = await membersOf(on, tables, teamId);
  for await (const slice of slicesOf(people, pause)) await refreshSome(on, tables, teamId, slice);
}

/** Everyone who has answered in a team. */
export async function membersOf(on: Database, { standings }: Tables, teamId: string) {
  const members = await on
    .select({ personId: standings.personId })
    .from(standings)
    .where(eq(standings.teamId, teamId))
    .orderBy(asc(standings.personId));
  return members.map(({ personId }) => personId);
}

/** The scores of some people over a window of questions, as a query. */
export function scoresOver(
  on: Database,
  { ledger }: Tables,
  window: ReturnType<typeof windowOf>,
  { teamId, isIn }: { teamId: string; isIn: Slice['isIn'] },
) {
  const points = sql`sum(${ledger.quarters})`;
  const scores = on
    .select({
      personId: ledger.personId,
      points: points.as('points'),
      place: sql`row_number() over (partition by ${ledger.personId} order by ${points} desc)`
        .mapWith(Number)
        .as('place'),
    })
    .from(ledger)
    .where(and(eq(ledger.teamId, teamId), isIn(ledger.personId), inArray(ledger.postId, window)))
    .groupBy(ledger.personId, ledger.postId)
    .as('scores');
  return on
    .select({ personId: scores.personId, total: sql`sum(${scores.points})`.as('total') })
    .from(scores)
    .where(lte(scores.place, WINDOW.best))
    .groupBy(scores.personId)
    .as('best');
}

async function refreshSome(on: Database, tables: Tables, teamId: string, { isIn }: Slice) {
  const { standings } = tables;
  const best = scoresOver(on, tables, windowOf(on, tables, teamId), { teamId, isIn });
  const fresh = on
    .select({ personId: standings.personId, score: sql`coalesce(${best.total}, 0)`.as('score') })
    .from(standings)
    .leftJoin(best, eq(best.personId, standings.personId))
    .where(and(eq(standings.teamId, teamId), isIn(standings.personId)))
    .as('fresh');
  await on
    .update(standings)
    .set({ quarters: sql`${fresh.score}` })
    .from(fresh)
    .where(
      and(
        eq(standings.teamId, teamId),
        eq(standings.personId, fresh.personId),
        ne(standings.quarters, fresh.score),
      ),
    );
}

/** Whether what hangs on a question is added or taken out; a change of it is both, before and after. */
type Sign = 1 | -1;

/** Adds what some people did on a posted question to all sums, or takes it out. */
export async function countAnswers(
  on: Database,
  tables: Tables,
  post: CountedPost,
  change: { sign: Sign; isIn: Slice['isIn'] },
): Promise<void> {
  await countTries(on, tables, post, change);
  await countPoints(on, tables, post, change);
}

type CountedPost = Pick<Post, 'id' | 'teamId' | 'state' | 'closedOn' | 'chapter'>;

/** Adds the first tries on a posted question to the totals of their authors, or takes them out. */
async function countTries(
  on: Database,
  { attempts, standings }: Tables,
  { id, teamId }: CountedPost,
  { sign, isIn }: { sign: Sign; isIn: Slice['isIn'] },
): Promise<void> {
  await on
    .update(standings)
    .set({
      answered: sql`${standings.answered} + ${sign}`,
      firstTry: sql`${standings.firstTry} + case when ${attempts.isRight} then ${sign} else 0 end`,
    })
    .from(attempts)
    .where(
      and(
        eq(standings.teamId, teamId),
        eq(standings.personId, attempts.personId),
        eq(attempts.postId, id),
        eq(attempts.try, 1),
        isIn(attempts.personId),
      ),
    );
}

/** Adds the points of a closed question to its week, its month and its chapter, or takes them out. */
async function countPoints(
  on: Database,
  { ledger, people, sums }: Tables,
  { id, teamId, state, closedOn, ...post }: CountedPost,
  { sign, isIn }: { sign: Sign; isIn: Slice['isIn'] },
): Promise<void> {
  if (!closedOn || state !== 'posted') return;
  for (const { period, chapter } of sumsOf(post.chapter)) {
    const startsOn = periodOf(closedOn, period).from;
    const points = on
      .select({
        teamId: ledger.teamId,
        period: sql`${period}`.as('period'),
        startsOn: sql`${startsOn}`.as('starts_on'),
        chapter: sql`${chapter}`.as('chapter'),
        personId: ledger.personId,
        quarters: sql`${sign} * sum(${ledger.quarters})`.as('quarters'),
        questions: sql`${sign}`.as('questions'),
        isHidden: people.isHidden,
      })
      .from(ledger)
      .innerJoin(people, eq(people.id, ledger.personId))
      .where(and(eq(ledger.postId, id), isIn(ledger.personId)))
      .groupBy(ledger.teamId, ledger.personId, people.isHidden);
    await on
      .insert(sums)
      .select(points)
      .onConflictDoUpdate({
        target: [sums.teamId, sums.period, sums.startsOn, sums.chapter, sums.personId],
        set: {
          quarters: sql`${sums.quarters} + excluded.quarters`,
          questions: sql`${sums.questions} + excluded.questions`,
        },
      });
    if (sign < 0)
      await on
        .delete(sums)
        .where(
          and(
            eq(sums.teamId, teamId),
            eq(sums.period, period),
            eq(sums.startsOn, startsOn),
            eq(sums.chapter, chapter),
            eq(sums.questions, 0),
            isIn(sums.personId),
          ),
        );
  }
}

/** Closes a question once, and counts its points; false when it is closed already. */
export async function closeOnce(
  on: Database,
  tables: Tables,
  { postId, at, pause }: { postId: number; at: Date; pause: Pause },
): Promise<boolean> {
  const { posts, teams } = tables;
  const [team] = await on
    .select({ zone: teams.zone })
    .from(posts)
    .innerJoin(teams, eq(teams.id, posts.teamId))
    .where(eq(posts.id, postId));
  if (!team) return false;
  const [closed] = await on
    .update(posts)
    .set({ closedAt: at, closedOn: dayIn(at, team.zone) })
    .where(and(eq(posts.id, postId), isNull(posts.closedAt)))
    .returning({
      id: posts.id,
      teamId: posts.teamId,
      state: posts.state,
      closedOn: posts.closedOn,
      chapter: posts.chapter,
    });
  if (!closed) return false;
  const people = await answeredBy(on, tables, postId);
  for await (const { isIn } of slicesOf(people, pause))
    await countPoints(on, tables, closed, { sign: 1, isIn });
  return true;
}

/** The zone of a team changed: a question that closed near midnight may belong to another week. */
export async function moveToZone(
  on: Database,
  tables: Tables,
  { teamId, zone, pause }: { teamId: string; zone: string; pause: Pause },
): Promise<void> {
  const { posts } = tables;
  const closed = await on
    .select({
      id: posts.id,
      teamId: posts.teamId,
      state: posts.state,
      closedAt: posts.closedAt,
      closedOn: posts.closedOn,
      chapter: posts.chapter,
    })
    .from(posts)
    .where(and(eq(posts.teamId, teamId), isNotNull(posts.closedOn)));
  for (const post of closed) {
    const closedOn = post.closedAt && dayIn(post.closedAt, zone);
    if (closedOn === post.closedOn) continue;
    await on.update(posts).set({ closedOn }).where(eq(posts.id, post.id));
    const people = await answeredBy(on, tables, post.id);
    for await (const { isIn } of slicesOf(people, pause)) {
      await countPoints(on, tables, post, { sign: -1, isIn });
      await countPoints(on, tables, { ...post, closedOn }, { sign: 1, isIn });
    }
  }
}
