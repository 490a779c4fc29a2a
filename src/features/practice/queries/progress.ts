import { and, asc, desc, eq, gte, isNotNull, or, sql } from 'drizzle-orm';
import type { Memory } from '../../../core/practice/memory.ts';
import type { Connection } from '../../../store/connection.ts';
import { memoryOf } from '../../../store/queries/card-steps.ts';

/** An answer to a card; what was known of the card before is undefined for the first one. */
export type CardAnswer = { card: string; key: string; before: Memory | undefined; at: Date };

/** The first and the latest answer to a card, each 0 to 1. */
export type FirstAndLatest = { card: string; first: number; latest: number };

/** How what somebody knows has changed. */
export function progressQueries({ db, tables }: Connection) {
  const { cardSteps } = tables;

  return {
    /** The answers that somebody gave since a moment, the oldest first. */
    answersSince: async (personId: string, since: Date): Promise<CardAnswer[]> => {
      const rows = await db
        .select({
          card: cardSteps.card,
          key: cardSteps.key,
          before: cardSteps.before,
          at: cardSteps.at,
        })
        .from(cardSteps)
        .where(
          and(
            eq(cardSteps.personId, personId),
            gte(cardSteps.at, since),
            isNotNull(cardSteps.share),
          ),
        )
        .orderBy(asc(cardSteps.id));
      return rows.map((row) => ({ ...row, before: row.before ? memoryOf(row.before) : undefined }));
    },

    /** The cards that somebody answered more than once, those answered last first; a point missed in an interview is a 0. */
    answeredAgain: async (personId: string): Promise<FirstAndLatest[]> => {
      const ends = db
        .select({
          first: sql`min(${cardSteps.id})`.as('first'),
          latest: sql`max(${cardSteps.id})`.as('latest'),
        })
        .from(cardSteps)
        .where(
          and(
            eq(cardSteps.personId, personId),
            or(isNotNull(cardSteps.share), eq(cardSteps.what, 'missed')),
          ),
        )
        .groupBy(cardSteps.card)
        .having(sql`count(*) > 1`)
        .as('ends');
      const first = sql<
        number | null
      >`(select one.share from ${cardSteps} as one where one.id = ${ends.first})`.mapWith(Number);
      const rows = await db
        .select({ card: cardSteps.card, first, latest: cardSteps.share })
        .from(ends)
        .innerJoin(cardSteps, eq(cardSteps.id, ends.latest))
        .orderBy(desc(cardSteps.id));
      return rows.map((row) => ({
        card: row.card,
        first: (row.first ?? 0) / 1000,
        latest: (row.latest ?? 0) / 1000,
      }));
    },
  };
}
