import { WebClient } from '@slack/web-api';
import { UserError } from '../../../spine/errors.ts';
import type { Installations } from '../../../spine/platform.ts';
import type { Reply } from '../../../spine/reply.ts';
import { httpConnection } from '../connect.ts';
import { BOT_NAME } from '../manifest.ts';
import { presentMessage } from '../present.ts';
import { failureOf } from '../problems.ts';
import { createDesks, refreshOnce } from './desks.ts';
import { createInstallationStore, NOT_INSTALLED } from './installations.ts';
import { type Installing, oauthOptions } from './oauth.ts';
import { createRemoving } from './removing.ts';
import type { SlackOptions, Tools, Way } from './tools.ts';

/**
 * As many workspaces as install the app, each with a token of its own.
 *
 * @throws UserError in words for the operator without a signing secret.
 */
export function connectMany(
  { bot, signingSecret, port, mount, clock, checkEveryMs = CHECK_MS }: SlackOptions,
  installing: Installing,
  tools: Tools,
): Way {
  if (!signingSecret)
    throw new UserError('To let workspaces install the app, Slack needs SLACK_SIGNING_SECRET.');
  const { logger, clientOptions, report } = tools;
  const { installations } = installing;
  const keeper = createInstallationStore(installations);
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
  const deskIn: Way['deskIn'] = async (workspace) => {
    if (!workspace) throw NOT_INSTALLED;
    return desks.in(workspace.replace('slack:', ''));
  };
  const leaving = createRemoving(bot, installations, desks.forget);
  return {
    connection,
    app: {},
    deskOf: desks.at,
    deskIn,
    leaving,
    keepChecking() {
      const look = () =>
        dropDead({ installations, deskIn, drop: leaving.dropTokens }).catch((error: unknown) =>
          report('slack installations', error),
        );
      const checking = setInterval(() => tools.track(look()), checkEveryMs).unref();
      return () => clearInterval(checking);
    },
  };
}

/** Slack tells of a removal for about an hour; one of which it could tell nobody is noticed by this. */
const CHECK_MS = 3_600_000;

/** What Slack says of a token that will never work again. */
const DEAD = /^(account_inactive|token_revoked|invalid_refresh_token|team_not_found)$/;

/** Tries all tokens, one after the other, and drops those of removed apps. Those that run out are replaced by the way. */
async function dropDead({
  installations,
  deskIn,
  drop,
}: {
  installations: Pick<Installations, 'all'>;
  deskIn: Way['deskIn'];
  drop(id: string): Promise<void>;
}): Promise<void> {
  for (const id of await installations.all()) {
    try {
      const { posts } = await deskIn(id);
      await posts.auth.test();
    } catch (error) {
      if (DEAD.test(failureOf(error, '').error)) await drop(id);
    }
  }
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
