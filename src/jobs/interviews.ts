import type { Job } from './job.ts';

/** An interview without a word for this long is closed. */
const IDLE_MS = 7 * 86_400_000;

/** Closes interviews that nobody came back to, and leaves a way to the report of what there is. */
export const interviews: Job = {
  name: 'interviews',
  async run({ store, clock, emit }) {
    const at = clock.now();
    for (const interview of await store.idleInterviews(new Date(at.getTime() - IDLE_MS))) {
      const turns = await store.turnsOf(interview.id);
      await store.addTurns({
        interviewId: interview.id,
        after: turns.length,
        list: [{ kind: 'ended', why: 'idle' }],
        at,
      });
      if (!(await store.endInterview(interview.id, { score: null, at }))) continue;
      emit({ kind: 'interview', interview: String(interview.id), step: 'ended' });
      const key = `idle:${interview.id}`;
      await store.addOutgoing([
        {
          key,
          teamId: interview.teamId,
          personId: interview.personId,
          platform: interview.platform,
          what: 'notice',
          interviewId: interview.id,
          outgoing: {
            kind: 'post',
            channel: interview.channel,
            ...(interview.thread ? { thread: interview.thread } : {}),
            key,
            reply: {
              title: 'Closed after a quiet week',
              blocks: [
                {
                  kind: 'text',
                  text: 'Nothing happened here for a week, so this interview is closed. The report has what there is.',
                },
                {
                  kind: 'buttons',
                  buttons: [
                    {
                      label: 'Report',
                      run: `mock report interview:${interview.id}`,
                      style: 'primary',
                    },
                    { label: 'Another one', run: 'mock solo' },
                  ],
                },
              ],
            },
          },
          state: 'due',
          dueAt: at,
          at,
        },
      ]);
    }
  },
};
