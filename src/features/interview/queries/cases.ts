import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Drawn } from '../../../core/cases/draw.ts';
import type { CaseEvent } from '../../../core/cases/play.ts';
import type { Connection } from '../../../store/connection.ts';
import type { CasePlay } from '../../../store/schema.ts';

/** Cases that people play: each goes on where it stands, after days and restarts. */
export function caseQueries({ db, tables, atomic }: Connection) {
  const { cases } = tables;
  const openOf = (personId: string) => and(eq(cases.personId, personId), isNull(cases.endedAt));

  return {
    /** Begins a case; an open one ends with it, unless it's the same one and nothing happened in it yet. */
    startCase: (play: {
      personId: string;
      teamId: string;
      caseId: string;
      drawn: Drawn;
      at: Date;
    }): Promise<CasePlay> =>
      atomic(async (on) => {
        const { at, ...row } = play;
        const [open] = await on
          .select()
          .from(cases)
          .where(openOf(play.personId))
          .orderBy(desc(cases.id));
        if (open?.caseId === play.caseId && open.count === 0) return open;
        await on.update(cases).set({ endedAt: at }).where(openOf(play.personId));
        const [added] = await on
          .insert(cases)
          .values({ ...row, events: [], count: 0, startedAt: at, touchedAt: at })
          .returning();
        if (!added) throw new Error('The case was not stored');
        return added;
      }),

    casePlay: async (id: number): Promise<CasePlay | undefined> => {
      const [found] = await db.select().from(cases).where(eq(cases.id, id));
      return found;
    },

    openCaseOf: async (personId: string): Promise<CasePlay | undefined> => {
      const [found] = await db
        .select()
        .from(cases)
        .where(openOf(personId))
        .orderBy(desc(cases.id))
        .limit(1);
      return found;
    },

    /** Adds what happened behind all that was seen; false when something else has happened since. */
    addCaseEvent: (step: {
      play: CasePlay;
      event: CaseEvent;
      isLast: boolean;
      at: Date;
    }): Promise<boolean> =>
      atomic(async (on) => {
        const { play, event, isLast, at } = step;
        const moved = await on
          .update(cases)
          .set({
            events: [...play.events, event],
            count: play.count + 1,
            touchedAt: at,
            ...(isLast ? { endedAt: at } : {}),
          })
          .where(and(eq(cases.id, play.id), eq(cases.count, play.count), isNull(cases.endedAt)))
          .returning({ id: cases.id });
        return moved.length === 1;
      }),
  };
}
