import { WebClient } from '@slack/web-api';
import { UserError } from '../../../bot/errors.ts';
import type { Reply } from '../../../bot/reply.ts';
import { httpConnection } from '../connect.ts';
import { BOT_NAME } from '../manifest.ts';
import { presentMessage } from '../present.ts';
import { createDesks, refreshOnce } from './desks.ts';
import { keepInstallations, NOT_INSTALLED } from './installations.ts';
import { type Installing, oauthOptions } from './oauth.ts';
import { createRemoving } from './removing.ts';
import type { SlackOptions, Tools, Way } from './tools.ts';

/**
 * As many workspaces as install the app, each with a token of its own.
 *
 * @throws UserError in words for the operator without a signing secret.
 */
export function connectMany(
  { bot, signingSecret, port, mount, clock }: SlackOptions,
  installing: Installing,
  tools: Tools,
): Way {
  if (!signingSecret)
    throw new UserError('To let workspaces install the app, Slack needs SLACK_SIGNING_SECRET.');
  const { logger, clientOptions, report } = tools;
  const { installations } = installing;
  const keeper = keepInstallations(installations);
  const oauth = oauthOptions({
    installing,
    keeper,
    clientOptions,
    bot,
    async welcome({ user, bot: { token } = { token: '' } }) {
      const api = new WebClient(token, clientOptions);
      const message = presentMessage(NEXT_STEPS);
      const sent = api.chat.postMessage({ channel: user.id, ...message });
      await tools.track(sent).catch((error: unknown) => report('slack welcome', error));
    },
  });
  const now = () => clock.now();
  const connection = httpConnection({ signingSecret, logger, oauth, port, mount, now });
  const { installer } = connection.receiver;
  if (!installer) throw new Error('Bolt has made no installer');
  refreshOnce(installer);
  const desks = createDesks(installer, keeper, tools.open);
  return {
    connection,
    app: {},
    deskOf: desks.at,
    async deskIn(workspace) {
      if (!workspace) throw NOT_INSTALLED;
      return desks.in(workspace.replace('slack:', ''));
    },
    leaving: createRemoving(bot, installations, desks.forget),
    keepChecking: () => () => {},
  };
}

/** Said to the person who installed the app, and to nobody else. */
const NEXT_STEPS: Reply = {
  title: 'Warmup is ready',
  blocks: [
    {
      kind: 'text',
      text: [
        'Thanks for adding Warmup! In the channel for the daily question, run ',
        { code: `/invite @${BOT_NAME}` },
        ', then ',
        { command: 'setup' },
        '.',
      ],
    },
    {
      kind: 'text',
      text: ['To see what else I can do, run ', { command: 'help' }, '.'],
    },
  ],
};
