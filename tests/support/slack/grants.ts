import { randomBytes } from 'node:crypto';
import type { Answer } from './web-api.ts';

/** Somebody has allowed the app, for one workspace or for a whole organization. */
export type Grant = {
  team?: { id: string; name: string };
  enterprise?: { id: string; name: string };
  installer: string;
};

type Pair = { grant: Grant; access: string; refresh: string; isRevoked?: boolean };

/** An app whose tokens are replaced lives in twelve-hour steps. */
const EXPIRES_SECONDS = 43_200;

export const CLIENT = { clientId: '1.2', clientSecret: 'test-client-secret' };

/**
 * What Slack remembers of installations: codes that work once, tokens, and refresh tokens that work once.
 *
 * @see https://docs.slack.dev/reference/methods/oauth.v2.access
 */
export function createGrants() {
  const codes = new Map<string, Grant>();
  const pairs: Pair[] = [];
  const used = new Set<string>();
  let expiresIn = EXPIRES_SECONDS;
  const random = () => randomBytes(12).toString('hex');

  function issue(grant: Grant): Answer {
    const pair = { grant, access: `xoxe.xoxb-1-${random()}`, refresh: `xoxe-1-${random()}` };
    pairs.push(pair);
    const { team, enterprise, installer } = grant;
    return {
      ok: true,
      app_id: 'A0WARMUP',
      access_token: pair.access,
      refresh_token: pair.refresh,
      expires_in: expiresIn,
      token_type: 'bot',
      scope: 'commands,chat:write,users:read,mpim:write',
      bot_user_id: 'U0WARMUP',
      team: team ?? null,
      enterprise: enterprise ?? null,
      is_enterprise_install: team === undefined,
      authed_user: { id: installer },
    };
  }

  return {
    /** A person presses "Allow"; what comes back goes to the redirect address. */
    allow(grant: Grant): string {
      const code = random();
      codes.set(code, grant);
      return code;
    },

    /** Tokens from now on run out so soon. */
    expireIn(seconds: number) {
      expiresIn = seconds;
    },

    /** The tokens of a workspace or an organization are worth nothing from now on. */
    revoke(id: string) {
      for (const pair of pairs)
        if ((pair.grant.team ?? pair.grant.enterprise)?.id === id) pair.isRevoked = true;
    },

    tokens: () => pairs.flatMap(({ access, refresh }) => [access, refresh]),
    /** How often tokens were replaced. */
    refreshed: () => used.size,

    /** The method itself. */
    access(body: Record<string, string>): Answer {
      const refuse = (error: string): Answer => ({ ok: false, error });
      if (body['client_id'] !== CLIENT.clientId) return refuse('invalid_client_id');
      if (body['client_secret'] !== CLIENT.clientSecret) return refuse('bad_client_secret');
      if (body['grant_type'] === 'refresh_token') {
        const token = body['refresh_token'] ?? '';
        const pair = pairs.find(({ refresh }) => refresh === token);
        if (!pair || pair.isRevoked || used.has(token)) return refuse('invalid_refresh_token');
        used.add(token);
        return issue(pair.grant);
      }
      const grant = codes.get(body['code'] ?? '');
      if (!codes.delete(body['code'] ?? '') || !grant) return refuse('invalid_code');
      return issue(grant);
    },

    /** Whose token it is; a word of Slack's for one that works no more. */
    ownerOf(token: string): Grant | 'account_inactive' | undefined {
      const pair = pairs.find(({ access }) => access === token);
      return pair?.isRevoked ? 'account_inactive' : pair?.grant;
    },
  };
}
