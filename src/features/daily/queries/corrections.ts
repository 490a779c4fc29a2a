import { and, asc, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { quarterPoints } from '../../../core/scoring/points.ts';
import type { Connection, Database, Pause } from '../../../store/connection.ts';
import { queue } from '../../../store/queries/queue.ts';
import { answeredBy, scoreOn } from '../../../store/queries/score.ts';
import { countAnswers, refreshTeam } from '../../../store/queries/standings.ts';
import type { NewOutboxRow, Post } from '../../../store/schema.ts';
import { type Slice, slicesOf } from '../../../store/slices.ts';

type Asked = NonNullable<Post['question']>;

/** Somebody whose points changed, and by how much. */
type Affected = { personId: string; quarters: number };

type Change = {
  postId: number;
  at: Date;
  /** What is sent to some people, a few of them at a time; a row whose key is there stays. */
  rows(people: string[]): NewOutboxRow[];
};

/** Messages that are written in one turn of the event loop. */
const TOLD_TOGETHER = 100;

/** What takes a posted question back or puts it right, with every point that hangs on it. */
export function correctionQueries(connection: Connection) {
  const { tables, gradual } = connection;
  const { attempts, ledger, posts } = tables;
  const score = scoreOn(connection);

  /** What a correction changes for some people, and their attempts under the new key. */
  async function rescore(
    on: Database,
    post: Post,
    { question, check }: { question: Asked; check(answer: string): number },
    { isIn }: Slice,
  ): Promise<Affected[]> {
    const ofPost = and(eq(attempts.postId, post.id), isIn(attempts.personId));
    const tries = await on
      .select()
      .from(attempts)
      .where(ofPost)
      .orderBy(asc(attempts.personId), asc(attempts.try));
    const shares = new Map(tries.map(({ answer }) => [answer, check(answer)]));
    for (const share of new Set(shares.values())) {
      const answers = [...shares].filter((each) => each[1] === share).map(([answer]) => answer);
      await on
        .update(attempts)
        .set({ share: Math.round(share * 1000), isRight: share === 1 })
        .where(and(ofPost, inArray(attempts.answer, answers)));
    }
    const before = await score.before(on, post, { isIn });
    const best = new Map<string, number>();
    for (const { personId, answer, try: attempt } of tries) {
      const points = before.unranked.has(personId)
        ? 0
        : quarterPoints({
            difficulty: question.difficulty,
            share: shares.get(answer) ?? 0,
            attempt,
            hints: before.hints.get(personId) ?? 0,
          });
      best.set(personId, Math.max(best.get(personId) ?? 0, points));
    }
    return [...best]
      .map(([personId, points]) => ({
        personId,
        quarters: points - (before.earned.get(personId) ?? 0),
      }))
      .filter(({ quarters }) => quarters !== 0);
  }

  /** Writes lines for some people that bring to 0 what these lines of theirs sum up to. */
  async function reverse(
    on: Database,
    { id: postId, teamId }: Post,
    line: { of?: SQL | undefined; key: string; reason: string; at: Date },
    { isIn }: Slice,
  ) {
    const sums = await on
      .select({
        personId: ledger.personId,
        quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
        lines: sql`count(*)`.mapWith(Number),
      })
      .from(ledger)
      .where(and(eq(ledger.postId, postId), isIn(ledger.personId), line.of))
      .groupBy(ledger.personId);
    await addLines(
      on,
      sums
        .filter(({ quarters }) => quarters !== 0)
        .map(({ personId, quarters, lines }) => ({
          // The ledger only grows, so a second withdrawal has a key of its own.
          key: `${line.key}:${postId}:${lines}:${personId}`,
          teamId,
          personId,
          postId,
          quarters: -quarters,
          reason: line.reason,
          at: line.at,
        })),
    );
  }

  async function addLines(on: Database, lines: (typeof ledger.$inferInsert)[]) {
    if (lines.length > 0) await on.insert(ledger).values(lines).onConflictDoNothing();
  }

  /** People are told in smaller slices: their messages are long. */
  async function queueFor<Told>(
    on: Database,
    people: readonly Told[],
    { rows, pause }: { rows(some: Told[]): NewOutboxRow[]; pause: Pause },
  ) {
    for (let from = 0; from === 0 || from < people.length; from += TOLD_TOGETHER) {
      await pause();
      await queue(on, tables, rows(people.slice(from, from + TOLD_TOGETHER)));
    }
  }

  return {
    /** Takes a posted question back: every point of it is reversed with a note. */
    withdrawPost: ({ postId, note, at, rows }: Change & { note: string }) =>
      gradual(async (on, pause) => {
        const post = await score.post(on, postId);
        if (post?.state !== 'posted') return undefined;
        const people = await answeredBy(on, tables, postId);
        for await (const slice of slicesOf(people, pause)) {
          await countAnswers(on, tables, post, { sign: -1, isIn: slice.isIn });
          const reason = `question withdrawn: ${note}`;
          await reverse(on, post, { key: 'withdrawn', reason, at }, slice);
        }
        const [withdrawn] = await on
          .update(posts)
          .set({ state: 'withdrawn', problem: note })
          .where(eq(posts.id, postId))
          .returning();
        await refreshTeam(on, tables, { teamId: post.teamId, pause });
        await queueFor(on, people, { rows, pause });
        return withdrawn;
      }),

    /** Takes a withdrawal back; undefined when the question is not withdrawn. */
    restorePost: ({ postId, at, rows }: Change) =>
      gradual(async (on, pause) => {
        const [restored] = await on
          .update(posts)
          .set({ state: 'posted', problem: null })
          .where(and(eq(posts.id, postId), eq(posts.state, 'withdrawn')))
          .returning();
        if (!restored) return undefined;
        // What withdrawals took and no undoing has given back.
        const of = or(like(ledger.key, 'withdrawn:%'), like(ledger.key, 'restored:%'));
        const people = await answeredBy(on, tables, postId);
        for await (const slice of slicesOf(people, pause)) {
          await reverse(
            on,
            restored,
            { of, key: 'restored', reason: 'withdrawal undone', at },
            slice,
          );
          await countAnswers(on, tables, restored, { sign: 1, isIn: slice.isIn });
        }
        await refreshTeam(on, tables, { teamId: restored.teamId, pause });
        await queueFor(on, people, { rows, pause });
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
    }: Omit<Change, 'rows'> & {
      question: Asked;
      /** The share of an answer under the corrected key. */
      check(answer: string): number;
      note: string;
      rows(affected: Affected[]): NewOutboxRow[];
    }) =>
      gradual(async (on, pause) => {
        const post = await score.post(on, postId);
        if (post?.state !== 'posted' || !post.isRated) return undefined;
        const { chapter } = question;
        await on.update(posts).set({ question, chapter }).where(eq(posts.id, postId));
        const all: Affected[] = [];
        const people = await answeredBy(on, tables, postId);
        for await (const slice of slicesOf(people, pause)) {
          await countAnswers(on, tables, post, { sign: -1, isIn: slice.isIn });
          const affected = await rescore(on, post, { question, check }, slice);
          await addLines(
            on,
            affected.map(({ personId, quarters }) => ({
              key: `corrected:${postId}:${question.version}:${personId}`,
              teamId: post.teamId,
              personId,
              postId,
              quarters,
              reason: `question corrected: ${note}`,
              at,
            })),
          );
          await countAnswers(on, tables, { ...post, chapter }, { sign: 1, isIn: slice.isIn });
          all.push(...affected);
        }
        await refreshTeam(on, tables, { teamId: post.teamId, pause });
        await queueFor(on, all, { rows, pause });
        return all;
      }),
  };
}
