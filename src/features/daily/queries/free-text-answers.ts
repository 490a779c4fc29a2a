import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import type { Grade } from '../../../core/grading/types.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { FreeTextAnswer, NewOutboxRow, Post } from '../../../store/schema.ts';
import { takeWordsBack } from './reveals.ts';

export type NewFreeTextAnswer = {
  postId: number;
  personId: string;
  text: string;
  grade: Grade;
  isShown: boolean;
  at: Date;
};

/** An answer as it is shown beside the others, with its author and the votes it has. */
export type ShownAnswer = FreeTextAnswer & { name: string; isHidden: boolean; votes: number };

export function freeTextAnswerQueries({ db, tables, atomic, erase }: Connection) {
  const cardSteps = cardStepsOn({ tables });
  const { freeTextAnswers, posts, people, reveals } = tables;
  const of = ({ postId, personId }: { postId: number; personId: string }) =>
    and(eq(freeTextAnswers.postId, postId), eq(freeTextAnswers.personId, personId));

  const askedSince = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ postId: posts.id, answerId: freeTextAnswers.id })
      .from(posts)
      .leftJoin(
        freeTextAnswers,
        and(
          eq(freeTextAnswers.postId, posts.id),
          eq(freeTextAnswers.personId, sql.placeholder('personId')),
        ),
      )
      .where(
        and(
          eq(posts.teamId, sql.placeholder('teamId')),
          eq(posts.isRated, false),
          eq(posts.state, 'posted'),
          gte(posts.postedAt, given('since', posts.postedAt)),
        ),
      )
      .orderBy(desc(posts.id))
      .prepare(),
  );

  return {
    freeTextAnswer: async (
      postId: number,
      personId: string,
    ): Promise<FreeTextAnswer | undefined> => {
      const [found] = await db.select().from(freeTextAnswers).where(of({ postId, personId }));
      return found;
    },

    /** Keeps the newest answer of a person while the post is open; the same once more is the same. */
    saveFreeTextAnswer: (
      answer: NewFreeTextAnswer,
      card?: CardChange,
    ): Promise<'first' | 'changed' | 'repeated' | 'closed'> =>
      atomic(async (on) => {
        const [post] = await on.select().from(posts).where(eq(posts.id, answer.postId));
        if (!post || !isOpen(post, answer.at)) return 'closed';
        const [before] = await on.select().from(freeTextAnswers).where(of(answer));
        if (before?.text === answer.text && before.isShown === answer.isShown) return 'repeated';
        const { text, grade, isShown } = answer;
        await on
          .insert(freeTextAnswers)
          .values({ ...answer, ticked: [] })
          .onConflictDoUpdate({
            target: [freeTextAnswers.postId, freeTextAnswers.personId],
            set: { text, grade, isShown, ticked: [] },
          });
        if (card) await cardSteps.change(on, card);
        return before ? 'changed' : 'first';
      }),

    /** Marks key points of an answer as made. */
    tickFreeText: ({ points, ...at }: { postId: number; personId: string; points: string[] }) =>
      atomic(async (on) => {
        const [before] = await on.select().from(freeTextAnswers).where(of(at));
        if (!before) return;
        const ticked = [...new Set([...before.ticked, ...points])];
        await on.update(freeTextAnswers).set({ ticked }).where(eq(freeTextAnswers.id, before.id));
      }),

    /** Keeps an answer back or shows it; one that stands among the others already is drawn anew. */
    showFreeText: (change: {
      postId: number;
      personId: string;
      isShown: boolean;
    }): Promise<boolean> =>
      erase(async (on) => {
        const [changed] = await on
          .update(freeTextAnswers)
          .set({ isShown: change.isShown })
          .where(and(of(change), eq(freeTextAnswers.isShown, !change.isShown)))
          .returning({ number: freeTextAnswers.number });
        if (!changed) return false;
        if (changed.number !== null) await takeWordsBack(on, tables, [change.postId]);
        return true;
      }),

    /** Closes a post once, numbers the answers that are shown, and writes what shows them. */
    closeFreeText: ({
      postId,
      at,
      votesUntil,
      order,
      rows,
    }: {
      postId: number;
      at: Date;
      votesUntil: Date;
      /** Ids of answers in the order in which they are shown. */
      order(ids: number[]): number[];
      rows(answers: ShownAnswer[]): NewOutboxRow[];
    }): Promise<number | undefined> =>
      atomic(async (on) => {
        const closed = await on
          .update(posts)
          .set({ closedAt: at })
          .where(and(eq(posts.id, postId), eq(posts.state, 'posted'), isNull(posts.closedAt)))
          .returning({ id: posts.id });
        if (closed.length === 0) return undefined;
        const all = await on
          .select({ answer: freeTextAnswers, name: people.name, isHidden: people.isHidden })
          .from(freeTextAnswers)
          .innerJoin(people, eq(people.id, freeTextAnswers.personId))
          .where(eq(freeTextAnswers.postId, postId))
          .orderBy(asc(freeTextAnswers.id));
        const shown = all.filter(({ answer }) => answer.isShown).map(({ answer }) => answer.id);
        const places = new Map(order(shown).map((id, index) => [id, index + 1]));
        for (const [id, number] of places)
          await on.update(freeTextAnswers).set({ number }).where(eq(freeTextAnswers.id, id));
        const answers = all.map(({ answer, ...author }) => ({
          ...answer,
          ...author,
          number: places.get(answer.id) ?? null,
          votes: 0,
        }));
        await queue(on, tables, rows(answers));
        if (places.size > 0)
          await on
            .insert(reveals)
            .values({ postId, votesUntil, dueAt: votesUntil })
            .onConflictDoNothing();
        return all.length;
      }),

    /** The questions in words that a team was asked since an instant, with a person's answers. */
    freeTextSince: (teamId: string, personId: string, since: Date) =>
      Promise.resolve(askedSince(db).execute({ teamId, personId, since })),
  };
}

function isOpen(post: Post, at: Date): boolean {
  return (
    !post.isRated &&
    post.state === 'posted' &&
    !post.closedAt &&
    !(post.closesAt && post.closesAt <= at)
  );
}
