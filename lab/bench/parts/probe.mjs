// Loaded into a measured program before anything else: says what it has used, when asked, and the turns of its loop since.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const turns = monitorEventLoopDelay({ resolution: 5 });
turns.enable();

const usage = () => {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const turnMs = { p999: turns.percentile(99.9) / 1e6, longest: turns.max / 1e6 };
  turns.reset();
  return {
    cpuMs: (user + system) / 1000,
    rssMiB: rss / 2 ** 20,
    heapMiB: heapUsed / 2 ** 20,
    turnMs,
  };
};

const collected = () => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  turns.reset();
};

process.on('message', (asked) => {
  if (asked === 'usage') process.send?.(usage());
  if (asked === 'collect') process.send?.(collected() ?? 'done');
});
process.channel?.unref();
