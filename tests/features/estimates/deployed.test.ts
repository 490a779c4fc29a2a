import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findFormat } from '../../../src/core/calculators/names/format-names.ts';
import { WEIGHT_FORMATS } from '../../../src/core/calculators/quantization/formats.ts';
import { findFlag } from '../../../src/core/calculators/serving/engine-flags.ts';
import { engineStart } from '../../../src/core/calculators/serving/engine-start.ts';
import { engineIn, readPasted } from '../../../src/core/calculators/serving/pasted-command.ts';
import { GIB } from '../../../src/core/units.ts';
import { readDeployed } from '../../../src/features/estimates/deployments/deployed.ts';
import { type Outcome, outcomeOf } from '../../../src/features/estimates/deployments/outcome.ts';
import { readCards } from '../../../src/features/estimates/gpu.ts';
import { modelNamed } from '../../../src/features/estimates/model.ts';
import { ESTIMATE_CATALOG as catalog } from '../../support/estimate-catalog.ts';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;

const KNOWN =
  read<{ source: string; gpu: string; outcome: Outcome['verdict']; text: string }[]>(
    'known-deployments.json',
  );

function outcome(text: string, gpu: string) {
  const table = catalog.engines.find(({ engine }) => engine === engineIn(text));
  if (!table) throw new Error(`no engine in ${text}`);
  const command = readPasted(text, table);
  const deployed = readDeployed(command, modelNamed(command.model ?? '', { catalog }), { catalog });
  return { deployed, ...outcomeOf(deployed, readCards(gpu, { catalog, locale: 'en' })) };
}

test.each(KNOWN)('$gpu: $text ($source)', ({ text, gpu, outcome: expected }) => {
  const { verdict, isClose, why } = outcome(text, gpu);

  expect(isClose ? expected : verdict, why).toBe(expected);
});

test('at least 45 deployments are known, with at most 3 close to the edge', () => {
  expect(KNOWN.length).toBeGreaterThanOrEqual(45);
  expect(KNOWN.filter(({ text, gpu }) => outcome(text, gpu).isClose).length).toBeLessThanOrEqual(3);
});

test('DeepSeek-R1 over 8 data-parallel ranks takes about 95 GiB of weights on each H200', () => {
  const { start } = outcome(
    'vllm serve deepseek-ai/DeepSeek-R1 --data-parallel-size 8 --enable-expert-parallel',
    '8x h200',
  );

  // 653.9B of experts in FP8 / 8 = 76.1 GiB; attention, shared, and dense parts 14.1; two tables in BF16 3.5.
  expect((start?.weights ?? 0) / GIB).toBeCloseTo(93.8, 0);
});

test('a limit is no demand: 256 sequences change the peak of the start and not the requests', () => {
  const few = outcome(
    'vllm serve meta-llama/Llama-3.1-8B --max-model-len 8192 --max-num-seqs 16',
    'l40s',
  );
  const many = outcome(
    'vllm serve meta-llama/Llama-3.1-8B --max-model-len 8192 --max-num-seqs 256',
    'l40s',
  );

  expect([few.verdict, many.verdict]).toEqual(['starts', 'starts']);
  expect(many.start?.requestBytes).toBe(few.start?.requestBytes);
  expect(many.start?.peak).toBeGreaterThan(few.start?.peak ?? 0);
});

test('llama.cpp shrinks a context that nobody set until all layers fit, and not one that is set', () => {
  const open = outcome('llama-server -hf Qwen/Qwen3-14B-GGUF:Q4_K_M', '3060');
  const set = outcome('llama-server -hf Qwen/Qwen3-14B-GGUF:Q4_K_M -c 40960', '3060');

  expect(open.verdict).toBe('starts');
  expect(open.hybrid?.tokens).toBeLessThan(40_960);
  expect(set.hybrid?.tokens).toBe(40_960);
  expect(set.hybrid?.gpuLayers).toBeLessThan(set.hybrid?.layers ?? 0);
});

test('every flag has one meaning in its engine, and about 150 of them concern memory', () => {
  for (const { flags, engine } of catalog.engines) {
    const names = flags.flatMap((flag) => flag.names);
    expect(new Set(names).size, engine).toBe(names.length);
  }
  const counted = catalog.engines.flatMap(({ flags }) =>
    flags.filter(({ meaning }) => meaning !== 'none').flatMap(({ names }) => names),
  );
  expect(counted.length).toBeGreaterThanOrEqual(150);
});

