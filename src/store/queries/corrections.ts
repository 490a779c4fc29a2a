import { and, asc, eq, like, or, sql } from 'drizzle-orm';
import { quarterPoints } from '../../core/scoring/points.ts';
import type { Connection, Database } from '../connection.ts';
import type { NewOutboxRow, Post } from '../schema.ts';
import { queue } from './queue.ts';
import { answeredBy, scoreOn } from './score.ts';
import { countPoints, countTries, refreshTeam } from './standings.ts';

/** What takes a posted question back or puts it right, with every point that hangs on it. */
export function correctionQueries(connection: Connection) {
  const { tables, atomic } = connection;
  const { attempts, ledger, posts } = tables;
  const score = scoreOn(connection);

  /** What a correction changes for one person, and their attempts under the new key. */
  async function rescore(
    on: Database,
    post: Post,
    question: NonNullable<Post['question']>,
    personId: string,
    check: (answer: string) => number,
  ): Promise<number> {
    const { attempts: tries, hints } = await score.progress(on, post.id, personId);
    let best = 0;
    for (const each of tries) {
      const share = check(each.answer);
      await on
        .update(attempts)
        .set({ share: Math.round(share * 1000), isRight: share === 1 })
        .where(
          and(
            eq(attempts.postId, post.id),
            eq(attempts.personId, personId),
            eq(attempts.try, each.try),
          ),
        );
      best = Math.max(
        best,
        quarterPoints({
          difficulty: question.difficulty,
          share,
          attempt: each.try,
          hints,
        }),
      );
    }
    if (await score.isUnranked(on, post, personId)) best = 0;
    return best - (await score.earned(on, post, personId));
  }

  /** Takes away every point of a post. */
  async function reverse(on: Database, { id: postId, teamId }: Post, note: string, at: Date) {
    const sums = await on
      .select({
        personId: ledger.personId,
        quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
        lines: sql`count(*)`.mapWith(Number),
      })
      .from(ledger)
      .where(eq(ledger.postId, postId))
      .groupBy(ledger.personId);
    const reversals = sums.filter((row) => row.quarters !== 0);
    if (reversals.length > 0) {
      await on
        .insert(ledger)
        .values(
          reversals.map(({ personId, quarters, lines }) => ({
            // The ledger only grows, so a second withdrawal has a key of its own.
            key: `withdrawn:${postId}:${lines}:${personId}`,
            teamId,
            personId,
            postId,
            quarters: -quarters,
            reason: `question withdrawn: ${note}`,
            at,
          })),
        )
        .onConflictDoNothing();
    }
  }

  /** Gives every point back that withdrawals took and no undoing has given back. */
  async function giveBack(on: Database, { id: postId, teamId }: Post, at: Date) {
    const taken = await on
      .select({
        personId: ledger.personId,
        quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
        lines: sql`count(*)`.mapWith(Number),
      })
      .from(ledger)
      .where(
        and(
          eq(ledger.postId, postId),
          or(like(ledger.key, 'withdrawn:%'), like(ledger.key, 'restored:%')),
        ),
      )
      .groupBy(ledger.personId);
    const returns = taken.filter(({ quarters }) => quarters !== 0);
    if (returns.length > 0)
      await on.insert(ledger).values(
        returns.map(({ personId, quarters, lines }) => ({
          key: `restored:${postId}:${lines}:${personId}`,
          teamId,
          personId,
          postId,
          quarters: -quarters,
          reason: 'withdrawal undone',
          at,
        })),
      );
  }

  return {
    /** Takes a posted question back: every point of it is reversed with a note. */
    withdrawPost: ({
      postId,
      note,
      at,
      rows,
    }: {
      postId: number;
      note: string;
      at: Date;
      rows(people: string[]): NewOutboxRow[];
    }) =>
      atomic(async (on) => {
        const post = await score.post(on, postId);
        if (post?.state !== 'posted') return undefined;
        await countTries(on, tables, post, -1);
        await countPoints(on, tables, post, -1);
        const [withdrawn] = await on
          .update(posts)
          .set({ state: 'withdrawn', problem: note })
          .where(eq(posts.id, postId))
          .returning();
        if (!withdrawn) return undefined;
        await reverse(on, withdrawn, note, at);
        await refreshTeam(on, tables, withdrawn.teamId);
        await queue(on, tables, rows(await answeredBy(on, tables, postId)));
        return withdrawn;
      }),

    /** Takes a withdrawal back; undefined when the question is not withdrawn. */
    restorePost: ({
      postId,
      at,
      rows,
    }: {
      postId: number;
      at: Date;
      rows(people: string[]): NewOutboxRow[];
    }) =>
      atomic(async (on) => {
        const [restored] = await on
          .update(posts)
          .set({ state: 'posted', problem: null })
          .where(and(eq(posts.id, postId), eq(posts.state, 'withdrawn')))
          .returning();
        if (!restored) return undefined;
        await giveBack(on, restored, at);
        await refreshTeam(on, tables, restored.teamId);
        await queue(on, tables, rows(await answeredBy(on, tables, postId)));
        return restored;
      }),

    /** Re-scores a post under a corrected item; differences become ledger lines with a note. */
    correctPost: ({
      postId,
      question,
      check,
      note,
      at,
      rows,
    }: {
      postId: number;
      question: NonNullable<Post['question']>;
      /** The share of an answer under the corrected key. */
      check(answer: string): number;
      note: string;
      at: Date;
      rows(affected: { personId: string; quarters: number }[]): NewOutboxRow[];
    }) =>
      atomic(async (on) => {
        const post = await score.post(on, postId);
        if (post?.state !== 'posted' || !post.isRated) return undefined;
        await countTries(on, tables, post, -1);
        await countPoints(on, tables, post, -1);
        await on
          .update(posts)
          .set({ question, chapter: question.chapter })
          .where(eq(posts.id, postId));
        const all = await on
          .select()
          .from(attempts)
          .where(eq(attempts.postId, postId))
          .orderBy(asc(attempts.personId), asc(attempts.try));
        const affected: { personId: string; quarters: number }[] = [];
        for (const personId of new Set(all.map((each) => each.personId))) {
          const quarters = await rescore(on, post, question, personId, check);
          if (quarters === 0) continue;
          affected.push({ personId, quarters });
          await score.addLine(on).execute({
            key: `corrected:${postId}:${question.version}:${personId}`,
            teamId: post.teamId,
            personId,
            postId,
            quarters,
            reason: `question corrected: ${note}`,
            at,
          });
        }
        await countTries(on, tables, post, 1);
        await countPoints(on, tables, { ...post, chapter: question.chapter }, 1);
        await refreshTeam(on, tables, post.teamId);
        await queue(on, tables, rows(affected));
        return affected;
      }),
  };
}
