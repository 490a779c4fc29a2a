import { replay } from '../../core/interview/session.ts';
import { isTried } from '../../core/interview/state.ts';
import { forEach, type Job, type JobContext } from '../../spine/job.ts';
import type { Reply } from '../../spine/reply.ts';
import { catalogOf } from '../../spine/team-catalog.ts';
import type { Interview } from '../../store/schema.ts';
import { settle } from './ending.ts';
import { endingTurns } from './grading.ts';
import { endedButtons } from './interview-session.ts';
import { postedInRoom } from './room.ts';

/** An interview without a word for this long is closed. */
const IDLE_MS = 7 * 86_400_000;

/** Closes interviews that nobody came back to, and leaves a way to the report of what there is. */
export const interviews: Job = {
  name: 'interviews',
  async run(context) {
    const before = new Date(context.clock.now().getTime() - IDLE_MS);
    const idle = await context.store.idleInterviews(before);
    await forEach(context, idle, 'interview', (interview) => close(context, interview));
  },
};

async function close(context: JobContext, interview: Interview): Promise<void> {
  const { store, clock, emit } = context;
  const turns = await store.turnsOf(interview.id);
  const catalog = await catalogOf(context, interview.teamId);
  const state = replay(interview.plan, turns);
  const isIdle = await store.addTurns({
    interviewId: interview.id,
    after: turns.length,
    list: await endingTurns({ state, catalog }, 'idle'),
    at: clock.now(),
  });
  // Somebody came back at the last moment.
  if (!isIdle) return;
  const ending = { store, clock, catalogOf: async () => catalog };
  const notice = await postedInRoom(
    interview,
    {
      what: 'notice',
      key: `idle:${interview.id}`,
      reply: closedCard(interview.id, state.items.some(isTried)),
      at: clock.now(),
    },
    store,
  );
  const { isFirst } = await settle(interview, ending, notice);
  if (isFirst) emit({ kind: 'interview', interview: String(interview.id), step: 'ended' });
}

function closedCard(id: number, hasReport: boolean): Reply {
  return {
    title: 'Closed after 7 days',
    blocks: [
      {
        kind: 'text',
        text: `There was no activity for 7 days, so this interview is closed. ${hasReport ? 'The report covers what you answered.' : 'Start another one any time.'}`,
      },
      { kind: 'buttons', buttons: endedButtons(id, hasReport) },
    ],
  };
}
