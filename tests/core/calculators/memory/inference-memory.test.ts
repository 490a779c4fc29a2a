import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  grantedBytes,
  peakFlops,
  withMemory,
} from '../../../../src/core/calculators/hardware/gpu.ts';
import { parallelProblem } from '../../../../src/core/calculators/hardware/parallel.ts';
import {
  computeBufferBytes,
  prefillActivationBytes,
} from '../../../../src/core/calculators/memory/activations.ts';
import {
  fitOnGpu,
  maximumConcurrency,
  pagedTokens,
  servingCapacity,
  usableBytes,
} from '../../../../src/core/calculators/memory/capacity.ts';
import { explainInferenceMemory } from '../../../../src/core/calculators/memory/inference-explain.ts';
import {
  heldTwice,
  inferenceMemory,
} from '../../../../src/core/calculators/memory/inference-memory.ts';
import { kvCacheSize } from '../../../../src/core/calculators/memory/kv-cache.ts';
import {
  WEIGHT_FORMATS,
  weightFormat,
} from '../../../../src/core/calculators/quantization/formats.ts';
import { weightBytes } from '../../../../src/core/calculators/quantization/weights.ts';
import { GIB, gpu, MODELS, shape } from '../models/known.ts';

const BF16 = weightFormat('bf16');
const LLAMA = { shape: shape('llama-3.1-8b'), format: BF16, tokens: 8192 } as const;

test('Llama 3.1 8B at 8,192 tokens needs 17.7 GiB and fits 24 but not 16 GiB', () => {
  const { perGpu } = inferenceMemory(LLAMA);

  // 14.96 GiB of weights, 1 GiB of cache, and 1 GiB + 5 % of the weights for the rest.
  expect(perGpu.weights / GIB).toBeCloseTo(14.96, 2);
  expect(perGpu.kv / GIB).toBe(1);
  expect(perGpu.total / GIB).toBeCloseTo(14.96 + 1 + 1 + 0.75, 1);
  expect(fitOnGpu(LLAMA, gpu('rtx-4090')).spare / GIB).toBeCloseTo(4.4, 1);
  expect(fitOnGpu(LLAMA, gpu('t4')).fits).toBe(false);
});

test('the lines add up', () => {
  const { weights, kv, activations, overhead, total } = inferenceMemory(LLAMA).perGpu;

  expect(weights + kv + activations + overhead).toBe(total);
});

// Logs of llama.cpp with flash attention and 512 tokens: 70.50 MiB and 258.50 MiB.
test.each([
  ['llama-2-7b', 70.5],
  ['llama-3-8b', 258.5],
])('the compute buffer of %s is %d MiB', (id, mebibytes) => {
  expect(computeBufferBytes(shape(id)) / 1024 ** 2).toBe(mebibytes);
});

test('activations of a chunk do not depend on the length of the prompt', () => {
  const of = (chunkTokens: number) =>
    prefillActivationBytes({ shape: LLAMA.shape, chunkTokens, sequences: 1 });

  expect(of(2048)).toBe(2048 * (4 * 4096 + 2 * 14_336) * 2 + 128_256 * 4);
  expect(inferenceMemory({ ...LLAMA, tokens: 100_000 }).perGpu.activations).toBe(of(2048));
});

test('memory never shrinks with context, sequences or bits', () => {
  const formats = WEIGHT_FORMATS.filter(({ quantizes }) => quantizes === 'linear');

  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.constantFrom('vllm' as const, 'llama.cpp' as const),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 64 }),
      fc.constantFrom(...formats),
      ({ shape: each }, engine, tokens, sequences, format) => {
        const of = (more: object) =>
          inferenceMemory({ shape: each, format, tokens, sequences, engine, ...more }).perGpu.total;

        expect(of({ tokens: tokens + 1 })).toBeGreaterThanOrEqual(of({}));
        expect(of({ sequences: sequences + 1 })).toBeGreaterThanOrEqual(of({}));
        expect(of({ format: BF16 })).toBeGreaterThanOrEqual(of({}));
      },
    ),
  );
});

test('the band holds the value', () => {
  for (const engine of ['vllm', 'llama.cpp'] as const) {
    const { band, perGpu } = explainInferenceMemory({ ...LLAMA, engine });

    expect(band.low).toBeLessThanOrEqual(perGpu.total);
    expect(band.high).toBeGreaterThanOrEqual(perGpu.total);
    expect(band.why).not.toBe('');
  }
});

test('tensor parallelism divides heads and copies the rest', () => {
  const { perGpu } = inferenceMemory({ ...LLAMA, parallel: { tensor: 4 } });
  const norms = (2 * 32 + 1) * 4096 * 2;

  expect(perGpu.weights).toBe((2 * 8_030_261_248 - norms) / 4 + norms);
  expect(perGpu.kv).toBe(GIB / 4);
});

test('KV heads are copied where there are fewer than GPUs', () => {
  // Qwen3 235B has 4 KV heads: each of 8 GPUs holds one, so the cache is held twice.
  const request = { shape: shape('qwen3-235b-a22b'), format: BF16, tokens: 4096 };

  const { perGpu } = inferenceMemory({ ...request, parallel: { tensor: 8 } });

  expect(perGpu.kv).toBe(kvCacheSize({ shape: request.shape, tokens: 4096 }).bytes / 4);
});

