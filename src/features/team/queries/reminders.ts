import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  gte,
  isNotNull,
  isNull,
  lte,
  not,
  sql,
} from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { NewOutboxRow, Post, Reminder } from '../../../store/schema.ts';

/** Direct messages that people asked for; one row a person, so that two can't both come. */
export function reminderQueries({ db, tables, atomic }: Connection) {
  const { aids, attempts, cardSteps, outbox, posts, reminders, freeTextAnswers } = tables;
  const due = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(reminders)
      .where(
        and(
          isNotNull(reminders.nextDueAt),
          lte(reminders.nextDueAt, given('at', reminders.nextDueAt)),
        ),
      )
      .orderBy(asc(reminders.nextDueAt), asc(reminders.personId))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
  const isOf = (personId: string) => eq(reminders.personId, personId);

  /** One that waits for a busy platform was written for other hours or another zone, or is no longer wanted. */
  const dropWaiting = (on: Database, personId: string) =>
    on
      .update(outbox)
      .set({ state: 'dropped' })
      .where(
        and(eq(outbox.personId, personId), eq(outbox.what, 'reminder'), eq(outbox.state, 'due')),
      );

  return {
    /** Undefined when somebody never asked for reminders. */
    reminderOf: async (personId: string): Promise<Reminder | undefined> => {
      const [found] = await db.select().from(reminders).where(isOf(personId));
      return found;
    },

    /** Turns reminders on, or changes them; when the last one came is kept. */
    setReminder: (reminder: Omit<Reminder, 'lastAt'>) =>
      atomic(async (on) => {
        await dropWaiting(on, reminder.personId);
        await on
          .insert(reminders)
          .values(reminder)
          .onConflictDoUpdate({ target: reminders.personId, set: reminder });
      }),

    turnOffReminder: (personId: string) =>
      atomic(async (on) => {
        await on.update(reminders).set({ nextDueAt: null }).where(isOf(personId));
        await dropWaiting(on, personId);
      }),

    /** Notes when one arrived, which may be long after it was written. */
    reminderCame: (personId: string, at: Date) =>
      atomic(async (on) => {
        await on.update(reminders).set({ lastAt: at }).where(isOf(personId));
      }),

    /** The longest due first. */
    dueReminders: (at: Date, limit: number): Promise<Reminder[]> =>
      Promise.resolve(due(db).execute({ at, limit })),

    /** The open questions of a team that a person neither answered nor had shown the solution of, the last one first. */
    openFor: (teamId: string, personId: string): Promise<Post[]> => {
      const by = (table: typeof attempts | typeof freeTextAnswers) =>
        db
          .select({ postId: table.postId })
          .from(table)
          .where(and(eq(table.postId, posts.id), eq(table.personId, personId)));
      const revealed = db
        .select({ postId: aids.postId })
        .from(aids)
        .where(
          and(eq(aids.postId, posts.id), eq(aids.personId, personId), eq(aids.kind, 'reveal')),
        );
      return Promise.resolve(
        db
          .select()
          .from(posts)
          .where(
            and(
              eq(posts.teamId, teamId),
              eq(posts.state, 'posted'),
              isNull(posts.closedAt),
              not(exists(by(attempts))),
              not(exists(by(freeTextAnswers))),
              not(exists(revealed)),
            ),
          )
          .orderBy(desc(posts.postedAt), desc(posts.id)),
      );
    },

    /** Reminders that came since somebody last answered anything. */
    unusedReminders: async (personId: string): Promise<number> => {
      const answeredSince = (table: typeof attempts | typeof freeTextAnswers | typeof cardSteps) =>
        exists(
          db
            .select({ at: table.at })
            .from(table)
            .where(and(eq(table.personId, personId), gte(table.at, outbox.at))),
        );
      const [row] = await db
        .select({ count: count() })
        .from(outbox)
        .where(
          and(
            eq(outbox.personId, personId),
            eq(outbox.what, 'reminder'),
            eq(outbox.state, 'sent'),
            not(answeredSince(attempts)),
            not(answeredSince(freeTextAnswers)),
            not(answeredSince(cardSteps)),
          ),
        );
      return row?.count ?? 0;
    },

    /**
     * Notes when a reminder falls due next and, with a message, that it came; nothing when somebody else did or it was
     * changed meanwhile.
     */
    planReminder: (
      { personId, nextDueAt }: Reminder,
      next: { nextDueAt: Date | null; lastAt?: Date },
      rows: NewOutboxRow[] = [],
    ): Promise<void> =>
      atomic(async (on) => {
        if (!nextDueAt) return;
        const changed = await on
          .update(reminders)
          .set(next)
          .where(and(isOf(personId), eq(reminders.nextDueAt, nextDueAt)))
          .returning({ personId: reminders.personId });
        if (changed.length > 0) await queue(on, tables, rows);
      }),
  };
}
