import { afterEach, expect, test } from 'vitest';
import { slackClientProblems, slackProblems } from '../../../src/adapters/slack/doctor.ts';
import { plain } from '../../../src/spine/reply.ts';
import { CLIENT } from '../../support/slack/grants.ts';
import { type SlackServer, startSlackServer } from '../../support/slack/server.ts';

let server: SlackServer;

afterEach(() => server.close());

const problemsOf = async (options: object, scopes?: string[]) => {
  server = await startSlackServer(scopes ? { scopes } : {});
  const { botToken, appToken } = server.tokens;
  return slackProblems({ botToken, appToken, apiUrl: server.apiUrl, ...options });
};

test('good tokens have no problems', async () => {
  expect(await problemsOf({})).toEqual([]);
});

test('typed answers need two more scopes', async () => {
  const problems = await problemsOf({ typedAnswers: true });

  expect(problems.map(({ words }) => /needs the (\S+) scope/.exec(plain(words))?.[1])).toEqual([
    'app_mentions:read',
    'im:history',
  ]);
});

test('each missing scope is named with what it is for', async () => {
  const [problem, ...others] = await problemsOf({}, ['commands', 'chat:write', 'mpim:write']);

  expect(others).toEqual([]);
  expect(problem?.words).toMatch(
    /needs the users:read scope \(it reads the time zone.*has commands, chat:write/,
  );
});

test.each([
  [{ botToken: 'xoxb-wrong' }, /SLACK_BOT_TOKEN \(invalid_auth\)/],
  [{ appToken: 'xapp-wrong' }, /SLACK_APP_TOKEN \(invalid_auth\)/],
])('%o is told in words', async (options, words) => {
  const problems = await problemsOf(options);

  expect(problems).toHaveLength(1);
  expect(problems[0]?.words).toMatch(words);
});

test('an app token without its scope is told in words', async () => {
  server = await startSlackServer();
  server.reject('apps.connections.open', { ok: false, error: 'missing_scope' });
  const { botToken, appToken } = server.tokens;

  const problems = await slackProblems({ botToken, appToken, apiUrl: server.apiUrl });

  expect(problems).toMatchObject([{ words: expect.stringContaining('connections:write') }]);
});

test.each([
  [CLIENT, []],
  [
    { ...CLIENT, clientSecret: 'other' },
    [expect.stringContaining('SLACK_CLIENT_SECRET (bad_client_secret)')],
  ],
  [{ ...CLIENT, clientId: '9.9' }, [expect.stringContaining('SLACK_CLIENT_ID')]],
])('the client %o is tried without a code', async (client, expected) => {
  server = await startSlackServer();

  const found = await slackClientProblems({ ...client, apiUrl: server.apiUrl });

  expect(found.map(({ words }) => words)).toEqual(expected);
});
