import { WebClient } from '@slack/web-api';
import type { Problem } from '../../spine/platform.ts';
import { appTokenProblem, failureOf } from './problems.ts';
import { scopesFor } from './scopes.ts';

const TIMEOUT_MS = 10_000;

/** Slack's words for a client id or a secret that it does not know. */
const WRONG_CLIENT = /^(invalid_client_id|bad_client_secret|invalid_client|invalid_app_id)$/;

/**
 * What is wrong with the settings by which workspaces install the app, in words; empty when all is well. Slack checks who
 * asks before it looks at the code, which is none.
 */
export async function slackClientProblems({
  clientId,
  clientSecret,
  apiUrl,
}: {
  clientId: string;
  clientSecret: string;
  apiUrl?: string | undefined;
}): Promise<Problem[]> {
  try {
    const client = { client_id: clientId, client_secret: clientSecret };
    await clientWith(undefined, apiUrl).oauth.v2.access({ ...client, code: 'doctor' });
    return [];
  } catch (error) {
    const { error: word, problem, outcome } = failureOf(error, '');
    if (WRONG_CLIENT.test(word))
      return [
        {
          code: 'token',
          words: `Slack rejected SLACK_CLIENT_ID or SLACK_CLIENT_SECRET (${word}). Copy both again from Basic Information at https://api.slack.com/apps.`,
        },
      ];
    return outcome === 'refused' ? [] : [problem];
  }
}

function clientWith(token: string | undefined, apiUrl: string | undefined): WebClient {
  return new WebClient(token, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

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
  const bot = await botProblems(clientWith(botToken, apiUrl), scopesFor({ typedAnswers }));
  return appToken ? [...bot, ...(await appProblems(clientWith(appToken, apiUrl)))] : bot;
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
