import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { Bot } from '../../bot/command.ts';
import type { Emit } from '../../bot/event.ts';
import { loggable, toRefusal } from './problems.ts';
import { registerCommands } from './register.ts';

/** Waits between attempts double from the first to the longest. */
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Tells Discord of the commands, again and again while Discord has a fault of its own.
 *
 * @throws DiscordAPIError when Discord refuses them.
 */
export async function keepRegistering(
  client: Client,
  { bot, emit }: { bot: Bot; emit: Emit },
  signal: AbortSignal,
): Promise<void> {
  const id = client.application?.id ?? '';
  for (let ms = FIRST_WAIT_MS; !signal.aborted; ms = Math.min(2 * ms, LONGEST_WAIT_MS)) {
    try {
      await registerCommands(client.rest, id, bot.commands);
      return;
    } catch (error) {
      if (toRefusal(error).outcome === 'refused') throw error;
      const reference = 'register';
      emit({ kind: 'failed', where: 'discord commands', reference, error: loggable(error) });
    }
    await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
