import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { Problem } from '../../spine/platform.ts';
import type { Inline } from '../../spine/reply.ts';

/** Why a call to Slack failed, and whether it may have had its effect all the same. */
export type Failure = {
  outcome: 'refused' | 'busy' | 'unknown';
  problem: Problem;
  retryAfterMs?: number;
  /** Slack's own word for it. */
  error: string;
  /** Slack did not like the blocks: plainer ones may pass. */
  isAboutBlocks: boolean;
};

/** Slack could not say whether it did it. @see https://docs.slack.dev/reference/methods/chat.postMessage */
const UNCERTAIN = new Set(['internal_error', 'fatal_error']);
/** Slack did nothing and will later. */
const LATER = new Set([
  'ratelimited',
  'rate_limited',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
/** `invalid_arguments` is what views with blocks that Slack does not take are refused with. */
const ABOUT_BLOCKS =
  /^(invalid_blocks|invalid_attachments|msg_blocks_too_long|invalid_payload|invalid_arguments)/;
/** The connection was never made, so nothing was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const LATER_MS = 30_000;

/** Reads an error of Slack's client; `botName` is who has to be invited. */
export function failureOf(error: unknown, botName: string): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return busy('ratelimited', error.retryAfter * 1000, 'rate-limited');
  }
  if (error instanceof WebAPIPlatformError) return platformFailure(error, botName);
  if (error instanceof WebAPIHTTPError) {
    const word = `http_${error.statusCode}`;
    const isRefused = error.statusCode < 500 && error.statusCode !== 408;
    return failure(isRefused ? 'refused' : 'unknown', word, {
      code: 'unavailable',
      words: `Slack returned HTTP status ${error.statusCode}.`,
    });
  }
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  const code = networkCode(cause);
  if (code && NEVER_SENT.has(code)) {
    const words = `I can't reach Slack (${code}). Check this machine's network.`;
    return { ...failure('busy', code, { code: 'unavailable', words }), retryAfterMs: LATER_MS };
  }
  return failure('unknown', code ?? 'no_answer', {
    code: 'unavailable',
    words: "Slack didn't respond. The message may or may not have been sent.",
  });
}

function failure(outcome: Failure['outcome'], error: string, problem: Problem): Failure {
  return { outcome, error, problem, isAboutBlocks: ABOUT_BLOCKS.test(error) };
}

function busy(error: string, retryAfterMs: number, code: Problem['code']): Failure {
  const words = `Slack asked me to wait (${error}).`;
  return { ...failure('busy', error, { code, words }), retryAfterMs };
}

function networkCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

function platformFailure({ data }: WebAPIPlatformError, botName: string): Failure {
  const { error } = data;
  if (UNCERTAIN.has(error)) {
    const words = `Slack had an internal error (${error}). The message may or may not have been sent.`;
    return failure('unknown', error, { code: 'unavailable', words });
  }
  if (LATER.has(error)) return busy(error, LATER_MS, 'unavailable');
  return failure('refused', error, platformProblem(data, botName));
}

const TOKEN =
  /^(invalid_auth|not_authed|account_inactive|token_revoked|token_expired|user_removed_from_team|team_disabled|org_login_required)$/;
const PERSON =
  /^(user_not_found|user_disabled|cannot_dm_bot|messages_tab_disabled|user_not_visible)$/;
const MESSAGE = /^(message_not_found|cant_update_message|edit_window_closed)$/;

function platformProblem(
  { error, ...data }: WebAPIPlatformError['data'],
  botName: string,
): Problem {
  const invite: Inline[] = ['Run ', { code: `/invite @${botName}` }, ' there, then try again.'];
  if (error === 'missing_scope') return missingScope(data);
  if (error === 'not_in_channel' || error === 'user_not_in_channel') {
    return { code: 'not-a-member', words: ["I'm not in this channel. ", ...invite] };
  }
  if (error === 'channel_not_found') {
    return {
      code: 'channel-gone',
      words: [
        "I can't see this channel. It was deleted, or it's private and I'm not in it. Private channel? ",
        ...invite,
      ],
    };
  }
  if (error === 'is_archived') {
    return {
      code: 'archived',
      words: 'This channel is archived. Unarchive it in its settings, or choose another one.',
    };
  }
  if (error.startsWith('restricted_action')) {
    return {
      code: 'missing-permission',
      words: `This channel's posting permissions don't let me post (${error}). A channel manager can change them.`,
    };
  }
  if (TOKEN.test(error)) return tokenProblem(error);
  if (PERSON.test(error)) {
    return { code: 'cannot-message', words: `I can't message this person (${error}).` };
  }
  if (MESSAGE.test(error)) {
    return { code: 'invalid', words: `This message can't be changed anymore (${error}).` };
  }
  return { code: 'invalid', words: `Slack rejected it (${error}).` };
}

/** Words for a token that Slack does not take. */
export function tokenProblem(error: string, name = 'SLACK_BOT_TOKEN'): Problem {
  return {
    code: 'token',
    words: `Slack rejected ${name} (${error}). Copy it again from https://api.slack.com/apps, and check that the app is installed.`,
  };
}

/** Words for an app token that opens no socket. */
export function appTokenProblem({ error, problem }: Failure): Problem {
  if (problem.code === 'token') return tokenProblem(error, 'SLACK_APP_TOKEN');
  if (error !== 'missing_scope' && error !== 'not_allowed_token_type') return problem;
  const words =
    'SLACK_APP_TOKEN needs the connections:write scope. Create a token in Basic Information > App-Level Tokens at https://api.slack.com/apps.';
  return { code: 'missing-permission', words };
}

function missingScope(data: object): Problem {
  const needed = 'needed' in data ? String(data.needed) : 'another scope';
  const provided = 'provided' in data ? String(data.provided) : 'others';
  return {
    code: 'missing-permission',
    words: `The app needs the ${needed} scope and has ${provided}. Add it in OAuth & Permissions at https://api.slack.com/apps, then reinstall the app.`,
  };
}
