import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { PlatformName } from '../../spine/request.ts';
import { type Connection, type Database, prepared } from '../connection.ts';

/** A process renews every second what it is answering; what it did not for so long, it has left. */
const LEASE_MS = 3000;

/** A delivery as it is stored before its answer is known. */
export type StoredDelivery = {
  id: string;
  platform: PlatformName;
  /** Who sent it, such as `slack:T1/U1`. */
  account: string;
  payload: unknown;
};

type Taking = { id: string; by: string; at: Date };

const gone = (at: Date) => new Date(at.getTime() - LEASE_MS);
const NOT_STORED = { platform: null, personId: null, payload: null } as const;

/** A use is noted once a day: a press should not have to wait for a write. */
const TO_THE_DAY_MS = 24 * 3_600_000;

export function deliveryQueries({ db, tables, atomic }: Connection) {
  const { accounts, deliveries, savedCommands } = tables;

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

  const finish = prepared((on: Database) =>
    on
      .update(deliveries)
      .set({ state: 'done', ...NOT_STORED })
      .where(
        and(
          eq(deliveries.id, sql.placeholder('id')),
          eq(deliveries.takenBy, sql.placeholder('by')),
        ),
      )
      .prepare(),
  );

  const known = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(eq(deliveries.id, sql.placeholder('id')))
      .prepare(),
  );

  const store = prepared((on: Database) =>
    on
      .insert(deliveries)
      .values({
        id: sql.placeholder('id'),
        state: 'taken',
        takenBy: sql.placeholder('by'),
        at: sql.placeholder('at'),
        platform: sql.placeholder('platform'),
        personId: sql`(select ${accounts.personId} from ${accounts} where ${accounts.id} = ${sql.placeholder('account')})`,
        payload: sql.placeholder('payload'),
      })
      .onConflictDoUpdate({
        target: deliveries.id,
        set: {
          platform: sql`excluded.platform`,
          personId: sql`excluded.person_id`,
          payload: sql`excluded.payload`,
        },
        setWhere: eq(deliveries.state, 'taken'),
      })
      .prepare(),
  );

  return {
    /** Whether a delivery came before, to this process or to another. */
    isKnownDelivery: async (id: string): Promise<boolean> =>
      (await known(db).execute({ id })).length > 0,

    /**
     * Who answers a delivery: `ours` when it is new, was ours or belonged to a process that is gone;
     * `known` when it is answered, or stored to be; `elsewhere` while another process answers it.
     */
    takeDelivery: ({ id, by, at }: Taking): Promise<'ours' | 'known' | 'elsewhere'> =>
      atomic(async (on) => {
        const added = await take(on).execute({ id, by, at });
        if (added.length > 0) return 'ours';
        const [found] = await on.select().from(deliveries).where(eq(deliveries.id, id));
        if (!found || found.state === 'done') return 'known';
        if (found.takenBy === by || found.at < gone(at)) {
          await on.update(deliveries).set({ takenBy: by, at }).where(eq(deliveries.id, id));
          return 'ours';
        }
        return found.payload === null ? 'elsewhere' : 'known';
      }),

    /** Says that deliveries are still being answered; one that another process has taken over stays as it is. */
    renewDeliveries: ({ ids, by, at }: Omit<Taking, 'id'> & { ids: string[] }) =>
      atomic(async (on) => {
        await on
          .update(deliveries)
          .set({ at })
          .where(
            and(
              inArray(deliveries.id, ids),
              eq(deliveries.takenBy, by),
              eq(deliveries.state, 'taken'),
            ),
          );
      }),

    /** Stores what a delivery needs to be run again; one that is answered already stays as it is. */
    storeDelivery: (delivery: Taking & StoredDelivery) =>
      atomic(async (on) => {
        await store(on).execute(delivery);
      }),

    /**
     * Its answer is stored: nothing of what was said stays here. Whoever has taken it over finishes it: only that
     * process knows whether there is an answer.
     */
    finishDelivery: (held: Pick<Taking, 'id' | 'by'>) =>
      atomic(async (on) => {
        await finish(on).execute(held);
      }),

    /** Nothing came of it, so a redelivery begins again; a stored one stays until it is finished. */
    dropDelivery: ({ id, by }: Pick<Taking, 'id' | 'by'>) =>
      atomic(async (on) => {
        await on
          .delete(deliveries)
          .where(
            and(eq(deliveries.id, id), eq(deliveries.takenBy, by), isNull(deliveries.payload)),
          );
      }),

    /** Takes over the stored deliveries whose process is gone. `reruns` of them ended theirs. */
    adoptDeliveries: ({ platform, by, at }: Omit<Taking, 'id'> & { platform: PlatformName }) =>
      atomic((on) =>
        on
          .update(deliveries)
          .set({ takenBy: by, at })
          .where(and(eq(deliveries.platform, platform), lt(deliveries.at, gone(at))))
          .returning({
            id: deliveries.id,
            payload: deliveries.payload,
            reruns: deliveries.reruns,
          }),
      ),

    /**
     * Counts the run that begins now, for as long as it goes on: what stays counted ended its process. The count is
     * given, so that it is the same when a lost commit is repeated.
     *
     * @returns False for a delivery that another process has taken over.
     */
    beginRerun: ({ id, by, at, reruns }: Taking & { reruns: number }) =>
      atomic(async (on) => {
        const held = await on
          .update(deliveries)
          .set({ reruns, at })
          .where(
            and(eq(deliveries.id, id), eq(deliveries.takenBy, by), eq(deliveries.state, 'taken')),
          )
          .returning({ id: deliveries.id });
        return held.length > 0;
      }),

    /** The process outlived the run, whoever has the delivery by now. */
    endRerun: (id: string) =>
      atomic(async (on) => {
        await on
          .update(deliveries)
          .set({ reruns: sql`${deliveries.reruns} - 1` })
          .where(eq(deliveries.id, id));
      }),

    /** When the next stored delivery of a platform may be taken over; undefined without any. */
    nextAdoption: async (platform: PlatformName): Promise<Date | undefined> => {
      const [first] = await db
        .select({ at: deliveries.at })
        .from(deliveries)
        .where(eq(deliveries.platform, platform))
        .orderBy(asc(deliveries.at))
        .limit(1);
      return first && new Date(first.at.getTime() + LEASE_MS + 1);
    },

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
      if (found && found.usedAt.getTime() < at.getTime() - TO_THE_DAY_MS)
        await atomic(async (on) => {
          await on.update(savedCommands).set({ usedAt: at }).where(eq(savedCommands.hash, hash));
        });
      return found?.run;
    },
  };
}
