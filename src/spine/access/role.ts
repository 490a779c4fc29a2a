import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';

/**
 * Whether whoever asks manages a team at this moment. In the team's own place the request says so; a
 * direct message may belong to no team, so the platform is asked. Undefined when it does not say.
 */
export async function managesTeam(
  teamId: string,
  context: Pick<Context, 'store' | 'platform' | 'team' | 'account' | 'isAdmin' | 'isElsewhere'>,
): Promise<boolean | undefined> {
  if (context.team.id === teamId && !context.isElsewhere) return context.isAdmin;
  return managesNow(teamId, context.account, context);
}

/** Whether an account manages a team at this moment; undefined when the platform does not say. */
export async function managesNow(
  teamId: string,
  account: string,
  { store, platform }: Pick<Context, 'store' | 'platform'>,
): Promise<boolean | undefined> {
  let isKnown = true;
  for (const workspace of await store.workspacesOf(teamId, platform.name)) {
    const isAdmin = await platform.isAdmin?.(workspace, account);
    if (isAdmin) return true;
    isKnown &&= isAdmin !== undefined;
  }
  return isKnown ? false : undefined;
}

/** Without an answer nobody has a right. */
export function unknownRole({ platform }: Pick<Context, 'platform'>): UserError {
  return new UserError(
    `${platform.displayName} didn't tell me whether you still manage this team, so I can't do this right now. Try again in a few minutes, or use the command in the team's own channel.`,
  );
}
