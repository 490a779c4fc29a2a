import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import {
  collectiveSeconds,
  transferSeconds,
} from '../../../src/core/calculators/hardware/communication.ts';
import { kvBytesPerToken, kvCacheSize } from '../../../src/core/calculators/memory/kv-cache.ts';
import type { ModelShape } from '../../../src/core/calculators/models/model-shape.ts';
import { countParameters } from '../../../src/core/calculators/models/parameters.ts';
import { weightFormat } from '../../../src/core/calculators/quantization/formats.ts';
import { weightBytes } from '../../../src/core/calculators/quantization/weights.ts';
import { expectedExperts, weightBytesRead } from '../../../src/core/calculators/speed/compute.ts';
import { usdPerMillionTokens } from '../../../src/core/calculators/speed/cost.ts';
import { criticalBatch } from '../../../src/core/calculators/speed/latency.ts';
import {
  speculativeSpeedup,
  tokensPerCycle,
} from '../../../src/core/calculators/speed/speculative.ts';
import { gptActivationBytes } from '../../../src/core/calculators/training/activations.ts';
import {
  chinchillaOptimal,
  modelFlopsUtilisation,
  pipelineBubble,
  trainingFlops,
  trainingSeconds,
} from '../../../src/core/calculators/training/compute.ts';
import { LORA_TARGET_SETS, loraParameters } from '../../../src/core/calculators/training/lora.ts';
import { stateBytes } from '../../../src/core/calculators/training/optimizers.ts';
import { type ZeroStage, zeroStates } from '../../../src/core/calculators/training/zero.ts';

/** Known figures for the calculators behind generated questions; those of formulas/ stand beside them. */
const { catalog } = readCatalog();

function shapeOf(id: string): ModelShape {
  const model = catalog.models.find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return model.shape;
}

const llama3 = shapeOf('llama-3.1-8b');
const bf16 = weightFormat('bf16');
const states = (parameters: number, stage: ZeroStage, ranks: number) =>
  zeroStates({ parameters, bytes: stateBytes('mixed', 'adamw'), stage, ranks }).total / 1e9;
const adapter = (set: string) =>
  loraParameters({ shape: llama3, rank: 16, targets: LORA_TARGET_SETS.get(set) ?? [] });

test.each<[string, number, number]>([
  ['parameters of Llama 3 8B', countParameters(llama3).total, 8_030_261_248],
  ['cache of a token of Llama 3 8B', kvBytesPerToken(llama3).bytesPerToken, 131_072],
  ['cache of Llama 2 70B', kvBytesPerToken(shapeOf('llama-2-70b')).bytesPerToken, 327_680],
  ['LoRA on query and value', adapter('qv'), 6_815_744],
  ['LoRA on all linear layers', adapter('all'), 41_943_040],
  ['bytes of 70 billion in 16 bit', (70e9 * bf16.bits) / 8, 140e9],
])('%s', (_, found, expected) => {
  expect(found).toBe(expected);
});

test.each<[string, number, number, number]>([
  ['distinct experts', expectedExperts(8, 2, 4), 5.47, 2],
  ['reading 16.06 GB on an H100, ms', 1000 * transferSeconds(16.06e9, 3350), 4.79, 2],
  [
    // 15.01 GB without the input table, of which a token reads one row.
    'reading Llama 3 8B, ms',
    1000 * transferSeconds(weightBytesRead(llama3, bf16, 1), 3350),
    4.48,
    2,
  ],
  [
    'ridge batch of an H100',
    criticalBatch({ peakFlops: 989.4e12, bytesPerSecond: 3.35e12, bytesPerWeight: 2 }),
    295,
    0,
  ],
  ['tokens of a cycle', tokensPerCycle(0.8, 4), 3.36, 2],
  ['speed-up', speculativeSpeedup({ acceptance: 0.8, draftTokens: 4, costRatio: 0.05 }), 2.8, 2],
  [
    'first token, s',
    trainingSeconds({ flops: 2 * 8.03e9 * 8192, gpus: 1, peakFlops: 989.4e12, utilisation: 0.5 }),
    0.266,
    3,
  ],
  [
    'a cache of 8K tokens over 400 Gb/s, ms',
    1000 * transferSeconds(kvCacheSize({ shape: llama3, tokens: 8192 }).bytes, 400 / 8),
    21.5,
    1,
  ],
  [
    'FLOPs of 15 trillion tokens, 10²³',
    trainingFlops({ parameters: 8.03e9, tokens: 15e12 }) / 1e23,
    7.23,
    2,
  ],
  ['optimal size for 10²³', chinchillaOptimal(1e23).parameters / 1e9, 28.9, 1],
  ['optimal tokens for 10²³', chinchillaOptimal(1e23).tokens / 1e9, 577, 0],
  [
    // 2 × 7 / 8 × 10⁹ / (450 × 10⁹) = 3.889 ms; both directions together are 900.
    'all-reduce of 1 GB over 8 GPUs, ms',
    1000 * collectiveSeconds('all-reduce', { bytes: 1e9, ranks: 8, bothWaysGBps: 900 }),
    3.889,
    3,
  ],
  [
    'active parameters of Mixtral 8x7B',
    countParameters(shapeOf('mixtral-8x7b')).active / 1e9,
    12.9,
    1,
  ],
  ['bubble', pipelineBubble(8, 32), 0.179, 3],
  ['full fine-tuning of 7 billion', states(7e9, 0, 1), 112, 6],
  ['ZeRO stage 0', states(7.5e9, 0, 64), 120, 6],
  ['ZeRO stage 1', states(7.5e9, 1, 64), 31.4, 1],
  ['ZeRO stage 2', states(7.5e9, 2, 64), 16.6, 1],
  ['ZeRO stage 3', states(7.5e9, 3, 64), 1.88, 2],
  [
    'a million tokens at 2 USD an hour',
    usdPerMillionTokens({ gpus: 1, usdPerGpuHour: 2, tokensPerSecond: 2500 }),
    0.222,
    3,
  ],
  ['Llama 3 8B in BF16, GiB', weightBytes(llama3, bf16) / 1024 ** 3, 14.96, 2],
  [
    // 10 global layers keep 131,072 tokens, 52 local ones 1,024: 11.17 GB.
    'cache of Gemma 3 27B, GiB',
    kvCacheSize({ shape: shapeOf('gemma-3-27b'), tokens: 131_072 }).bytes / 1024 ** 3,
    10.41,
    2,
  ],
  [
    // 1 layer, 1 sequence of 1,024 tokens, h = 1,024, 16 heads:
    // 1,024 × (34 × 1,024 + 5 × 16 × 1,024) = 2²⁰ × 114 bytes = 114 MiB.
    'activations of a small GPT, MiB',
    gptActivationBytes({
      layers: 1,
      hidden: 1024,
      heads: 16,
      sequence: 1024,
      microBatch: 1,
      checkpointing: 'none',
    }) /
      1024 ** 2,
    114,
    6,
  ],
  [
    // 6 × 10⁹ × 10,000 = 6 × 10¹³ of 2 × 10¹⁴: 30 %.
    'MFU',
    modelFlopsUtilisation({
      flopsPerSecond: trainingFlops({ parameters: 1e9, tokens: 10_000 }),
      gpus: 1,
      peakFlops: 2e14,
    }),
    0.3,
    6,
  ],
])('%s', (_, found, expected, digits) => {
  expect(found).toBeCloseTo(expected, digits);
});
