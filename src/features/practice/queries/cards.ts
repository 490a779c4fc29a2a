import { and, asc, eq, gt, gte, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import type { Memory } from '../../../core/practice/memory.ts';
import { type Day, dayNumber } from '../../../core/time.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn, memoryOf } from '../../../store/queries/card-steps.ts';
import { emptyFirst } from '../../../store/queries/columns.ts';
import type { Card, CardState, CardStep } from '../../../store/schema.ts';

/** A card that is due, with what is known of its memory. */
export type DueCard = { card: string; chapter: number | null; memory: Memory | undefined };

/** What was done last to a card. */
export type LatestStep = { card: string; what: CardStep; share: number | null; at: Date };

/** The cards of people: what comes back, and when. */
export function cardQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const { cards, cardSteps } = tables;
  const steps = cardStepsOn(connection);

  const isDue = (personId: string, day: Day) =>
    and(eq(cards.personId, personId), eq(cards.state, 'active'), lte(cards.dueOn, day));

  const firstDue = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(cards)
      .where(
        and(
          eq(cards.personId, sql.placeholder('personId')),
          eq(cards.state, 'active'),
          sql`${cards.dueOn} <= ${sql.placeholder('today')}`,
        ),
      )
      // Retrievability falls with the days since the last answer in stabilities; null comes first.
      .orderBy(
        emptyFirst(sql`(${sql.placeholder('today')} - ${cards.reviewedOn}) / ${cards.stability}`),
        asc(cards.dueOn),
        asc(cards.card),
      )
      .limit(sql.placeholder('limit'))
      .prepare(),
  );

  return {
    /** Does something to a card; the same key again takes the place of what it wrote. */
    changeCard: (change: CardChange) => atomic((on) => steps.change(on, change)),

    /** Takes back what has this key, to the last digit; false when there is nothing, or the card went on since. */
    undoCardChange: (personId: string, key: string) =>
      atomic((on) => steps.undo(on, personId, key)),

    card: async (personId: string, card: string): Promise<Card | undefined> => {
      const [found] = await db
        .select()
        .from(cards)
        .where(and(eq(cards.personId, personId), eq(cards.card, card)));
      return found;
    },

    /** Those of some cards that a person has. */
    cardsNamed: async (personId: string, names: readonly string[]): Promise<Card[]> =>
      names.length === 0
        ? []
        : db
            .select()
            .from(cards)
            .where(and(eq(cards.personId, personId), inArray(cards.card, [...names]))),

    /**
     * The cards that are due, those first that were never answered, then those that are best remembered: after an
     * absence a card that is almost lost costs as much as a new one, and one that is still there is kept by an answer.
     */
    dueCards: async (personId: string, day: Day, limit: number): Promise<DueCard[]> => {
      const rows = await firstDue(db).execute({ personId, today: dayNumber(day), limit });
      return rows.map((row) => ({ card: row.card, chapter: row.chapter, memory: memoryOf(row) }));
    },

    dueCount: async (personId: string, day: Day): Promise<number> => {
      const [row] = await db
        .select({ count: sql`count(*)`.mapWith(Number) })
        .from(cards)
        .where(isDue(personId, day));
      return row?.count ?? 0;
    },

    /** The first day on which a card comes back, today or later; undefined without any. */
    nextDue: async (personId: string): Promise<Day | undefined> => {
      const [first] = await db
        .select({ dueOn: cards.dueOn })
        .from(cards)
        .where(and(eq(cards.personId, personId), eq(cards.state, 'active')))
        .orderBy(asc(cards.dueOn))
        .limit(1);
      return first?.dueOn;
    },

    /** All cards that somebody has answered, for what they would remember today: nobody remembers what was never right. */
    answeredCards: async (
      personId: string,
    ): Promise<(DueCard & { memory: Memory; wasRight: boolean })[]> => {
      const rows = await db
        .select()
        .from(cards)
        .where(and(eq(cards.personId, personId), isNotNull(cards.reviewedOn)));
      const right = await db
        .selectDistinct({ card: cardSteps.card })
        .from(cardSteps)
        .where(and(eq(cardSteps.personId, personId), gt(cardSteps.share, 0)));
      const rightCards = new Set(right.map(({ card }) => card));
      return rows.flatMap((row) => {
        const memory = memoryOf(row);
        const { card, chapter } = row;
        return memory ? [{ card, chapter, memory, wasRight: rightCards.has(card) }] : [];
      });
    },

    /** What was done last to each card of a person, answers alone. */
    latestAnswers: async (personId: string): Promise<LatestStep[]> => {
      const newest = db
        .select({ id: sql`max(${cardSteps.id})`.as('id') })
        .from(cardSteps)
        .where(and(eq(cardSteps.personId, personId), isNotNull(cardSteps.share)))
        .groupBy(cardSteps.card);
      return db
        .select({
          card: cardSteps.card,
          what: cardSteps.what,
          share: cardSteps.share,
          at: cardSteps.at,
        })
        .from(cardSteps)
        .where(inArray(cardSteps.id, newest));
    },

    /** Cards that their owner put away, for good or until they resume them. */
    cardsPutAway: async (
      personId: string,
      state?: Exclude<CardState, 'active'>,
    ): Promise<string[]> => {
      const rows = await db
        .select({ card: cards.card })
        .from(cards)
        .where(
          and(
            eq(cards.personId, personId),
            inArray(cards.state, state ? [state] : ['done', 'suspended']),
          ),
        );
      return rows.map(({ card }) => card);
    },

    /** Brings back all suspended cards of a person, as they were. */
    resumeCards: (personId: string) =>
      atomic(async (on) => {
        await on
          .update(cards)
          .set({ state: 'active' })
          .where(and(eq(cards.personId, personId), eq(cards.state, 'suspended')));
      }),

    /** How many answers of a review somebody has given since a moment. */
    reviewedSince: async (personId: string, since: Date): Promise<number> => {
      const [row] = await db
        .select({ count: sql`count(*)`.mapWith(Number) })
        .from(cardSteps)
        .where(
          and(
            eq(cardSteps.personId, personId),
            gte(cardSteps.at, since),
            sql`${cardSteps.key} like 'review %'`,
            isNotNull(cardSteps.share),
          ),
        );
      return row?.count ?? 0;
    },

    setDailyCards: (personId: string, count: number) =>
      atomic(async (on) => {
        await on
          .update(tables.people)
          .set({ dailyCards: count })
          .where(eq(tables.people.id, personId));
      }),
  };
}
