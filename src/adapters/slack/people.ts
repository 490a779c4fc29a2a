import type { WebClient } from '@slack/web-api';
import type { Stranger } from '../../bot/platform.ts';
import type { Clock } from '../../core/time.ts';
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
  api,
  clock,
  report,
}: {
  api: WebClient;
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
      profile: lookUp(api, user).catch((error: unknown) => {
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

async function lookUp(api: WebClient, user: string): Promise<Profile> {
  const { user: found = {} } = await api.users.info({ user, include_locale: true });
  const { profile = {}, real_name, name, tz, locale } = found;
  return {
    name: profile.display_name || real_name || name || user,
    isAdmin: isAdmin(found),
    ...(tz ? { zone: tz } : {}),
    ...(locale ? { locale } : {}),
  };
}

type Roles = { is_admin?: boolean; is_owner?: boolean; is_primary_owner?: boolean };

function isAdmin({ is_admin, is_owner, is_primary_owner }: Roles): boolean {
  return Boolean(is_admin || is_owner || is_primary_owner);
}

/** Whether a user manages the workspace now; undefined while Slack does not say. */
export async function isAdminOf(api: WebClient, user: string): Promise<boolean | undefined> {
  try {
    const { user: found = {} } = await api.users.info({ user });
    return isAdmin(found) && !found.deleted;
  } catch (error) {
    const { problem } = failureOf(error, '');
    return problem.code === 'cannot-message' ? false : undefined;
  }
}

/** Slack's own helper, which it does not call a bot. */
const SLACKBOT = 'USLACKBOT';

/** What an account is that is no person of this workspace; undefined where Slack does not say. */
export async function strangerIn(
  api: WebClient,
  team: string,
  user: string,
): Promise<Stranger | undefined> {
  if (user === SLACKBOT) return 'bot';
  try {
    const { user: found = {} } = await api.users.info({ user });
    if (found.is_bot) return 'bot';
    // In an Enterprise Grid somebody may be in several workspaces.
    const isIn = found.team_id === team || found.enterprise_user?.teams?.includes(team);
    return isIn && !found.deleted ? undefined : 'outside';
  } catch (error) {
    const { problem } = failureOf(error, '');
    return problem.code === 'cannot-message' ? 'outside' : undefined;
  }
}
