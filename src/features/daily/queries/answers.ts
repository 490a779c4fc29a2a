import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, desc, eq, like, sql } from 'drizzle-orm';
import { type Recall, recallOf } from '../../../core/practice/memory.ts';
import { isFinished, quarterPoints } from '../../../core/scoring/points.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import { answeredBy, type Progress, scoreOn } from '../../../store/queries/score.ts';
import { refreshStanding } from '../../../store/queries/standings.ts';
import type { Attempt, Post } from '../../../store/schema.ts';
import { slicesOf } from '../../../store/slices.ts';

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
  /** What the answer does to its card, as far as it is known before. */
  card?: Omit<CardChange, 'what'> | undefined;
};

export type Recorded =
  /** `quarters` were added by this try. */
  | { kind: 'recorded'; quarters: number; hints: number; unranked: boolean }
  /** This try was answered before, perhaps by the same press delivered twice. */
  | { kind: 'repeated'; attempt: Attempt; quarters: number; hints: number }
  /** The post is closed, withdrawn or unknown, or this person is done with it. */
  | { kind: 'refused'; why: 'closed' | 'withdrawn' | 'revealed' | 'finished' | 'unknown' };

export function answerQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const { accounts, attempts, aids } = tables;
  const score = scoreOn(connection);
  const cardSteps = cardStepsOn(connection);

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

  return {
    progress: (postId: number, personId: string) => score.progress(db, postId, personId),

    /** Quarter points that a person has on a post. */
    earnedOnPost: (post: Post, personId: string) => score.earned(db, post, personId),

    /** Records a try, its points and the new standing; the first delivery of a try counts. */
    recordAttempt: (attempt: NewAttempt): Promise<Recorded> =>
      atomic(async (on): Promise<Recorded> => {
        const { postId, personId } = attempt;
        const post = await score.post(on, postId);
        if (!post?.question || !post.isRated) return { kind: 'refused', why: 'unknown' };
        const before = await score.progress(on, postId, personId);
        const same = before.attempts.find((each) => each.try === attempt.try);
        const had = await score.earned(on, post, personId);
        const { hints } = before;
        if (same) return { kind: 'repeated', attempt: same, quarters: had, hints };
        const refusal = refuse(post, before, attempt);
        if (refusal) return { kind: 'refused', why: refusal };
        await addAttempt(on).execute({ ...attempt, share: Math.round(attempt.share * 1000) });
        if (attempt.card)
          await cardSteps.change(on, { ...attempt.card, what: recallIn(attempt, hints) });
        const outOfRank = await score.isUnranked(on, post, personId);
        const worth = outOfRank
          ? 0
          : quarterPoints({
              difficulty: post.question.difficulty,
              share: attempt.share,
              attempt: attempt.try,
              hints,
            });
        const quarters = Math.max(0, worth - had);
        if (quarters > 0) {
          await score.addLine(on).execute({
            key: `answer:${postId}:${personId}:${attempt.try}`,
            teamId: post.teamId,
            personId,
            postId,
            quarters,
            reason: reasonOf(attempt, hints),
            at: attempt.at,
          });
        }
        const counted =
          attempt.try === 1 ? { answered: 1, firstTry: attempt.isRight ? 1 : 0 } : undefined;
        await refreshStanding(on, tables, { teamId: post.teamId, personId }, counted);
        return { kind: 'recorded', quarters, hints, unranked: outOfRank };
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
        return (await score.progress(on, postId, personId)).hints;
      }),

    /** Shows the solution: nothing scores for this person after it, and its card comes again soon. */
    reveal: (postId: number, personId: string, at: Date, card?: CardChange) =>
      atomic(async (on) => {
        if (card) await cardSteps.change(on, card);
        await on
          .insert(aids)
          .values({ postId, personId, kind: 'reveal', number: 1, at })
          .onConflictDoNothing();
      }),

    /** Everybody who tried a post, or answered it in words. */
    answeredBy: (postId: number) => answeredBy(db, tables, postId),

    /** The first account on a platform of each of them, by person. */
    accountsAnswered: async ({ id, platform }: Pick<Post, 'id' | 'platform'>) => {
      const found = new Map<string, string>();
      const all = await answeredBy(db, tables, id);
      for await (const { people, isIn } of slicesOf(all, () => nextTurn())) {
        const those = new Set(people);
        const rows = await db
          .select()
          .from(accounts)
          .where(and(isIn(accounts.personId), like(accounts.id, `${platform}:%`)))
          .orderBy(desc(accounts.id));
        for (const { id, personId } of rows) if (those.has(personId)) found.set(personId, id);
      }
      return found;
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
  };
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
  if (isFinished(before) || attempt.try !== before.attempts.length + 1) return 'finished';
  return undefined;
}

function reasonOf(attempt: NewAttempt, hints: number): string {
  const parts = [attempt.try === 1 ? 'first try' : 'second try'];
  if (hints > 0) parts.push(hints === 1 ? '1 hint' : `${hints} hints`);
  if (attempt.share < 1) parts.push(`${Math.round(attempt.share * 100)}% correct`);
  return parts.join(', ');
}

/** What an answer says of the memory of its person: a second try or a hint is help. */
function recallIn({ isRight, try: tries }: NewAttempt, hints: number): Recall {
  return recallOf({ outcome: isRight ? 'right' : 'wrong', tries, hints });
}
