import { setTimeout as wait } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { UserError } from '../../../spine/errors.ts';
import type { HealthMonitor } from '../../../spine/health.ts';
import type { Problem } from '../../../spine/platform.ts';
import { plain } from '../../../spine/reply.ts';
import type { Connection } from '../connect.ts';
import { appTokenProblem, type Failure, failureOf } from '../problems.ts';

/** @throws UserError in words for the operator when Slack does not take the bot token. */
export async function whoAmI(posts: WebClient) {
  const {
    team_id = '',
    team = '',
    user_id = '',
    user = '',
    bot_id = '',
    is_enterprise_install = false,
  } = await begin(
    () => posts.auth.test(),
    ({ problem }) => problem,
  );
  return {
    team: { id: team_id, name: team },
    user: user_id,
    name: user,
    botId: bot_id,
    isWide: is_enterprise_install,
  };
}

/** Asks Slack whether the bot token still works: with one that does not, nobody is answered. */
export async function check(posts: WebClient, token: HealthMonitor): Promise<void> {
  try {
    await posts.auth.test();
    token.well();
  } catch (error) {
    const failure = failureOf(error, '');
    if (failure.problem.code === 'rate-limited') return;
    token.ill(failure.outcome === 'unknown' ? SILENT : plain(failure.problem.words));
  }
}

const SILENT = "Slack isn't responding. Check this machine's network and https://slack-status.com.";

/** @throws UserError in words for the operator when the connection cannot be made. */
export async function opened(connection: Connection) {
  await begin(() => connection.open(), appTokenProblem);
}

/** Attempts at a first call while Slack asks to wait. */
const MAX_ATTEMPTS = 5;

/** A call that the start needs: what Slack asks to wait for is waited for, all else told in words. */
async function begin<T>(call: () => Promise<T>, problemOf: (failure: Failure) => Problem) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error, '');
      const problem = problemOf(failure);
      if (problem.code !== 'rate-limited' || attempt === MAX_ATTEMPTS) {
        const words = failure.outcome === 'unknown' ? unavailable(failure) : problem.words;
        throw new UserError(words, { cause: error });
      }
      await wait(failure.retryAfterMs);
    }
  }
}

function unavailable({ error }: Failure): string {
  return `I can't start on Slack because it isn't responding as expected (${error}). Check this machine's network and https://slack-status.com.`;
}
