import { CATCH_UP_MS } from '../../core/slots.ts';
import type { JobContext } from '../../spine/job.ts';
import type { Outgoing, Platform, Problem, Sent } from '../../spine/platform.ts';
import { plain } from '../../spine/reply.ts';
import type { Settlement } from '../../store/queries/settling.ts';
import type { OutboxRow } from '../../store/schema.ts';
import { follow } from './after-sending.ts';
import { handleDeliveryFailure } from './delivery-failures.ts';
import { backOffMs, isRepeatable, mayResend, waitMs } from './resending.ts';

/** A sender that says nothing for this long is taken for dead. */
export const LEASE_MS = 60_000;

/** A row that is refused for being too busy is tried for so long: a post that is later is missed. */
const KEEP_TRYING_MS = CATCH_UP_MS;

const RESEND_AFTER_MS = 5_000;

/** Rows that were taken but not sent fall due again. */
export async function putBack(
  { store, clock }: JobContext,
  rows: readonly OutboxRow[],
  dueAt: Date,
): Promise<void> {
  for (const { id, lease } of rows)
    await store.settle({ id, lease, state: 'due', at: clock.now(), dueAt });
}

/** Sends one row; the instant of the next attempt when its place is too busy. */
export async function sendOne(context: JobContext, leased: OutboxRow): Promise<Date | undefined> {
  const { clock } = context;
  const { id, lease } = leased;
  const platform = context.platforms.get(leased.platform);
  const began = clock.now().getTime();
  if (!platform) {
    // This process does not serve that platform; another one may.
    await putBack(context, [leased], new Date(began + LEASE_MS));
    return undefined;
  }
  if (leased.expiresAt && leased.expiresAt <= clock.now()) {
    await context.store.settle(await unwanted(context, leased, TOO_LATE));
    return undefined;
  }
  const workspace = await context.store.workspaceToWrite(leased.teamId, leased.platform);
  if (workspace && !workspace.isServed) {
    await context.store.settle(await unwanted(context, leased, NOT_SERVED));
    return undefined;
  }
  const isFirst = leased.firstTriedAt === null;
  if (!isFirst && !mayResend(platform, leased, clock.now())) {
    const problem = leased.problem ?? 'no response';
    await context.store.settle(await handleDeliveryFailure(context, leased, 'lost', problem));
    return undefined;
  }
  const row = await context.store.beginSend({ id, lease, at: clock.now() });
  // Another process has taken the row meanwhile, or may by now: this one stood still while it noted the attempt.
  if (!row?.leaseUntil || row.leaseUntil <= clock.now()) return undefined;
  const sent = await attempt(context, platform, row, workspace?.id);
  const settlement = await outcomeOf(context, platform, row, sent);
  if (isFirst && !sent.ok && sent.outcome === 'busy')
    settlement.untried = notSent(row, sent.problem);
  const settled = await context.store.settle(settlement);
  if (settled && sent.ok && row.what === 'reminder' && row.personId)
    await context.store.reminderCame(row.personId, clock.now());
  if (settled && settlement.live) context.wakeAt(settlement.live.dueAt);
  if (settled) await tell(context, row, settlement, clock.now().getTime() - began);
  return !sent.ok && sent.outcome === 'busy' ? settlement.dueAt : undefined;
}

/** The bot was removed from the workspace, or stopped there, after the row was written. */
const NOT_SERVED = 'Warmup was removed or turned off here.';

const TOO_LATE = 'By the time I could, it was too late.';

/** A row that nobody needs any more. */
async function unwanted(context: JobContext, row: OutboxRow, problem: string): Promise<Settlement> {
  // Reminders come again: the next day, or when the bot is back.
  const { id, lease } = row;
  if (row.what === 'reminder') return { id, lease, state: 'dropped', at: context.clock.now() };
  return handleDeliveryFailure(context, row, 'failed', problem);
}

/** What the platform made of it; whatever goes wrong on the way leaves the outcome unknown. */
async function attempt(
  { emit, newId }: JobContext,
  platform: Platform,
  row: OutboxRow,
  workspace: string | undefined,
): Promise<Sent> {
  try {
    return await platform.send(revive(row.outgoing), workspace);
  } catch (error) {
    const reference = newId().slice(0, 6);
    emit({ kind: 'failed', where: `sending ${row.what}`, reference, error });
    return {
      ok: false,
      outcome: 'unknown',
      problem: {
        code: 'unavailable',
        words: `something went wrong while sending, code ${reference}`,
      },
    };
  }
}

/** A row that was refused for now has certainly not been sent; keeping to a limit is no attempt. */
function notSent({ attempts }: OutboxRow, { code }: Problem) {
  return { attempts: code === 'rate-limited' ? attempts - 1 : attempts, firstTriedAt: null };
}

/** What became of a row, as events. */
async function tell(
  { store, emit }: JobContext,
  row: OutboxRow,
  settlement: Settlement,
  ms: number,
): Promise<void> {
  emit({
    kind: 'sent',
    what: row.what,
    platform: row.platform,
    outcome: settlement.state,
    ms,
    ...(settlement.problem ? { problem: plain(settlement.problem) } : {}),
  });
  if (row.what === 'question' && settlement.post?.state === 'posted' && row.postId !== null) {
    const post = await store.post(row.postId);
    if (post)
      emit({
        kind: 'posted',
        schedule: String(post.scheduleId),
        day: post.day,
        post: String(post.id),
      });
  }
  if (row.what === 'recap' && settlement.state === 'sent')
    emit({ kind: 'recapped', post: String(row.postId) });
}

async function outcomeOf(
  context: JobContext,
  platform: Platform,
  row: OutboxRow,
  sent: Sent,
): Promise<Settlement> {
  const at = context.clock.now();
  if (sent.ok)
    return {
      id: row.id,
      lease: row.lease,
      state: 'sent',
      at,
      message: sent.message,
      ...(await follow(context, row, sent, at)),
    };
  const problem = sent.problem.words;
  const again = (afterMs: number): Settlement => ({
    id: row.id,
    lease: row.lease,
    state: 'due',
    at,
    dueAt: new Date(at.getTime() + afterMs),
    problem,
  });
  if (sent.outcome === 'busy' && at.getTime() - row.at.getTime() < KEEP_TRYING_MS)
    return again(waitMs(row, sent));
  const later = new Date(at.getTime() + RESEND_AFTER_MS);
  if (sent.outcome === 'unknown' && mayResend(platform, row, later))
    return again(isRepeatable(row) ? backOffMs(row, RESEND_AFTER_MS) : RESEND_AFTER_MS);
  return handleDeliveryFailure(
    context,
    row,
    sent.outcome === 'unknown' ? 'lost' : 'failed',
    problem,
  );
}

/** JSON has no dates: the instants inside a stored reply become dates again. */
function revive(outgoing: Outgoing): Outgoing {
  return JSON.parse(JSON.stringify(outgoing), (key, value) =>
    key === 'time' && typeof value === 'string' ? new Date(value) : value,
  ) as Outgoing;
}
