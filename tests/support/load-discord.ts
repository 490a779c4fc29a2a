import { setTimeout as wait } from 'node:timers/promises';
import { createDiscordServer, type DiscordServer } from './discord/server.ts';
import type { User } from './discord/world.ts';
import { type Answering, dailyLine, type Load } from './load.ts';

/** How long somebody waits for an answer before they do something else. */
const PATIENCE_MS = 3000;

/** People who press buttons in a Discord on loopback. */
export async function discordLoad(line = dailyLine): Promise<Load & { server: DiscordServer }> {
  const server = await createDiscordServer();
  const { world } = server;
  const message = world.addMessage({
    channel: world.main.id,
    author: world.bot.id,
    content: 'The question',
    flags: 0,
    components: [],
    attachments: [],
    mentions: [],
  });
  const users = new Map<number, User>();
  const userOf = (person: number) => {
    const known = users.get(person) ?? world.addUser(`p${person}`);
    users.set(person, known);
    return known;
  };

  function answer(person: number): Answering {
    const run = line(person);
    const { interaction, outcome } = server.interact({
      type: 'component',
      user: userOf(person),
      channel: world.main,
      pressed: message,
      data: { component_type: 2, custom_id: `1:${run}` },
    });
    const ended = Promise.race([
      outcome.then(() => {}),
      wait(PATIENCE_MS, undefined, { ref: false }),
    ]);
    return { isAcknowledged: () => interaction.acknowledged !== undefined, ended };
  }

  return {
    server,
    platform: 'discord',
    workspace: `discord:${world.guild.id}`,
    environment: { DISCORD_TOKEN: server.token, DISCORD_API_URL: server.url },
    account: (person) => `discord:${userOf(person).id}`,
    answer,
    stop: () => server.stop(),
  };
}
