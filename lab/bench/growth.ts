import { inWords, loadOn, startOurs, typed } from './parts/slack-load.ts';

/** What stays in memory after 50,000 commands, once garbage is collected: `npm run bench -- growth`. */
const COMMANDS = 50_000;
const WARM = 10_000;
const PORT = 39_315;
const LINES = ['help', 'me', 'leaderboard', 'kv llama-3.1-8b', 'ask cache'];

const { program, remove } = await startOurs(PORT);
const load = loadOn(
  PORT,
  16,
  typed('/warmup', (at) => LINES[at % LINES.length] ?? 'help'),
  inWords,
);
/** What is kept, and the turns of the loop until now. */
const look = async () => {
  const { turnMs } = await program.usage();
  await program.collect();
  return { turnMs, heapMiB: (await program.usage()).heapMiB };
};
// What is kept at most, such as the deliveries and quotas of ten thousand, is filled first.
await load(WARM);
const before = await look();
await load(COMMANDS);
const after = await look();
process.stdout.write(
  `${COMMANDS} commands: ${(after.heapMiB - before.heapMiB).toFixed(1)} MiB more, of ${after.heapMiB.toFixed(1)} MiB\n`,
);
const { p999, longest } = after.turnMs;
process.stdout.write(
  `turns of the loop: p99.9 ${p999.toFixed(0)} ms, longest ${longest.toFixed(0)} ms\n`,
);
await program.stop();
remove();
process.exit();
