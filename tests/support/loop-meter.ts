/**
 * CPU time of one turn of the event loop. In a small team all turns take under 50 ms, but the test and the platform that it
 * plays run in the same thread: up to 410 ms. A busy machine adds little to CPU time.
 */
const MOST_MS = 1_000;
const EVERY_MS = 10;

/** Watches the turns of this thread; `check` ends that, and throws when one of them would have stopped everyone. */
export function meterTurns() {
  const cpuMs = () => {
    // Node 22 only knows the CPU time of all threads.
    const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
    return (user + system) / 1000;
  };
  let longestMs = 0;
  let last = cpuMs();
  const timer = setInterval(() => {
    const now = cpuMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  }, EVERY_MS).unref();
  return {
    check() {
      clearInterval(timer);
      if (longestMs > MOST_MS)
        throw new Error(`A turn of the event loop took ${Math.round(longestMs)} ms of CPU time`);
    },
  };
}
