import { type Client, type Guild, ShardClientUtil } from 'discord.js';
import type { DiscordOptions } from './options.ts';

/** Whether one of these shards hears of a server; without shards all of them are heard of. */
export function isOnShards(shards: DiscordOptions['shards'], guild: string): boolean {
  if (!shards) return true;
  return shards.ids.includes(ShardClientUtil.shardIdForGuildId(guild, shards.count));
}

/** A server in which the bot is, also one that another process hears of; undefined where the bot is not. */
export async function guildOf(client: Client, workspace: string): Promise<Guild | undefined> {
  const id = workspace.replace('discord:', '');
  const known = client.guilds.cache.get(id);
  const { shardCount = 1 } = client.options;
  if (known || shardCount === client.ws.shards.size) return known;
  return client.guilds.fetch({ guild: id, cache: false }).catch(() => undefined);
}
