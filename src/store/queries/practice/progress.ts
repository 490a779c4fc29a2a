import { and, asc, eq, gte, isNotNull } from 'drizzle-orm';
import type { Memory } from '../../../core/practice/memory.ts';
import type { Connection } from '../../connection.ts';
import { memoryOf } from './card-steps.ts';

/** An answer to a card; what was known of the card before is undefined for the first one. */
export type CardAnswer = { card: string; before: Memory | undefined; at: Date };

/** The first and the latest answer to a card, each 0 to 1. */
export type FirstAndLatest = { card: string; first: number; latest: number };

/** How what somebody knows has changed. */
export function progressQueries({ db, tables }: Connection) {
  const { cardSteps } = tables;

  return {
    /** The answers that somebody gave since a moment, the oldest first. */
    answersSince: async (personId: string, since: Date): Promise<CardAnswer[]> => {
      const rows = await db
        .select({ card: cardSteps.card, before: cardSteps.before, at: cardSteps.at })
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

    /** The cards that somebody answered more than once, those answered last first. */
    answeredAgain: async (personId: string): Promise<FirstAndLatest[]> => {
      const rows = await db
        .select({ card: cardSteps.card, share: cardSteps.share })
        .from(cardSteps)
        .where(and(eq(cardSteps.personId, personId), isNotNull(cardSteps.share)))
        .orderBy(asc(cardSteps.id));
      const firsts = new Map<string, number>();
      const again = new Map<string, FirstAndLatest>();
      for (const { card, share } of rows) {
        const latest = (share ?? 0) / 1000;
        const first = firsts.get(card);
        if (first === undefined) firsts.set(card, latest);
        else {
          // Put last, since it was answered last.
          again.delete(card);
          again.set(card, { card, first, latest });
        }
      }
      return [...again.values()].reverse();
    },
  };
}
