import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slackManifest } from '../../../src/adapters/slack/manifest.ts';
import { eventsFor, scopesFor } from '../../../src/adapters/slack/scopes.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { message } from '../../scenarios/daily.ts';
import { machineOn } from '../../support/stages.ts';

/** The scope that each method needs. @see https://docs.slack.dev/reference/methods */
const METHODS = new Map<string, string | undefined>([
  ['auth.test', undefined],
  ['chat.postMessage', 'chat:write'],
  ['chat.postEphemeral', 'chat:write'],
  ['chat.update', 'chat:write'],
  ['users.info', 'users:read'],
  ['conversations.open', 'mpim:write'],
  ['files.getUploadURLExternal', 'files:write'],
  ['files.completeUploadExternal', 'files:write'],
  ['views.open', undefined],
  ['views.push', undefined],
  ['views.update', undefined],
  ['views.publish', undefined],
]);

/** The scope that each event needs. @see https://docs.slack.dev/reference/events */
const EVENTS = new Map<string, string | undefined>([
  ['app_home_opened', undefined],
  ['app_uninstalled', undefined],
  ['tokens_revoked', undefined],
  ['team_access_granted', undefined],
  ['team_access_revoked', undefined],
  ['app_mention', 'app_mentions:read'],
  ['message.im', 'im:history'],
]);

const FOLDER = join(import.meta.dirname, '../../../src/adapters/slack');
const source = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
  .join('\n');

/** The methods that the code calls, such as `api.chat.update(`. */
const called = new Set(
  [...source.matchAll(/\b(?:api|posts)\.(\w+\.\w+)\(/g)].flatMap(([, name]) => name ?? []),
);

const defined = (scopes: Iterable<string | undefined>) =>
  [...new Set(scopes)].filter((scope) => scope !== undefined).sort();

test.each([
  { typedAnswers: false, files: false },
  { typedAnswers: true, files: false },
  { typedAnswers: false, files: true },
  { typedAnswers: true, files: true },
])('the scopes that are asked for are those that the code needs: %o', (extras) => {
  const { oauth_config, features, settings } = slackManifest(COMMANDS, extras);
  const ofMethods = [...called]
    .filter((name) => extras.files || METHODS.get(name) !== 'files:write')
    .map((name) => METHODS.get(name));
  const ofEvents = settings.event_subscriptions.bot_events.map((name) => EVENTS.get(name));
  const hasCommands = features.slash_commands.length > 0 || features.shortcuts.length > 0;

  expect([...called].filter((name) => !METHODS.has(name))).toEqual([]);
  expect(eventsFor(extras).filter((name) => !EVENTS.has(name))).toEqual([]);
  expect([...oauth_config.scopes.bot].sort()).toEqual(
    defined([...ofMethods, ...ofEvents, ...(hasCommands ? ['commands'] : [])]),
  );
  expect([...scopesFor(extras).values()].every((reason) => reason.length > 10)).toBe(true);
});

test('the code listens to the events that it asks for, and to no others', () => {
  const heard = [...source.matchAll(/\b(?:app|bolt)\.(?:event|message)\('?([\w.]*)/g)].flatMap(
    ([, name]) => (name ? [name] : []),
  );
  const asked: string[] = eventsFor({ typedAnswers: true }, true).map((name) =>
    name === 'message.im' ? 'message' : name,
  );

  expect([...new Set(heard)].sort()).toEqual(asked.sort());
});

test('a day on Slack calls nothing beyond what it was allowed', async () => {
  const { machine, stop } = await machineOn('slack http');
  const admin = machine.stage.actor('ana', { admin: true });
  const channel = machine.stage.channel;
  await admin.command('setup', {
    action: 'plan',
    channel,
    time: '09:00',
    zone: 'UTC',
    days: 'weekdays',
  });
  await admin.command('setup switch', { do: 'on', schedule: 1 });
  await machine.comeTo('2026-03-02T09:00:00Z');
  const [post] = await machine.stage.messages(channel);
  if (!post) throw new Error('no question is posted');
  const card = message(await machine.stage.actor('bo').press(post, 'Answer'));
  await machine.stage.actor('bo').press(card, 'B');
  await machine.stage.actor('bo').command('me', { action: 'export' });
  await machine.stage.actor('bo').command('question report', {});
  await machine.comeTo('2026-03-03T09:00:00Z');

  const used = machine.stage
    .sent()
    .flatMap(({ path }) => (/^\/api\/([\w.]+)/.exec(path)?.[1] ? [path.slice(5)] : []));
  expect(used.filter((name) => !METHODS.has(name) && name !== 'apps.connections.open')).toEqual([]);
  expect(defined(used.map((name) => METHODS.get(name)))).toEqual(['chat:write', 'users:read']);
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});
