import type { Difficulty } from '../core/questions/schema.ts';
import { dayIn, instantOf, parseTimeOfDay } from '../core/time.ts';
import type { LobbyEntry } from '../store/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import type { Reply } from './reply.ts';

/** Waits for a partner of the same level whose hours overlap. */
export async function joinLobby(
  wishes: { level?: Difficulty; hours?: string },
  context: Context,
): Promise<Reply> {
  const { store, person, team, account, platform, place, clock } = context;
  const { from, until } = readHours(wishes.hours, context);
  await store.joinLobby({
    personId: person.id,
    teamId: team.id,
    platform: platform.name,
    account,
    channel: place.channel,
    level: wishes.level ?? null,
    fromMinute: from,
    untilMinute: until,
    joinedAt: clock.now(),
  });
  context.wake();
  return {
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: `You are in the lobby${wishes.level ? `, level ${wishes.level}` : ''}. As soon as somebody fits, a room opens for the two of you.`,
      },
      { kind: 'buttons', buttons: [{ label: 'Leave the lobby', run: 'peer leave' }] },
    ],
  };
}

/** Minutes of the day in UTC; the same minute twice means all day. */
function readHours(
  typed: string | undefined,
  { zone, clock }: Context,
): { from: number; until: number } {
  if (typed === undefined) return { from: 0, until: 0 };
  const [from, until] = typed.split(/\s*(?:-|–|to)\s*/).map(parseTimeOfDay);
  if (!from || !until)
    throw new UserError(
      `I cannot read the hours "${typed}". Write them like 17-20 or 9:00-12:30. To ask a colleague: mock peer with:NAME`,
    );
  const day = dayIn(clock.now(), zone);
  const minute = (time: string) => {
    const instant = instantOf({ day, time, zone });
    return instant.getUTCHours() * 60 + instant.getUTCMinutes();
  };
  return { from: minute(from), until: minute(until) };
}

/** True when two may be matched: same team and platform, levels that agree, hours that overlap. */
export function fits(one: LobbyEntry, other: LobbyEntry): boolean {
  return (
    one.teamId === other.teamId &&
    one.platform === other.platform &&
    one.personId !== other.personId &&
    (one.level === null || other.level === null || one.level === other.level) &&
    overlap(one, other)
  );
}

function overlap(one: LobbyEntry, other: LobbyEntry): boolean {
  const free = (entry: LobbyEntry) => (minute: number) => {
    const { fromMinute, untilMinute } = entry;
    if (fromMinute === untilMinute) return true;
    return fromMinute < untilMinute
      ? minute >= fromMinute && minute < untilMinute
      : minute >= fromMinute || minute < untilMinute;
  };
  const [first, second] = [free(one), free(other)];
  // Half an hour is what an interview needs; quarters of an hour are fine enough.
  let together = 0;
  for (let minute = 0; minute < 1440; minute += 15)
    if (first(minute) && second(minute)) together += 15;
  return together >= 30;
}
