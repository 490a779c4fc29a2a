import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parallelProblem } from '../../../../src/core/calculators/hardware/parallel.ts';
import { fitOnGpu } from '../../../../src/core/calculators/memory/capacity.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { planServing } from '../../../../src/core/calculators/speed/plan.ts';
import { gpu, LATENCY, MODELS, shape } from '../models/known.ts';

const TIMING = { facts: LATENCY, promptTokens: 4096, outputTokens: 256 };

function plan(id: string, card: string, concurrent: number, leastTokensPerSecond: number) {
  return planServing({
    request: { shape: shape(id), format: weightFormat('bf16'), engine: 'vllm', tokens: 4352 },
    gpu: gpu(card),
    timing: TIMING,
    concurrent,
    leastTokensPerSecond,
  });
}

test('a model of 141 GB takes two GPUs of 80 GiB, and one is short', () => {
  const { good, tooSmall } = plan('llama-3.1-70b', 'h100-sxm', 4, 10);

  expect(good[0]).toMatchObject({ gpus: 2, parallel: { tensor: 2, pipeline: 1, data: 1 } });
  expect(tooSmall.map(({ gpus }) => gpus)).toEqual([1]);
  expect(tooSmall.every(({ latency }) => latency === undefined)).toBe(true);
});

test('stages are whole servers, no more than hold the model, and no piece cuts a block of scales', () => {
  const big = plan('qwen3-235b-a22b', 'h100-sxm', 1, 5);
  const blocks = planServing({
    request: {
      shape: shape('minimax-m2.7'),
      format: weightFormat('fp8-block'),
      engine: 'vllm',
      tokens: 4352,
    },
    gpu: gpu('h100-sxm'),
    timing: TIMING,
    concurrent: 64,
    leastTokensPerSecond: 5,
  });

  const layouts = [...big.good, ...big.tooSmall].map(({ parallel }) => parallel);
  expect(layouts.filter(({ tensor, pipeline }) => pipeline > 1 && tensor < 8)).toEqual([]);
  expect(big.good.filter(({ parallel }) => parallel.pipeline > 1)).toEqual([]);
  expect(blocks.good.filter(({ parallel }) => parallel.tensor === 8)).toEqual([]);
});

test('a higher rate takes more GPUs, and says how fast fewer are', () => {
  const slow = plan('llama-3.1-8b', 'l4', 1, 5);
  const fast = plan('llama-3.1-8b', 'l4', 1, 25);

  expect(slow.good[0]?.gpus).toBe(1);
  expect(fast.good[0]?.gpus).toBeGreaterThan(1);
  expect(fast.tooSmall[0]?.latency?.tokensPerSecond).toBeLessThan(25);
});

test('every layout of a plan fits, keeps the rules of division, and meets the rate', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS.filter((each) => each.shape.kind === 'decoder')),
      fc.constantFrom('rtx-4090', 'h100-sxm', 'l40s', 'mi300x'),
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 5, max: 100 }),
      (each, card, concurrent, rate) => {
        const request = {
          shape: each.shape,
          format: weightFormat('fp8'),
          engine: 'vllm' as const,
          tokens: 4352,
        };
        const { good } = planServing({
          request,
          gpu: gpu(card),
          timing: TIMING,
          concurrent,
          leastTokensPerSecond: rate,
        });

        for (const { parallel, latency } of good) {
          const sequences = Math.ceil(concurrent / parallel.data);
          expect(parallelProblem(each.shape, parallel)).toBeUndefined();
          expect(fitOnGpu({ ...request, parallel, sequences }, gpu(card)).fits).toBe(true);
          expect(latency?.tokensPerSecond).toBeGreaterThanOrEqual(rate);
        }
        expect(good.map(({ gpus }) => gpus)).toEqual(
          good.map(({ gpus }) => gpus).sort((a, b) => a - b),
        );
      },
    ),
    { numRuns: 40 },
  );
});
