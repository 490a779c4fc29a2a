import type { IncomingMessage, RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import {
  HTTPReceiver,
  type HTTPReceiverOptions,
  type Logger,
  SocketModeReceiver,
} from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { HealthMonitor } from '../../spine/health.ts';
import { plain } from '../../spine/reply.ts';
import { INSTALL_PATH, REDIRECT_PATH, SLACK_PATH } from './manifest.ts';
import { appTokenProblem, failureOf } from './problems.ts';
import { onlySignedObjects } from './signed-body.ts';

type Report = (where: string, error: unknown) => void;

/** A way in from Slack: a receiver for Bolt, and how to open and close it. */
export type Connection = {
  receiver: SocketModeReceiver | HTTPReceiver;
  open(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A first connection that fails is told to the caller; a lost one is made again and again. So is one
 * whose token is refused: it may be allowed again, and the process may serve another platform as well.
 */
const MAX_WAIT_MS = 30_000;
const MAX_WAIT_REFUSED_MS = 300_000;

const NO_SOCKET =
  "Slack doesn't accept a connection. Check this machine's network and https://slack-status.com.";

/** Socket Mode: we call Slack, so no public address is needed. */
export function socketConnection({
  appToken,
  logger,
  clientOptions,
  report,
  socket,
}: {
  appToken: string;
  logger: Logger;
  clientOptions: WebClientOptions;
  report: Report;
  socket: HealthMonitor;
}): Connection {
  // The client's own reconnecting waits five seconds each time and, with a revoked token, ends in
  // an unhandled rejection that takes the whole process down.
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    // The app's own handler told it; without an acknowledgement Slack sends an event again.
    processEventErrorHandler: async () => false,
    installerOptions: { clientOptions: { ...clientOptions } },
  });
  const { client } = receiver;
  const stopping = new AbortController();
  let isOpening = false;

  async function reopen() {
    if (isOpening || stopping.signal.aborted) return;
    isOpening = true;
    socket.ill("The connection to Slack was lost. I'm reconnecting.");
    for (let waitMs = 500; !stopping.signal.aborted; waitMs *= 2) {
      try {
        await client.start();
        socket.well();
        if (stopping.signal.aborted) await client.disconnect();
        break;
      } catch (error) {
        report('slack socket', error ?? new Error('the socket closed again'));
        const failure = failureOf(error, '');
        const isRefused = failure.problem.code === 'token';
        socket.ill(isRefused ? plain(appTokenProblem(failure).words) : NO_SOCKET);
        waitMs = Math.min(waitMs, isRefused ? MAX_WAIT_REFUSED_MS : MAX_WAIT_MS);
        await wait(waitMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      }
    }
    isOpening = false;
  }

  return {
    receiver,
    async open() {
      await client.start();
      client.on('disconnected', () => void reopen());
    },
    async close() {
      stopping.abort();
      await client.disconnect();
    },
  };
}

/** Slack's pages want five minutes in both directions; Bolt looks only backwards. */
const MAX_AHEAD_SECONDS = 300;

/** HTTP: Slack calls us, and each request is signed. */
export function httpConnection({
  signingSecret,
  logger,
  oauth,
  port,
  mount,
  now,
}: {
  signingSecret: string;
  logger: Logger;
  /** Serves the pages on which workspaces install the app, and knows their tokens. */
  oauth?: Partial<HTTPReceiverOptions> | undefined;
  port?: number | undefined;
  /** Takes the listener of `SLACK_PATH` into a server of its own instead of opening a port. */
  mount?: ((listener: RequestListener) => void) | undefined;
  now(): Date;
}): Connection & { receiver: HTTPReceiver } {
  const receiver = new HTTPReceiver({
    ...oauth,
    signingSecret,
    // Each request is verified before Bolt has it, see signed-body.ts.
    signatureVerification: false,
    logger,
    endpoints: [SLACK_PATH],
    // What failed is not stored: Slack sends an event again, and tells a person of the rest.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(503).end();
      return true;
    },
  });
  const pages = receiver.requestListener;
  const listen = onlySignedObjects(signingSecret, receiver.requestListener);
  let isClosed = false;
  receiver.requestListener = (request, response) => {
    // Slack sends it again; nothing half done.
    if (isClosed) return void response.writeHead(503).end();
    const isForSlack = request.method === 'POST' && request.url === SLACK_PATH;
    if (isForSlack && !isFromTheFuture(request, now())) return listen(request, response);
    if (oauth && isInstallPage(request)) return pages(request, response);
    request.resume();
    response.writeHead(isForSlack ? 401 : 404).end();
  };
  return {
    receiver,
    async open() {
      if (mount) mount(receiver.requestListener);
      else await receiver.start(port ?? 3000);
    },
    async close() {
      isClosed = true;
      if (!mount) await receiver.stop();
    },
  };
}

function isInstallPage({ method, url = '' }: IncomingMessage): boolean {
  const [path = ''] = url.split('?');
  return method === 'GET' && [INSTALL_PATH, REDIRECT_PATH].includes(path);
}

function isFromTheFuture(request: IncomingMessage, now: Date): boolean {
  const seconds = Number(request.headers['x-slack-request-timestamp']);
  return seconds - now.getTime() / 1000 > MAX_AHEAD_SECONDS;
}
