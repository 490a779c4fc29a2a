import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import type { Connection } from '../../connection.ts';
import type { SlackInstallation } from '../../schema.ts';

/** Tokens of an installation, encrypted. */
export type SealedInstallation = {
  id: string;
  sealed: string;
  /** A fresh installation; others only replace tokens that are still there. */
  isNew: boolean;
  at: Date;
};

/** Where the app was installed. Tokens are encrypted before they come here. */
export function installationQueries({ db, tables, atomic, erase }: Connection) {
  const { slackInstallations } = tables;

  return {
    /** Undefined for a workspace or an organization that is not known. */
    installation: async (id: string): Promise<SlackInstallation | undefined> => {
      const [found] = await db
        .select()
        .from(slackInstallations)
        .where(eq(slackInstallations.id, id));
      return found;
    },

    /** Keeps tokens. Replaced ones come too late when the app was removed meanwhile: then nothing is kept. */
    keepInstallation: ({ id, sealed, isNew, at }: SealedInstallation) =>
      erase(async (on) => {
        if (isNew)
          await on
            .insert(slackInstallations)
            .values({ id, sealed, installedAt: at, changedAt: at })
            .onConflictDoUpdate({
              target: slackInstallations.id,
              set: { sealed, installedAt: at, changedAt: at },
            });
        else
          await on
            .update(slackInstallations)
            .set({ sealed, changedAt: at })
            .where(and(eq(slackInstallations.id, id), isNotNull(slackInstallations.sealed)));
      }),

    /** Notes that a workspace is reached by the installation of its organization. */
    linkInstallation: (id: string, organization: string, at: Date) =>
      atomic(async (on) => {
        await on
          .insert(slackInstallations)
          .values({ id, organization, installedAt: at, changedAt: at })
          .onConflictDoUpdate({ target: slackInstallations.id, set: { organization } });
      }),

    /** The workspaces that an installation reaches: its own, or those of the organization. */
    reachedBy: async (id: string): Promise<string[]> => {
      const rows = await db
        .select()
        .from(slackInstallations)
        .where(or(eq(slackInstallations.id, id), eq(slackInstallations.organization, id)));
      const isOwn = (row: SlackInstallation) => row.id === id || row.sealed === null;
      return rows.filter(isOwn).map((row) => row.id);
    },

    /** Drops the tokens of an installation. That a workspace belongs to an organization stays. */
    dropTokens: (id: string) =>
      erase(async (on) => {
        await on
          .update(slackInstallations)
          .set({ sealed: null })
          .where(and(eq(slackInstallations.id, id), isNotNull(slackInstallations.organization)));
        await on
          .delete(slackInstallations)
          .where(and(eq(slackInstallations.id, id), isNotNull(slackInstallations.sealed)));
      }),

    /** Forgets that a workspace is reached by its organization; tokens of its own stay. */
    unlinkInstallation: (id: string) =>
      atomic(async (on) => {
        await on
          .delete(slackInstallations)
          .where(and(eq(slackInstallations.id, id), isNull(slackInstallations.sealed)));
        await on
          .update(slackInstallations)
          .set({ organization: null })
          .where(eq(slackInstallations.id, id));
      }),

    /** All that is encrypted, to check the key or to replace it. */
    sealedInstallations: async (): Promise<{ id: string; sealed: string }[]> => {
      const rows = await db
        .select({ id: slackInstallations.id, sealed: slackInstallations.sealed })
        .from(slackInstallations)
        .where(isNotNull(slackInstallations.sealed));
      return rows.flatMap(({ id, sealed }) => (sealed === null ? [] : [{ id, sealed }]));
    },
  };
}
