import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { App, type Logger } from '@slack/bolt';
import { WebClient, WebClientEvent, type WebClientOptions } from '@slack/web-api';
import type { Bot } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import type { Emit } from '../../bot/event.ts';
import { type HealthKeeper, keepHealth } from '../../bot/health.ts';
import type { Adapter, Problem } from '../../bot/platform.ts';
import { plain } from '../../bot/reply.ts';
import type { Clock } from '../../core/time.ts';
import { type Connection, httpConnection, socketConnection } from './connect.ts';
import {
  answer,
  type IncomingEvent,
  type ListenerContext,
  NOT_STORED,
} from './listener-context.ts';
import { listen } from './listeners.ts';
import { quietLogger } from './logger.ts';
import { createPeople } from './people.ts';
import { appTokenProblem, type Failure, failureOf } from './problems.ts';
import { createReplies } from './replies.ts';
import { createPlatform } from './send.ts';
import { show } from './views.ts';

/** What the adapter is given. */
export type SlackOptions = {
  bot: Bot;
  botToken: string;
  /** Starts Socket Mode. */
  appToken?: string | undefined;
  /** Without an app token: requests come over HTTP, signed with this secret. */
  signingSecret?: string | undefined;
  /** Where to listen for HTTP; 3000 when absent. */
  port?: number | undefined;
  /** Takes our listener into a server of its own; then no port is opened. */
  mount?: ((listener: RequestListener) => void) | undefined;
  /** Another Web API than Slack's, for tests. */
  apiUrl?: string | undefined;
  emit: Emit;
  clock: Clock;
  /** How often the bot token is tried; once a minute when absent. */
  checkEveryMs?: number | undefined;
};

/** For answers, that a person waits for, and for looking people up. */
const REPLY_TIMEOUT_MS = 2500;
/** For what goes out by itself: a lost answer is better than a second message. */
const SEND_TIMEOUT_MS = 10_000;
/** A token that is withdrawn while nobody says anything is noticed in a minute. */
const CHECK_MS = 60_000;
/** How long stopping waits for acknowledgements, and then for work under way. */
const ACKNOWLEDGE_MS = 1000;
const STOP_MS = 5000;

/**
 * Connects to Slack and answers what comes from it, in Socket Mode or over HTTP.
 *
 * @throws UserError in words for the operator when a token or a secret is missing or refused.
 */
export async function startSlack(options: SlackOptions): Promise<Adapter> {
  const { bot, botToken, emit, clock } = options;
  const socket = keepHealth(clock);
  const token = keepHealth(clock);
  const report = (where: string, error: unknown) => {
    emit({ kind: 'failed', where, reference: randomUUID().slice(0, 8), error });
    const { problem } = failureOf(error, '');
    if (problem.code === 'token' && where !== 'slack socket') token.ill(plain(problem.words));
  };
  const logger = quietLogger(report);
  const clientOptions = clientOptionsFor(options, logger);
  const api = new WebClient(botToken, { ...clientOptions, timeout: REPLY_TIMEOUT_MS });
  const posts = new WebClient(botToken, { ...clientOptions, timeout: SEND_TIMEOUT_MS });
  const connection = connect(options, { logger, clientOptions, report, socket });
  const self = await whoAmI(posts);

  const app = new App({
    receiver: connection.receiver,
    token: botToken,
    botId: self.botId,
    botUserId: self.user,
    convoStore: false,
    logger,
    clientOptions: { ...clientOptions, timeout: REPLY_TIMEOUT_MS },
  });
  app.error(async (error) => {
    // Bolt hands on what was thrown inside an error of its own.
    if (error.original !== NOT_STORED) report('slack listener', error);
    // The receiver answers: a listener that failed has stored nothing.
    throw error;
  });

  const ownDirects = new Set<string>();
  const learnDirect = (channel: string) => void ownDirects.add(channel);
  const underWay = new Set<Promise<unknown>>();
  const desk: ListenerContext = {
    bot,
    team: self.team,
    botUser: self.user,
    api,
    profileOf: createPeople({ api, clock, report }),
    ...createReplies({ api, isOwnDirect: (channel) => ownDirects.has(channel), report }),
    learnDirect,
    report,
    track(work) {
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
  };
  listen(app, desk);
  tellAcknowledgements(app, emit);
  for (const client of [api, posts])
    client.on(WebClientEvent.RATE_LIMITED, () => emit({ kind: 'limited', platform: 'slack' }));
  await opened(connection);
  const checking = setInterval(() => check(posts, token), options.checkEveryMs ?? CHECK_MS).unref();

  const workEnds = (ms: number) =>
    Promise.race([Promise.allSettled([...underWay]), wait(ms, undefined, { ref: false })]);
  return {
    platform: {
      ...createPlatform({ api: posts, bot: self, onDirect: learnDirect }),
      health: () => (token.health().ok ? socket.health() : token.health()),
      resume: (payload) => desk.track(resume(payload, desk)),
    },
    async stop() {
      clearInterval(checking);
      // Acknowledgements need the connection, and what takes longer is acknowledged already.
      await workEnds(ACKNOWLEDGE_MS);
      await connection.close();
      await workEnds(STOP_MS);
    },
  };
}

/** Tells how long Slack waits for each acknowledgement. */
function tellAcknowledgements(app: App, emit: Emit): void {
  const process = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const began = performance.now();
    const ack: typeof event.ack = async (response) => {
      await event.ack(response);
      emit({ kind: 'acknowledged', platform: 'slack', ms: performance.now() - began });
    };
    return process({ ...event, ack });
  };
}

