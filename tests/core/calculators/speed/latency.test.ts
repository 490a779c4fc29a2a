import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gpuHoursUsd } from '../../../../lab/figures/formulas.ts';
import {
  collectiveBytes,
  collectiveSeconds,
  transferSeconds,
} from '../../../../src/core/calculators/hardware/communication.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import {
  expectedExperts,
  multipliedParameters,
  promptFlops,
  stepFlops,
  weightBytesRead,
} from '../../../../src/core/calculators/speed/compute.ts';
import {
  apiUsd,
  explainServingCost,
  servedTokensPerSecond,
  usdPerMillionTokens,
} from '../../../../src/core/calculators/speed/cost.ts';
import { criticalBatch, servingLatency } from '../../../../src/core/calculators/speed/latency.ts';
import type { LatencyFacts } from '../../../../src/core/calculators/speed/latency-constants.ts';
import {
  decodeLoad,
  latencyDefaults,
  linkOf,
} from '../../../../src/core/calculators/speed/passes.ts';
import {
  bestDraftTokens,
  explainSpeculation,
  speculativeOperations,
  speculativeSpeedup,
  tokensPerCycle,
} from '../../../../src/core/calculators/speed/speculative.ts';
import {
  attentionFlopsPerToken,
  attentionTrainingFlops,
  chinchillaLoss,
  chinchillaOptimal,
  pipelineBubble,
  trainingFlops,
} from '../../../../src/core/calculators/training/compute.ts';
import { explainTrainingRun } from '../../../../src/core/calculators/training/run.ts';
import { GPUS, gpu, LATENCY, MODELS, shape } from '../models/known.ts';

const BF16 = weightFormat('bf16');
const REQUEST = {
  shape: shape('llama-2-7b'),
  format: BF16,
  gpu: gpu('a10'),
  promptTokens: 350,
  outputTokens: 150,
  facts: LATENCY,
} as const;

test('a decode step reads the weights without the input table, and the cache', () => {
  // 6,738,415,616 parameters less 32,000 × 4,096 of the table.
  expect(weightBytesRead(shape('llama-2-7b'), BF16, 1)).toBe(2 * (6_738_415_616 - 131_072_000));
});

/** Full bandwidth and peak, and nothing on top: the roofline alone. */
const IDEAL: LatencyFacts = {
  ...LATENCY,
  constants: {
    ...LATENCY.constants,
    bandwidthShare: { 'data-center': 1, consumer: 1, apple: 1, unified: 1, instinct: 1 },
    promptShare: {
      'data-center': 1,
      'data-center, llama.cpp': 1,
      consumer: 1,
      apple: 1,
      unified: 1,
    },
    layerMicroseconds: { server: 0, 'llama.cpp': 0, compiled: 0, apple: 0, instinct: 0 },
    latentLayerMicroseconds: 0,
    expertLayerMicroseconds: 0,
    promptLayerMicroseconds: 0,
    allReduceMicroseconds: { direct: 10, pcie: 10, network: 10 },
    linkShare: 1,
    stepMilliseconds: 0,
    sequenceMicroseconds: 0,
    requestMilliseconds: 0,
  },
};

test('Llama 2 7B on an A10 decodes a token in about 23 ms at the full bandwidth', () => {
  const { perToken, boundBy } = servingLatency({ ...REQUEST, facts: IDEAL });

  // 13.2 GB of weights and 425 tokens × 524,288 bytes through 600 GB/s.
  expect(perToken).toBeCloseTo((13_214_687_232 + 425 * 524_288) / 600e9, 6);
  expect(boundBy).toBe('memory');
});

test('its prompt of 350 tokens takes about 39 ms at the full peak', () => {
  const { firstToken } = servingLatency({ ...REQUEST, facts: IDEAL });

  expect(firstToken).toBeGreaterThan(0.035);
  expect(firstToken).toBeLessThan(0.04);
});

test('what an engine adds is on top of the roofline', () => {
  const ideal = servingLatency({ ...REQUEST, facts: IDEAL });
  const { constants } = IDEAL;
  const facts = {
    ...IDEAL,
    constants: {
      ...constants,
      layerMicroseconds: { ...constants.layerMicroseconds, server: 10 },
      stepMilliseconds: 2,
      sequenceMicroseconds: 5,
    },
  };

  // 32 layers of 10 µs and a step of 2 ms; 7 further sequences of 5 µs.
  expect(servingLatency({ ...REQUEST, facts }).perToken).toBeCloseTo(
    ideal.perToken + 32 * 10e-6 + 2e-3,
    9,
  );
  expect(servingLatency({ ...REQUEST, facts, batch: 8 }).step.server).toBeCloseTo(2.035e-3, 9);
  expect(servingLatency({ ...REQUEST, facts, engine: 'llama.cpp' }).perToken).toBeCloseTo(
    ideal.perToken,
    12,
  );
});

