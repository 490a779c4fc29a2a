import { readCatalog, readYaml } from '../../src/catalog.ts';

/** How long the bank takes to load, and a search: `npx tsx tests/bench/bank.ts`. */
const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const timed = (work: () => unknown) => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

const { catalog } = readCatalog();
const words = [
  'paged attention',
  'kv cache',
  'lora rank',
  'what is roofline',
  'prefil decode',
  'zero stage 3',
];
catalog.search('warm up', 5);
const searches = Array.from({ length: 600 }, (_, index) =>
  timed(() => catalog.search(words[index % words.length] ?? '', 5)),
);
process.stdout.write(
  [
    `built bank: ${median(Array.from({ length: 5 }, () => timed(() => readCatalog()))).toFixed(0)} ms`,
    `from YAML, with validation: ${median(Array.from({ length: 3 }, () => timed(() => readYaml()))).toFixed(0)} ms`,
    `search: ${median(searches).toFixed(2)} ms (median of ${searches.length})`,
    '',
  ].join('\n'),
);
