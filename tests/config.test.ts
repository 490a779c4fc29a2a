import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';

const read = (environment: Record<string, string>) => readConfig(environment, '/nowhere/.env');

test('nothing is needed', () => {
  expect(read({})).toEqual({
    config: {
      BIND_ADDRESS: '127.0.0.1',
      DATABASE_URL: 'file:warmup.db',
      TYPED_ANSWERS: 'off',
      SLACK_FILES: 'off',
      LOG_LEVEL: 'info',
    },
  });
});

test('every problem is reported at once, by variable name', () => {
  const result = read({
    PORT: 'eighty',
    METRICS_PORT: '70000',
    BIND_ADDRESS: 'http://here',
    SLACK_BOT_TOKEN: 'abc',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://x',
  });

  expect('problems' in result && result.problems.map(({ variable }) => variable).sort()).toEqual([
    'BIND_ADDRESS',
    'DATABASE_URL',
    'LOG_LEVEL',
    'METRICS_PORT',
    'PORT',
    'SLACK_BOT_TOKEN',
  ]);
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, 'PORT'],
  [{ EXAMINER: 'openai/gpt-5-mini' }, 'EXAMINER_KEY'],
  [{ EXAMINER: 'qwen3' }, 'EXAMINER'],
  [{ JUDGE_URL: 'http://localhost/v1' }, 'JUDGE_URL'],
])('%o lacks %s', (environment, variable) => {
  const result = read(environment as Record<string, string>);

  expect('problems' in result && result.problems[0]?.variable).toBe(variable);
});

const MANY = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 's',
  SLACK_SIGNING_SECRET: 's',
  SLACK_INSTALLATION_KEY: 'a key of at least thirty-two characters',
  PORT: '3000',
};

test('many Slack workspaces need no token', () => {
  expect(read(MANY)).toHaveProperty('config');
});

test.each([
  [{ SLACK_CLIENT_ID: '' }, 'SLACK_CLIENT_ID'],
  [{ SLACK_CLIENT_SECRET: '' }, 'SLACK_CLIENT_SECRET'],
  [{ SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET'],
  [{ SLACK_INSTALLATION_KEY: '' }, 'SLACK_INSTALLATION_KEY'],
  [{ SLACK_INSTALLATION_KEY: 'short' }, 'SLACK_INSTALLATION_KEY'],
  [{ PORT: '' }, 'PORT'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_APP_TOKEN'],
])('many Slack workspaces with %o have one problem, %s', (change, variable) => {
  const result = read({ ...MANY, ...change });

  expect('problems' in result && result.problems.map((each) => each.variable)).toEqual([variable]);
});

test.each([
  ['http://127.0.0.1:9/api/v10/', 'http://127.0.0.1:9/api'],
  ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api'],
])('the address %s of a test server becomes %s', (typed, expected) => {
  const result = read({ DISCORD_API_URL: typed });

  expect('config' in result && result.config.DISCORD_API_URL).toBe(expected);
});

test('SHARDS without a number of shards has one problem', () => {
  const result = read({ SHARDS: '0-1' });

  expect('problems' in result && result.problems.map(({ variable }) => variable)).toEqual([
    'SHARD_COUNT',
  ]);
});

test.each([
  ['0', [0]],
  ['0-3', [0, 1, 2, 3]],
  ['6,0-2', [6, 0, 1, 2]],
  ['0,3-1', [0, 1, 2, 3]],
  // One that is named twice would count twice in the rate of requests.
  ['0,0-1', [0, 1]],
])('the shards %s are %o', (typed, expected) => {
  const result = read({ SHARDS: typed, SHARD_COUNT: '8' });

  expect('config' in result && result.config.SHARDS).toEqual(expected);
});

test.each(['8', '0-8', '-1', '0-', 'all'])('of 8 shards, %s cannot be served', (typed) => {
  const result = read({ SHARDS: typed, SHARD_COUNT: '8' });

  expect('problems' in result && result.problems.map(({ variable }) => variable)).toEqual([
    'SHARDS',
  ]);
});

test.each(['0', '-4', 'four'])('%s is no number of shards', (typed) => {
  const result = read({ SHARD_COUNT: typed });

  expect('problems' in result && result.problems.map(({ variable }) => variable)).toEqual([
    'SHARD_COUNT',
  ]);
});

test('a file of settings that cannot be read is named', () => {
  const result = readConfig({}, import.meta.dirname);

  expect('problems' in result && result.problems).toEqual([
    {
      variable: import.meta.dirname,
      message: "can't be read. Make it a text file that the user running Warmup can read.",
    },
  ]);
});

test('in a container a bot listens to its network, although .env is for one machine', () => {
  const compose = readFileSync(join(import.meta.dirname, '../compose.yaml'), 'utf8');
  const { services } = parse(compose, { merge: true });

  expect(services.warmup.environment.BIND_ADDRESS).toBe('0.0.0.0');
  expect(services.first.environment.BIND_ADDRESS).toBe('0.0.0.0');
  expect(services.second.environment.BIND_ADDRESS).toBe('0.0.0.0');
});