test('a latent cache is whole on every GPU, and so are heads when there are fewer than GPUs', () => {
  const at = (id: string, tensor: number) =>
    decodeLoad(
      latencyDefaults({ ...REQUEST, shape: shape(id), batch: 8, parallel: { tensor } }),
      4096,
    ).kv;

  expect(at('deepseek-v3', 8)).toBe(at('deepseek-v3', 1));
  expect(at('llama-3.1-70b', 8) * 8).toBe(at('llama-3.1-70b', 1));
  expect(at('llama-3.1-70b', 16)).toBe(at('llama-3.1-70b', 8));
});

test('older servers are slower, and other engines have no year', () => {
  const at = (year: number, engine: 'server' | 'llama.cpp') =>
    servingLatency({ ...REQUEST, facts: LATENCY, shape: shape('deepseek-v3'), year, engine })
      .perToken;

  expect(at(2024, 'server')).toBeGreaterThan(at(2025, 'server'));
  expect(at(2024, 'llama.cpp')).toBe(at(2025, 'llama.cpp'));
});

test('more GPUs than a machine holds meet over the network', () => {
  expect(linkOf(gpu('h100-sxm'), 8).kind).toBe('direct');
  expect(linkOf(gpu('h100-sxm'), 16).kind).toBe('network');
  expect(linkOf(gpu('gb200'), 16).kind).toBe('direct');
  expect(linkOf(gpu('rtx-4090'), 2).kind).toBe('pcie');
});

test('the whole answer is the first token and the rest', () => {
  const { firstToken, firstTokenOfAll, perToken, whole } = servingLatency(REQUEST);

  expect(firstTokenOfAll).toBe(firstToken);
  expect(whole).toBeCloseTo(firstToken + 149 * perToken, 12);
});

test('the prompts of a batch are all read before its last answer begins', () => {
  const one = servingLatency({ ...REQUEST, facts: IDEAL });
  const eight = servingLatency({ ...REQUEST, facts: IDEAL, batch: 8 });

  expect(eight.firstToken).toBe(one.firstToken);
  expect(eight.firstTokenOfAll).toBeCloseTo(8 * one.firstToken, 9);
  expect(eight.whole).toBeCloseTo(eight.firstTokenOfAll + 149 * eight.perToken, 12);
});

test('a prompt costs two operations for each weight and token, and half a square of scores', () => {
  const { body, head } = multipliedParameters(shape('llama-2-7b'));
  const scores = (4 * 32 * 32 * 128 * 1000 * 1000) / 2;

  expect(head).toBe(131_072_000);
  expect(promptFlops(shape('llama-2-7b'), 1000)).toBe(2 * body * 1000 + 2 * head + scores);
});

test('a step costs two operations for each active weight, and a row of scores', () => {
  const scores = 4 * 32 * 32 * 128 * 1000;

  const { body, head } = multipliedParameters(shape('llama-2-7b'));

  expect(stepFlops(shape('llama-2-7b'), 1000)).toBe(2 * (body + head) + scores);
});

test('local layers score at most their window', () => {
  const long = stepFlops(shape('mistral-7b-v0.1'), 32_768);

  expect(long).toBe(stepFlops(shape('mistral-7b-v0.1'), 4096));
});

test('a batch touches the experts that chance gives it', () => {
  expect(expectedExperts(8, 2, 1)).toBe(2);
  expect(expectedExperts(8, 2, 2)).toBeCloseTo(8 * (1 - 0.75 ** 2), 12);
  expect(expectedExperts(256, 8, 100_000)).toBeCloseTo(256, 6);
});

test('a mixture reads its active weights at batch 1', () => {
  const read = weightBytesRead(shape('mixtral-8x7b'), BF16, 1);

  // 12,879,925,248 active parameters less the input table of 32,000 × 4,096.
  expect(read).toBe(2 * (12_879_925_248 - 131_072_000));
});

// peak / bandwidth × bytes / 2 with the figures of the data sheets.
test.each([
  ['h100-sxm', 295],
  ['tpu-v5e', 241],
  ['a100-80', 153],
])('%s computes as long as it reads at batch %i', (id, batch) => {
  const { tflops, bandwidthGBps } = gpu(id);

  const found = criticalBatch({
    peakFlops: tflops.fp16 * 1e12,
    bytesPerSecond: bandwidthGBps * 1e9,
    bytesPerWeight: 2,
  });

  expect(Math.round(found)).toBe(batch);
});

