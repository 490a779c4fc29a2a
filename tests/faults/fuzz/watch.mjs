// Watches a process from inside: how long a trivial request of another person stays unanswered, and how large the heap gets.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 50;
/** Nobody waits longer than this, and no heap is larger. */
export const LIMITS = { waitMs: 250, heapBytes: 512 * 1024 * 1024 };

/** Milliseconds of CPU of the main thread where the system tells, else of the whole process. */
export function cpuMs() {
  try {
    const [ns] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
    if (ns !== '0') return Number(ns) / 1e6;
  } catch {}
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The largest resident size of the process so far, in bytes; 0 where the system does not tell. */
export function peakBytes() {
  try {
    const [, kilobytes = 0] =
      /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** @param ask Sends a trivial request of a bystander. */
export function watch(ask) {
  let resumed = { at: 0, cpu: 0 };
  let isOver = false;
  const seen = { requests: 0, longestMs: 0, foreign: 0, stalls: 0, heap: 0 };
  let since = { longestMs: 0, busyMs: 0 };
  const sample = () => {
    const { heapUsed, external } = process.memoryUsage();
    seen.heap = Math.max(seen.heap, heapUsed + external);
  };

  async function stand() {
    while (!isOver) {
      const due = { at: performance.now() + EVERY_MS, cpu: cpuMs() };
      await wait(EVERY_MS);
      await ask();
      sample();
      // What the test itself did in between, such as making a file, kept nobody waiting.
      const from = resumed.at > due.at - EVERY_MS ? resumed : due;
      const waitedMs = performance.now() - Math.max(due.at, from.at);
      // The process must have used the processor for it: a machine that is busy with others is no fault of ours.
      const busyMs = Math.min(waitedMs, cpuMs() - from.cpu);
      seen.requests += 1;
      if (waitedMs > LIMITS.waitMs && busyMs <= LIMITS.waitMs) seen.foreign += 1;
      if (busyMs > since.busyMs) since = { longestMs: waitedMs, busyMs };
      seen.longestMs = Math.max(seen.longestMs, busyMs);
    }
  }
  const standing = stand();

  return {
    seen,
    /** From now on it is the bot that works, and no longer the test. */
    resume() {
      resumed = { at: performance.now(), cpu: cpuMs() };
    },
    /** What the bystander met since the last look, once its request under way is answered. */
    async look() {
      const before = seen.requests;
      while (since.busyMs <= LIMITS.waitMs && seen.requests === before) await wait(10);
      const met = since;
      since = { longestMs: 0, busyMs: 0 };
      sample();
      return met;
    },
    async stop() {
      isOver = true;
      await standing;
    },
  };
}
