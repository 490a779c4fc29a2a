import { readCatalog } from '../catalog.ts';
import { readConfig } from '../config.ts';
import { plain } from '../spine/reply.ts';
import { DatabaseError } from '../store/database-error.ts';
import { openAll } from '../store/installations.ts';
import { isPostgres } from '../store/open.ts';
import type { SealingKeys } from '../store/sealing.ts';
import { openConfigured, openOrMake } from './copies/configured.ts';

/** Says, platform by platform, what a real bot still needs; exit 1 when something is wrong. */

let isWell = true;
const say = (text: string) => process.stdout.write(`${text}\n`);
const problem = (text: string) => {
  isWell = false;
  say(`  ✗ ${text}`);
};
const well = (text: string) => say(`  ✓ ${text}`);

const read = readConfig();
if ('problems' in read) {
  say('Settings');
  for (const { variable, message } of read.problems) problem(`${variable} ${message}`);
  process.exit(1);
}
const { config } = read;

say('Data');
const { catalog, problems } = readCatalog();
for (const each of problems) problem(each);
well(
  `${catalog.questions.length} questions, ${catalog.models.length} models, ${catalog.gpus.length} GPUs`,
);

say('Database');
try {
  const { close } = await openOrMake(config);
  await close();
  const name = isPostgres(config.DATABASE_URL) ? 'PostgreSQL' : config.DATABASE_URL;
  well(`${name} opens and is up to date.`);
} catch (error) {
  problem(error instanceof DatabaseError ? error.message : String(error));
}

say('Discord');
if (config.DISCORD_TOKEN) {
  const { discordProblems } = await import('../adapters/discord/doctor.ts');
  const found = await discordProblems({
    token: config.DISCORD_TOKEN,
    ...(config.DISCORD_API_URL ? { apiUrl: config.DISCORD_API_URL } : {}),
  });
  for (const each of found) problem(plain(each.words));
  if (found.length === 0) well('The token works. No privileged intents are needed.');
} else {
  say(
    '  - Not set up. At https://discord.com/developers/applications: New Application > Bot > Reset Token.',
  );
  say('    Copy the token to DISCORD_TOKEN in .env. No privileged intents are needed.');
}

say('Slack');
const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = config;
const { SLACK_INSTALLATION_KEY: key, SLACK_INSTALLATION_KEY_OLD: oldKey } = config;
if (clientId && clientSecret && key) {
  const { slackClientProblems } = await import('../adapters/slack/doctor.ts');
  const { SLACK_API_URL: apiUrl } = config;
  const found = await slackClientProblems({ clientId, clientSecret, apiUrl });
  for (const each of found) problem(plain(each.words));
  if (found.length === 0) well('Workspaces can install the app at /slack/install on your address.');
  await installations(oldKey ? [key, oldKey] : [key]);
} else if (config.SLACK_BOT_TOKEN) {
  const { slackProblems } = await import('../adapters/slack/doctor.ts');
  const found = await slackProblems({
    botToken: config.SLACK_BOT_TOKEN,
    typedAnswers: config.TYPED_ANSWERS === 'on',
    ...(config.SLACK_APP_TOKEN ? { appToken: config.SLACK_APP_TOKEN } : {}),
    ...(config.SLACK_API_URL ? { apiUrl: config.SLACK_API_URL } : {}),
  });
  for (const each of found) problem(plain(each.words));
  if (found.length === 0) well('The tokens work, and all required scopes are granted.');
} else {
  say(
    '  - Not set up. Run npm run slack:manifest. At https://api.slack.com/apps: Create New App > From a manifest.',
  );
  say('    Copy the tokens to SLACK_BOT_TOKEN (xoxb-) and SLACK_APP_TOKEN (xapp-) in .env.');
}

say('Examiner');
if (config.EXAMINER) {
  const { examinerFindings } = await import('./examiner-doctor.ts');
  for (const { isWell: works, words } of await examinerFindings(config, catalog))
    works ? well(words) : problem(words);
} else {
  say(
    '  - Not set up, and not needed. To grade mock interviews with a model of yours: docs/examiner.md.',
  );
}

/** Checks that the key opens the tokens that are kept. */
async function installations(keys: SealingKeys): Promise<void> {
  try {
    const { store, close } = await openConfigured(config);
    const kept = (await openAll(store, keys)).length;
    await close();
    well(`SLACK_INSTALLATION_KEY opens the tokens of ${kept} installations.`);
  } catch (error) {
    problem(error instanceof DatabaseError ? error.message : String(error));
  }
}

process.exitCode = isWell ? 0 : 1;
