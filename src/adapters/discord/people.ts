import { type Client, DiscordAPIError, PermissionFlagsBits } from 'discord.js';
import type { Role, Stranger } from '../../spine/platform.ts';
import { guildOf } from './shards.ts';

/** Unknown Member, Unknown User, and an id that cannot be one. */
const NOBODY = new Set([10007, 10013, 50035]);

/** What an account is that is no person of a server; undefined where no server stands behind. */
export async function strangerIn(
  client: Client,
  workspace: string,
  account: string,
): Promise<Stranger | undefined> {
  const [, user = ''] = account.split(':');
  const guild = await guildOf(client, workspace);
  try {
    // Without the intent for members nothing tells that a remembered one has left.
    const member = await guild?.members.fetch({ user, force: true, cache: false });
    return member?.user.bot ? 'bot' : undefined;
  } catch (error) {
    return isNobody(error) ? 'outside' : 'unknown';
  }
}

/** Whether an account may manage a server now; undefined while Discord does not say. */
export async function isAdminOf(
  client: Client,
  workspace: string,
  account: string,
): Promise<boolean | undefined> {
  const role = await roleIn(client, workspace, account);
  return role && role === 'admin';
}

/** What an account is in a server now, which needs no intent for members; undefined while Discord does not say. */
export async function roleIn(
  client: Client,
  workspace: string,
  account: string,
): Promise<Role | undefined> {
  const [, user = ''] = account.split(':');
  const guild = await guildOf(client, workspace);
  try {
    // A remembered member may have lost the role since, or left.
    const member = await guild?.members.fetch({ user, force: true, cache: false });
    if (!member) return undefined;
    return member.permissions.has(PermissionFlagsBits.ManageGuild) ? 'admin' : 'member';
  } catch (error) {
    return isNobody(error) ? 'outside' : undefined;
  }
}

function isNobody(error: unknown): boolean {
  return error instanceof DiscordAPIError && NOBODY.has(Number(error.code));
}
