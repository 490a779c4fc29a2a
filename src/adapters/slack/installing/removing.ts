import type { Bot } from '../../../spine/command.ts';
import type { Installations } from '../../../spine/platform.ts';
import { idOf } from './installations.ts';

/** What Slack says around each event of a removal. */
export type Removal = {
  team_id?: string | null;
  enterprise_id?: string | null;
  /** In seconds. */
  event_time: number;
  authorizations?: { is_enterprise_install?: boolean | undefined }[];
};

/**
 * Follows the app being removed from workspaces: tokens are dropped at once, and the bot leaves those that no other
 * installation reaches.
 */
export function createRemoving(
  bot: Pick<Bot, 'left' | 'joined'>,
  installations: Installations,
  forget: (team: string) => void,
) {
  async function leaveUnreached(workspaces: Iterable<string>): Promise<void> {
    for (const workspace of workspaces) {
      forget(workspace.replace('slack:', ''));
      const found = await installations.find(workspace);
      const wide = found?.organization ? await installations.find(found.organization) : undefined;
      if (!found?.data && !wide?.data) await bot.left(workspace);
    }
  }

  /** The installation that is gone: that of the workspace when it has tokens of its own, or of its organization. */
  async function removed({ team_id, enterprise_id, authorizations }: Removal) {
    const organization = enterprise_id ? idOf(enterprise_id) : undefined;
    if (!team_id || authorizations?.[0]?.is_enterprise_install)
      return organization ?? (team_id ? idOf(team_id) : undefined);
    const found = await installations.find(idOf(team_id));
    return found?.data ? idOf(team_id) : (found?.organization ?? idOf(team_id));
  }

  async function dropTokens(id: string): Promise<void> {
    const workspaces = new Set([id, ...(await installations.reachedBy(id))]);
    await installations.drop(id);
    await leaveUnreached(workspaces);
  }

  return {
    /** The app was removed, or its tokens were revoked. */
    async drop(removal: Removal): Promise<void> {
      const id = await removed(removal);
      if (!id) return;
      const found = await installations.find(id);
      // Slack repeats what it could not tell; meanwhile the app may have been installed again.
      if (found?.data && found.installedAt.getTime() > (removal.event_time + 1) * 1000) return;
      await dropTokens(id);
    },

    /** Drops the tokens of an installation that Slack does not know any more. */
    dropTokens,

    /** An organization took the app away from some of its workspaces. */
    async revoke(teams: readonly string[]): Promise<void> {
      for (const team of teams) await installations.unlink(idOf(team));
      await leaveUnreached(teams.map(idOf));
    },

    /** An organization gave the app to some of its workspaces. */
    async grant(teams: readonly string[], organization: string | undefined): Promise<void> {
      for (const team of teams) {
        if (organization) await installations.link(idOf(team), idOf(organization));
        await bot.joined(idOf(team));
      }
    },
  };
}
