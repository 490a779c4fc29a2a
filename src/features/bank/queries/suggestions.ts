import { and, asc, count, desc, eq, gt, ne } from 'drizzle-orm';
import type { Connection } from '../../../store/connection.ts';
import { queue } from '../../../store/queries/queue.ts';
import type {
  NewOutboxRow,
  NewReport,
  NewSuggestion,
  Report,
  Suggestion,
} from '../../../store/schema.ts';

/** A suggestion with the name of whoever wrote it. */
export type NamedSuggestion = Suggestion & { author: string };

/** A report with the name of whoever sent it. */
export type NamedReport = Report & { person: string };

const DAY_MS = 86_400_000;

export function suggestionQueries({ db, tables, atomic, erase }: Connection) {
  const { suggestions, reports, people, unranked } = tables;

  return {
    /**
     * Keeps what somebody writes, as a draft or for the staff to decide; again for the same item
     * changes it. Undefined when this person has too many waiting already.
     */
    saveSuggestion: (
      suggestion: NewSuggestion,
      { most, announce }: { most: number; announce(id: number): NewOutboxRow[] },
    ): Promise<Suggestion | undefined> =>
      atomic(async (on) => {
        const { teamId, authorId, questionId, draft, state, platform, changedAt } = suggestion;
        const change = { draft, state, platform, changedAt, reason: null };
        const mine = await on
          .select({ questionId: suggestions.questionId })
          .from(suggestions)
          .where(and(eq(suggestions.teamId, teamId), eq(suggestions.authorId, authorId)));
        const isNew = mine.every((each) => each.questionId !== questionId);
        if (isNew && mine.length >= most) return undefined;
        const [saved] = await on
          .insert(suggestions)
          .values({ teamId, authorId, questionId, ...change })
          .onConflictDoUpdate({
            target: [suggestions.teamId, suggestions.questionId, suggestions.authorId],
            set: change,
          })
          .returning();
        if (!saved) return undefined;
        await on.insert(unranked).values({ questionId, personId: authorId }).onConflictDoNothing();
        await queue(on, tables, announce(saved.id));
        return saved;
      }),

    suggestion: async (id: number): Promise<NamedSuggestion | undefined> => {
      const [found] = await db
        .select({ suggestion: suggestions, author: people.name })
        .from(suggestions)
        .innerJoin(people, eq(people.id, suggestions.authorId))
        .where(eq(suggestions.id, id));
      return found && { ...found.suggestion, author: found.author };
    },

    /** What one person has written in a team and nobody is asked yet, newest first. */
    suggestionsBy: (teamId: string, authorId: string): Promise<Suggestion[]> =>
      Promise.resolve(
        db
          .select()
          .from(suggestions)
          .where(and(eq(suggestions.teamId, teamId), eq(suggestions.authorId, authorId)))
          .orderBy(desc(suggestions.changedAt), desc(suggestions.id)),
      ),

    /** What waits for the staff's decision, oldest first. */
    waitingSuggestions: async (teamId: string): Promise<NamedSuggestion[]> => {
      const rows = await db
        .select({ suggestion: suggestions, author: people.name })
        .from(suggestions)
        .innerJoin(people, eq(people.id, suggestions.authorId))
        .where(and(eq(suggestions.teamId, teamId), eq(suggestions.state, 'suggested')))
        .orderBy(asc(suggestions.changedAt), asc(suggestions.id));
      return rows.map(({ suggestion, author }) => ({ ...suggestion, author }));
    },

    /** Declines what waits, once; the reason goes to its author. */
    declineSuggestion: ({
      id,
      reason,
      at,
      rows,
    }: {
      id: number;
      reason: string;
      at: Date;
      rows: NewOutboxRow[];
    }): Promise<boolean> =>
      atomic(async (on) => {
        const declined = await on
          .update(suggestions)
          .set({ state: 'declined', reason, changedAt: at })
          .where(and(eq(suggestions.id, id), eq(suggestions.state, 'suggested')))
          .returning({ id: suggestions.id });
        if (declined.length === 0) return false;
        await queue(on, tables, rows);
        return true;
      }),

    /** Changes the words of what waits; false when it is decided meanwhile. */
    redraftSuggestion: (id: number, draft: Suggestion['draft'], at: Date): Promise<boolean> =>
      erase(async (on) => {
        const redrafted = await on
          .update(suggestions)
          .set({ draft, changedAt: at })
          .where(and(eq(suggestions.id, id), ne(suggestions.state, 'declined')))
          .returning({ id: suggestions.id });
        return redrafted.length === 1;
      }),

    /** Throws away what its author does not want any more. */
    dropSuggestion: (id: number, authorId: string): Promise<boolean> =>
      erase(async (on) => {
        const gone = await on
          .delete(suggestions)
          .where(and(eq(suggestions.id, id), eq(suggestions.authorId, authorId)))
          .returning({ id: suggestions.id });
        return gone.length === 1;
      }),

    /** Keeps a report once; `full` when this person has sent too many today. */
    addReport: (
      report: NewReport,
      { most, announce }: { most: number; announce(id: number): NewOutboxRow[] },
    ): Promise<'added' | 'known' | 'full'> =>
      atomic(async (on) => {
        const since = new Date(report.at.getTime() - DAY_MS);
        const [sent] = await on
          .select({ count: count() })
          .from(reports)
          .where(and(eq(reports.personId, report.personId), gt(reports.at, since)));
        if ((sent?.count ?? 0) >= most) return 'full';
        const [added] = await on
          .insert(reports)
          .values(report)
          .onConflictDoNothing()
          .returning({ id: reports.id });
        if (!added) return 'known';
        await queue(on, tables, announce(added.id));
        return 'added';
      }),

    report: async (id: number): Promise<Report | undefined> => {
      const [found] = await db.select().from(reports).where(eq(reports.id, id));
      return found;
    },

    /** Reports that nobody has dealt with, oldest first. */
    openReports: async (teamId: string): Promise<NamedReport[]> => {
      const rows = await db
        .select({ report: reports, person: people.name })
        .from(reports)
        .innerJoin(people, eq(people.id, reports.personId))
        .where(and(eq(reports.teamId, teamId), eq(reports.state, 'open')))
        .orderBy(asc(reports.id));
      return rows.map(({ report, person }) => ({ ...report, person }));
    },

    /** Closes a report once and thanks whoever sent it. */
    closeReport: (id: number, rows: NewOutboxRow[]): Promise<boolean> =>
      atomic(async (on) => {
        const closed = await on
          .update(reports)
          .set({ state: 'closed' })
          .where(and(eq(reports.id, id), eq(reports.state, 'open')))
          .returning({ id: reports.id });
        if (closed.length === 0) return false;
        await queue(on, tables, rows);
        return true;
      }),
  };
}
