import type { Platform, Sent } from '../../spine/platform.ts';
import type { OutboxRow } from '../../store/schema.ts';

/** Longest wait between two attempts while a platform cannot be reached. */
const MAX_WAIT_MS = 15 * 60_000;

/** Attempts at an edit or a thread whose outcome stays unknown: about ten minutes of them. */
const MAX_REPEATS = 8;

/** A platform's own wait is kept; while it cannot be reached the waits grow. */
export function waitMs(
  row: OutboxRow,
  { problem, retryAfterMs = 0 }: Extract<Sent, { ok: false }>,
) {
  const least = problem.code === 'rate-limited' ? 1_000 : backOffMs(row, 1_000);
  return Math.max(least, retryAfterMs);
}

/** Twice as long after each attempt. */
export function backOffMs({ attempts }: OutboxRow, firstMs: number): number {
  return Math.min(MAX_WAIT_MS, firstMs * 2 ** (Math.min(attempts, 20) - 1));
}

/** Doing it again shows nothing twice. */
export function isRepeatable({ outgoing: { kind } }: OutboxRow): boolean {
  return kind === 'edit' || kind === 'thread';
}

/**
 * Whether an attempt at this instant is safe after one whose outcome is not known: an edit, or a
 * message with the same key in time. A room has no key, so a second attempt could open a second one.
 */
export function mayResend(platform: Platform, row: OutboxRow, at: Date): boolean {
  if (isRepeatable(row)) return row.attempts < MAX_REPEATS;
  if (row.outgoing.kind === 'room') return false;
  const ageMs = at.getTime() - (row.firstTriedAt ?? at).getTime();
  // Before its first attempt the clock was set back, so nobody knows how long ago that was.
  return ageMs >= 0 && ageMs < platform.resendSafeForMs;
}
