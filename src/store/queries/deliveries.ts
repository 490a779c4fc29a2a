import { and, eq, lt, ne, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../connection.ts';

/** A delivery that another process took and never finished is free again after this. */
const ABANDONED_MS = 10_000;

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

    /** Forgets deliveries that no platform repeats any more. */
    sweepDeliveries: (before: Date) =>
      atomic(async (on) => {
        await on.delete(deliveries).where(lt(deliveries.at, before));
      }),

    /** Keeps a command that is too long for a button. */
    saveCommand: (hash: string, run: string) =>
      atomic(async (on) => {
        await on.insert(savedCommands).values({ hash, run }).onConflictDoNothing();
      }),

    savedCommand: async (hash: string): Promise<string | undefined> => {
      const [found] = await db.select().from(savedCommands).where(eq(savedCommands.hash, hash));
      return found?.run;
    },
  };
}
