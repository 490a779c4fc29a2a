import { type LiveMove, stepOf } from '../../core/live/round.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Reply, say } from '../../spine/reply.ts';
import type { LiveRound } from '../../store/schema.ts';
import { greet } from '../daily/answerable.ts';
import { advance } from './moving.ts';
import type { LiveView } from './queries/rounds.ts';
import { leads, showLive } from './showing.ts';
import { countOf } from './standings.ts';

/**
 * A round of this team, or the open one of this channel when none is named.
 *
 * @throws UserError when there is none.
 */
export async function findLive(id: number | undefined, context: Context): Promise<LiveView> {
  const { store, team, platform, place } = context;
  const found =
    id === undefined
      ? await store.openLiveIn({
          teamId: team.id,
          platform: platform.name,
          channel: place.channel,
        })
      : await store.liveRound(id);
  if (found?.round.teamId === team.id) return found;
  throw new UserError(
    id === undefined
      ? ['No live round is open in this channel. Run ', { command: 'live' }, ' to start one.']
      : ["I can't find this live round. Run ", { command: 'live' }, ' to start one.'],
  );
}

/** @throws UserError for everybody else. */
function assertLeads(round: LiveRound, context: Context): void {
  if (!leads(round, context))
    throw new UserError('Only the host of this live round or an admin can do this.');
}

const withRound = ({ blocks }: Reply): Reply => ({
  blocks: [...blocks, { kind: 'buttons', buttons: [{ label: 'Show round', run: 'live' }] }],
});

const MOVED: Record<LiveMove, string> = {
  next: 'Done. The channel shows what comes next.',
  pause: 'Paused. People can still answer, and the timer waits for you.',
  resume: 'The timer runs again.',
  end: 'The live round is over. The results are in the channel.',
};

/**
 * Moves a round on for its host.
 *
 * @param at The step that the button was shown at: when the round has moved since, nothing happens.
 */
export async function leadLive(
  { round: id, at }: { round: number | undefined; at?: number | undefined },
  move: LiveMove,
  context: Context,
): Promise<Reply> {
  const view = await findLive(id, context);
  const { round } = view;
  assertLeads(round, context);
  const isHere = at === undefined || at === stepOf(round);
  const moved = isHere ? await advance(round, move, context) : undefined;
  if (!moved) return showLive(await findLive(round.id, context), context);
  context.wake();
  return move === 'end' ? say(MOVED[move]) : withRound(say(MOVED[move]));
}

/** Asks once more before a round ends for everybody. */
export async function endLive(
  { round: id, confirm }: { round: number | undefined; confirm: boolean },
  context: Context,
): Promise<Reply> {
  const { round } = await findLive(id, context);
  assertLeads(round, context);
  if (confirm || round.state === 'lobby' || round.state === 'ended')
    return leadLive({ round: round.id }, 'end', context);
  return {
    title: 'End the live round for everyone?',
    blocks: [
      {
        kind: 'text',
        text: `${countOf(round.settings.count - round.position, 'question')} left. The results are posted, and you can't continue the round.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'End round', run: `live end round:${round.id} confirm:yes`, style: 'danger' },
        ],
      },
    ],
  };
}

/** Takes part in a round, before it starts or at any question. */
export async function joinLive(id: number | undefined, context: Context): Promise<Reply> {
  const { store, person, clock } = context;
  const view = await findLive(id, context);
  const { round } = view;
  if (round.state === 'ended') return showLive(view, context);
  const at = clock.now();
  const players = await store.joinLive({ roundId: round.id, personId: person.id, at });
  const reply = say(
    `You're in, ${players === 1 ? 'the first one' : `with ${countOf(players - 1, 'other')}`} so far. Questions appear in this channel: select your answer under each one.`,
  );
  const greeting = await greetLive(context);
  return withRound({ blocks: [...reply.blocks, ...greeting] });
}

/** One line to a person's first answer. */
export const greetLive = (context: Context) =>
  greet(context, 'Teammates can see how many answers you got right, never which ones you chose.');
