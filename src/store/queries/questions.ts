import { and, asc, count, eq, inArray, isNotNull, isNull, ne, notInArray, sql } from 'drizzle-orm';
import type { OverlayRow } from '../../core/questions/overlay.ts';
import type { Question } from '../../core/questions/schema.ts';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { NewOutboxRow, OwnQuestion } from '../schema.ts';
import { queue } from './queue.ts';

/** A team as a copy of its catalog needs it. */
export type TeamState = { id: string; overlayChange: number };

/** What saving did with each item. */
export type Saved = { added: string[]; changed: string[]; unchanged: string[] };

/** Items that a team is about to have, and how many it may. */
type Room = { teamId: string; questionIds: readonly string[]; most: number };

export function questionQueries({ db, tables, atomic, erase }: Connection) {
  const { teams, workspaces, ownQuestions, suggestions, unranked, posts } = tables;
  const { liveRounds, liveQuestions } = tables;

  const changeOf = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: teams.id, overlayChange: teams.overlayChange })
      .from(teams)
      .where(eq(teams.id, sql.placeholder('teamId')))
      .prepare(),
  );

  async function changed(on: Database, teamId: string): Promise<void> {
    await on
      .update(teams)
      .set({ overlayChange: sql`${teams.overlayChange} + 1` })
      .where(eq(teams.id, teamId));
  }

  async function noteUnranked(
    on: Database,
    questionIds: readonly string[],
    people: readonly string[],
  ): Promise<void> {
    const rows = questionIds.flatMap((questionId) =>
      people.map((personId) => ({ questionId, personId })),
    );
    for (const row of rows) await on.insert(unranked).values(row).onConflictDoNothing();
  }

  async function putOwn(
    on: Database,
    row: { teamId: string; question: Question; authorId: string | null; at: Date },
  ): Promise<void> {
    const { teamId, question, authorId, at } = row;
    const change = { question, state: 'active', changedAt: at } as const;
    await on
      .insert(ownQuestions)
      .values({ teamId, questionId: question.id, authorId, ...change })
      .onConflictDoUpdate({ target: [ownQuestions.teamId, ownQuestions.questionId], set: change });
  }

  /** False when a team would have more than `most` items with these; only what is new counts. */
  async function hasRoom(
    on: Pick<Database, 'select'>,
    { teamId, questionIds, most }: Room,
  ): Promise<boolean> {
    const here = eq(ownQuestions.teamId, teamId);
    const [all] = await on.select({ count: count() }).from(ownQuestions).where(here);
    const [same] = await on
      .select({ count: count() })
      .from(ownQuestions)
      .where(and(here, inArray(ownQuestions.questionId, [...questionIds])));
    const added = questionIds.length - (same?.count ?? 0);
    return added === 0 || (all?.count ?? 0) + added <= most;
  }

  return {
    /** Items that any team is asked now or is about to be: in posts that are not closed, and in live rounds that go on. */
    questionsAskedNow: async (): Promise<string[]> => {
      const posted = await db
        .selectDistinct({ id: posts.questionId })
        .from(posts)
        .where(and(isNull(posts.closedAt), notInArray(posts.state, ['missed', 'withdrawn'])));
      const live = await db
        .selectDistinct({ id: liveQuestions.questionId })
        .from(liveQuestions)
        .innerJoin(liveRounds, eq(liveRounds.id, liveQuestions.roundId))
        .where(isNull(liveRounds.endedAt));
      return [...posted, ...live].flatMap(({ id }) => (id === null ? [] : [id]));
    },

    /** How often a team's own questions changed; one look-up by key. */
    teamState: async (teamId: string): Promise<TeamState | undefined> => {
      const [found] = await changeOf(db).execute({ teamId });
      return found;
    },

    /** The same by workspace, without meeting anybody. */
    teamStateOf: async (workspace: string): Promise<TeamState | undefined> => {
      const [found] = await db
        .select({ id: teams.id, overlayChange: teams.overlayChange })
        .from(workspaces)
        .innerJoin(teams, eq(teams.id, workspaces.teamId))
        .where(eq(workspaces.id, workspace));
      return found;
    },

    /** Everything that a team puts over the bank. */
    overlayOf: (teamId: string): Promise<OverlayRow[]> =>
      Promise.resolve(
        db
          .select({
            questionId: ownQuestions.questionId,
            question: ownQuestions.question,
            state: ownQuestions.state,
          })
          .from(ownQuestions)
          .where(eq(ownQuestions.teamId, teamId))
          .orderBy(asc(ownQuestions.questionId)),
      ),

    ownQuestion: async (teamId: string, questionId: string): Promise<OwnQuestion | undefined> => {
      const [found] = await db
        .select()
        .from(ownQuestions)
        .where(and(eq(ownQuestions.teamId, teamId), eq(ownQuestions.questionId, questionId)));
      return found;
    },

    /** False when a team would have more items than it may; only what is new counts. */
    hasRoomFor: (room: Room): Promise<boolean> => hasRoom(db, room),

    /**
     * Puts items into a team's bank, all or none. Whoever saves them knows the answers.
     *
     * @param revise What becomes of an item beside the one that is there; undefined for no change.
     * @param most Items that a team may have; undefined is returned when there would be more.
     */
    saveQuestions: ({
      teamId,
      questions,
      personId,
      at,
      revise,
      most,
    }: {
      teamId: string;
      questions: readonly Question[];
      personId: string;
      at: Date;
      revise(question: Question, known: Question | undefined): Question | undefined;
      most: number;
    }): Promise<Saved | undefined> =>
      atomic(async (on) => {
        const ids = questions.map(({ id }) => id);
        const rows = await on
          .select()
          .from(ownQuestions)
          .where(and(eq(ownQuestions.teamId, teamId), inArray(ownQuestions.questionId, ids)));
        const known = new Map(rows.map((row) => [row.questionId, row.question ?? undefined]));
        const saved: Saved = { added: [], changed: [], unchanged: [] };
        const put: Question[] = [];
        for (const question of questions) {
          const before = known.get(question.id);
          const after = revise(question, before);
          if (after) put.push(after);
          (!after ? saved.unchanged : before ? saved.changed : saved.added).push(question.id);
        }
        const questionIds = put.map(({ id }) => id);
        if (!(await hasRoom(on, { teamId, questionIds, most }))) return undefined;
        for (const question of put) await putOwn(on, { teamId, question, authorId: personId, at });
        await noteUnranked(on, questionIds, [personId]);
        if (put.length > 0) await changed(on, teamId);
        return saved;
      }),

    /** Switches an item of the team's bank off or on; false when it was so already. */
    switchQuestion: ({
      teamId,
      questionId,
      isOn,
      at,
    }: {
      teamId: string;
      questionId: string;
      isOn: boolean;
      at: Date;
    }): Promise<boolean> =>
      atomic(async (on) => {
        const here = and(eq(ownQuestions.teamId, teamId), eq(ownQuestions.questionId, questionId));
        const [row] = await on.select().from(ownQuestions).where(here);
        const state = isOn ? 'active' : 'disabled';
        if ((row?.state ?? 'active') === state) return false;
        // A shipped item without a text of the team's own is on again when its row is gone.
        if (row && isOn && !row.question) await on.delete(ownQuestions).where(here);
        else if (row) await on.update(ownQuestions).set({ state, changedAt: at }).where(here);
        else await on.insert(ownQuestions).values({ teamId, questionId, state, changedAt: at });
        await changed(on, teamId);
        return true;
      }),

    /** Takes the team's own text of a shipped item away; false when there is none. */
    resetQuestion: (teamId: string, questionId: string): Promise<boolean> =>
      erase(async (on) => {
        const gone = await on
          .delete(ownQuestions)
          .where(
            and(
              eq(ownQuestions.teamId, teamId),
              eq(ownQuestions.questionId, questionId),
              isNotNull(ownQuestions.question),
            ),
          )
          .returning({ id: ownQuestions.questionId });
        if (gone.length === 0) return false;
        await changed(on, teamId);
        return true;
      }),

    /**
     * Puts what somebody suggested into the team's bank, once; its author and approver know it.
     * False when it was decided or changed since `seenAt`.
     */
    approve: ({
      suggestionId,
      seenAt,
      question,
      approverId,
      at,
      rows,
    }: {
      suggestionId: number;
      seenAt: Date;
      question: Question;
      approverId: string;
      at: Date;
      rows: NewOutboxRow[];
    }): Promise<boolean> =>
      atomic(async (on) => {
        const [taken] = await on
          .delete(suggestions)
          .where(
            and(
              eq(suggestions.id, suggestionId),
              eq(suggestions.changedAt, seenAt),
              ne(suggestions.state, 'declined'),
            ),
          )
          .returning();
        if (!taken) return false;
        const { teamId, authorId } = taken;
        await putOwn(on, { teamId, question, authorId, at });
        await noteUnranked(on, [question.id], [authorId, approverId]);
        await changed(on, teamId);
        await queue(on, tables, rows);
        return true;
      }),

    /** These people saw the answer before it was asked: they do not compete on it. */
    markUnranked: (questionIds: readonly string[], personId: string) =>
      atomic((on) => noteUnranked(on, questionIds, [personId])),

    isUnranked: async (questionId: string, personId: string): Promise<boolean> => {
      const rows = await db
        .select()
        .from(unranked)
        .where(and(eq(unranked.questionId, questionId), eq(unranked.personId, personId)));
      return rows.length > 0;
    },
  };
}
