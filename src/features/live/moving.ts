import type { Catalog } from '../../core/catalog.ts';
import { type LiveMove, type LiveTiming, moveTo } from '../../core/live/round.ts';
import type { Clock } from '../../core/time.ts';
import type { Store } from '../../queries.ts';
import type { Emit, Event } from '../../spine/event.ts';
import type { LiveRound } from '../../store/schema.ts';
import type { LiveView } from './queries/rounds.ts';
import { liveRows } from './rows.ts';

/** What moving a round takes, in a command and in a job. */
type Parts = {
  store: Store;
  clock: Clock;
  emit: Emit;
  catalogOf(teamId: string): Promise<Catalog>;
};

/**
 * Moves a round on and announces it, in one step.
 *
 * @param why Why it ends, when nobody asked for it.
 * @returns Undefined when the move makes no sense, or somebody else was faster.
 */
export async function advance(
  round: LiveRound,
  move: LiveMove,
  parts: Parts,
  why?: string,
): Promise<LiveView | undefined> {
  const to = moveTo(round, move, parts.clock.now());
  const view = to && (await write(round, to, parts, { why }));
  if (view) parts.emit({ kind: 'live', round: String(round.id), step: stepName(move, view.round) });
  return view;
}

/** Keeps a question open for longer whose time ended while nobody could answer. */
export function reopen(round: LiveRound, dueAt: Date, parts: Parts): Promise<LiveView | undefined> {
  return write(round, { ...round, dueAt }, parts, { isReopened: true });
}

async function write(
  before: LiveRound,
  to: LiveTiming,
  { store, clock, catalogOf }: Parts,
  said: { why?: string | undefined; isReopened?: boolean },
): Promise<LiveView | undefined> {
  const at = clock.now();
  const catalog = await catalogOf(before.teamId);
  const rows = (view: LiveView, tally: Parameters<typeof liveRows>[0]['tally']) =>
    liveRows({ before, view, tally, at, catalog, ...said });
  return store.moveLive(before, to, { at, rows });
}

function stepName(move: LiveMove, { state }: LiveRound): Extract<Event, { kind: 'live' }>['step'] {
  if (move === 'pause') return 'paused';
  if (move === 'resume') return 'resumed';
  return state === 'asking' ? 'asked' : state === 'ended' ? 'ended' : 'closed';
}
