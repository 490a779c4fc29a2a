import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { App, type Logger } from '@slack/bolt';
import { WebClient, WebClientEvent, type WebClientOptions } from '@slack/web-api';
import type { Bot } from '../../spine/command.ts';
import type { Emit } from '../../spine/event.ts';
import { monitorHealth } from '../../spine/health.ts';
import type { Adapter } from '../../spine/platform.ts';
import { plain } from '../../spine/reply.ts';
import { listenToRemovals } from './event-listeners.ts';
import type { Seat } from './installing/desks.ts';
import { idOf, isNotInstalled } from './installing/installations.ts';
import { connectMany } from './installing/many.ts';
import { connectOne } from './installing/one.ts';
import { opened } from './installing/starting.ts';
import type { SlackOptions, Tools } from './installing/tools.ts';
import { answer, type Desk, NOT_STORED, type StoredEvent } from './listener-context.ts';
import { listen } from './listeners.ts';
import { quietLogger } from './logger.ts';
import { createPeople } from './people.ts';
import { failureOf } from './problems.ts';
import { createReplies } from './replies.ts';
import { createPlatform } from './send.ts';
import { show } from './views.ts';

/** For answers, that a person waits for, and for looking people up. */
const REPLY_TIMEOUT_MS = 2500;
/** For what goes out by itself: a lost answer is better than a second message. */
const SEND_TIMEOUT_MS = 10_000;
/** How long stopping waits for acknowledgements, and then for work under way. */
const ACKNOWLEDGE_MS = 1000;
const STOP_MS = 5000;

/**
 * Connects to Slack and answers what comes from it, in Socket Mode or over HTTP.
 *
 * @throws UserError in words for the operator when a token or a secret is missing or refused.
 */
export async function startSlack(options: SlackOptions): Promise<Adapter> {
  const { emit, installing } = options;
  const tools = createTools(options);
  const way = installing
    ? connectMany(options, installing, tools)
    : await connectOne(options, tools);
  const { connection, deskOf, deskIn } = way;

  const app = new App({
    receiver: connection.receiver,
    ...way.app,
    convoStore: false,
    logger: tools.logger,
    clientOptions: { ...tools.clientOptions, timeout: REPLY_TIMEOUT_MS },
  });
  app.error(async (error) => {
    // Slack may still tell of a workspace that has removed the app; nobody is there to be answered.
    if (isNotInstalled(error)) return;
    // Bolt hands on what was thrown inside an error of its own.
    if (error.original !== NOT_STORED) tools.report('slack listener', error);
    // The receiver answers: a listener that failed has stored nothing.
    throw error;
  });
  listen(app, deskOf);
  listenToRemovals(app, way.leaving, tools.track);
  tellAcknowledgements(app, emit);
  await opened(connection);
  const stopChecking = way.keepChecking();

  const workEnds = (ms: number) =>
    Promise.race([Promise.allSettled([...tools.underWay]), wait(ms, undefined, { ref: false })]);
  const seatIn = async (workspace: string | undefined) => {
    const { posts, team, isWide, botUser, botName } = await deskIn(workspace);
    return { api: posts, team: team.id, isWide, bot: { user: botUser, name: botName } };
  };
  return {
    platform: {
      ...createPlatform(seatIn, tools.learnDirect),
      health: () => (tools.token.health().ok ? tools.socket.health() : tools.token.health()),
      resume: (payload) => tools.track(resume(payload, deskIn)),
    },
    async stop() {
      stopChecking();
      // Acknowledgements need the connection, and what takes longer is acknowledged already.
      await workEnds(ACKNOWLEDGE_MS);
      await connection.close();
      await workEnds(STOP_MS);
    },
  };
}

/** What all workspaces share, and how a desk is opened in one of them. */
function createTools(options: SlackOptions): Tools {
  const { bot, emit, clock, installing } = options;
  const token = monitorHealth(clock);
  const report = (where: string, error: unknown) => {
    emit({ kind: 'failed', where, reference: randomUUID().slice(0, 8), error });
    const { problem } = failureOf(error, '');
    // One of many workspaces may have taken its token back: the others are answered.
    if (problem.code === 'token' && where !== 'slack socket' && !installing)
      token.ill(plain(problem.words));
  };
  const logger = quietLogger(report);
  const clientOptions = clientOptionsFor(options, logger);
  const ownDirects = new Set<string>();
  const learnDirect = (channel: string) => void ownDirects.add(channel);
  const underWay = new Set<Promise<unknown>>();
  const track: Tools['track'] = (work) => {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  };
  const clientWith = (botToken: string, timeout: number) => {
    const client = new WebClient(botToken, { ...clientOptions, timeout });
    client.on(WebClientEvent.RATE_LIMITED, () => emit({ kind: 'limited', platform: 'slack' }));
    return client;
  };
  const open = ({ token: botToken, team, ...seat }: Seat): Desk => {
    const api = clientWith(botToken, REPLY_TIMEOUT_MS);
    return {
      ...seat,
      team,
      bot,
      api,
      posts: clientWith(botToken, SEND_TIMEOUT_MS),
      profileOf: createPeople({ api, team: team.id, isWide: seat.isWide, clock, report }),
      ...createReplies({ api, isOwnDirect: (channel) => ownDirects.has(channel), report }),
      learnDirect,
      report,
      track,
    };
  };
  const socket = monitorHealth(clock);
  return {
    logger,
    clientOptions: { ...clientOptions, timeout: SEND_TIMEOUT_MS },
    report,
    token,
    socket,
    learnDirect,
    underWay,
    track,
    open,
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
async function resume(payload: unknown, deskIn: (workspace?: string) => Promise<Desk>) {
  // It was stored by this adapter, see `safe`.
  const heard = payload as StoredEvent;
  const desk = await deskIn(idOf(heard.team));
  const prepare: Bot['prepare'] = (request) => desk.bot.prepare({ ...request, isRerun: true });
  await show(heard, await answer(heard, { ...desk, bot: { ...desk.bot, prepare } }), desk);
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