test('a latent is whole on every GPU', () => {
  const request = { shape: shape('deepseek-v3'), format: weightFormat('fp8-block'), tokens: 4096 };

  const { perGpu } = inferenceMemory({ ...request, parallel: { tensor: 8 } });

  expect(perGpu.kv).toBe(4096 * 70_272);
});

test('data parallelism shares the sequences', () => {
  const { perGpu, gpus } = inferenceMemory({ ...LLAMA, sequences: 8, parallel: { data: 4 } });

  expect(gpus).toBe(4);
  expect(perGpu.kv).toBe(2 * GIB);
});

test('experts are dealt out', () => {
  const request = { shape: shape('qwen3-30b-a3b'), format: BF16, tokens: 1024 };
  const experts = 48 * 128 * 3 * 2048 * 768 * 2;

  const one = inferenceMemory({ ...request, parallel: { tensor: 2 } }).perGpu.weights;
  const dealt = inferenceMemory({ ...request, parallel: { tensor: 2, data: 4, expert: 8 } });

  expect(one - dealt.perGpu.weights).toBeCloseTo(experts / 2 - experts / 8, 0);
});

test('the shares of all GPUs sum to the model and the copies that are named', () => {
  const degrees = fc.constantFrom(1, 2, 4, 8);

  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.constantFrom(...WEIGHT_FORMATS),
      degrees,
      fc.integer({ min: 1, max: 6 }),
      degrees,
      degrees,
      ({ shape: each }, format, tensor, pipeline, data, expert) => {
        const parallel = { tensor, pipeline, data, expert };
        fc.pre(parallelProblem(each, parallel) === undefined);
        const request = { shape: each, format, tokens: 16, parallel };

        const { stages } = inferenceMemory(request);
        const all = stages.reduce((sum, { weights }) => sum + weights, 0) * tensor * data;

        const wanted = weightBytes(each, format) + heldTwice(request).bytes;
        expect(Math.abs(all / wanted - 1)).toBeLessThan(1e-9);
      },
    ),
    { numRuns: 300 },
  );
});

test('the cache shares of all stages and GPUs sum to the cache where heads divide evenly', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2, 4, 8),
      fc.integer({ min: 1, max: 32 }),
      (tensor, pipeline) => {
        const request = { ...LLAMA, parallel: { tensor, pipeline } };

        const { stages } = inferenceMemory(request);

        expect(stages.reduce((sum, { kv }) => sum + kv, 0) * tensor).toBe(GIB);
      },
    ),
  );
});

test.each([
  [{ tensor: 3 }, "32 attention heads can't be split evenly across 3 GPUs."],
  [{ pipeline: 33 }, "33 pipeline stages are more than the model's 32 layers."],
])('the layout %o gets a sentence', (parallel, sentence) => {
  expect(parallelProblem(LLAMA.shape, parallel)).toBe(sentence);
});

test('KV heads that neither divide nor are divided get a sentence', () => {
  // Phi-4 has 40 heads and 10 KV heads.
  expect(parallelProblem(shape('phi-4'), { tensor: 4 })).toBe(
    "10 KV heads can't be split evenly across 4 GPUs.",
  );
});

test('experts that do not divide get a sentence', () => {
  const problem = parallelProblem(shape('mixtral-8x7b'), { tensor: 4, data: 4, expert: 16 });

  expect(problem).toContain('8 experts');
});

test('a page pool holds whole pages', () => {
  expect(pagedTokens(12 * GIB, 819_200)).toBe(15_728);
  expect(maximumConcurrency(1381 * 16, 2048)).toBeCloseTo(10.79, 2);
});

test('capacity is the room divided by what a sequence takes', () => {
  const request = { ...LLAMA, tokens: 4096 };
  const capacity = servingCapacity(request, gpu('h100-sxm'));
  const rest = inferenceMemory(request).perGpu.total - 0.5 * GIB;

  expect(capacity.kvBytes).toBeCloseTo(81_559 * 1024 ** 2 * 0.92 - rest, 0);
  expect(capacity.sequences).toBe(Math.floor(capacity.kvBytes / (0.5 * GIB)));
});

test('local layers make room for more sequences', () => {
  const base = shape('gemma-3-27b');
  const layers = base.layers.map(({ attention, ...group }) => ({
    ...group,
    attention: attention.kind === 'window' ? { ...attention, window: 131_072 } : attention,
  }));
  const request = { shape: base, format: BF16, tokens: 65_536 };

  const local = servingCapacity(request, gpu('h200')).sequences;
  const full = servingCapacity({ ...request, shape: { ...base, layers } }, gpu('h200')).sequences;

  expect(local).toBeGreaterThan(4 * full);
});

test('macOS grants its GPU two thirds of a small and three quarters of a large memory', () => {
  expect(grantedBytes(gpu('m1')) / GIB).toBeCloseTo(16 * (2 / 3), 6);
  expect(grantedBytes(gpu('m3-max')) / GIB).toBe(96);
  expect(grantedBytes(withMemory(gpu('m3-max'), 36)) / GIB).toBe(27);
  expect(usableBytes(gpu('m3-max'), 'llama.cpp') / GIB).toBe(96);
});

test('a format without matrix units runs at the 16-bit rate', () => {
  expect(peakFlops(gpu('a100-80'), 'fp8')).toBe(312e12);
  expect(peakFlops(gpu('h100-sxm'), 'fp8')).toBe(1979e12);
});
