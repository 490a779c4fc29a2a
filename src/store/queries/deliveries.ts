import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../connection.ts';

/** A delivery that another process took and never finished is free again after this. */
const ABANDONED_MS = 10_000;

/** A use is noted once a day: a press should not have to wait for a write. */
const TO_THE_DAY_MS = 24 * 3_600_000;

export function deliveryQueries({ db, tables, atomic }: Connection) {
  const { deliveries, savedCommands } = tables;

  const take = prepared((on: Database) =>
    on
      .insert(deliveries)
      .values({
        id: sql.placeholder('id'),
        state: 'taken',
        takenBy: sql.placeholder('by'),
        at: sql.placeholder('at'),
      })
      .onConflictDoNothing()
      .returning({ id: deliveries.id })
      .prepare(),
  );

  return {
    /**
     * True when this delivery is ours to answer: it is new, or the process that took it is gone.
     * A redelivery of one that is answered, or being answered, is not.
     */
    takeDelivery: ({ id, by, at }: { id: string; by: string; at: Date }): Promise<boolean> =>
      atomic(async (on) => {
        const added = await take(on).execute({ id, by, at });
        if (added.length > 0) return true;
        const adopted = await on
          .update(deliveries)
          .set({ takenBy: by, at })
          .where(
            and(
              eq(deliveries.id, id),
              eq(deliveries.state, 'taken'),
              ne(deliveries.takenBy, by),
              lt(deliveries.at, new Date(at.getTime() - ABANDONED_MS)),
            ),
          )
          .returning({ id: deliveries.id });
        return adopted.length > 0;
      }),

    finishDelivery: (id: string) =>
      atomic(async (on) => {
        await on.update(deliveries).set({ state: 'done' }).where(eq(deliveries.id, id));
      }),

    /** Keeps a command that is too long for a button, and notes that its button is shown. */
    saveCommand: (hash: string, run: string, at: Date) =>
      atomic(async (on) => {
        await on
          .insert(savedCommands)
          .values({ hash, run, usedAt: at })
          .onConflictDoUpdate({ target: savedCommands.hash, set: { usedAt: at } });
      }),

    /** A kept command, whose button is pressed; it is kept longer for that. */
    savedCommand: async (hash: string, at: Date): Promise<string | undefined> => {
      const [found] = await db.select().from(savedCommands).where(eq(savedCommands.hash, hash));
      if (found && (found.usedAt?.getTime() ?? 0) < at.getTime() - TO_THE_DAY_MS)
        await atomic(async (on) => {
          await on.update(savedCommands).set({ usedAt: at }).where(eq(savedCommands.hash, hash));
        });
      return found?.run;
    },
  };
}
