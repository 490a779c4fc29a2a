import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuWith } from '../../../../src/core/calculators/hardware/cpu.ts';
import type { Gpu } from '../../../../src/core/calculators/hardware/gpu.ts';
import { type Machine, placeLayers } from '../../../../src/core/calculators/memory/placement.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { servingLatency } from '../../../../src/core/calculators/speed/latency.ts';
import { explainLatency } from '../../../../src/core/calculators/speed/latency-explain.ts';
import { GPUS, gpu, LATENCY, shape } from '../models/known.ts';

const Q4 = weightFormat('q4_k_m');

function timedOn(id: string, machine: Machine, batch = 1) {
  const request = { shape: shape(id), format: Q4, tokens: 1280, sequences: batch };
  return {
    ...request,
    gpu: machine.gpus[0] ?? cpuWith(64),
    facts: LATENCY,
    engine: 'llama.cpp' as const,
    promptTokens: 1024,
    outputTokens: 256,
    batch,
    placement: placeLayers(request, machine),
  };
}

const speedOn = (id: string, machine: Machine) =>
  servingLatency(timedOn(id, machine)).tokensPerSecond;

test('a CPU decodes as fast as its RAM is read', () => {
  const { perToken } = servingLatency({
    shape: shape('llama-3.1-8b'),
    format: Q4,
    gpu: cpuWith(32),
    facts: LATENCY,
    engine: 'llama.cpp',
    promptTokens: 1024,
    outputTokens: 256,
  });

  // 4.913 GB of Q4_K_M less 128,256 × 4,096 weights of the table in Q4_K, and 1,152 tokens of 131,072 bytes.
  const bytes = 4.913e9 - (128_256 * 4096 * 144) / 256 + 1152 * 131_072;
  expect(perToken / (bytes / (0.7 * 80e9))).toBeCloseTo(1, 2);
});

test.each([
  // Measured, not used for any constant: tokens per second, and the machine.
  ['Llama 2 7B on a 13900K with DDR5-6400', 'llama-2-7b', 'q4_0', 64, 102.4, 18.27],
  ['Phi-4 on twelve channels of an EPYC 9554', 'phi-4', 'q4_k_m', 512, 460.8, 28.74],
  ['Phi-4 in Q8_0 on the same', 'phi-4', 'q8_0', 512, 460.8, 19.19],
  ['Mixtral 8x7B on a 7950X with DDR5-3600', 'mixtral-8x7b', 'q8_0', 128, 57.6, 3.37],
])('%s lies in the stated band', (_, id, format, GiB, bandwidthGBps, measured) => {
  const { bands } = explainLatency({
    shape: shape(id),
    format: weightFormat(format),
    gpu: { ...cpuWith(GiB), bandwidthGBps },
    facts: LATENCY,
    engine: 'llama.cpp',
    promptTokens: 64,
    outputTokens: 128,
  });

  expect(bands.tokensPerSecond.low).toBeLessThan(measured);
  expect(bands.tokensPerSecond.high).toBeGreaterThan(measured);
});

test.each(['llama-3.1-8b', 'qwen3-30b-a3b', 'gemma-3-27b'])(
  'all layers of %s on one GPU are as fast as without a placement',
  (id) => {
    const { placement: _, ...plain } = timedOn(id, { gpus: [gpu('rtx-5090')] });

    const alone = servingLatency(plain);
    const placed = servingLatency(timedOn(id, { gpus: [gpu('rtx-5090')] }));

    expect(placed.perToken).toBeCloseTo(alone.perToken, 12);
    expect(placed.firstToken).toBeCloseTo(alone.firstToken, 12);
  },
);

test('a token passes GPUs one after the other: two kinds are between each by itself', () => {
  const both = speedOn('llama-3.1-8b', { gpus: [gpu('rtx-4090'), gpu('rtx-3060')] });

  expect(both).toBeLessThan(speedOn('llama-3.1-8b', { gpus: [gpu('rtx-4090')] }));
  expect(both).toBeGreaterThan(speedOn('llama-3.1-8b', { gpus: [gpu('rtx-3060')] }));
});

test('each layer in RAM costs speed, in tokens and in prompts', () => {
  const on = (mostLayers: number) =>
    servingLatency(
      timedOn('llama-3.1-8b', { gpus: [gpu('rtx-4090')], ram: cpuWith(64), mostLayers }),
    );
  const speeds = [33, 24, 16, 8, 0].map(on);

  for (const [at, slower] of speeds.slice(1).entries()) {
    expect(slower.tokensPerSecond).toBeLessThan(speeds[at]?.tokensPerSecond ?? 0);
    expect(slower.firstToken).toBeGreaterThan(speeds[at]?.firstToken ?? Infinity);
  }
});

test('faster RAM never slows, and only the layers in it become faster', () => {
  const withRate = (ram: Gpu, bandwidthGBps: number) => ({ ...ram, bandwidthGBps });
  fc.assert(
    fc.property(
      fc.constantFrom(...GPUS.filter(({ unified }) => !unified)),
      fc.integer({ min: 20, max: 400 }),
      (card, rate) => {
        const of = (each: number) =>
          speedOn('mixtral-8x7b', { gpus: [card], ram: withRate(cpuWith(128), each) });

        expect(of(2 * rate)).toBeGreaterThanOrEqual(of(rate));
        expect(of(2 * rate)).toBeLessThanOrEqual(2 * of(rate) * 1.000001);
      },
    ),
    { numRuns: 30 },
  );
});

test('a band with RAM in it is a factor of two, and says why', () => {
  const { bands, assumptions } = explainLatency(
    timedOn('llama-3.3-70b', { gpus: [gpu('rtx-4090')], ram: cpuWith(64) }),
  );

  const { low, high, why } = bands.tokensPerSecond;
  expect(high / low).toBeCloseTo(4, 9);
  expect(why).toContain('DDR4 is half as fast');
  expect(assumptions.join(' ')).toContain('2 channels of DDR5, 80 GB/s, of which 70% is reached');
});
