import type { Client } from 'discord.js';
import type { Problem } from '../../spine/platform.ts';
import { missing, PERMISSIONS, toRefusal } from './problems.ts';

/** What keeps the daily question from working in a channel; empty when all is well. */
export async function checkChannel(client: Client, id: string): Promise<Problem[]> {
  try {
    const channel =
      client.channels.cache.get(id) ??
      (await client.channels.fetch(id, { allowUnknownGuild: true }));
    if (!channel || channel.isDMBased()) {
      return [{ code: 'invalid', words: "This isn't a server channel. Choose another one." }];
    }
    // Another process hears of this server, and knows what is allowed there.
    if (!client.guilds.cache.has(channel.guildId)) return [];
    const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
    const granted = channel.permissionsFor(me);
    return PERMISSIONS.filter(({ bit }) => !granted.has(bit)).map((permission) =>
      missing(permission, channel.name),
    );
  } catch (error) {
    return [toRefusal(error).problem];
  }
}
