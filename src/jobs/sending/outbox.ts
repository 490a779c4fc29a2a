import { inLanes, type Job, type JobContext } from '../../spine/job.ts';
import type { OutboxRow } from '../../store/schema.ts';
import { handleDeliveryFailure } from './delivery-failures.ts';
import { mayResend } from './resending.ts';
import { LEASE_MS, putBack, sendOne } from './sending.ts';

/** So late in its lease no send begins: a send takes this long at the most. */
const SEND_MS = 25_000;

const BATCH = 50;

/** Sends under way at once. */
const LANES = 16;

/** The minute's tick comes anyway. */
const TICK_MS = 60_000;

/** Sends what is due; each row has its own outcome. */
export const outbox: Job = {
  name: 'outbox',
  async run(context) {
    const { store, clock } = context;
    await takeBackExpired(context);
    while (!context.isStopping()) {
      const at = clock.now();
      const leaseUntil = new Date(at.getTime() + LEASE_MS);
      const lease = context.newId();
      const rows = await store.leaseDue({ at, lease, leaseUntil, limit: BATCH });
      if (rows.length === 0) break;
      await inLanes(byChannel(rows), LANES, (group) => sendInOrder(context, group, at));
    }
    const next = await store.nextOutgoingAt();
    if (next && next.getTime() - clock.now().getTime() < TICK_MS) context.wakeAt(next);
  },
};

/** Rows of one place go out one after the other, in their order. */
function byChannel(rows: OutboxRow[]): OutboxRow[][] {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const { outgoing } = row;
    const place = 'channel' in outgoing ? outgoing.channel : outgoing.account;
    const key = `${row.platform} ${place}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** Sends the rows of one place until it is too busy, the lease runs out or the process stops. */
async function sendInOrder(
  context: JobContext,
  rows: readonly OutboxRow[],
  leasedAt: Date,
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const now = context.clock.now();
    const isLate = now.getTime() - leasedAt.getTime() > LEASE_MS - SEND_MS;
    if (isLate || context.isStopping()) return putBack(context, rows.slice(index), now);
    const until = await sendOne(context, row);
    if (until) return putBack(context, rows.slice(index + 1), until);
  }
}

/** Rows whose sender died: sent where nothing had begun, sent again only where that is safe. */
async function takeBackExpired(context: JobContext): Promise<void> {
  const at = context.clock.now();
  for (const row of await context.store.expiredLeases(at)) {
    const platform = context.platforms.get(row.platform);
    if (!platform) continue;
    const problem = 'Warmup stopped while sending it';
    await context.store.settle(
      row.firstTriedAt === null || mayResend(platform, row, at)
        ? { id: row.id, lease: row.lease, state: 'due', at, dueAt: at, problem }
        : await handleDeliveryFailure(context, row, 'lost', problem),
    );
  }
}
