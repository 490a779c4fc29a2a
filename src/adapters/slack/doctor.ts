import { WebClient } from '@slack/web-api';
import type { Problem } from '../../bot/platform.ts';
import { appTokenProblem, failureOf } from './problems.ts';
import { scopesFor } from './scopes.ts';

const TIMEOUT_MS = 10_000;

/** What is wrong with the tokens of Slack, in words; empty when all is well. */
export async function slackProblems({
  botToken,
  appToken,
  apiUrl,
  typedAnswers,
}: {
  botToken: string;
  appToken?: string | undefined;
  apiUrl?: string | undefined;
  typedAnswers?: boolean | undefined;
}): Promise<Problem[]> {
  const client = (token: string) =>
    new WebClient(token, {
      ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
      timeout: TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
  const bot = await botProblems(client(botToken), scopesFor({ typedAnswers }));
  return appToken ? [...bot, ...(await appProblems(client(appToken)))] : bot;
}

async function botProblems(
  api: WebClient,
  needed: ReadonlyMap<string, string>,
): Promise<Problem[]> {
  try {
    const { response_metadata } = await api.auth.test();
    const provided = response_metadata?.scopes ?? [];
    return [...needed]
      .filter(([scope]) => !provided.includes(scope))
      .map(([scope, why]) => missing(scope, why, provided));
  } catch (error) {
    return [failureOf(error, '').problem];
  }
}

function missing(scope: string, why: string, provided: string[]): Problem {
  return {
    code: 'missing-permission',
    words: `The app needs the ${scope} scope (it ${why}) and has ${provided.join(', ') || 'none'}. Add it in OAuth & Permissions at https://api.slack.com/apps, then reinstall the app.`,
  };
}

async function appProblems(api: WebClient): Promise<Problem[]> {
  try {
    await api.apps.connections.open({});
    return [];
  } catch (error) {
    return [appTokenProblem(failureOf(error, ''))];
  }
}