test('longer contexts and larger batches never make a token faster', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS.filter((each) => each.shape.kind === 'decoder')),
      fc.constantFrom(...GPUS),
      fc.integer({ min: 1, max: 8192 }),
      fc.integer({ min: 1, max: 256 }),
      (each, card, promptTokens, batch) => {
        const of = (more: object) =>
          servingLatency({
            shape: each.shape,
            format: BF16,
            facts: LATENCY,
            gpu: card,
            promptTokens,
            outputTokens: 10,
            batch,
            ...more,
          });

        expect(of({ promptTokens: promptTokens + 1 }).perToken).toBeGreaterThanOrEqual(
          of({}).perToken,
        );
        expect(of({ batch: batch + 1 }).perToken).toBeGreaterThanOrEqual(of({}).perToken);
        expect(of({ promptTokens: promptTokens + 1 }).firstToken).toBeGreaterThanOrEqual(
          of({}).firstToken,
        );
      },
    ),
  );
});

test('tensor parallelism divides the reading and adds all-reduces', () => {
  const request = {
    ...REQUEST,
    facts: IDEAL,
    gpu: gpu('h100-sxm'),
    shape: shape('llama-3.1-70b'),
  };
  const one = servingLatency(request);
  const eight = servingLatency({ ...request, parallel: { tensor: 8 } });

  expect(eight.step.memory).toBeCloseTo(one.step.memory / 8, 6);
  // 160 all-reduces of 10 µs and of 2 × 7/8 × 16,384 bytes through 450 GB/s.
  expect(eight.step.communication).toBeCloseTo(160 * (10e-6 + (1.75 * 16_384) / 450e9), 9);
});

test('a token that is alone waits for all stages of a pipeline, and one of many for its share', () => {
  const request = { ...REQUEST, gpu: gpu('h100-sxm'), shape: shape('llama-3.1-70b') };
  const at = (batch: number, parallel = {}) => servingLatency({ ...request, batch, parallel });

  expect(at(1, { pipeline: 2 }).perToken).toBe(at(1).perToken);
  expect(at(64, { pipeline: 2 }).perToken).toBe(at(32).perToken);
  expect(at(64, { pipeline: 2 }).throughput).toBe(2 * at(32).throughput);
  expect(at(64, { pipeline: 2, data: 4 }).perToken).toBe(at(8).perToken);
});

test('a ring sends twice for an all-reduce and once for a gather', () => {
  expect(collectiveBytes('all-reduce', 1000, 4)).toBe(1500);
  expect(collectiveBytes('all-gather', 1000, 4)).toBe(750);
  expect(collectiveSeconds('all-reduce', { bytes: 1e9, ranks: 1, bothWaysGBps: 900 })).toBe(0);
  expect(collectiveSeconds('all-reduce', { bytes: 450e9, ranks: 2, bothWaysGBps: 900 })).toBe(1);
  expect(transferSeconds(64e9, 32)).toBe(2);
});

test('eight GPUs at $2 and 10,000 tokens a second cost $0.444 a million', () => {
  const request = { gpus: 8, usdPerGpuHour: 2, tokensPerSecond: 10_000 };

  expect(usdPerMillionTokens(request)).toBeCloseTo(0.4444, 4);
  expect(usdPerMillionTokens({ ...request, utilisation: 0.5 })).toBeCloseTo(0.8889, 4);
  expect(explainServingCost(request).usdPerHour).toBe(16);
});

test('an API bills fresh, cached and written tokens at their own prices', () => {
  const usd = apiUsd({
    requests: 1000,
    inputTokens: 2000,
    cachedTokens: 500,
    outputTokens: 300,
    prices: { input: 3, cachedInput: 0.3, output: 15 },
  });

  expect(usd).toBeCloseTo((1500 * 3 + 500 * 0.3 + 300 * 15) / 1000, 10);
  expect(() =>
    apiUsd({ inputTokens: 1, cachedTokens: 2, outputTokens: 0, prices: { input: 1, output: 1 } }),
  ).toThrow(/cachedTokens/);
  expect(gpuHoursUsd(2.788e6, 2)).toBe(5.576e6);
});

// Leviathan et al., Table 2: T5 small drafting for T5 XXL, acceptance 0.75, 7 tokens, cost 0.02.
test('speculation reproduces the paper', () => {
  const found = speculativeSpeedup({ acceptance: 0.75, draftTokens: 7, costRatio: 0.02 });

  expect(found).toBeCloseTo(3.2, 1);
});

test.each([
  [0.6, 2, 1.96],
  [0.7, 3, 2.53],
  [0.8, 2, 2.44],
  [0.8, 5, 3.69],
  [0.9, 2, 2.71],
  [0.9, 10, 6.86],
])('acceptance %d and %i drafted tokens give %d tokens', (acceptance, draftTokens, tokens) => {
  expect(tokensPerCycle(acceptance, draftTokens)).toBeCloseTo(tokens, 2);
});