test.each([
  ['vllm', '--max-num-seqs', 'limit'],
  ['vllm', '--max_num_batched_tokens', 'limit'],
  ['vllm', '--max-model-len', 'demand'],
  ['vllm', '--served-model-name', 'none'],
  ['sglang', '--mem-fraction-static', 'share'],
  ['sglang', '--max-running-requests', 'limit'],
  ['llamacpp', '-np', 'limit'],
  ['llamacpp', '-c', 'demand'],
  ['ollama', 'OLLAMA_KV_CACHE_TYPE', 'precision'],
])('%s %s is a %s', (engine, name, meaning) => {
  const table = catalog.engines.find((each) => each.engine === engine);

  expect(table && findFlag(table, name)?.meaning).toBe(meaning);
});

type PoolRow = {
  engine: string;
  version: string;
  model: string;
  gpu: string;
  tp: number;
  dtype: string;
  gpuMemoryUtilization?: number;
  maxModelLen?: number;
  maxNumSeqs?: number;
  quantity: string;
  value: number;
  isFitted: boolean;
};

/** Rows of servers with a model of the list, on a GPU that the log names. */
const POOL = read<PoolRow[]>('kv-pool.json').filter(
  ({ engine, model, gpu }) =>
    engine !== 'llama.cpp' && !/granite-4.0-micro|Qwen3\.x/.test(model) && !gpu.includes('?'),
);

function errorOf(row: PoolRow): number {
  const flags = [
    `vllm serve ${row.model} --tensor-parallel-size ${row.tp}`,
    `--max-model-len ${row.maxModelLen ?? 32_768}`,
    `--gpu-memory-utilization ${row.gpuMemoryUtilization ?? 0.9}`,
    ...(row.maxNumSeqs ? [`--max-num-seqs ${row.maxNumSeqs}`] : []),
  ].join(' ');
  // The rows name the shares of all engines as vLLM does.
  const [vllm] = catalog.engines;
  const table = catalog.engines.find(({ engine }) => engine === row.engine);
  const format = findFormat(WEIGHT_FORMATS, row.dtype);
  if (!vllm || !table || !format.found) throw new Error(row.model);
  const subject = modelNamed(row.model, { catalog });
  const own =
    subject.format && subject.format.bits === format.item.bits ? subject.format : format.item;
  const command = { ...readPasted(flags, vllm), table, version: row.version };
  const { request } = readDeployed(command, { ...subject, format: own }, { catalog });
  const { gpu } = readCards(row.gpu.replace(/\s*\(.*\)/, ''), { catalog, locale: 'en' });
  const { weights, pool, tokens } = engineStart({ ...request, engine: table.engine }, gpu);
  const ours = { 'weights GiB': weights / GIB, kvGiB: pool / GIB, kvTokens: tokens }[row.quantity];
  return ((ours ?? Number.NaN) / row.value - 1) * 100;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test('weights of logged starts are met within 1%', () => {
  const errors = POOL.filter(({ quantity }) => quantity === 'weights GiB').map(errorOf);

  expect(errors.length).toBeGreaterThanOrEqual(15);
  expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(1);
});

test('pools of logged starts that it was fitted on are met within a few percent', () => {
  const errors = POOL.filter((row) => row.isFitted && /^kv/.test(row.quantity)).map(errorOf);

  expect(errors.length).toBeGreaterThanOrEqual(15);
  expect(median(errors.map(Math.abs))).toBeLessThanOrEqual(4);
  expect(Math.abs(median(errors))).toBeLessThanOrEqual(2);
  expect(errors.filter((error) => Math.abs(error) <= 12).length / errors.length).toBeGreaterThan(
    0.85,
  );
});

test('pools of logged starts that it was not fitted on are met on the whole', () => {
  const errors = POOL.filter((row) => !row.isFitted && /^kv/.test(row.quantity)).map(errorOf);

  // Measured once: 8 of 11 within 12%, median 5%. Two are pools of a few GiB on full GPUs.
  expect(errors.filter((error) => Math.abs(error) <= 12).length).toBeGreaterThanOrEqual(8);
});
