import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { Bot } from '../../spine/command.ts';
import type { Emit } from '../../spine/event.ts';
import { loggable, toRefusal } from './problems.ts';
import { registerCommands } from './register.ts';

/** Waits between attempts double from the first to the longest. */
const FIRST_WAIT_MS = 5000;
const MAX_WAIT_MS = 10 * 60_000;

/** @see https://docs.discord.com/developers/interactions/application-commands (types of commands) */
const SLASH = 1;

/**
 * Tells Discord of the commands, again and again while Discord has a fault of its own, and keeps the ids
 * by which texts can mention them.
 *
 * @throws DiscordAPIError when Discord refuses them.
 */
export async function keepRegistering(
  client: Client,
  { bot, emit }: { bot: Bot; emit: Emit },
  { ids, signal }: { ids: Map<string, string>; signal: AbortSignal },
): Promise<void> {
  const id = client.application?.id ?? '';
  for (let ms = FIRST_WAIT_MS; !signal.aborted; ms = Math.min(2 * ms, MAX_WAIT_MS)) {
    try {
      const registered = await registerCommands(client.rest, id, bot.commands);
      for (const command of registered)
        if (command.type === SLASH) ids.set(command.name, command.id);
      return;
    } catch (error) {
      if (toRefusal(error).outcome === 'refused') throw error;
      const reference = 'register';
      emit({ kind: 'failed', where: 'discord commands', reference, error: loggable(error) });
    }
    await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
