import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Installations } from '../../../spine/platform.ts';

/** Slack has no tokens of ours for this workspace: the app was removed, or never installed there. */
export const NOT_INSTALLED = new Error('The app is not installed in this workspace');

/** Whether an error says so, inside those in which Bolt hands it on. */
export function isNotInstalled(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = 'original' in at ? at.original : at.cause)
    if (at === NOT_INSTALLED) return true;
  return false;
}

/** An id of Slack's as our store has it. */
export const idOf = (slackId: string) => `slack:${slackId}`;

export type SlackInstallationStore = InstallationStore & {
  /** Marks an installation that Slack has just made; others only have replaced tokens. */
  isMade(installation: Installation): void;
};

/** Where Bolt keeps installations: tokens for each workspace, or for a whole organization. */
export function createInstallationStore(installations: Installations): SlackInstallationStore {
  const made = new WeakSet<object>();

  const tokensOf = async (id: string | null | undefined) => {
    const found = id ? await installations.find(idOf(id)) : undefined;
    // It was kept by `storeInstallation`.
    return found?.data as Installation<'v2', boolean> | undefined;
  };

  async function throughOrganization(team: string | undefined, given: string | undefined) {
    const linked = team ? (await installations.find(idOf(team)))?.organization : undefined;
    const organization = given ?? linked?.replace('slack:', '');
    const found = await tokensOf(organization);
    if (found && team && organization && linked !== idOf(organization))
      await installations.link(idOf(team), idOf(organization));
    return found;
  }

  return {
    isMade: (installation) => void made.add(installation),
    async storeInstallation(installation) {
      const { team, enterprise, isEnterpriseInstall } = installation;
      const id = isEnterpriseInstall ? enterprise?.id : team?.id;
      if (!id) throw new Error('Slack named neither a workspace nor an organization');
      // Who installed it is nothing that we need to know.
      const kept = { ...installation, user: { id: '', token: undefined, scopes: undefined } };
      await installations.keep(idOf(id), kept, { isNew: made.has(installation) });
    },
    async fetchInstallation({ teamId, enterpriseId, isEnterpriseInstall }: Query) {
      const own = () => tokensOf(teamId);
      const wide = () => throughOrganization(teamId, enterpriseId);
      const [first, second] = isEnterpriseInstall ? [wide, own] : [own, wide];
      const found = (await first()) ?? (await second());
      if (!found) throw NOT_INSTALLED;
      return found;
    },
  };
}

type Query = InstallationQuery<boolean>;
