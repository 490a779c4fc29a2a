import { and, asc, eq, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { Attempt, Post } from '../schema.ts';
import type { Slice } from '../slices.ts';
import { knownBeforeOn } from './known-before.ts';

type Reader = Pick<Database, 'select'>;

/** How far a person is with one post. */
export type Progress = { attempts: Attempt[]; hints: number; isRevealed: boolean };

/** What a person did on a post and has for it, and the ledger in which that is written. */
export function scoreOn({ tables, codeOf }: Pick<Connection, 'tables' | 'codeOf'>) {
  const { attempts, aids, ledger, posts, unranked } = tables;
  const knownBefore = knownBeforeOn({ tables, codeOf });
  const postId = sql.placeholder('postId');
  const personId = sql.placeholder('personId');
  const ofBoth = (table: typeof attempts | typeof aids | typeof ledger) =>
    and(eq(table.postId, postId), eq(table.personId, personId));
  const done = {
    attempt: attempts,
    hints:
      sql`(select count(*) from ${aids} where ${ofBoth(aids)} and ${eq(aids.kind, 'hint')})`.mapWith(
        Number,
      ),
    isRevealed:
      sql`exists (select 1 from ${aids} where ${ofBoth(aids)} and ${eq(aids.kind, 'reveal')})`.mapWith(
        Boolean,
      ),
  };
  const progressOf = prepared((from: Reader) =>
    from
      .select(done)
      .from(posts)
      .leftJoin(attempts, ofBoth(attempts))
      .where(eq(posts.id, postId))
      .orderBy(asc(attempts.try))
      .prepare(),
  );
  const stateOf = prepared((from: Reader) =>
    from
      .select({
        ...done,
        post: posts,
        earned:
          sql`(select coalesce(sum(${ledger.quarters}), 0) from ${ledger} where ${eq(ledger.teamId, posts.teamId)} and ${ofBoth(ledger)})`.mapWith(
            Number,
          ),
        isUnranked:
          sql`exists (select 1 from ${unranked} where ${eq(unranked.questionId, posts.questionId)} and ${eq(unranked.personId, personId)})`.mapWith(
            Boolean,
          ),
        anybodyKnew: knownBefore.byAnybody,
      })
      .from(posts)
      .leftJoin(attempts, ofBoth(attempts))
      .where(eq(posts.id, postId))
      .orderBy(asc(attempts.try))
      .prepare(),
  );
  const postOf = prepared((from: Reader) =>
    from
      .select()
      .from(posts)
      .where(eq(posts.id, sql.placeholder('postId')))
      .prepare(),
  );
  const addLine = prepared((on: Database) =>
    on
      .insert(ledger)
      .values({
        key: sql.placeholder('key'),
        teamId: sql.placeholder('teamId'),
        personId: sql.placeholder('personId'),
        postId: sql.placeholder('postId'),
        quarters: sql.placeholder('quarters'),
        reason: sql.placeholder('reason'),
        at: sql.placeholder('at'),
      })
      .onConflictDoNothing()
      .prepare(),
  );
  const earned = prepared((from: Reader) =>
    from
      .select({ quarters: sql`coalesce(sum(${ledger.quarters}), 0)`.mapWith(Number) })
      .from(ledger)
      .where(
        and(
          eq(ledger.teamId, sql.placeholder('teamId')),
          eq(ledger.personId, sql.placeholder('personId')),
          eq(ledger.postId, sql.placeholder('postId')),
        ),
      )
      .prepare(),
  );

  return {
    addLine,
    /** Undefined when there is no such post. */
    async post(from: Reader, postId: number): Promise<Post | undefined> {
      const [post] = await postOf(from).execute({ postId });
      return post;
    },
    progress: async (from: Reader, postId: number, personId: string): Promise<Progress> =>
      progressIn(await progressOf(from).execute({ postId, personId })),
    /** All that decides what an answer is worth, in one read; undefined when there is no such post. */
    async state(from: Reader, postId: number, personId: string) {
      const rows = await stateOf(from).execute({ postId, personId });
      const [first] = rows;
      if (!first) return undefined;
      const { post, earned, isUnranked, anybodyKnew } = first;
      return {
        post,
        earned,
        ...progressIn(rows),
        /** They saw the answer before it was asked, or before they had themselves deleted, so they do not compete on it. */
        isUnranked: isUnranked || (anybodyKnew && (await knownBefore.has(from, post, personId))),
      };
    },
    /** Quarter points that a person has on a post. */
    async earned(from: Reader, post: Post, personId: string): Promise<number> {
      const [row] = await earned(from).execute({ teamId: post.teamId, personId, postId: post.id });
      return row?.quarters ?? 0;
    },
    /** What some people had on a post, and who of them does not compete on it. */
    async before(from: Reader, post: Post, { isIn }: Pick<Slice, 'isIn'>) {
      const helped = await from
        .select({ personId: aids.personId, hints: sql`count(*)`.mapWith(Number) })
        .from(aids)
        .where(and(eq(aids.postId, post.id), eq(aids.kind, 'hint'), isIn(aids.personId)))
        .groupBy(aids.personId);
      const points = await from
        .select({
          personId: ledger.personId,
          quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
        })
        .from(ledger)
        .where(and(eq(ledger.postId, post.id), isIn(ledger.personId)))
        .groupBy(ledger.personId);
      const knew = await from
        .select({ personId: unranked.personId })
        .from(unranked)
        .where(and(eq(unranked.questionId, post.questionId ?? ''), isIn(unranked.personId)));
      return {
        hints: new Map(helped.map(({ personId, hints }) => [personId, hints])),
        earned: new Map(points.map(({ personId, quarters }) => [personId, quarters])),
        unranked: new Set([
          ...knew.map(({ personId }) => personId),
          ...(await knownBefore.among(from, post, { isIn })),
        ]),
      };
    },
  };
}

/** A row for each try, or one without any. */
function progressIn(
  rows: readonly { attempt: Attempt | null; hints: number; isRevealed: boolean }[],
): Progress {
  return {
    attempts: rows.flatMap(({ attempt }) => attempt ?? []),
    hints: rows[0]?.hints ?? 0,
    isRevealed: rows[0]?.isRevealed ?? false,
  };
}

/** Everybody who tried a post, or answered it in words. */
export async function answeredBy(
  from: Pick<Database, 'select' | 'selectDistinct'>,
  { attempts, freeTextAnswers }: Connection['tables'],
  postId: number,
): Promise<string[]> {
  const chose = await from
    .selectDistinct({ personId: attempts.personId })
    .from(attempts)
    .where(eq(attempts.postId, postId))
    .orderBy(asc(attempts.personId));
  const spoke = await from
    .select({ personId: freeTextAnswers.personId })
    .from(freeTextAnswers)
    .where(eq(freeTextAnswers.postId, postId))
    .orderBy(asc(freeTextAnswers.personId));
  return [...chose, ...spoke].map((row) => row.personId);
}
