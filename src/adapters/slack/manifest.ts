import type { Command } from '../../spine/command.ts';
import { LIMITS } from './limits.ts';
import { ROOT_COMMAND } from './requests.ts';
import { cut } from './rich-text.ts';
import { type Extras, eventsFor, scopesFor } from './scopes.ts';

/** Where Slack sends everything over HTTP. */
export const SLACK_PATH = '/slack/events';
/** Where somebody begins to install the app, and where Slack sends them back to. */
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/** What the app's own user is called. */
export const BOT_NAME = 'warmup';

type SlashCommand = {
  command: string;
  description: string;
  usage_hint: string;
  should_escape: boolean;
  url?: string;
};
type Shortcut = { type: 'message'; name: string; callback_id: string; description: string };

/**
 * What Slack must know of the app, from the commands and from the rights that the code uses.
 *
 * @param options.url Where Slack reaches us over HTTP; Socket Mode when absent.
 * @param options.typedAnswers Whether plain words are read too, which needs two more rights.
 * @param options.files Whether long exports come as files, which needs one more.
 * @param options.isForMany Whether many workspaces install it themselves, which needs an address.
 * @see https://docs.slack.dev/reference/app-manifest
 */
export function slackManifest(
  commands: readonly Command[],
  options: { url?: string | undefined; isForMany?: boolean | undefined } & Extras = {},
) {
  const { url, typedAnswers = false, isForMany = false } = options;
  const request_url = url === undefined ? undefined : new URL(SLACK_PATH, url).href;
  const address = request_url === undefined ? {} : { request_url };
  return {
    display_information: {
      name: 'Warmup',
      description: 'Interview practice for LLM engineers: one question a day',
      background_color: '#2c3e50',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        // Without the right to read direct messages, nobody should write into the void.
        messages_tab_read_only_enabled: !typedAnswers,
      },
      bot_user: { display_name: BOT_NAME, always_online: true },
      shortcuts: commands.flatMap(shortcut).slice(0, LIMITS.shortcuts),
      slash_commands: slashCommands(commands).map((command) => ({
        ...command,
        ...(request_url === undefined ? {} : { url: request_url }),
      })),
    },
    oauth_config: {
      scopes: { bot: [...scopesFor(options).keys()] },
      ...(isForMany ? { redirect_urls: [new URL(REDIRECT_PATH, url).href] } : {}),
    },
    settings: {
      event_subscriptions: { ...address, bot_events: eventsFor(options, isForMany) },
      interactivity: {
        is_enabled: true,
        ...address,
        ...(request_url === undefined ? {} : { message_menu_options_url: request_url }),
      },
      org_deploy_enabled: isForMany,
      socket_mode_enabled: request_url === undefined,
      token_rotation_enabled: isForMany,
    },
  };
}

function shortcut({ name, summary, message }: Command): Shortcut[] {
  if (!message) return [];
  return [
    {
      type: 'message',
      name: cut(message.title, LIMITS.shortcutName),
      callback_id: name,
      description: cut(summary, LIMITS.shortcutDescription),
    },
  ];
}

/** The root takes every command; a few have a short way beside it. */
function slashCommands(commands: readonly Command[]): SlashCommand[] {
  const listed = commands.filter(({ hidden }) => !hidden);
  const root = {
    command: ROOT_COMMAND,
    description: 'Daily question, leaderboard, interviews, and estimates',
    usage_hint: cut(listed.map(({ name }) => name).join(' | '), LIMITS.usageHint),
    // So that a channel or a person comes with an id.
    should_escape: true,
  };
  const aliases = listed
    .filter(({ slackAlias }) => slackAlias)
    .map(({ name, summary, example }) => ({
      command: `/${name}`,
      description: summary,
      usage_hint: cut(example.slice(name.length).trim(), LIMITS.usageHint),
      should_escape: true,
    }));
  return [root, ...aliases].slice(0, LIMITS.slashCommands);
}

/** A link that opens "Create new app" with the manifest filled in. */
export function createLink(manifest: ReturnType<typeof slackManifest>): string {
  const json = encodeURIComponent(JSON.stringify(manifest));
  return `https://api.slack.com/apps?new_app=1&manifest_json=${json}`;
}
