import { REST, Routes } from 'discord.js';
import type {
  RESTGetAPICurrentUserGuildsResult,
  RESTGetCurrentApplicationResult,
} from 'discord-api-types/v10';
import type { Problem } from '../../spine/platform.ts';
import { PERMISSIONS, toRefusal } from './problems.ts';

/** The page on which an admin adds the bot to a server, with the permissions that it needs. */
export function inviteUrl(applicationId: string): string {
  const permissions = PERMISSIONS.reduce((all, { bit }) => all | bit, 0n);
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${permissions}`;
}

/** What is wrong with the token of Discord, in words; empty when all is well. */
export async function discordProblems({
  token,
  apiUrl,
}: {
  token: string;
  apiUrl?: string | undefined;
}): Promise<Problem[]> {
  const rest = new REST({
    retries: 0,
    timeout: 10_000,
    rejectOnRateLimit: () => true,
    ...(apiUrl ? { api: apiUrl } : {}),
  }).setToken(token);
  try {
    // The REST client types answers as unknown; the routes fix what these are.
    const { id } = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const servers = (await rest.get(Routes.userGuilds())) as RESTGetAPICurrentUserGuildsResult;
    return servers.length > 0 ? [] : [uninvited(id)];
  } catch (error) {
    return [toRefusal(error).problem];
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

function uninvited(applicationId: string): Problem {
  return {
    code: 'not-a-member',
    words: `The token works, but I'm not in a server yet. To add me, open ${inviteUrl(applicationId)} and choose one.`,
  };
}
