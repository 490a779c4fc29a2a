import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';

/**
 * The team that a peer interview belongs to and the channel in which its room opens: where one is,
 * or, in a direct message, where somebody's last one was. Nobody else can come to a direct message,
 * and on Discord no team stands behind it.
 *
 * @throws UserError when there was none.
 */
export async function peerHome({
  store,
  person,
  account,
  platform,
  place,
  team,
}: Context): Promise<{ teamId: string; channel: string }> {
  if (!platform.rooms || place.kind !== 'direct')
    return { teamId: team.id, channel: place.channel };
  const [last] = (await store.peerSessionsOf(person.id, new Date(0))).filter(
    ({ firstAccount, secondAccount }) => firstAccount === account || secondAccount === account,
  );
  if (last) return { teamId: last.teamId, channel: last.origin };
  throw new UserError([
    'Peer interviews start in a channel you can both see, not in direct messages. In a channel, run ',
    { command: 'mock peer' },
    '.',
  ]);
}
