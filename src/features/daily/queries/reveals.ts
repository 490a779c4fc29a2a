import { and, asc, count, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import type { Reply } from '../../../spine/reply.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { emptyFirst, given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { NewOutboxRow, Post, Reveal } from '../../../store/schema.ts';
import type { ShownAnswer } from './free-text-answers.ts';

/** What `outbox.what` says of a message with answers of several people, and of an edit of one. */
const ANSWERS = { posted: 'answers', edited: 'edited answers' };

/** Due before anything else. */
const AT_ONCE = new Date(0);

/** Stands in for answers until they are drawn anew. */
const TAKEN_BACK: Reply = {
  blocks: [{ kind: 'note', text: 'An answer was withdrawn. The others follow shortly.' }],
};

export type Voted = 'voted' | 'moved' | 'repeated' | 'own' | 'over' | 'unknown';

export function revealQueries({ db, tables, atomic }: Connection) {
  const { reveals, posts, freeTextAnswers, people, votes } = tables;
  const due = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ reveal: reveals, post: posts })
      .from(reveals)
      .innerJoin(posts, eq(posts.id, reveals.postId))
      .where(lte(reveals.dueAt, given('at', reveals.dueAt)))
      .orderBy(asc(reveals.dueAt), asc(reveals.postId))
      .prepare(),
  );

  return {
    /** Answers of a closed post that have to be drawn again. */
    dueReveals: (at: Date): Promise<{ reveal: Reveal; post: Post }[]> =>
      Promise.resolve(due(db).execute({ at })),

    /** Until when a closed post's answers can be voted for; undefined when none are shown. */
    revealOf: async (postId: number): Promise<Reveal | undefined> => {
      const [found] = await db.select().from(reveals).where(eq(reveals.postId, postId));
      return found;
    },

    /** Every answer to a closed post; those that are shown have a number. */
    answersTo: async (postId: number): Promise<ShownAnswer[]> => {
      const rows = await db
        .select({
          answer: freeTextAnswers,
          name: people.name,
          isHidden: people.isHidden,
          votes: count(votes.personId),
        })
        .from(freeTextAnswers)
        .innerJoin(people, eq(people.id, freeTextAnswers.personId))
        .leftJoin(votes, eq(votes.answerId, freeTextAnswers.id))
        .where(eq(freeTextAnswers.postId, postId))
        .groupBy(freeTextAnswers.id, people.id)
        .orderBy(emptyFirst(freeTextAnswers.number), asc(freeTextAnswers.id));
      return rows.map(({ answer, ...rest }) => ({ ...answer, ...rest }));
    },

    /** One vote a person, never for oneself; a second one moves the first. */
    vote: (vote: { postId: number; personId: string; number: number; at: Date }): Promise<Voted> =>
      atomic(async (on) => {
        const { postId, personId, at } = vote;
        const [found] = await on
          .select({ reveal: reveals, state: posts.state })
          .from(reveals)
          .innerJoin(posts, eq(posts.id, reveals.postId))
          .where(eq(reveals.postId, postId));
        if (!found) return 'unknown';
        if (found.state !== 'posted' || found.reveal.votesUntil <= at) return 'over';
        const [answer] = await on
          .select()
          .from(freeTextAnswers)
          .where(and(eq(freeTextAnswers.postId, postId), eq(freeTextAnswers.number, vote.number)));
        if (!answer?.isShown) return 'unknown';
        if (answer.personId === personId) return 'own';
        const mine = and(eq(votes.postId, postId), eq(votes.personId, personId));
        const [before] = await on.select().from(votes).where(mine);
        if (before?.answerId === answer.id) return 'repeated';
        await on
          .insert(votes)
          .values({ postId, personId, answerId: answer.id, at })
          .onConflictDoUpdate({
            target: [votes.postId, votes.personId],
            set: { answerId: answer.id, at },
          });
        return before ? 'moved' : 'voted';
      }),

    /** Writes the edits of one drawing; false when somebody else has drawn it. */
    redraw: ({
      reveal,
      dueAt,
      rows,
    }: {
      reveal: Reveal;
      /** When it changes by itself the next time; null for never. */
      dueAt: Date | null;
      rows: NewOutboxRow[];
    }): Promise<boolean> =>
      atomic(async (on) => {
        const drawn = await on
          .update(reveals)
          .set({ dueAt, draws: reveal.draws + 1 })
          .where(and(eq(reveals.postId, reveal.postId), eq(reveals.draws, reveal.draws)))
          .returning({ postId: reveals.postId });
        if (drawn.length === 0) return false;
        await dropEdits(on, tables, [reveal.postId]);
        await queue(on, tables, rows);
        return true;
      }),

    /** Looks again at a message whose sending is not over. */
    postponeReveal: (postId: number, dueAt: Date) =>
      atomic(async (on) => {
        await on.update(reveals).set({ dueAt }).where(eq(reveals.postId, postId));
      }),
  };
}

/** Edits that wait would show an older drawing after the newer one. */
async function dropEdits(
  on: Database,
  { outbox }: Connection['tables'],
  postIds: number[],
): Promise<void> {
  await on
    .update(outbox)
    .set({ state: 'dropped' })
    .where(
      and(
        inArray(outbox.postId, postIds),
        eq(outbox.what, ANSWERS.edited),
        eq(outbox.state, 'due'),
      ),
    );
}

/**
 * Takes the words of answers out of every message that carries them, sent or not, and lets the
 * messages be drawn anew from the answers that remain.
 */
export async function takeWordsBack(
  on: Database,
  tables: Connection['tables'],
  postIds: number[],
): Promise<void> {
  const { outbox, reveals } = tables;
  if (postIds.length === 0) return;
  await dropEdits(on, tables, postIds);
  const rows = await on
    .select()
    .from(outbox)
    .where(and(inArray(outbox.postId, postIds), inArray(outbox.what, Object.values(ANSWERS))));
  for (const { id, outgoing } of rows) {
    if (!('reply' in outgoing)) continue;
    await on
      .update(outbox)
      .set({ outgoing: { ...outgoing, reply: TAKEN_BACK } })
      .where(eq(outbox.id, id));
  }
  // The count keeps out a drawing that was begun before.
  await on
    .update(reveals)
    .set({ dueAt: AT_ONCE, draws: sql`${reveals.draws} + 1` })
    .where(inArray(reveals.postId, postIds));
}

/** Takes back every answer of a person that stands among others. */
export async function takePersonBack(
  on: Database,
  tables: Connection['tables'],
  personId: string,
): Promise<void> {
  const { freeTextAnswers } = tables;
  const rows = await on
    .select({ postId: freeTextAnswers.postId })
    .from(freeTextAnswers)
    .where(and(eq(freeTextAnswers.personId, personId), isNotNull(freeTextAnswers.number)));
  await takeWordsBack(
    on,
    tables,
    rows.map(({ postId }) => postId),
  );
}
