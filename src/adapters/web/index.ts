import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../../spine/errors.ts';
import { PORT } from './limits.ts';
import type { Draw } from './present.ts';
import { type Assets, createApp, type Gallery } from './server.ts';
import { createSession, type Session } from './session.ts';
import type { OpenWorld } from './world.ts';

/** What the page is given. */
export type WebOptions = {
  /** Makes a demo team for the page. */
  open: OpenWorld;
  draw: Draw;
  /** Folder of the built page. */
  page: string;
  /** Another port is taken when this one is not free; 0 for any. */
  port?: number;
  /** Lets in only who has the link with it; anybody on this machine when absent. */
  key?: string;
  /** Views of every command, which authors look at; none when absent. */
  gallery?: Gallery;
};

/** The page as it runs, and the link that opens it. */
export type Web = { url: string; stop(): Promise<void> };

/**
 * Serves the playground to this machine and to nobody else.
 *
 * @throws UserError when the page was not built.
 */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { open, draw, page, port = PORT, key, gallery } = options;
  const assets = readAssets(page);
  let begun: Promise<Session> | undefined;
  // The team lives through its past only when somebody looks.
  const session = () => {
    begun ??= createSession({ open, draw });
    return begun;
  };
  const app = createApp({ session, gallery, assets, key });
  const server = createAdaptorServer({ fetch: app.fetch });
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch((error: unknown) => {
    if (!isTaken(error) || port === 0) throw error;
    return listen(0);
  });
  const { port: got } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${got}${key === undefined ? '' : `/?key=${key}`}`,
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await gallery?.stop();
      await (await begun)?.stop();
    },
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function readAssets(folder: string): Assets {
  try {
    return new Map(
      readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]),
    );
  } catch {
    throw new UserError("The playground page isn't built. To build it, run npm run prepare.");
  }
}
