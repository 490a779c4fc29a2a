import { transferSeconds } from '../../calculators/hardware/communication.ts';
import { peakFlops } from '../../calculators/hardware/gpu.ts';
import { kvBytesPerToken, kvCacheSize } from '../../calculators/memory/kv-cache.ts';
import { countParameters } from '../../calculators/models/parameters.ts';
import { weightFormat } from '../../calculators/quantization/formats.ts';
import { weightBytes } from '../../calculators/quantization/weights.ts';
import { weightBytesRead } from '../../calculators/speed/compute.ts';
import { criticalBatch } from '../../calculators/speed/latency.ts';
import { trainingSeconds } from '../../calculators/training/compute.ts';
import { GB, GIB } from '../../units.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf, shown } from './numbers.ts';
import { billions, cards, denseModels, someDense, sparseModels } from './shapes.ts';

const POPE = {
  title: 'Efficiently Scaling Transformer Inference',
  year: 2022,
  url: 'arXiv:2211.05102',
};

/** The least time of a decode step. */
export const decodeFloor: Kind = {
  id: 'decode-floor',
  chapter: 5,
  topics: ['c5.06', 'c5.05'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'transferSeconds of weightBytesRead and kvCacheSize',
  enemyOf: ['c5-decode-floor-batch'],
  unit: 'ms',
  accepts: [{ unit: 's', factor: 1000 }],
  minutes: 4,
  seniority: 'senior',
  needs: ['gpus'],
  idea: 'To generate one token per sequence, the GPU reads every weight once and the cache of every sequence. The batch shares the weights but not the caches. Divide by the memory bandwidth to get a time that no kernel can beat; arithmetic takes less time as long as the batch is small.',
  hints: [
    'What does one step have to read from memory, and how often?',
    'The batch shares the weights; every sequence has its own cache.',
    'Add weights and batch × tokens × cache per token, and divide by the bandwidth.',
  ],
  followUps: [
    {
      ask: 'Which term does a larger batch leave unchanged?',
      expect:
        'The weights, which is why throughput grows until the caches or the arithmetic dominate.',
    },
    {
      ask: 'What halves the first term, and what the second?',
      expect: '8-bit weights for the first; an 8-bit cache or fewer KV heads for the second.',
    },
  ],
  references: [{ ...POPE, where: 'section 2 (memory time of weights and KV cache)' }],
  related: ['c8.06', 'c10.03', 'chapter 8'],
  draft(random, facts) {
    const { name, shape } = someDense(random, facts);
    const gpu = oneOf(cards(facts), random);
    const batch = oneOf([1, 2, 4, 8, 16, 32, 64], random);
    const tokens = oneOf([1024, 2048, 4096, 8192, 16_384], random);
    const format = weightFormat('bf16');
    const weights = weightBytesRead(shape, format, batch);
    const cache = kvCacheSize({ shape, tokens, sequences: batch }).bytes;
    // What does not fit cannot be timed.
    const fits = weightBytes(shape, format) + cache < 0.9 * gpu.memoryGiB * GIB;
    if (!fits || tokens > shape.maxContext) return undefined;
    const ms = (bytes: number) => 1000 * transferSeconds(bytes, gpu.bandwidthGBps);
    const perToken = kvBytesPerToken(shape).bytesPerToken / 1024;
    return {
      prompt: `${name} in BF16 reads ${shown(weights / GB)} GB of weights in every decode step and holds ${exact(perToken)} KiB of FP16 cache per token. What's the minimum time of a step on one ${gpu.name} (${exact(gpu.bandwidthGBps)} GB/s) for ${batch} ${batch === 1 ? 'sequence' : 'sequences'} of ${exact(tokens)} tokens, in ms?`,
      answer: ms(weights + cache),
      slips: [
        { id: 'weights-alone', value: ms(weights), why: 'left out the caches' },
        { id: 'cache-alone', value: ms(cache), why: 'left out the weights' },
        {
          id: 'one-cache',
          value: ms(weights + cache / batch),
          why: 'read one cache for the whole batch; every sequence has its own',
        },
        {
          id: 'weights-for-each',
          value: ms(weights * batch + cache),
          why: 'read the weights once per sequence; the batch shares them',
        },
        {
          id: 'arithmetic',
          value: (1000 * batch * weights) / peakFlops(gpu, 'fp16'),
          why: 'divided operations by the peak; reading memory takes longer',
        },
        {
          id: 'keys-and-values-twice',
          value: ms(weights + 2 * cache),
          why: 'counted keys and values twice',
        },
      ],
      working: `(${shown(weights / GB)} × 10⁹ + ${batch} × ${exact(tokens)} × ${exact(perToken)} × 1,024) / (${exact(gpu.bandwidthGBps)} × 10⁹) × 1,000`,
    };
  },
};

const WIDTHS = [
  { name: '16-bit', bytes: 2 },
  { name: '8-bit', bytes: 1 },
  { name: '4-bit', bytes: 0.5 },
] as const;

/** Batch at which decoding stops being bound by memory. */
export const ridgeBatch: Kind = {
  id: 'ridge-batch',
  chapter: 5,
  topics: ['c5.05', 'c8.06'],
  difficulty: 'medium',
  format: 'single',
  isEven: true,
  formula: 'criticalBatch',
  enemyOf: ['c8-four-bit-crossover'],
  unit: 'sequences',
  minutes: 3,
  seniority: 'senior',
  idea: 'A weight is read once for the whole batch and used for a multiplication and an addition in every sequence. So a batch does 2 × batch size operations for the bytes of one weight. Reading and computing take the same time where that ratio equals peak over bandwidth. Smaller weights reach that point with a smaller batch, as long as the arithmetic stays 16-bit.',
  hints: [
    'Compare what happens in a second: operations and bytes read.',
    'Every weight is read once and used once per sequence.',
    'Set 2 × batch size / bytes per weight equal to peak / bandwidth.',
  ],
  followUps: [
    {
      ask: 'Why does a long context move this point?',
      expect:
        'Every sequence reads its own cache, so that traffic grows with the batch and is never shared.',
    },
    {
      ask: 'What do you gain from batches beyond this point?',
      expect: 'Hardly any throughput: the arithmetic is full, and each step takes longer.',
    },
  ],
  references: [{ ...POPE, where: 'section 2 (memory time and compute time)' }],
  related: ['c8.06', 'c8.07', 'chapter 8'],
  draft(random, facts) {
    const known = cards(facts);
    const gpu = known.length > 0 && random() < 0.4 ? oneOf(known, random) : undefined;
    const peak = gpu?.tflops.fp16 ?? between(100, 2400, 20, random);
    const bandwidth = (gpu?.bandwidthGBps ?? between(500, 8000, 100, random)) / 1000;
    const width = oneOf(WIDTHS, random);
    const ratio = peak / bandwidth;
    const answer = criticalBatch({
      peakFlops: peak * 1e12,
      bytesPerSecond: bandwidth * 1e12,
      bytesPerWeight: width.bytes,
    });
    if (answer < 20 || answer > 1000) return undefined;
    return {
      prompt: `${gpu ? `One ${gpu.name}` : 'An accelerator'} computes ${exact(peak)} TFLOP/s in 16-bit (dense) and reads ${exact(bandwidth)} TB/s. Weights are ${width.name}, the arithmetic is 16-bit. From about what batch size is decoding compute-bound? Ignore the cache.`,
      answer,
      slips: [
        {
          id: 'one-operation',
          value: ratio * width.bytes,
          why: 'counted one operation per weight; there are two',
        },
        {
          id: 'divided-by-bytes',
          value: ratio / width.bytes / 2,
          why: 'divided by the bytes per weight instead of multiplying',
        },
        {
          id: 'sixteen-bit-weights',
          value: ratio,
          why: 'used 2 bytes per weight',
        },
        {
          id: 'training',
          value: (ratio * width.bytes) / 6,
          why: 'counted the six operations of training',
        },
        {
          id: 'bits-for-bytes',
          value: ratio * width.bytes * 4,
          why: 'used the bits of a weight as bytes',
        },
      ],
      newSlips: [
        {
          id: 'tf32-peak',
          value: answer / 2,
          why: 'used the TF32 peak, which is half of the 16-bit one',
        },
        {
          id: 'four-times-the-peak',
          value: answer * 4,
          why: 'used the FP8 peak with sparsity, four times the dense 16-bit one',
        },
        {
          id: 'fp32-peak-and-four-operations',
          value: answer / 4,
          why: 'used the TF32 peak and counted four operations per weight',
        },
        {
          id: 'dequantizing',
          value: (answer * 2) / 3,
          why: 'counted a third operation per weight, as for unpacking it',
        },
      ],
      working: `${exact(peak)} / ${exact(bandwidth)} × ${width.bytes} / 2`,
    };
  },
};

/** Wait for the first token of a prompt. */
export const firstToken: Kind = {
  id: 'first-token',
  chapter: 5,
  topics: ['c5.01', 'c5.07'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'trainingSeconds of 2 × parameters × tokens',
  unit: 'ms',
  accepts: [{ unit: 's', factor: 1000 }],
  minutes: 3,
  seniority: 'mid',
  needs: ['models', 'gpus'],
  idea: 'Prefill reads the prompt in one pass, many tokens per weight, so arithmetic sets the time: 2 operations for every parameter that a token goes through, times the tokens, divided by the speed that the GPUs really reach. In a mixture of experts, those are the active parameters. Attention scores add to this and matter for very long prompts.',
  hints: [
    'Reading a prompt is compute-bound, not memory-bound.',
    'Which parameters does one token go through?',
    'Divide 2 × active parameters × tokens by GPUs × peak × share of the peak.',
  ],
  followUps: [
    {
      ask: 'What shortens this time without new hardware?',
      expect:
        'Reusing a cached prefix, a shorter prompt, or FP8 arithmetic where the quality allows it.',
    },
    {
      ask: 'Why does a user often wait longer?',
      expect: 'Queueing, other prompts in the batch, tokenization, and the network add to it.',
    },
  ],
  references: [{ ...POPE, where: 'section 2 (prefill and decode costs)' }],
  related: ['c10.03', 'c10.05', 'chapter 10'],
  draft(random, facts) {
    const model = oneOf([...denseModels(facts), ...sparseModels(facts)], random);
    const { total, active } = countParameters(model.shape);
    const gpu = oneOf(cards(facts), random);
    const gpus = oneOf([1, 2, 4, 8], random);
    const utilisation = oneOf([0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6], random);
    const tokens = between(1000, 32_000, 1000, random);
    const fits = 2 * total < 0.85 * gpus * gpu.memoryGiB * GIB;
    if (tokens > model.shape.maxContext || !fits) return undefined;
    const ms = (flops: number, cardsUsed: number, share: number) =>
      1000 *
      trainingSeconds({
        flops,
        gpus: cardsUsed,
        peakFlops: gpu.tflops.fp16 * 1e12,
        utilisation: share,
      });
    const flops = 2 * active * tokens;
    const isSparse = total > 1.05 * active;
    const size = isSparse
      ? `${billions(total)} parameters, ${billions(active)} active`
      : `${billions(total)} parameters`;
    return {
      prompt: `${model.name} (${size}) in BF16 reads one prompt of ${exact(tokens)} tokens on ${gpus} × ${gpu.name} (${exact(gpu.tflops.fp16)} TFLOP/s dense each) at ${exact(utilisation * 100)}% of the peak. How long until the first token, in ms? Ignore attention scores.`,
      answer: ms(flops, gpus, utilisation),
      slips: [
        {
          id: 'training',
          value: ms(3 * flops, gpus, utilisation),
          why: 'used 6 operations per parameter, which is training',
        },
        {
          id: 'one-operation',
          value: ms(flops / 2, gpus, utilisation),
          why: 'counted a multiplication and its addition as one operation',
        },
        {
          id: 'full-peak',
          value: ms(flops, gpus, 1),
          why: 'assumed that the GPUs reach their peak',
        },
        {
          id: 'one-card',
          value: ms(flops, 1, utilisation),
          why: 'assumed that one GPU does all the work',
        },
        {
          id: 'all-experts',
          value: ms((flops * total) / active, gpus, utilisation),
          why: 'counted all experts; a token goes through the active ones',
        },
      ],
      working: `2 × ${billions(active).replace('B', '')} × 10⁹ × ${exact(tokens)} / (${gpus} × ${exact(gpu.tflops.fp16)} × 10¹² × ${utilisation}) × 1,000`,
    };
  },
};
