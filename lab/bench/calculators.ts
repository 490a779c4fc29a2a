import { performance } from 'node:perf_hooks';
import { present as presentDiscord } from '../../src/adapters/discord/present.ts';
import { createDraw } from '../../src/pictures/png.ts';
import type { Chart, Reply } from '../../src/spine/reply.ts';
import { createWorld } from '../../tests/support/world.ts';

/**
 * Processor time of a calculator's reply: parsed, computed, stored and presented, without and with
 * its picture.
 *
 *     node lab/bench/calculators.ts [rounds]
 *
 * Aims: under 5 ms without the picture, under 60 ms with it, and the picture off the main thread.
 * `first` is the first reply of its kind in this process, when nothing is compiled or kept yet.
 */
const ROUNDS = Number(process.argv[2] ?? 40);

const LINES = [
  'vram llama-3.1-8b 4090',
  'vram mixtral 4090 q4_k_m 32k',
  'vram deepseek-v3 8x h200 128k 64 users',
  'vram llama-3.1-8b for:qlora 4090',
  'vram gemma-3-27b 4090 show:sweep',
  'kv gemma-3-27b 128k fp8',
  'fit llama-3.3-70b 2x 4090',
  'fit llama-3.3-70b cheapest',
  'fit 4090',
  'fit m3 max 64gb',
  'compare llama-3.1-8b qwen3-8b 4090',
  'latency llama-3.3-70b 4x h100',
  'cost llama-3.3-70b 2x h100',
  'lora llama-3.1-8b 4090',
  'train llama-3.1-8b 15t 1024x h100',
  'speculate llama-3.3-70b llama-3.2-1b',
  'models llama-3.1-8b',
  'gpus',
];

/** User and system time of all threads of this process, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function chartsOf(reply: Reply): Chart[] {
  return reply.blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function measure() {
  const world = createWorld();
  const draw = await createDraw((error) => {
    throw error;
  });
  let person = 0;
  // Quotas are for people.
  const ask = async (line: string) => {
    person += 1;
    const began = cpuMs();
    const reply = await world.ask(line, { as: `p${person}` });
    presentDiscord(reply);
    return { reply, ms: cpuMs() - began };
  };
  const rows = [];
  for (const line of LINES) {
    const first = await ask(line);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push((await ask(line)).ms);
    const [chart] = chartsOf(first.reply);
    rows.push({ line, first: first.ms, text: median(times), ...(await drawn(draw, chart)) });
  }
  return rows;
}

/** The time of a picture on all threads, and how long it kept the main thread busy. */
async function drawn(draw: Awaited<ReturnType<typeof createDraw>>, chart: Chart | undefined) {
  if (!chart) return {};
  const all: number[] = [];
  const main: number[] = [];
  await draw(chart);
  for (let round = 0; round < Math.min(ROUNDS, 20); round += 1) {
    const began = cpuMs();
    const busy = performance.eventLoopUtilization();
    await draw(chart);
    main.push(performance.eventLoopUtilization(busy).active);
    all.push(cpuMs() - began);
  }
  return { picture: median(all), onMainThread: median(main) };
}

const shown = (value: number | undefined) =>
  (value === undefined ? '' : value.toFixed(2)).padStart(9);

const rows = await measure();
process.stdout.write('milliseconds of processor time\n');
process.stdout.write(`${'reply'.padEnd(44)}    first     text  picture  on main\n`);
for (const { line, first, text, picture, onMainThread } of rows) {
  const cells = [first, text, picture, onMainThread].map(shown).join('');
  process.stdout.write(`${line.padEnd(44)}${cells}\n`);
}
const slowest = Math.max(...rows.map(({ text }) => text));
const withPicture = Math.max(...rows.map(({ text, picture = 0 }) => text + picture));
process.stdout.write(
  `slowest: ${slowest.toFixed(2)} ms of 5 without a picture, ${withPicture.toFixed(2)} ms of 60 with it\n`,
);
if (slowest > 5 || withPicture > 60) process.exitCode = 1;
