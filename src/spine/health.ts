import type { Clock } from '../core/time.ts';
import type { PlatformName } from './request.ts';

/** Whether a part does its work; if not, since when, and why in words for the operator. */
export type Health = { ok: true } | { ok: false; since: Date; words: string };

/** The parts without which a bot that runs is of no use. */
export type PartHealth = {
  part: PlatformName | 'database';
  /** As people read it. */
  title: string;
  health: Health;
};

/** Keeps what a part last said of itself; trouble that changes its words goes on since it began. */
export function monitorHealth(clock: Clock) {
  let health: Health = { ok: true };
  return {
    health: (): Health => health,
    well(): void {
      health = { ok: true };
    },
    ill(words: string): void {
      health = { ok: false, words, since: health.ok ? clock.now() : health.since };
    },
  };
}

export type HealthMonitor = ReturnType<typeof monitorHealth>;
