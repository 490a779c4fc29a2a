import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { UserError } from './spine/errors.ts';
import type { PartHealth } from './spine/health.ts';

/** Whether the process has started and is not stopping, and how its parts are. */
export type Readiness = { isReady: boolean; parts: readonly PartHealth[] };

/** The metrics as text, and the type of that text. */
export type MetricsPage = { type: string; text(): Promise<string> };

/** Whoever is slower than this to send what they have to say only keeps a connection from others. */
const PATIENCE = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
};

/** Connections at once; a platform and those who watch need far fewer. */
const MAX_CONNECTIONS = 500;

/**
 * A server for health, metrics, and whatever an adapter mounts behind it.
 *
 * @param metrics Absent where strangers may ask.
 */
export function createHttp(
  readiness: () => Promise<Readiness>,
  metrics?: MetricsPage,
  patience: Partial<typeof PATIENCE> = {},
) {
  let mounted: RequestListener | undefined;
  const server = createServer({ ...PATIENCE, ...patience }, (request, response) => {
    if (answerHealth(readiness, request, response)) return;
    if (metrics && request.method === 'GET' && request.url === '/metrics')
      return answerMetrics(metrics, response);
    if (mounted) mounted(request, response);
    else response.writeHead(404).end();
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    /** Lets an adapter have every other request. */
    mount: (listener: RequestListener) => {
      mounted = listener;
    },
    /**
     * @param variable The setting that says which port, for the operator.
     * @throws UserError when the port or the address cannot be had.
     */
    listen: (port: number, host: string, variable = 'PORT') =>
      new Promise<Server>((resolve, reject) => {
        server.once('error', (error) =>
          reject(formatListenError(error, { port: `${variable} ${port}`, variable, host })),
        );
        server.listen(port, host, () => resolve(server));
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port or an address that cannot be had, in words for the operator. */
function formatListenError(
  error: Error,
  { port, variable, host }: { port: string; variable: string; host: string },
): Error {
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new UserError(
        `Another program uses ${port}. Stop it, or set ${variable} to another number.`,
      );
    case 'EACCES':
      return new UserError(`This user can't open ${port}. Set ${variable} to 1024 or higher.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(
        `This machine doesn't have the address ${host}. Set BIND_ADDRESS to one that it has, or to 0.0.0.0 for all.`,
      );
  }
  return error;
}

function answerHealth(
  readiness: () => Promise<Readiness>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method !== 'GET') return false;
  if (request.url === '/healthz') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    return true;
  }
  if (request.url === '/readyz') {
    readiness().then(
      (state) => answerReady(state, response),
      () => response.writeHead(503).end(),
    );
    return true;
  }
  return false;
}

function answerMetrics({ type, text }: MetricsPage, response: ServerResponse): void {
  text().then(
    (metrics) => response.writeHead(200, { 'content-type': type }).end(metrics),
    () => response.writeHead(503).end(),
  );
}

/** One line for each part; 200 only when all of them do their work. */
function answerReady({ isReady, parts }: Readiness, response: ServerResponse): void {
  const isWell = isReady && parts.every(({ health }) => health.ok);
  const lines = parts.map(({ part, health }) =>
    health.ok
      ? `${part}: ok`
      : `${part}: not working since ${health.since.toISOString()}: ${health.words}`,
  );
  response
    .writeHead(isWell ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8' })
    .end(
      [isWell ? 'ready' : isReady ? 'not ready' : 'starting or stopping', ...lines, ''].join('\n'),
    );
}
