import { cleanup } from './cleanup.ts';
import { close } from './close.ts';
import { daily } from './daily.ts';
import { digests } from './digests.ts';
import { feedback } from './feedback.ts';
import { interviews } from './interviews.ts';
import { invitations } from './invitations.ts';
import type { Job } from './job.ts';
import { live } from './live.ts';
import { peers } from './peers.ts';
import { reminders } from './reminders.ts';
import { reveals } from './reveals.ts';
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