test('certain acceptance yields every draft and one more', () => {
  expect(tokensPerCycle(1, 4)).toBe(5);
  expect(tokensPerCycle(0, 4)).toBe(1);
  expect(() => tokensPerCycle(1.1, 4)).toThrow(/acceptance/);
});

test('drafting does not pay when it costs as much as it is accepted', () => {
  expect(bestDraftTokens(0.3, 0.5)).toBe(0);
  expect(explainSpeculation({ acceptance: 0.3, draftTokens: 4, costRatio: 0.5 }).best).toBe(0);
});

test('the best draft length is better than its neighbors', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      (acceptance, costRatio) => {
        const best = bestDraftTokens(acceptance, costRatio, 200);
        const of = (draftTokens: number) =>
          draftTokens < 1 ? 1 : speculativeSpeedup({ acceptance, draftTokens, costRatio });

        expect(of(best)).toBeGreaterThanOrEqual(of(best - 1));
        expect(of(best)).toBeGreaterThanOrEqual(of(best + 1));
      },
    ),
  );
});

test('rejected drafts are extra arithmetic', () => {
  // Everything accepted: g + 1 tokens for g + 1 checks, and the drafts.
  expect(speculativeOperations({ acceptance: 1, draftTokens: 4, costRatio: 0 })).toBe(1);
  expect(speculativeOperations({ acceptance: 0, draftTokens: 4, costRatio: 0 })).toBe(5);
});

test('compute-optimal training has 20 tokens for each parameter', () => {
  const { parameters, tokens } = chinchillaOptimal(5.76e23);

  expect(parameters / 1e9).toBeCloseTo(69.3, 1);
  expect(tokens / parameters).toBeCloseTo(20, 10);
  expect(trainingFlops({ parameters, tokens })).toBeCloseTo(5.76e23, -20);
});

test('the parametric law predicts less loss for more of either', () => {
  // Chinchilla itself: 70B and 1.4T: 1.69 + 406.4 / 70e9^0.34 + 410.7 / 1.4e12^0.28 = 1.937.
  expect(chinchillaLoss(70e9, 1.4e12)).toBeCloseTo(1.937, 2);
  expect(chinchillaLoss(140e9, 1.4e12)).toBeLessThan(chinchillaLoss(70e9, 1.4e12));
  expect(chinchillaLoss(70e9, 2.8e12, 'epoch')).toBeLessThan(chinchillaLoss(70e9, 1.4e12, 'epoch'));
});

test('pipeline stages wait for each other', () => {
  expect(pipelineBubble(4, 8)).toBeCloseTo(3 / 11, 12);
  expect(pipelineBubble(4, 8, 2)).toBeCloseTo(3 / 19, 12);
  expect(pipelineBubble(1, 8)).toBe(0);
});

test('attention scores add the full square', () => {
  const found = attentionTrainingFlops({ layers: 2, heads: 3, headDim: 4, sequence: 5, tokens: 6 });

  expect(found).toBe(12 * 2 * 3 * 4 * 5 * 6);
});

test('the scores of a model are those of its layers, of which local ones stop at their window', () => {
  const at = (id: string, sequence: number) => attentionFlopsPerToken(shape(id), sequence);

  expect(at('llama-3.1-8b', 4096)).toBe(12 * 32 * 32 * 128 * 4096);
  expect(at('mistral-7b-v0.1', 32_768)).toBe(at('mistral-7b-v0.1', 4096));
});

test('a run of 1B parameters and 20B tokens on 8 H100', () => {
  const run = explainTrainingRun({
    parameters: 1e9,
    tokens: 20e9,
    gpus: 8,
    peakFlops: 989.5e12,
    usdPerGpuHour: 2,
    watts: 700,
  });

  // 1.2e20 operations at 40 % of 8 × 989.5 TFLOP/s.
  const seconds = 1.2e20 / (8 * 989.5e12 * 0.4);
  expect(run.days).toBeCloseTo(seconds / 86_400, 9);
  expect(run.usd).toBeCloseTo((seconds / 3600) * 8 * 2, 6);
  expect(run.megawattHours).toBeCloseTo(((seconds / 3600) * 8 * 700) / 1e6, 9);
  expect(run.warnings).toEqual([]);
});

test('a server answers as many tokens as its prompts and its steps leave time for', () => {
  // 8 prompts of 0.5 s and 99 steps of 0.02 s make 5.98 s for 8 × 100 tokens.
  const rate = servedTokensPerSecond({
    batch: 8,
    outputTokens: 100,
    wholeSeconds: 8 * 0.5 + 99 * 0.02,
  });

  expect(rate).toBeCloseTo(800 / 5.98, 9);
});
