import { catalogOf } from '../bot/bank/team-catalog.ts';
import { openFeedback } from '../bot/peers/feedback.ts';
import { forEach, type Job } from './job.ts';

/** Opens the feedback of peer interviews in which one of the two sends no form. */
export const feedback: Job = {
  name: 'feedback',
  async run(context) {
    const overdue = await context.store.overduePeerSessions('feedback', context.clock.now());
    await forEach(context, overdue, 'feedback', (session) =>
      openFeedback(session, { ...context, catalogOf: (id) => catalogOf(context, id) }),
    );
  },
};
