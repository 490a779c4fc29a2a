import { setTimeout as wait } from 'node:timers/promises';
import { type Client, Events } from 'discord.js';
import type { Clock } from '../../core/time.ts';
import { type Health, monitorHealth } from '../../spine/health.ts';
import { closedForGood, connect } from './client.ts';

/** A connection that discord.js itself has not brought back after this is made from the start. */
const STUCK_MS = 120_000;

/** Waits between attempts double from the first to the longest. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 300_000;

const LOST = "The connection to Discord was lost. I'm reconnecting.";

/** A connection that is made again for as long as the process runs. */
export type Staying = {
  /** The newest client; another one after Discord had closed the connection for good. */
  client(): Client;
  health(): Health;
  stop(): Promise<void>;
};

/**
 * Connects, and stays connected. discord.js gives up when Discord refuses the token or the intents.
 * Somebody may put that right in the Developer Portal, and the process may serve another platform as
 * well, so a new client tries again after ever longer waits instead of ending the process.
 *
 * @throws UserError when the first connection cannot be made.
 */
export async function stayConnected({
  token,
  clock,
  create,
  failed,
}: {
  token: string;
  clock: Clock;
  /** A client with all its listeners, not connected yet. */
  create(): Client;
  failed(error: unknown): void;
}): Promise<Staying> {
  const { health, well, ill } = monitorHealth(clock);
  const stopping = new AbortController();
  const { signal } = stopping;
  let isReplacing = false;

  async function open(): Promise<Client> {
    const opened = create();
    const down = new Map<number, NodeJS.Timeout>();
    const isBack = (shard: number) => {
      clearTimeout(down.get(shard));
      down.delete(shard);
      if (down.size === 0) well();
    };
    await connect(opened, token);
    well();
    opened.on(Events.ShardResume, isBack);
    opened.on(Events.ShardReady, isBack);
    opened.on(Events.ShardReconnecting, (shard) => {
      ill(LOST);
      if (!down.has(shard)) down.set(shard, setTimeout(() => replace(opened), STUCK_MS).unref());
    });
    opened.on(Events.ShardDisconnect, ({ code }) => {
      down.forEach(clearTimeout);
      const error = closedForGood(code);
      failed(error);
      ill(error.message);
      void replace(opened);
    });
    return opened;
  }

  async function replace(old: Client): Promise<void> {
    if (isReplacing || signal.aborted) return;
    isReplacing = true;
    await old.destroy();
    // What it can say without a connection it still says.
    old.rest.setToken(token);
    for (let ms = FIRST_WAIT_MS; !signal.aborted; ms = Math.min(2 * ms, MAX_WAIT_MS)) {
      await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) break;
      try {
        client = await open();
        if (signal.aborted) await client.destroy();
        break;
      } catch (error) {
        failed(error);
        ill(error instanceof Error ? error.message : LOST);
      }
    }
    isReplacing = false;
  }

  let client = await open();
  return {
    client: () => client,
    health,
    async stop() {
      stopping.abort();
      await client.destroy();
    },
  };
}
