import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../core/time.ts';
import type { Stranger } from '../../spine/platform.ts';
import { failureOf } from './problems.ts';

/** What Slack tells of a person. */
export type Profile = { name: string; isAdmin: boolean; zone?: string; locale?: string };

/** How long a profile is believed: somebody who became an admin waits so long at the most. */
const FRESH_MS = 5 * 60_000;
/** How long Slack is left alone after it did not answer. */
const PAUSE_MS = 30_000;
const MOST = 5000;

/**
 * Looks people up and remembers them for a few minutes. When Slack does not answer, the last known
 * profile counts, or else a person without rights.
 */
export function createPeople({
  clock,
  report,
  ...where
}: WhereAdmins & {
  clock: Clock;
  report(where: string, error: unknown): void;
}) {
  const known = new Map<string, { until: number; profile: Promise<Profile | undefined> }>();

  return async function profileOf(user: string, fallbackName: string): Promise<Profile> {
    const now = clock.now().getTime();
    let entry = known.get(user);
    // A clock that was set back must not keep an old profile longer.
    if (!entry || entry.until <= now || entry.until > now + FRESH_MS) {
      entry = remember(user, now, entry?.profile);
    }
    return (await entry.profile) ?? { name: fallbackName, isAdmin: false };
  };

  function remember(user: string, now: number, before?: Promise<Profile | undefined>) {
    const entry = {
      until: now + FRESH_MS,
      profile: lookUp(where, user).catch((error: unknown) => {
        report('slack users.info', error);
        entry.until = now + PAUSE_MS;
        return before;
      }),
    };
    known.delete(user);
    known.set(user, entry);
    for (const oldest of known.keys()) {
      if (known.size <= MOST) break;
      known.delete(oldest);
    }
    return entry;
  }
}

async function lookUp(where: WhereAdmins, user: string): Promise<Profile> {
  const { user: found = {} } = await where.api.users.info({ user, include_locale: true });
  const { profile = {}, real_name, name, tz, locale } = found;
  return {
    name: profile.display_name || real_name || name || user,
    isAdmin: isAdmin(found, where),
    ...(tz ? { zone: tz } : {}),
    ...(locale ? { locale } : {}),
  };
}

/** Whose admins are asked for. */
export type WhereAdmins = {
  api: WebClient;
  /** The id of the workspace. */
  team: string;
  /** The token is that of a whole organization, so Slack tells roles in anybody's own workspace. */
  isWide: boolean;
};

type Account = {
  team_id?: string;
  is_admin?: boolean;
  is_owner?: boolean;
  is_primary_owner?: boolean;
  is_stranger?: boolean;
  enterprise_user?: { teams?: string[]; is_admin?: boolean; is_owner?: boolean };
};

/** In an Enterprise Grid somebody may be in several workspaces; in a shared channel there are people of none of them. */
function isIn(team: string, { team_id, is_stranger, enterprise_user }: Account): boolean {
  return !is_stranger && (team_id === team || Boolean(enterprise_user?.teams?.includes(team)));
}

/** Whoever manages another workspace manages nothing here, except the whole organization. */
function isAdmin(account: Account, { team, isWide }: WhereAdmins): boolean {
  if (!isIn(team, account)) return false;
  const { enterprise_user: wide } = account;
  const isAdminHere = account.is_admin || account.is_owner || account.is_primary_owner;
  const isOfTeam = !isWide || account.team_id === team;
  return Boolean((isOfTeam && isAdminHere) || wide?.is_admin || wide?.is_owner);
}

/** Whether a user manages the workspace now; undefined while Slack does not say. */
export async function isAdminOf(where: WhereAdmins, user: string): Promise<boolean | undefined> {
  try {
    const { user: found = {} } = await where.api.users.info({ user });
    return isAdmin(found, where) && !found.deleted;
  } catch (error) {
    const { problem } = failureOf(error, '');
    return problem.code === 'cannot-message' ? false : undefined;
  }
}

/** Slack's own helper, which it does not call a bot. */
const SLACKBOT = 'USLACKBOT';

/** What an account is that is no person of this workspace. */
export async function strangerIn(
  api: WebClient,
  team: string,
  user: string,
): Promise<Stranger | undefined> {
  if (user === SLACKBOT) return 'bot';
  try {
    const { user: found = {} } = await api.users.info({ user });
    if (found.is_bot) return 'bot';
    return isIn(team, found) && !found.deleted ? undefined : 'outside';
  } catch (error) {
    const { problem } = failureOf(error, '');
    return problem.code === 'cannot-message' ? 'outside' : 'unknown';
  }
}
