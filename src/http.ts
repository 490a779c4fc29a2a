import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { UserError } from './bot/errors.ts';

/** Answers that say whether the process lives and whether it can do its work. */
export type Health = { isReady(): boolean };

/** The one server: health, and whatever an adapter mounts behind it. */
export function createHttp(health: Health) {
  let mounted: RequestListener | undefined;
  const server = createServer((request, response) => {
    if (answerHealth(health, request, response)) return;
    if (mounted) mounted(request, response);
    else response.writeHead(404).end();
  });
  return {
    /** Lets an adapter have every request that is not about health. */
    mount: (listener: RequestListener) => {
      mounted = listener;
    },
    /** @throws UserError when the port cannot be had. */
    listen: (port: number, host?: string) =>
      new Promise<Server>((resolve, reject) => {
        server.once('error', (error) => reject(inWords(error, port)));
        server.listen(port, host, () => resolve(server));
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port that cannot be had, in words for the operator. */
function inWords(error: Error, port: number): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new UserError(
      `PORT ${port} is taken by another program. Stop that one, or set PORT to another number.`,
    );
  if (code === 'EACCES')
    return new UserError(`PORT ${port} may not be opened by this user. Set PORT to 1024 or more.`);
  return error;
}

function answerHealth(
  { isReady }: Health,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method !== 'GET') return false;
  if (request.url === '/healthz') {
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    return true;
  }
  if (request.url === '/readyz') {
    const ready = isReady();
    response
      .writeHead(ready ? 200 : 503, { 'content-type': 'text/plain' })
      .end(ready ? 'ready\n' : 'starting\n');
    return true;
  }
  return false;
}
