import { dueMove, HOST_WAIT_MS, REOPENED_MS, waitsForHost } from '../../core/live/round.ts';
import { forEach, type Job, type JobContext } from '../../spine/job.ts';
import { catalogOf } from '../../spine/team-catalog.ts';
import type { LiveRound } from '../../store/schema.ts';
import { advance, reopen } from './moving.ts';

/** The minute's tick comes anyway. */
const TICK_MS = 60_000;

const NO_HOST = `No one continued this round for ${HOST_WAIT_MS / 60_000} minutes, so it ended.`;

/** Closes questions of live rounds, asks the next ones, and ends rounds whose host is gone. */
export const live: Job = {
  name: 'live',
  async run(context) {
    const { store, clock } = context;
    const due = await store.dueLive(clock.now());
    await forEach(context, due, 'live round', (round) => goOn(context, round));
    const next = await store.nextLiveAt();
    if (next && next.getTime() - clock.now().getTime() < TICK_MS) context.wakeAt(next);
  },
};

async function goOn(context: JobContext, round: LiveRound): Promise<void> {
  const parts = { ...context, catalogOf: (id: string) => catalogOf(context, id) };
  // The time of this question ended while nobody could answer.
  if (round.state === 'asking' && !waitsForHost(round) && round.dueAt <= context.upSince) {
    await reopen(round, new Date(context.clock.now().getTime() + REOPENED_MS), parts);
    return;
  }
  const move = dueMove(round);
  await advance(round, move, parts, move === 'end' ? NO_HOST : undefined);
}
