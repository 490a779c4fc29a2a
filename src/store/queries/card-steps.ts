import { and, desc, eq, sql } from 'drizzle-orm';
import { dueOn, type Memory, type Recall, remember } from '../../core/practice/memory.ts';
import { addDays, type Day } from '../../core/time.ts';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { Card, CardStep } from '../schema.ts';

/** Something that happens to a card on a day of its owner. */
export type CardChange = {
  personId: string;
  card: string;
  chapter: number | undefined;
  /** Names what it came from; a second change with the same key takes the place of the first. */
  key: string;
  what: CardStep;
  /** How right an answer was, 0 to 1. */
  share?: number;
  day: Day;
  at: Date;
};

/** Writes what happens to cards, in the transaction of whoever calls: an answer and its card share one commit. */
export function cardStepsOn({ tables }: Pick<Connection, 'tables'>) {
  const { cards, cardSteps, people } = tables;

  /** A card as it is, the step that a key wrote, and the newest step of the card. */
  const stateOf = prepared((from: Pick<Database, 'select'>) => {
    const mine = and(
      eq(cardSteps.personId, sql.placeholder('personId')),
      eq(cardSteps.card, sql.placeholder('card')),
    );
    return from
      .select({
        now: cards,
        step: cardSteps,
        newest: sql`(select max(${cardSteps.id}) from ${cardSteps} where ${mine})`.mapWith(Number),
      })
      .from(people)
      .leftJoin(cards, and(eq(cards.personId, people.id), eq(cards.card, sql.placeholder('card'))))
      .leftJoin(
        cardSteps,
        and(eq(cardSteps.personId, people.id), eq(cardSteps.key, sql.placeholder('key'))),
      )
      .where(eq(people.id, sql.placeholder('personId')))
      .prepare();
  });
  const byKey = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(cardSteps)
      .where(
        and(
          eq(cardSteps.personId, sql.placeholder('personId')),
          eq(cardSteps.key, sql.placeholder('key')),
        ),
      )
      .prepare(),
  );
  const newestOf = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: cardSteps.id })
      .from(cardSteps)
      .where(
        and(
          eq(cardSteps.personId, sql.placeholder('personId')),
          eq(cardSteps.card, sql.placeholder('card')),
        ),
      )
      .orderBy(desc(cardSteps.id))
      .limit(1)
      .prepare(),
  );
  const put = prepared((on: Database) =>
    on
      .insert(cards)
      .values({
        personId: sql.placeholder('personId'),
        card: sql.placeholder('card'),
        chapter: sql.placeholder('chapter'),
        state: sql.placeholder('state'),
        dueOn: sql.placeholder('dueOn'),
        stability: sql.placeholder('stability'),
        difficulty: sql.placeholder('difficulty'),
        reviewedOn: sql.placeholder('reviewedOn'),
      })
      .onConflictDoUpdate({
        target: [cards.personId, cards.card],
        set: {
          chapter: sql`excluded.chapter`,
          state: sql`excluded.state`,
          dueOn: sql`excluded.due_on`,
          stability: sql`excluded.stability`,
          difficulty: sql`excluded.difficulty`,
          reviewedOn: sql`excluded.reviewed_on`,
        },
      })
      .prepare(),
  );
  const addStep = prepared((on: Database) =>
    on
      .insert(cardSteps)
      .values({
        personId: sql.placeholder('personId'),
        card: sql.placeholder('card'),
        key: sql.placeholder('key'),
        what: sql.placeholder('what'),
        share: sql.placeholder('share'),
        // Past the column, which would write the word null for a card that is new.
        before: sql`${sql.placeholder('before')}`,
        at: sql.placeholder('at'),
      })
      .onConflictDoUpdate({
        target: [cardSteps.personId, cardSteps.key],
        set: { what: sql`excluded.what`, share: sql`excluded.share`, at: sql`excluded.at` },
      })
      .prepare(),
  );
  const isCard = (personId: string, card: string) =>
    and(eq(cards.personId, personId), eq(cards.card, card));

  /** Puts a card back to what it was before a step. */
  async function restore(on: Database, step: typeof cardSteps.$inferSelect): Promise<void> {
    await on.delete(cards).where(isCard(step.personId, step.card));
    if (step.before) await on.insert(cards).values(step.before);
    await on.delete(cardSteps).where(eq(cardSteps.id, step.id));
  }

  return {
    /** Takes back the step with a key; false when there is none, or when the card went on since. */
    async undo(on: Database, personId: string, key: string): Promise<boolean> {
      const [step] = await byKey(on).execute({ personId, key });
      const [newest] = step ? await newestOf(on).execute({ personId, card: step.card }) : [];
      if (!step || newest?.id !== step.id) return false;
      await restore(on, step);
      return true;
    },

    /** @returns False when the card went on since its key was written, and stays as it is. */
    async change(on: Database, change: CardChange): Promise<boolean> {
      const { personId, card, key, what, share, at } = change;
      const [found] = await stateOf(on).execute({ personId, card, key });
      const step = found?.step;
      if (step && step.id !== found.newest) return false;
      const before = (step ? step.before : found?.now) ?? undefined;
      await put(on).execute(changed(before, change));
      await addStep(on).execute({
        personId,
        card,
        key,
        what,
        at,
        share: share === undefined ? null : Math.round(share * 1000),
        before: before ? JSON.stringify(before) : null,
      });
      return true;
    },
  };
}

/** The memory in a row; undefined for a card that was never answered. */
export function memoryOf({
  stability,
  difficulty,
  reviewedOn,
}: Pick<Card, 'stability' | 'difficulty' | 'reviewedOn'>): Memory | undefined {
  return stability === null || difficulty === null || reviewedOn === null
    ? undefined
    : { stability, difficulty, reviewedOn };
}

function changed(before: Card | undefined, change: CardChange): Card {
  const { personId, card, chapter, what, day } = change;
  const same: Card = before ?? {
    personId,
    card,
    chapter: chapter ?? null,
    state: 'active',
    dueOn: day,
    stability: null,
    difficulty: null,
    reviewedOn: null,
  };
  switch (what) {
    case 'kept':
      return { ...same, state: 'active', dueOn: day };
    case 'missed':
      // What its owner is done with or put away does not come back by itself.
      return same.state === 'active' ? { ...same, dueOn: addDays(day, 1) } : same;
    case 'buried':
      return { ...same, dueOn: addDays(day, 1) };
    case 'done':
    case 'suspended':
      return { ...same, state: what };
    default:
      return { ...same, ...answered(before, what, day), chapter: chapter ?? same.chapter };
  }
}

/** An answer moves the day, and brings back no card that its owner put away. */
function answered(before: Card | undefined, recall: Recall, day: Day) {
  const memory = remember(before && memoryOf(before), recall, day);
  return { ...memory, dueOn: dueOn(memory) };
}
