import type { AuthorizeResult, HTTPReceiver, Installation } from '@slack/bolt';
import type { Desk } from '../listener-context.ts';
import { BOT_NAME } from '../manifest.ts';
import type { Team } from '../requests.ts';
import type { SlackInstallationStore } from './installations.ts';

type Installer = NonNullable<HTTPReceiver['installer']>;

/** Who the app is in one workspace. */
export type Seat = {
  team: Team;
  /** The token is that of a whole organization. */
  isWide: boolean;
  botUser: string;
  botName: string;
  token: string;
};

/** More workspaces are not kept open at once: one that was closed is opened again when it is needed. */
const MOST = 2000;

/** A desk for each workspace in which the app is installed, opened when somebody there is first answered or written to. */
export function createDesks(
  installer: Installer,
  keeper: SlackInstallationStore,
  open: (seat: Seat) => Desk,
) {
  const kept = new Map<string, { token: string; desk: Desk }>();

  /** The desk of a workspace that Bolt has found the token of. */
  async function at({ teamId, enterpriseId, botToken, botUserId }: AuthorizeResult): Promise<Desk> {
    const id = teamId ?? enterpriseId;
    if (!id || !botToken || !botUserId) throw new Error('Slack named no workspace, or no bot');
    const known = kept.get(id);
    if (known?.token === botToken) return known.desk;
    const installation = await keeper.fetchInstallation({
      teamId: id,
      enterpriseId,
      isEnterpriseInstall: false,
    });
    const desk = open({
      team: { id, name: nameOf(installation) ?? id },
      isWide: installation.isEnterpriseInstall === true,
      botUser: botUserId,
      botName: BOT_NAME,
      token: botToken,
    });
    kept.delete(id);
    kept.set(id, { token: botToken, desk });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST) break;
      kept.delete(oldest);
    }
    return desk;
  }

  return {
    at,
    /** The desk of a workspace by its id, with a token that works for two hours at least. */
    async in(teamId: string): Promise<Desk> {
      const query = { teamId, enterpriseId: undefined, isEnterpriseInstall: false };
      return at(await installer.authorize(query));
    },
    forget: (id: string) => void kept.delete(id),
  };
}

function nameOf({ team, enterprise }: Installation): string | undefined {
  return team?.name ?? enterprise?.name;
}

/** Lets requests that need the token of a workspace at the same time replace it once: a refresh token works once. */
export function refreshOnce(installer: Installer): void {
  const authorize = installer.authorize;
  const asked = new Map<string, Promise<AuthorizeResult>>();
  installer.authorize = (query) => {
    const key = `${query.teamId} ${query.enterpriseId} ${query.isEnterpriseInstall}`;
    const found = asked.get(key) ?? authorize(query).finally(() => asked.delete(key));
    asked.set(key, found);
    return found;
  };
}
