import { and, desc, eq, isNull } from 'drizzle-orm';
import {
  firstState,
  isOver,
  type PracticeSettings,
  type PracticeState,
  stepOf,
} from '../../../core/practice/session.ts';
import type { Connection } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import type { Practice } from '../../../store/schema.ts';

/** Quizzes and reviews: each goes on where it stands, after days and restarts. */
export function practiceQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const { practices } = tables;
  const steps = cardStepsOn(connection);

  return {
    /** Begins a practice; an open one of the same kind ends with it. */
    startPractice: (practice: {
      personId: string;
      teamId: string;
      settings: PracticeSettings;
      cards: readonly string[];
      at: Date;
    }): Promise<Practice> =>
      atomic(async (on) => {
        const { personId, teamId, settings, cards, at } = practice;
        const open = await on
          .select({ id: practices.id, settings: practices.settings })
          .from(practices)
          .where(and(eq(practices.personId, personId), isNull(practices.endedAt)));
        for (const { id, settings: before } of open)
          if (before.kind === settings.kind)
            await on.update(practices).set({ endedAt: at }).where(eq(practices.id, id));
        const [added] = await on
          .insert(practices)
          .values({
            personId,
            teamId,
            settings,
            state: firstState(cards),
            startedAt: at,
            touchedAt: at,
          })
          .returning();
        if (!added) throw new Error('The practice was not stored');
        return added;
      }),

    practice: async (id: number): Promise<Practice | undefined> => {
      const [found] = await db.select().from(practices).where(eq(practices.id, id));
      return found;
    },

    /** The newest practice of a kind that is not over. */
    openPractice: async (
      personId: string,
      kind: PracticeSettings['kind'],
    ): Promise<Practice | undefined> => {
      const open = await db
        .select()
        .from(practices)
        .where(and(eq(practices.personId, personId), isNull(practices.endedAt)))
        .orderBy(desc(practices.id));
      return open.find(({ settings }) => settings.kind === kind);
    },

    /**
     * Moves a practice on, with what that does to the card in hand, in one commit.
     *
     * @param from The step from which it moves; false when it has moved on already, as for a second press.
     */
    movePractice: (move: {
      id: number;
      from: { step: number; tried: number; hints: number };
      state: PracticeState;
      change?: CardChange | undefined;
      at: Date;
    }): Promise<boolean> =>
      atomic(async (on) => {
        const { id, from, state, change, at } = move;
        const [found] = await on.select().from(practices).where(eq(practices.id, id));
        if (!found || found.endedAt) return false;
        const isThere =
          stepOf(found.state) === from.step &&
          found.state.tried.length === from.tried &&
          found.state.hints === from.hints;
        if (!isThere) return false;
        await on
          .update(practices)
          .set({ state, touchedAt: at, ...(isOver(state) ? { endedAt: at } : {}) })
          .where(eq(practices.id, id));
        if (change) await steps.change(on, change);
        return true;
      }),

    /** Changes what came of a step that is behind, such as by marks of one's own. */
    reviseStep: (revision: { id: number; state: PracticeState; change: CardChange; at: Date }) =>
      atomic(async (on) => {
        const { id, state, change, at } = revision;
        await on.update(practices).set({ state, touchedAt: at }).where(eq(practices.id, id));
        await steps.change(on, change);
      }),

    /** Puts a practice back before a step, and its card to what it was before the answer. */
    undoStep: (undo: {
      id: number;
      personId: string;
      key: string;
      state: PracticeState;
      at: Date;
    }) =>
      atomic(async (on) => {
        const { id, personId, key, state, at } = undo;
        await steps.undo(on, personId, key);
        await on
          .update(practices)
          .set({ state, touchedAt: at, endedAt: null })
          .where(eq(practices.id, id));
      }),

    endPractice: (id: number, at: Date) =>
      atomic(async (on) => {
        await on
          .update(practices)
          .set({ endedAt: at })
          .where(and(eq(practices.id, id), isNull(practices.endedAt)));
      }),
  };
}
