import type { Store } from '../queries.ts';
import type { NewOutboxRow, OutboxRow } from '../store/schema.ts';
import { type Reply, say } from './reply.ts';
import type { PlatformName } from './request.ts';

/** The part of an outbox row that has it sent as soon as possible. */
export function dueNow(at: Date) {
  return { state: 'due', dueAt: at, at } as const;
}

type DirectMessage = { account: string; personId: string; reply: Reply; what?: string } & Pick<
  NewOutboxRow,
  | 'key'
  | 'teamId'
  | 'platform'
  | 'at'
  | 'fromId'
  | 'postId'
  | 'interviewId'
  | 'peerId'
  | 'expiresAt'
>;

/** A direct message to an account as an outbox row; a notice, unless more hangs on its arrival. */
export function directRow({
  account,
  reply,
  what = 'notice',
  at,
  ...row
}: DirectMessage): NewOutboxRow {
  const outgoing = { kind: 'direct' as const, account, reply, key: row.key };
  return { ...row, what, outgoing, ...dueNow(at) };
}

/** The account to which a direct message on a platform goes; undefined when a person has none there. */
export async function accountOn(
  platform: PlatformName,
  personId: string,
  store: Pick<Store, 'accountsOf'>,
): Promise<string | undefined> {
  const accounts = await store.accountsOf(personId);
  return accounts.find(({ id }) => id.startsWith(`${platform}:`))?.id;
}

/**
 * Edits that take shared reports and results out of their channels. They name neither the interview nor the person,
 * since both may be deleted in the same step.
 */
export function unshareRows(shares: readonly OutboxRow[], at: Date): NewOutboxRow[] {
  return shares.flatMap(({ id, teamId, platform, what, outgoing, message }) => {
    if (message === null || outgoing.kind !== 'post') return [];
    const { channel, thread } = outgoing;
    const key = `unshare:${id}`;
    const reply = say(
      what === 'report'
        ? 'This report was deleted by the person who shared it.'
        : 'This result was removed by the person who shared it.',
    );
    return [
      {
        key,
        teamId,
        platform,
        what: 'closing',
        outgoing: { kind: 'edit', channel, message, reply, key, ...(thread ? { thread } : {}) },
        ...dueNow(at),
      },
    ];
  });
}
