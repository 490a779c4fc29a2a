import { forEach, type Job } from '../../../spine/job.ts';
import { catalogOf } from '../../../spine/team-catalog.ts';
import { openFeedback } from '../feedback.ts';

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
