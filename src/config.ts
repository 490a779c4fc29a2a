import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

const secret = z.string().trim().min(1);

const schema = z.object({
  DISCORD_TOKEN: secret.optional(),
  SLACK_BOT_TOKEN: z.string().trim().startsWith('xoxb-', 'begins with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().trim().startsWith('xapp-', 'begins with xapp-').optional(),
  SLACK_SIGNING_SECRET: secret.optional(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is a port number, 1 to 65535')
    .transform(Number)
    .refine((port) => port > 0 && port < 65_536, 'is a port number, 1 to 65535')
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|:memory:)$/, 'is a file, such as file:warmup.db')
    .default('file:warmup.db'),
  ANSWER_KEY: z.string().trim().min(16, 'is a secret of 16 characters or more').optional(),
  // The client adds the version itself.
  DISCORD_API_URL: z
    .url('is a URL')
    .transform((url) => url.replace(/(\/v\d+)?\/*$/, ''))
    .optional(),
  SLACK_API_URL: z
    .url('is a URL')
    .transform((url) => url.replace(/\/*$/, '/'))
    .optional(),
  JUDGE_URL: z.url('is a URL, such as http://localhost:11434/v1').optional(),
  JUDGE_MODEL: secret.optional(),
  JUDGE_KEY: secret.optional(),
  TYPED_ANSWERS: z.enum(['on', 'off'], 'is on or off').default('off'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'is silent, error, warn, info or debug')
    .default('info'),
});

export type Config = z.output<typeof schema>;

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
    message: 'cannot be read: it must be a text file that the user who starts me may read',
  };
}

/** Settings that only make sense together. */
function together(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const need = (variable: string, message: string) => problems.push({ variable, message });
  if (config.SLACK_BOT_TOKEN && !config.SLACK_APP_TOKEN && !config.SLACK_SIGNING_SECRET)
    need(
      'SLACK_APP_TOKEN',
      'is missing: Slack needs it (Socket Mode), or SLACK_SIGNING_SECRET and PORT (HTTP)',
    );
  if ((config.SLACK_APP_TOKEN || config.SLACK_SIGNING_SECRET) && !config.SLACK_BOT_TOKEN)
    need('SLACK_BOT_TOKEN', 'is missing: the other Slack settings need it');
  if (config.SLACK_SIGNING_SECRET && !config.SLACK_APP_TOKEN && !config.PORT)
    need('PORT', 'is missing: over HTTP Slack needs a port to reach');
  if (config.JUDGE_URL && !config.JUDGE_MODEL)
    need('JUDGE_MODEL', 'is missing: the judge needs the name of a model');
  return problems;
}
