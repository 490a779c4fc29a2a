import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { Post } from '../schema.ts';
import type { Slice } from '../slices.ts';

type Reader = Pick<Database, 'select'>;

/**
 * How long it counts what somebody knew before they had themselves deleted. By then a question stands in
 * no board any more that asks once a week.
 */
const COUNTS_MS = 180 * 24 * 3_600_000;

const post = (id: number) => `post ${id}`;
const question = (id: string) => `question ${id}`;

/** What accounts knew before the person behind them was deleted, as codes that name neither. */
export function knownBeforeOn({ tables, codeOf }: Pick<Connection, 'tables' | 'codeOf'>) {
  const { accounts, aids, attempts, knownBefore, posts, unranked } = tables;

  const accountsOf = prepared((from: Reader) =>
    from
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.personId, sql.placeholder('personId')))
      .prepare(),
  );

  const coded = prepared((from: Reader) =>
    from
      .select({ code: knownBefore.code })
      .from(knownBefore)
      .where(eq(knownBefore.code, sql.placeholder('code')))
      .prepare(),
  );

  /** What a person must not answer for points a second time. */
  async function knownTo(on: Database, personId: string): Promise<string[]> {
    const open = and(eq(posts.isRated, true), isNull(posts.closedAt));
    const tried = await on
      .selectDistinct({ id: posts.id })
      .from(attempts)
      .innerJoin(posts, eq(posts.id, attempts.postId))
      .where(and(eq(attempts.personId, personId), open));
    const helped = await on
      .selectDistinct({ id: posts.id })
      .from(aids)
      .innerJoin(posts, eq(posts.id, aids.postId))
      .where(and(eq(aids.personId, personId), open));
    const seen = await on.select().from(unranked).where(eq(unranked.personId, personId));
    return [
      ...[...tried, ...helped].map(({ id }) => post(id)),
      ...seen.map(({ questionId }) => question(questionId)),
    ];
  }

  return {
    /** Whether anybody was deleted who knew anything: for all others, a read that is going on anyway says so. */
    byAnybody: sql`exists (select 1 from ${knownBefore})`.mapWith(Boolean),

    /** Notes what a person knows who is about to be deleted. */
    async keep(on: Database, personId: string, at: Date): Promise<void> {
      const known = await knownTo(on, personId);
      const until = new Date(at.getTime() + COUNTS_MS);
      for (const { id } of await accountsOf(on).execute({ personId }))
        for (const what of known)
          await on
            .insert(knownBefore)
            .values({ code: codeOf(id, what), until })
            .onConflictDoUpdate({ target: knownBefore.code, set: { until } });
    },

    /** Those among some people an account of whom knew a question before. */
    async among(
      from: Reader,
      { id, questionId }: Post,
      { isIn }: Pick<Slice, 'isIn'>,
    ): Promise<string[]> {
      const [anybody] = await from.select({ code: knownBefore.code }).from(knownBefore).limit(1);
      if (!anybody) return [];
      const subjects = [post(id), ...(questionId ? [question(questionId)] : [])];
      const theirs = await from.select().from(accounts).where(isIn(accounts.personId));
      const personOf = new Map(
        theirs.flatMap((account) =>
          subjects.map((what) => [codeOf(account.id, what), account.personId] as const),
        ),
      );
      const found = await from
        .select({ code: knownBefore.code })
        .from(knownBefore)
        .where(inArray(knownBefore.code, [...personOf.keys()]));
      return found.flatMap(({ code }) => personOf.get(code) ?? []);
    },

    /** Whether an account of this person knew a question before. */
    async has(from: Reader, { id, questionId }: Post, personId: string): Promise<boolean> {
      const subjects = [post(id), ...(questionId ? [question(questionId)] : [])];
      for (const account of await accountsOf(from).execute({ personId }))
        for (const what of subjects) {
          const found = await coded(from).execute({ code: codeOf(account.id, what) });
          if (found.length > 0) return true;
        }
      return false;
    },
  };
}