/** Answers what another process stored. */
async function resume(payload: unknown, desk: ListenerContext) {
  // It was stored by this adapter, see `safe`.
  const heard = payload as IncomingEvent;
  await show(heard, await answer(heard, desk), desk);
}

/** No retries: a repeated call can be a repeated message. */
function clientOptionsFor({ apiUrl }: SlackOptions, logger: Logger): WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}

function connect(
  { appToken, signingSecret, port, mount, clock }: SlackOptions,
  tools: {
    logger: Logger;
    clientOptions: WebClientOptions;
    report(where: string, error: unknown): void;
    socket: HealthKeeper;
  },
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

async function whoAmI(posts: WebClient) {
  const {
    team_id = '',
    team = '',
    user_id = '',
    user = '',
    bot_id = '',
  } = await begin(
    () => posts.auth.test(),
    ({ problem }) => problem,
  );
  return { team: { id: team_id, name: team }, user: user_id, name: user, botId: bot_id };
}

/** Asks Slack whether the bot token still works: with one that does not, nobody is answered. */
async function check(posts: WebClient, token: HealthKeeper): Promise<void> {
  try {
    await posts.auth.test();
    token.well();
  } catch (error) {
    const failure = failureOf(error, '');
    if (failure.problem.code === 'rate-limited') return;
    token.ill(failure.outcome === 'unknown' ? SILENT : plain(failure.problem.words));
  }
}

const SILENT = "Slack isn't responding. Check this machine's network and https://slack-status.com.";

async function opened(connection: Connection) {
  await begin(() => connection.open(), appTokenProblem);
}

/** Attempts at a first call while Slack asks to wait. */
const MAX_ATTEMPTS = 5;

/** A call that the start needs: what Slack asks to wait for is waited for, all else told in words. */
async function begin<T>(call: () => Promise<T>, problemOf: (failure: Failure) => Problem) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error, '');
      const problem = problemOf(failure);
      if (problem.code !== 'rate-limited' || attempt === MAX_ATTEMPTS) {
        const words = failure.outcome === 'unknown' ? unavailable(failure) : problem.words;
        throw new UserError(words, { cause: error });
      }
      await wait(failure.retryAfterMs);
    }
  }
}

function unavailable({ error }: Failure): string {
  return `I can't start on Slack because it isn't responding as expected (${error}). Check this machine's network and https://slack-status.com.`;
}
