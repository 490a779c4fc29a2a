import { readCatalog, readData } from '../../src/catalog.ts';

/** How long the bank takes to load, and a search: `node lab/bench/bank.ts`. */
const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const timed = (work: () => unknown) => {
  const began = performance.now();
  work();
  return performance.now() - began;
};
const timedSearch = async (typed: string) => {
  const began = performance.now();
  await catalog.search(typed, 5);
  return performance.now() - began;
};

const { catalog } = readCatalog();
const words = [
  'paged attention',
  'kv cache',
  'whats lora',
  'what is roofline',
  'prefil decode',
  'flash atention',
  'hallucnation',
  'why scale by sqrt dk',
  'zero stage 3',
  'how much vram do i need for 70b in int4 on two cards',
];
const first = await timedSearch('warm up');
const search = (index: number) => timedSearch(words[index % words.length] ?? '');
// The compiler has seen the code a few times, as in a bot that runs for a while.
for (let index = 0; index < 400; index += 1) await search(index);
const searches: number[] = [];
for (let index = 0; index < 2000; index += 1) searches.push(await search(index));
const slowest = [...searches].sort((a, b) => a - b)[Math.floor(searches.length * 0.99)] ?? 0;
process.stdout.write(
  [
    `built bank: ${median(Array.from({ length: 5 }, () => timed(() => readCatalog()))).toFixed(0)} ms`,
    `from YAML, with validation: ${median(Array.from({ length: 3 }, () => timed(() => readData()))).toFixed(0)} ms`,
    `first search, which makes the index: ${first.toFixed(0)} ms`,
    `search: ${median(searches).toFixed(2)} ms (median of ${searches.length}), ${slowest.toFixed(2)} ms (99th percentile)`,
    '',
  ].join('\n'),
);
