import type { NewOutboxRow, OutboxRow } from '../../store/schema.ts';
import { dueNow } from '../outbox.ts';
import { say } from '../reply.ts';

/**
 * Edits that take shared reports out of their channels. They name neither the interview nor the person,
 * since both are deleted in the same step.
 */
export function unshareRows(shares: readonly OutboxRow[], at: Date): NewOutboxRow[] {
  return shares.flatMap(({ id, teamId, platform, outgoing, message }) => {
    if (message === null || outgoing.kind !== 'post') return [];
    const { channel } = outgoing;
    const key = `unshare:${id}`;
    const reply = say('This report was deleted by the person who shared it.');
    return [
      {
        key,
        teamId,
        platform,
        what: 'closing',
        outgoing: { kind: 'edit', channel, message, reply, key },
        ...dueNow(at),
      },
    ];
  });
}
