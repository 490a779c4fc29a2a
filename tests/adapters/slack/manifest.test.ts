import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createLink, slackManifest } from '../../../src/adapters/slack/manifest.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { defineCommand } from '../../../src/spine/command.ts';
import { say } from '../../../src/spine/reply.ts';

/** The limits of https://docs.slack.dev/reference/app-manifest. */
const address = z.url({ protocol: /^https$/ }).optional();
const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/),
      always_online: z.boolean(),
    }),
    shortcuts: z
      .array(
        z.strictObject({
          type: z.literal('message'),
          name: z.string().min(1).max(24),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000),
          should_escape: z.boolean(),
          url: address,
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string()) }),
    redirect_urls: z.array(z.url({ protocol: /^https$/ })).optional(),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()), request_url: address }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: address,
      message_menu_options_url: address,
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});

type SlackManifest = NonNullable<
  Parameters<WebClient['apps']['manifest']['create']>[0]
>['manifest'];

test.each([
  {},
  { url: 'https://warmup.example' },
  { url: 'https://warmup.example', isForMany: true },
])('the manifest for %o is one for Slack', (options) => {
  const manifest = slackManifest(COMMANDS, options);

  // The compiler holds it against Slack's own type.
  const typed: SlackManifest = manifest;
  expect(manifestSchema.parse(typed)).toEqual(manifest);
});

test('it asks for four rights and no message is read', () => {
  const { oauth_config, settings } = slackManifest(COMMANDS);

  expect(oauth_config.scopes.bot).toEqual(['commands', 'chat:write', 'users:read', 'mpim:write']);
  expect(settings.event_subscriptions.bot_events.join()).not.toMatch(/message|mention/);
});

test('typed answers need two more rights, and a place to type', () => {
  const { oauth_config, settings, features } = slackManifest(COMMANDS, { typedAnswers: true });

  expect(oauth_config.scopes.bot.slice(4)).toEqual(['app_mentions:read', 'im:history']);
  expect(settings.event_subscriptions.bot_events.slice(3)).toEqual(['app_mention', 'message.im']);
  expect(features.app_home.messages_tab_read_only_enabled).toBe(false);
});

test('Socket Mode needs no address, HTTP has one everywhere', () => {
  const socket = slackManifest(COMMANDS);
  const http = slackManifest(COMMANDS, { url: 'https://warmup.example' });

  expect(JSON.stringify(socket)).not.toContain('url');
  expect(socket.settings.socket_mode_enabled).toBe(true);
  expect(http.settings.socket_mode_enabled).toBe(false);
  const addresses = JSON.stringify(http).match(/https:\/\/warmup\.example\/slack\/events/g);
  expect(addresses).toHaveLength(3 + http.features.slash_commands.length);
});

test('many workspaces need an address to come back to, tokens that are replaced, and organizations', () => {
  const url = 'https://warmup.example';
  const { oauth_config, settings } = slackManifest(COMMANDS, { url, isForMany: true });
  const one = slackManifest(COMMANDS, { url });

  expect(oauth_config.redirect_urls).toEqual(['https://warmup.example/slack/oauth_redirect']);
  expect(settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: true });
  expect(settings.event_subscriptions.bot_events).toContain('team_access_revoked');
  expect(one.oauth_config).not.toHaveProperty('redirect_urls');
  expect(one.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false });
});

test('commands with a short way have their own slash command, and hidden ones have none', () => {
  const command = (name: string, more: object) =>
    defineCommand({
      name,
      summary: `The ${name}`,
      example: `${name} llama`,
      visibility: 'public',
      input: z.object({}),
      run: () => say('x'),
      ...more,
    });

  const { slash_commands, shortcuts } = slackManifest([
    command('vram', { slackAlias: true }),
    command('leaderboard why', {}),
    command('answer', { hidden: true, message: { title: 'Use as my answer', fills: 'text' } }),
  ]).features;

  expect(slash_commands.map(({ command, usage_hint }) => [command, usage_hint])).toEqual([
    ['/warmup', 'vram | leaderboard why'],
    ['/vram', 'llama'],
  ]);
  expect(shortcuts).toEqual([
    {
      type: 'message',
      name: 'Use as my answer',
      callback_id: 'answer',
      description: 'The answer',
    },
  ]);
});

test('a link creates the app', () => {
  const link = new URL(createLink(slackManifest(COMMANDS)));

  const manifest = JSON.parse(link.searchParams.get('manifest_json') ?? '');
  expect(manifest).toEqual(slackManifest(COMMANDS));
});
