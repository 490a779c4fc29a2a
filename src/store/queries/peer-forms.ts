import { and, asc, eq, lt } from 'drizzle-orm';
import type { Connection } from '../connection.ts';
import type { PeerForm, PeerSession } from '../schema.ts';

export function peerFormQueries({ db, tables, atomic }: Connection) {
  const { peerForms, peerSessions } = tables;

  return {
    /**
     * Takes a form in place of an earlier one, until the feedback opens; later only from whoever has sent none. Returns
     * all that are there.
     */
    sendPeerForm: (form: PeerForm): Promise<{ forms: PeerForm[]; isTaken: boolean }> =>
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

    /** Sessions whose feedback is not open, although one of the two wrote theirs before an instant. */
    feedbackWaiting: async (before: Date): Promise<PeerSession[]> => {
      const rows = await db
        .select({ session: peerSessions })
        .from(peerForms)
        .innerJoin(peerSessions, eq(peerSessions.id, peerForms.sessionId))
        .where(and(eq(peerSessions.state, 'feedback'), lt(peerForms.at, before)))
        .orderBy(asc(peerSessions.id), asc(peerForms.personId));
      return rows.map(({ session }) => session);
    },
  };
}
