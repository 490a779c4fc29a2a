import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, desc, eq, like, sql } from 'drizzle-orm';
import { type Recall, recallOf } from '../../../core/practice/memory.ts';
import { isScored, type ScoredQuestion } from '../../../core/questions/check-answer.ts';
import { isFinished, quarterPoints } from '../../../core/scoring/points.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import { answeredBy, type Progress, scoreOn } from '../../../store/queries/score.ts';
import { refreshStanding } from '../../../store/queries/standings.ts';
import type { Post } from '../../../store/schema.ts';
import { slicesOf } from '../../../store/slices.ts';

/** A post that is answered with points. */
export type RatedPost = Post & { question: ScoredQuestion };

/** What an answer is, once it is known to which question and after what. */
export type Judged = {
  try: number;
  /** As it was given: letters of the item's own order, or the typed number. */
  answer: string;
  isRight: boolean;
  /** 0 to 1. */
  share: number;
  /** What the answer does to its card, as far as it is known before. */
  card?: Omit<CardChange, 'what'> | undefined;
};

export type NewAttempt = {
  postId: number;
  personId: string;
  at: Date;
  /** Undefined for what is no answer to this post. It has no effect, since it may be asked again. */
  judge(post: RatedPost, before: Progress): Judged | undefined;
};

export type Recorded =
  | {
      /** `repeated` is a try that was answered before, perhaps by the same press delivered twice. */
      kind: 'recorded' | 'repeated';
      post: RatedPost;
      /** This try and those before it. */
      answers: string[];
      /** What this try added, or what there was. */
      quarters: number;
      hints: number;
      unranked: boolean;
    }
  /** The post is closed, withdrawn or unknown, or this person is done with it. */
  | {
      kind: 'refused';
      why: 'closed' | 'withdrawn' | 'revealed' | 'finished' | 'unknown' | 'unread';
    };

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

    /**
     * Records a try, its points and the new standing; the first delivery of a try counts. Writers on SQLite are alone, and
     * PostgreSQL lets one of two that read each other's rows begin again: what is read here is true at the commit.
     */
    recordAttempt: ({ judge, ...who }: NewAttempt): Promise<Recorded> =>
      atomic(async (on): Promise<Recorded> => {
        const { postId, personId, at } = who;
        const found = await score.state(on, postId, personId);
        if (!found || !isRated(found.post)) return { kind: 'refused', why: 'unknown' };
        const { post } = found;
        const { hints, attempts, earned, isUnranked } = found;
        const judged = judge(post, found);
        const why = refusePost(post, at);
        if (why || !judged) return { kind: 'refused', why: why ?? 'unread' };
        const same = attempts.find((each) => each.try === judged.try);
        const before = attempts.filter((each) => each.try < judged.try);
        const answers = [...before, same ?? judged].map(({ answer }) => answer);
        const heard = { post, answers, hints };
        if (same) return { kind: 'repeated', quarters: earned, unranked: false, ...heard };
        const refusal = refuse(found, judged);
        if (refusal) return { kind: 'refused', why: refusal };
        await addAttempt(on).execute({ ...who, ...judged, share: Math.round(judged.share * 1000) });
        if (judged.card)
          await cardSteps.change(on, { ...judged.card, what: recallIn(judged, hints) });
        const { difficulty } = post.question;
        const worth = isUnranked
          ? 0
          : quarterPoints({ difficulty, share: judged.share, attempt: judged.try, hints });
        const quarters = Math.max(0, worth - earned);
        if (quarters > 0) {
          await score.addLine(on).execute({
            key: `answer:${postId}:${personId}:${judged.try}`,
            teamId: post.teamId,
            personId,
            postId,
            quarters,
            reason: reasonOf(judged, hints),
            at,
          });
        }
        const counted =
          judged.try === 1 ? { answered: 1, firstTry: judged.isRight ? 1 : 0 } : undefined;
        await refreshStanding(on, tables, { teamId: post.teamId, personId }, counted);
        return { kind: 'recorded', quarters, unranked: isUnranked, ...heard };
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

type Refusal = Extract<Recorded, { kind: 'refused' }>['why'];

const isRated = (post: Post): post is RatedPost =>
  post.isRated && post.question !== null && isScored(post.question);

/** Why nobody can answer a post with points. */
function refusePost(post: Post, at: Date): Refusal | undefined {
  if (post.state === 'withdrawn') return 'withdrawn';
  if (post.state !== 'posted') return 'unknown';
  return post.closedAt || (post.closesAt && post.closesAt <= at) ? 'closed' : undefined;
}

/** Why a person can't. */
function refuse(before: Progress, judged: Judged): Refusal | undefined {
  if (before.isRevealed) return 'revealed';
  return isFinished(before) || judged.try !== before.attempts.length + 1 ? 'finished' : undefined;
}

function reasonOf(attempt: Judged, hints: number): string {
  const parts = [attempt.try === 1 ? 'first try' : 'second try'];
  if (hints > 0) parts.push(hints === 1 ? '1 hint' : `${hints} hints`);
  if (attempt.share < 1) parts.push(`${Math.round(attempt.share * 100)}% correct`);
  return parts.join(', ');
}

/** What an answer says of the memory of its person: a second try or a hint is help. */
function recallIn({ isRight, try: tries }: Judged, hints: number): Recall {
  return recallOf({ outcome: isRight ? 'right' : 'wrong', tries, hints });
}
