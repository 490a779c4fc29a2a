import { openFeedback } from '../bot/peer-feedback.ts';
import { catalogOf } from '../bot/team-catalog.ts';
import { forEach, type Job } from './job.ts';

/** For so long the form of one person waits for that of the other. */
const WAITS_MS = 3 * 86_400_000;

/** Opens the feedback of peer interviews in which one of the two sends no form. */
export const feedback: Job = {
  name: 'feedback',
  async run(context) {
    const before = new Date(context.clock.now().getTime() - WAITS_MS);
    const waiting = await context.store.feedbackWaiting(before);
    await forEach(context, waiting, 'feedback', (session) =>
      openFeedback(session, { ...context, catalogOf: (id) => catalogOf(context, id) }),
    );
  },
};
