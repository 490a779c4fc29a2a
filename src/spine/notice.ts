import type { NewOutboxRow, Schedule } from '../store/schema.ts';
import type { JobContext } from './job.ts';
import { accountOn, directRow } from './outbox.ts';
import type { Reply } from './reply.ts';

/** A direct message to the person who keeps a schedule; nothing when no one does any more. */
export async function noticeToAdmins(
  { store, clock }: Pick<JobContext, 'store' | 'clock'>,
  schedule: Schedule,
  notice: { key: string; reply: Reply; postId?: number },
): Promise<NewOutboxRow[]> {
  if (!schedule.keeperId) return [];
  const account = await accountOn(schedule.platform, schedule.keeperId, store);
  if (!account) return [];
  return [
    directRow({
      ...notice,
      teamId: schedule.teamId,
      personId: schedule.keeperId,
      platform: schedule.platform,
      account,
      at: clock.now(),
    }),
  ];
}
