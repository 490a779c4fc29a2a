import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { isScored } from '../../../core/questions/check-answer.ts';
import type { Question } from '../../../core/questions/schema.ts';
import type { PlatformName } from '../../../spine/request.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import { closeOnce, refreshAfterPost } from '../../../store/queries/standings.ts';
import type { NewOutboxRow, Post, PostState, Schedule } from '../../../store/schema.ts';
import { teamSteps } from '../../../store/slices.ts';

/** A row that the claim of a slot writes, once the post's id is known. */
export type Announce = (postId: number) => NewOutboxRow[];

export function postQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const { posts, outbox, standings } = tables;
  const inTeam = teamSteps(connection);
  const teamOf = (postId: number) =>
    db.select({ teamId: posts.teamId }).from(posts).where(eq(posts.id, postId));

  const toClose = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(posts)
      .where(
        and(
          lte(posts.closesAt, given('at', posts.closesAt)),
          isNull(posts.closedAt),
          inArray(posts.state, ['posted', 'withdrawn']),
        ),
      )
      .orderBy(asc(posts.closesAt), asc(posts.id))
      .prepare(),
  );
  const byId = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(posts)
      .where(eq(posts.id, sql.placeholder('id')))
      .prepare(),
  );

  const onDay = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(posts)
      .where(
        and(
          eq(posts.scheduleId, sql.placeholder('scheduleId')),
          eq(posts.day, sql.placeholder('day')),
        ),
      )
      .prepare(),
  );
  const asked = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ questionId: posts.questionId })
      .from(posts)
      .where(and(eq(posts.teamId, sql.placeholder('teamId')), isNotNull(posts.questionId)))
      .orderBy(asc(posts.id))
      .prepare(),
  );
  const open = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(posts)
      .where(
        and(
          eq(posts.teamId, sql.placeholder('teamId')),
          eq(posts.state, 'posted'),
          isNull(posts.closedAt),
        ),
      )
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .prepare(),
  );

  async function addSlot(
    on: Database,
    { schedule, day, state, dueAt, closesAt, question, problem }: Slot,
  ): Promise<number | undefined> {
    const [added] = await on
      .insert(posts)
      .values({
        scheduleId: schedule.id,
        teamId: schedule.teamId,
        day,
        state,
        platform: schedule.platform,
        channel: schedule.channel,
        dueAt,
        closesAt: closesAt ?? null,
        question: question ?? null,
        questionId: question?.id ?? null,
        chapter: question?.chapter ?? null,
        isRated: !question || isScored(question),
        problem: problem ?? null,
      })
      .onConflictDoNothing()
      .returning({ id: posts.id });
    return added?.id;
  }

  return {
    /** Claims the slot of a local day and writes what announces it; undefined when it was taken. */
    claimSlot: (slot: Slot & { announce: Announce }): Promise<number | undefined> =>
      atomic(async (on) => {
        const id = await addSlot(on, slot);
        if (id === undefined) return undefined;
        await queue(on, tables, slot.announce(id));
        return id;
      }),

    /** Sends a post again whose sending failed or is unknown: a new row, since this is a new decision. */
    repost: ({
      postId,
      closesAt,
      rows,
      from,
    }: {
      postId: number;
      closesAt: Date | null;
      rows: NewOutboxRow[];
      from: PostState[];
    }) =>
      atomic(async (on) => {
        const changed = await on
          .update(posts)
          .set({ state: 'claimed', closesAt, problem: null })
          .where(and(eq(posts.id, postId), inArray(posts.state, from)))
          .returning({ id: posts.id });
        if (changed.length === 0) return false;
        await queue(on, tables, rows);
        return true;
      }),

    post: async (id: number): Promise<Post | undefined> => {
      const [found] = await byId(db).execute({ id });
      return found;
    },

    /** The slot of a schedule's local day; undefined when it is free. */
    postOn: async (scheduleId: number, day: string): Promise<Post | undefined> => {
      const [found] = await onDay(db).execute({ scheduleId, day });
      return found;
    },

    /** Gives slots back that were recorded as missed before their time, under a clock that was wrong. */
    releaseMissed: (scheduleId: number, after: Date) =>
      atomic(async (on) => {
        await on
          .delete(posts)
          .where(
            and(
              eq(posts.scheduleId, scheduleId),
              eq(posts.state, 'missed'),
              gt(posts.dueAt, after),
            ),
          );
      }),

    /** The newest slots of a team, with their outcome. */
    recentPosts: (teamId: string, limit: number): Promise<Post[]> =>
      Promise.resolve(
        db
          .select()
          .from(posts)
          .where(eq(posts.teamId, teamId))
          .orderBy(desc(posts.day), desc(posts.id))
          .limit(limit),
      ),

    /** Ids of the items that a team was asked, oldest first. */
    askedQuestions: async (teamId: string): Promise<string[]> => {
      const rows = await asked(db).execute({ teamId });
      return rows.flatMap((row) => (row.questionId ? [row.questionId] : []));
    },

    /** The open posts of a team on all its platforms, the last one first. */
    openPosts: (teamId: string): Promise<Post[]> => Promise.resolve(open(db).execute({ teamId })),

    /**
     * Open posts of a team, of every other team in which this person has answered before and, where
     * one is named, of all teams of a platform.
     */
    openPostsFor: ({
      teamId,
      personId,
      platform,
    }: {
      teamId: string;
      personId: string;
      platform?: PlatformName | undefined;
    }): Promise<Post[]> =>
      Promise.resolve(
        db
          .select()
          .from(posts)
          .where(
            and(
              or(
                eq(posts.teamId, teamId),
                inArray(
                  posts.teamId,
                  db
                    .select({ teamId: standings.teamId })
                    .from(standings)
                    .where(eq(standings.personId, personId)),
                ),
                platform && eq(posts.platform, platform),
              ),
              eq(posts.state, 'posted'),
              isNull(posts.closedAt),
            ),
          )
          .orderBy(desc(posts.postedAt), desc(posts.id)),
      ),

    /** Posts whose time is over. */
    postsToClose: (at: Date): Promise<Post[]> => Promise.resolve(toClose(db).execute({ at })),

    /** Closes a post once, counts its points in its week and month, and writes its recap. */
    closePost: (postId: number, at: Date, rows: NewOutboxRow[]): Promise<boolean> =>
      inTeam(teamOf(postId), async (on, pause) => {
        if (!(await closeOnce(on, tables, { postId, at, pause }))) return false;
        await queue(on, tables, rows);
        return true;
      }),

    /** A pressed button proves that a post is there although its sending was never confirmed. */
    provePosted: (proof: {
      postId: number;
      channel: string;
      message: string;
      at: Date;
      closesAt: Date;
    }) =>
      inTeam(teamOf(proof.postId), async (on, pause) => {
        const [proven] = await on
          .update(posts)
          .set({
            state: 'posted',
            message: proof.message,
            channel: proof.channel,
            postedAt: proof.at,
            closesAt: proof.closesAt,
            problem: null,
          })
          .where(and(eq(posts.id, proof.postId), inArray(posts.state, ['claimed', 'lost'])))
          .returning({ teamId: posts.teamId });
        if (!proven) return false;
        await on
          .update(outbox)
          .set({ state: 'sent', message: proof.message, problem: null })
          .where(
            and(
              eq(outbox.postId, proof.postId),
              eq(outbox.what, 'question'),
              or(eq(outbox.state, 'lost'), eq(outbox.state, 'sending'), eq(outbox.state, 'due')),
            ),
          );
        await refreshAfterPost(on, tables, { ...proven, pause });
        return true;
      }),
  };
}

export type Slot = {
  schedule: Schedule;
  day: string;
  state: PostState;
  dueAt: Date;
  /** When it closes, where that is known before it is posted. */
  closesAt?: Date | null;
  question?: Question;
  problem?: string;
};
