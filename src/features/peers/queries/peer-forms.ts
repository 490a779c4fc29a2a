import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Connection } from '../../../store/connection.ts';
import type { PeerForm } from '../../../store/schema.ts';

export function peerFormQueries({ db, tables, atomic }: Connection) {
  const { peerForms, peerSessions } = tables;

  return {
    /**
     * Takes a form in place of an earlier one, until the feedback opens; later only from whoever has sent none. The first
     * sets when the feedback opens without the other. Returns all that are there.
     */
    sendPeerForm: (
      form: PeerForm,
      opensAt: Date,
    ): Promise<{ forms: PeerForm[]; isTaken: boolean }> =>
      atomic(async (on) => {
        const all = () =>
          on
            .select()
            .from(peerForms)
            .where(eq(peerForms.sessionId, form.sessionId))
            .orderBy(asc(peerForms.personId));
        const before = await all();
        const [closed] = await on
          .select()
          .from(peerSessions)
          .where(and(eq(peerSessions.id, form.sessionId), eq(peerSessions.state, 'ended')));
        const isOpened = before.length === 2 || closed !== undefined;
        if (isOpened && before.some(({ personId }) => personId === form.personId))
          return { forms: before, isTaken: false };
        const { overall, well, better, at } = form;
        await on
          .insert(peerForms)
          .values(form)
          .onConflictDoUpdate({
            target: [peerForms.sessionId, peerForms.personId],
            set: { overall, well, better, at },
          });
        await on
          .update(peerSessions)
          .set({ dueAt: opensAt })
          .where(and(eq(peerSessions.id, form.sessionId), isNull(peerSessions.dueAt)));
        return { forms: await all(), isTaken: true };
      }),

    /** What somebody has written about a session so far. */
    peerFormOf: async (sessionId: number, personId: string): Promise<PeerForm | undefined> => {
      const [found] = await db
        .select()
        .from(peerForms)
        .where(and(eq(peerForms.sessionId, sessionId), eq(peerForms.personId, personId)));
      return found;
    },
  };
}
