import { and, asc, eq, sql } from 'drizzle-orm';
import { quarterPoints, SCORED_TRIES } from '../../core/scoring/points.ts';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { Attempt, NewOutboxRow, Post } from '../schema.ts';
import { queue } from './queue.ts';
import { refreshStanding, refreshTeam } from './standings.ts';

export type NewAttempt = {
  postId: number;
  personId: string;
  try: number;
  /** As it was given: letters of the item's own order, or the typed number. */
  answer: string;
  isRight: boolean;
  /** 0 to 1. */
  share: number;
  at: Date;
};

/** How far a person is with one post. */
export type Progress = { attempts: Attempt[]; hints: number; isRevealed: boolean };

export type Recorded =
  /** `quarters` were added by this try. */
  | { kind: 'recorded'; quarters: number; unranked: boolean }
  /** This try was answered before, perhaps by the same press delivered twice. */
  | { kind: 'repeated'; attempt: Attempt; quarters: number }
  /** The post is closed, withdrawn or unknown, or this person is done with it. */
  | { kind: 'refused'; why: 'closed' | 'withdrawn' | 'revealed' | 'finished' | 'unknown' };

export function answerQueries({ db, tables, atomic }: Connection) {
  const { attempts, aids, ledger, posts, unranked, spokenAnswers } = tables;
  type Reader = Pick<Database, 'select'>;

  const attemptsOf = prepared((from: Reader) =>
    from
      .select()
      .from(attempts)
      .where(
        and(
          eq(attempts.postId, sql.placeholder('postId')),
          eq(attempts.personId, sql.placeholder('personId')),
        ),
      )
      .orderBy(asc(attempts.try))
      .prepare(),
  );
  const aidsOf = prepared((from: Reader) =>
    from
      .select()
      .from(aids)
      .where(
        and(
          eq(aids.postId, sql.placeholder('postId')),
          eq(aids.personId, sql.placeholder('personId')),
        ),
      )
      .prepare(),
  );
  const postOf = prepared((from: Reader) =>
    from
      .select()
      .from(posts)
      .where(eq(posts.id, sql.placeholder('postId')))
      .prepare(),
  );
  const addAttempt = prepared((on: Database) =>
    on
      .insert(attempts)
      .values({
        postId: sql.placeholder('postId'),
        personId: sql.placeholder('personId'),
        try: sql.placeholder('try'),
        answer: sql.placeholder('answer'),
        isRight: sql.placeholder('isRight'),
        share: sql.placeholder('share'),
        at: sql.placeholder('at'),
      })
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

  async function progressOn(from: Reader, postId: number, personId: string): Promise<Progress> {
    const given = await aidsOf(from).execute({ postId, personId });
    return {
      attempts: await attemptsOf(from).execute({ postId, personId }),
      hints: given.filter((aid) => aid.kind === 'hint').length,
      isRevealed: given.some((aid) => aid.kind === 'reveal'),
    };
  }

  async function earnedOn(from: Reader, post: Post, personId: string): Promise<number> {
    const [row] = await earned(from).execute({ teamId: post.teamId, personId, postId: post.id });
    return row?.quarters ?? 0;
  }

  async function isUnranked(on: Database, post: Post, personId: string): Promise<boolean> {
    if (!post.questionId) return false;
    const rows = await on
      .select()
      .from(unranked)
      .where(and(eq(unranked.questionId, post.questionId), eq(unranked.personId, personId)));
    return rows.length > 0;
  }

  return {
    progress: (postId: number, personId: string) => progressOn(db, postId, personId),

    /** Quarter points that a person has on a post. */
    earnedOnPost: (post: Post, personId: string) => earnedOn(db, post, personId),

    /** Records a try, its points and the new standing; the first delivery of a try counts. */
    recordAttempt: (attempt: NewAttempt): Promise<Recorded> =>
      atomic(async (on): Promise<Recorded> => {
        const { postId, personId } = attempt;
        const [post] = await postOf(on).execute({ postId });
        if (!post?.question || !post.isRated) return { kind: 'refused', why: 'unknown' };
        const before = await progressOn(on, postId, personId);
        const same = before.attempts.find((each) => each.try === attempt.try);
        const had = await earnedOn(on, post, personId);
        if (same) return { kind: 'repeated', attempt: same, quarters: had };
        const refusal = refuse(post, before, attempt);
        if (refusal) return { kind: 'refused', why: refusal };
        await addAttempt(on).execute({ ...attempt, share: Math.round(attempt.share * 1000) });
        const outOfRank = await isUnranked(on, post, personId);
        const worth = outOfRank
          ? 0
          : quarterPoints({
              difficulty: post.question.difficulty,
              share: attempt.share,
              attempt: attempt.try,
              hints: before.hints,
            });
        const quarters = Math.max(0, worth - had);
        if (quarters > 0) {
          await addLine(on).execute({
            key: `answer:${postId}:${personId}:${attempt.try}`,
            teamId: post.teamId,
            personId,
            postId,
            quarters,
            reason: reasonOf(attempt, before.hints),
            at: attempt.at,
          });
        }
        await refreshStanding(on, tables, { teamId: post.teamId, personId });
        return { kind: 'recorded', quarters, unranked: outOfRank };
      }),

    /** Opens the next hint while the question still scores; returns how many are open now. */
    openHint: ({
      postId,
      personId,
      number,
      at,
    }: {
      postId: number;
      personId: string;
      number: number;
      at: Date;
    }) =>
      atomic(async (on) => {
        await on
          .insert(aids)
          .values({ postId, personId, kind: 'hint', number, at })
          .onConflictDoNothing();
        return (await progressOn(on, postId, personId)).hints;
      }),

    /** Shows the solution: nothing scores for this person after it. */
    reveal: (postId: number, personId: string, at: Date) =>
      atomic(async (on) => {
        await on
          .insert(aids)
          .values({ postId, personId, kind: 'reveal', number: 1, at })
          .onConflictDoNothing();
      }),

    /** Everybody who tried a post, or answered it in words. */
    answeredBy: async (postId: number): Promise<string[]> => {
      const chose = await db
        .selectDistinct({ personId: attempts.personId })
        .from(attempts)
        .where(eq(attempts.postId, postId))
        .orderBy(asc(attempts.personId));
      const spoke = await db
        .select({ personId: spokenAnswers.personId })
        .from(spokenAnswers)
        .where(eq(spokenAnswers.postId, postId))
        .orderBy(asc(spokenAnswers.personId));
      return [...chose, ...spoke].map((row) => row.personId);
    },

    /** How many people gave each answer on their first try. */
    firstAnswers: (postId: number) =>
      db
        .select({
          answer: attempts.answer,
          isRight: attempts.isRight,
          count: sql`count(*)`.mapWith(Number),
        })
        .from(attempts)
        .where(and(eq(attempts.postId, postId), eq(attempts.try, 1)))
        .groupBy(attempts.answer, attempts.isRight)
        .orderBy(attempts.answer),

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
        const [post] = await postOf(on).execute({ postId });
        if (post?.state !== 'posted' || !post.isRated) return undefined;
        await on.update(posts).set({ question }).where(eq(posts.id, postId));
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
          await addLine(on).execute({
            key: `corrected:${postId}:${question.version}:${personId}`,
            teamId: post.teamId,
            personId,
            postId,
            quarters,
            reason: `question corrected: ${note}`,
            at,
          });
        }
        await refreshTeam(on, tables, post.teamId);
        await queue(on, tables, rows(affected));
        return affected;
      }),
  };

  /** What a correction changes for one person, and their attempts under the new key. */
  async function rescore(
    on: Database,
    post: Post,
    question: NonNullable<Post['question']>,
    personId: string,
    check: (answer: string) => number,
  ): Promise<number> {
    const { attempts: tries, hints } = await progressOn(on, post.id, personId);
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
        quarterPoints({ difficulty: question.difficulty, share, attempt: each.try, hints }),
      );
    }
    if (await isUnranked(on, post, personId)) best = 0;
    return best - (await earnedOn(on, post, personId));
  }
}

function refuse(
  post: Post,
  before: Progress,
  attempt: NewAttempt,
): Extract<Recorded, { kind: 'refused' }>['why'] | undefined {
  if (post.state === 'withdrawn') return 'withdrawn';
  if (post.state !== 'posted') return 'unknown';
  if (post.closedAt || (post.closesAt && post.closesAt <= attempt.at)) return 'closed';
  if (before.isRevealed) return 'revealed';
  if (before.attempts.some((each) => each.isRight)) return 'finished';
  if (attempt.try > SCORED_TRIES || attempt.try !== before.attempts.length + 1) return 'finished';
  return undefined;
}

function reasonOf(attempt: NewAttempt, hints: number): string {
  const parts = [attempt.try === 1 ? 'first try' : 'second try'];
  if (hints > 0) parts.push(hints === 1 ? '1 hint' : `${hints} hints`);
  if (attempt.share < 1) parts.push(`${Math.round(attempt.share * 100)} % right`);
  return parts.join(', ');
}
