import { WebClient } from '@slack/web-api';
import { UserError } from '../../../spine/errors.ts';
import { type Connection, httpConnection, socketConnection } from '../connect.ts';
import { idOf } from './installations.ts';
import { check, whoAmI } from './starting.ts';
import type { SlackOptions, Tools, Way } from './tools.ts';

/** A token that is withdrawn while nobody says anything is noticed in a minute. */
const CHECK_MS = 60_000;

/**
 * One workspace, by its token.
 *
 * @throws UserError in words for the operator when a token or a secret is missing or refused.
 */
export async function connectOne(options: SlackOptions, tools: Tools): Promise<Way> {
  const { bot, botToken = '', checkEveryMs = CHECK_MS } = options;
  const connection = connect(options, tools);
  const client = new WebClient(botToken, tools.clientOptions);
  const self = await whoAmI(client);
  const { team, isWide, user: botUser, name: botName } = self;
  const desk = tools.open({ team, isWide, botUser, botName, token: botToken });
  return {
    connection,
    app: { token: botToken, botId: self.botId, botUserId: botUser },
    deskOf: async () => desk,
    deskIn: async () => desk,
    leaving: { drop: () => bot.left(idOf(team.id)) },
    keepChecking() {
      const checking = setInterval(() => check(desk.posts, tools.token), checkEveryMs).unref();
      return () => clearInterval(checking);
    },
  };
}

function connect(
  { appToken, signingSecret, port, mount, clock }: SlackOptions,
  tools: Tools,
): Connection {
  if (appToken) return socketConnection({ appToken, ...tools });
  if (signingSecret) {
    const { logger } = tools;
    return httpConnection({ signingSecret, logger, port, mount, now: () => clock.now() });
  }
  throw new UserError(
    'Besides the bot token, Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).',
  );
}
