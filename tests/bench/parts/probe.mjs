// Loaded into a measured program before anything else: says what it has used, when asked, and the turns of its loop since.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const turns = monitorEventLoopDelay({ resolution: 5 });
turns.enable();
process.on('message', (asked) => {
  if (asked !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpuMs: (user + system) / 1000,
    rssMiB: process.memoryUsage.rss() / 2 ** 20,
    turnMs: { p999: turns.percentile(99.9) / 1e6, longest: turns.max / 1e6 },
  });
  turns.reset();
});
process.channel?.unref();
