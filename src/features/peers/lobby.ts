import {
  areCompatible,
  areLongEnough,
  clockOf,
  type FreeHours,
  type MatchPreferences,
  minuteOf,
  nextMeeting,
} from '../../core/interview/matching.ts';
import type { Difficulty } from '../../core/questions/schema.ts';
import { parseTimeOfDay } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply, Text } from '../../spine/reply.ts';
import type { LobbyEntry } from '../../store/schema.ts';
import { hoursButton, lobbyButton } from './cards.ts';
import { peerHome } from './home.ts';
import { roomNote } from './room.ts';

/** A pair that met in this time does not meet again by the lobby. */
const NO_REPEAT_MS = 14 * 86_400_000;

/** Invitations in these states led to no interview. */
const NOT_MET = new Set(['declined', 'lapsed']);

/** Waits for a partner of the same level; a room opens while both have time. */
export async function joinLobby(
  wishes: { level?: Difficulty; hours?: string },
  context: Context,
): Promise<Reply> {
  const { store, person, account, platform, clock } = context;
  const entry: LobbyEntry = {
    personId: person.id,
    platform: platform.name,
    account,
    ...(await peerHome(context)),
    level: wishes.level ?? null,
    ...readHours(wishes.hours, context.zone),
    joinedAt: clock.now(),
  };
  await store.joinLobby(entry);
  context.wake();
  const meeting = await meetingOf(entry, context);
  if (meeting && meeting <= clock.now())
    return {
      visibility: 'private',
      blocks: [
        { kind: 'text', text: MATCHED },
        { kind: 'buttons', buttons: [lobbyButton({}, 'Check again')] },
        ...roomNote(platform),
      ],
    };
  return {
    visibility: 'private',
    blocks: [
      { kind: 'text', text: `You're in the lobby${formatPreferences(entry)}.` },
      { kind: 'text', text: whenMatched(entry, meeting, clock.now()) },
      { kind: 'buttons', buttons: [hoursButton, { label: 'Leave lobby', run: 'peer leave' }] },
      ...roomNote(platform),
    ],
  };
}

const MATCHED =
  'You have a match! Your room is opening now. If it takes longer than a minute, check again.';

function readHours(typed: string | undefined, zone: string): FreeHours {
  if (typed === undefined) return { fromMinute: 0, untilMinute: 0, zone };
  const [from, until, ...more] = typed.split(/\s*(?:-|–|to)\s*/).map(parseTimeOfDay);
  if (!from || !until || more.length > 0)
    throw new UserError([
      `I can't read the hours "${typed}". Use a format like 17-20 or 9:00-12:30. To invite a teammate, run `,
      { command: 'mock peer with:@name' },
      '.',
    ]);
  const hours = { fromMinute: minuteOf(from), untilMinute: minuteOf(until), zone };
  if (!areLongEnough(hours))
    throw new UserError(
      `An interview takes 30 minutes, and ${from} to ${until} is shorter. Choose more hours, like 17-20.`,
    );
  return hours;
}

/** The wishes, as they go on after "in the lobby". */
export function formatPreferences({
  level,
  fromMinute,
  untilMinute,
  zone,
}: MatchPreferences): string {
  const hours =
    fromMinute === untilMinute
      ? ''
      : `, from ${clockOf(fromMinute)} to ${clockOf(untilMinute)} (${zone})`;
  return `${level ? `, level ${level}` : ''}${hours}`;
}

/** Wishes as the lobby's button carries them. */
export const preferencesOf = ({ level, fromMinute, untilMinute }: MatchPreferences) => ({
  ...(level ? { level } : {}),
  ...(fromMinute === untilMinute
    ? {}
    : { hours: `${clockOf(fromMinute)}-${clockOf(untilMinute)}` }),
});

/** The first time that somebody who waits now has too, with whom there was no interview lately. */
async function meetingOf(entry: LobbyEntry, context: Context): Promise<Date | undefined> {
  const now = context.clock.now();
  const met = await metLately(entry.personId, context);
  const others = await context.store.lobbyEntries();
  return others
    .filter((other) => areCompatible(entry, other) && !met.has(other.personId))
    .flatMap((other) => nextMeeting([entry, other], now) ?? [])
    .sort((one, other) => one.getTime() - other.getTime())[0];
}

/** When a room can open, as far as it is known now. */
function whenMatched(entry: LobbyEntry, meeting: Date | undefined, now: Date): Text {
  if (meeting)
    return [
      'You have a match! You both have time from ',
      { time: meeting },
      ". If you're both still in the lobby, your room opens then.",
    ];
  const own = nextMeeting([entry], now);
  if (own && own > now)
    return [
      "You're in the queue. I'll open a room when someone matches, from ",
      { time: own },
      ' at the earliest.',
    ];
  return "You're in the queue. I'll open a room when someone matches.";
}

/** Those with whom somebody had an interview not long ago. */
export async function metLately(
  personId: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<Set<string>> {
  const since = new Date(clock.now().getTime() - NO_REPEAT_MS);
  const sessions = await store.peerSessionsOf(personId, since);
  return new Set(
    sessions
      .filter(({ state }) => !NOT_MET.has(state))
      .map(({ firstId, secondId }) => (firstId === personId ? secondId : firstId)),
  );
}
