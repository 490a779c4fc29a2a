import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

const secret = z.string().trim().min(1);
/** As many characters as 192 random bits have in base64. */
const key = z.string().trim().min(32, 'must be a secret of at least 32 characters');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535')
  .transform(Number)
  .refine((number) => number > 0 && number < 65_536, 'must be a port number from 1 to 65535');

const schema = z.object({
  DISCORD_TOKEN: secret.optional(),
  SLACK_BOT_TOKEN: z.string().trim().startsWith('xoxb-', 'must start with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().trim().startsWith('xapp-', 'must start with xapp-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  SLACK_CLIENT_ID: secret.optional(),
  SLACK_CLIENT_SECRET: secret.optional(),
  SLACK_INSTALLATION_KEY: key.optional(),
  SLACK_INSTALLATION_KEY_OLD: key.optional(),
  SLACK_FILES: z.enum(['on', 'off'], 'must be on or off').default('off'),
  PORT: port.optional(),
  METRICS_PORT: port.optional(),
  BIND_ADDRESS: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address of this machine, like 127.0.0.1')
    .default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|:memory:|postgres(ql)?:\/\/.+)$/,
      'must be a file, like file:warmup.db, or a PostgreSQL server, like postgres://user:password@host/warmup',
    )
    .default('file:warmup.db'),
  ANSWER_KEY: z.string().trim().min(16, 'must be a secret of at least 16 characters').optional(),
  SHARDS: z
    .string()
    .regex(
      /^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/,
      'must be numbers of shards, like 0-3 or 0,2',
    )
    .transform(numbersIn)
    .optional(),
  SHARD_COUNT: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number of shards, like 4')
    .transform(Number)
    .optional(),
  // The client adds the version itself.
  DISCORD_API_URL: z
    .url('must be a URL')
    .transform((url) => url.replace(/(\/v\d+)?\/*$/, ''))
    .optional(),
  SLACK_API_URL: z
    .url('must be a URL')
    .transform((url) => url.replace(/\/*$/, '/'))
    .optional(),
  HEARTBEAT_URL: z.url('must be a URL').optional(),
  JUDGE_URL: z.url('must be a URL, like http://localhost:11434/v1').optional(),
  JUDGE_MODEL: secret.optional(),
  JUDGE_KEY: secret.optional(),
  TYPED_ANSWERS: z.enum(['on', 'off'], 'must be on or off').default('off'),
  LOG_LEVEL: z
    .enum(
      ['silent', 'error', 'warn', 'info', 'debug'],
      'must be silent, error, warn, info, or debug',
    )
    .default('info'),
});

export type Config = z.output<typeof schema>;

/** The numbers of a list such as `0-3,6`, each once. */
function numbersIn(list: string): number[] {
  const numbers = list.split(',').flatMap((part) => {
    const ends = part.split('-').map(Number);
    const first = Math.min(...ends);
    return Array.from({ length: Math.max(...ends) - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(numbers)];
}

/** Everything that is wrong with the settings, by variable name. */
export type ConfigProblem = { variable: string; message: string };

/** Settings from the environment, and from `.env` for what the environment does not say. */
export function readConfig(
  environment: Record<string, string | undefined> = process.env,
  file = '.env',
): { config: Config } | { problems: ConfigProblem[] } {
  const fromFile = readFile(file);
  if (!fromFile) return { problems: [unreadable(file)] };
  const known = Object.keys(schema.shape);
  const values = Object.fromEntries(
    known.map((name) => [name, environment[name] || fromFile[name] || undefined]),
  );
  const parsed = schema.safeParse(values);
  const problems = parsed.success
    ? together(parsed.data)
    : parsed.error.issues.map((issue) => ({
        variable: String(issue.path[0]),
        message: issue.message,
      }));
  return parsed.success && problems.length === 0 ? { config: parsed.data } : { problems };
}

/** What a file sets; nothing when there is none, undefined when it cannot be read. */
function readFile(file: string): NodeJS.Dict<string> | undefined {
  if (!existsSync(file)) return {};
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function unreadable(file: string): ConfigProblem {
  return {
    variable: file,
    message: "can't be read. Make it a text file that the user running Warmup can read.",
  };
}

/** Strangers reach PORT when Slack sends its requests there. */
export function isPublic(config: Config): boolean {
  return config.SLACK_SIGNING_SECRET !== undefined && config.SLACK_APP_TOKEN === undefined;
}

/** In one workspace by its token, or in all that install the app. */
export const isOnSlack = (config: Config) =>
  Boolean(config.SLACK_BOT_TOKEN || config.SLACK_CLIENT_ID);

/** Settings that only make sense together. */
function together(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const need = (variable: string, message: string) => problems.push({ variable, message });
  const isForMany = config.SLACK_CLIENT_ID || config.SLACK_CLIENT_SECRET;
  if (isForMany) problems.push(...forMany(config));
  else if (config.SLACK_BOT_TOKEN && !config.SLACK_APP_TOKEN && !config.SLACK_SIGNING_SECRET)
    need(
      'SLACK_APP_TOKEN',
      'is missing. Slack needs it for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP.',
    );
  else if ((config.SLACK_APP_TOKEN || config.SLACK_SIGNING_SECRET) && !config.SLACK_BOT_TOKEN)
    need('SLACK_BOT_TOKEN', 'is missing. The other Slack settings need it.');
  if (config.SLACK_SIGNING_SECRET && !config.SLACK_APP_TOKEN && !config.PORT)
    need('PORT', 'is missing. Over HTTP, Slack needs a port.');
  if (/^postgres/.test(config.DATABASE_URL) && !config.ANSWER_KEY)
    need(
      'ANSWER_KEY',
      'is missing. With PostgreSQL, all processes need the same one. If you move from SQLite, copy it from the .key file beside the database.',
    );
  const { SHARDS: shards = [], SHARD_COUNT: count } = config;
  if (shards.length > 0 && count === undefined)
    need('SHARD_COUNT', 'is missing. SHARDS needs the number of shards of all processes together.');
  if (count !== undefined && shards.some((id) => id >= count))
    need('SHARDS', `must be below SHARD_COUNT: shards are numbered from 0 to ${count - 1}.`);
  if (config.JUDGE_URL && !config.JUDGE_MODEL)
    need('JUDGE_MODEL', 'is missing. The LLM grader needs the name of a model.');
  return problems;
}

/** What many Slack workspaces need, and what only one may have. */
function forMany(config: Config): ConfigProblem[] {
  const needed = [
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'SLACK_SIGNING_SECRET',
    'SLACK_INSTALLATION_KEY',
  ] as const;
  const unwanted = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const;
  return [
    ...needed
      .filter((variable) => !config[variable])
      .map((variable) => ({
        variable,
        message: 'is missing. To let many workspaces install the app, Slack needs it.',
      })),
    ...unwanted
      .filter((variable) => config[variable])
      .map((variable) => ({
        variable,
        message:
          'is for one workspace only. Remove it, or remove SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.',
      })),
  ];
}
