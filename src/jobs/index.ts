import { close } from '../features/daily/jobs/close.ts';
import { daily } from '../features/daily/jobs/post.ts';
import { reveals } from '../features/daily/jobs/reveals.ts';
import { interviews } from '../features/interview/job.ts';
import { live } from '../features/live/job.ts';
import { feedback } from '../features/peers/jobs/feedback.ts';
import { invitations } from '../features/peers/jobs/invitations.ts';
import { peers } from '../features/peers/jobs/peers.ts';
import { digests } from '../features/team/jobs/digests.ts';
import { reminders } from '../features/team/jobs/reminders.ts';
import type { Job } from '../spine/job.ts';
import { cleanup } from './cleanup.ts';
import { outbox } from './sending/outbox.ts';
import { unanswered } from './unanswered.ts';

/** In this order: what one writes, a later one sends in the same tick. */
export const JOBS: readonly Job[] = [
  // People wait for it by the second.
  live,
  close,
  reveals,
  daily,
  interviews,
  invitations,
  peers,
  feedback,
  digests,
  reminders,
  outbox,
  unanswered,
  cleanup,
];
