import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepSpeedEstimate } from '../../../../lab/figures/formulas.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import {
  gptActivationBytes,
  trainingActivations,
} from '../../../../src/core/calculators/training/activations.ts';
import { explainTrainingMemory } from '../../../../src/core/calculators/training/explain.ts';
import {
  explainLora,
  LORA_TARGET_SETS,
  LORA_TARGETS,
  loraParameters,
  readLoraTargets,
} from '../../../../src/core/calculators/training/lora.ts';
import { trainingMemory } from '../../../../src/core/calculators/training/memory.ts';
import {
  adafactorBytes,
  stateBytes,
} from '../../../../src/core/calculators/training/optimizers.ts';
import { type ZeroStage, zeroStates } from '../../../../src/core/calculators/training/zero.ts';
import { MODELS, shape } from '../models/known.ts';

const PARAMETERS = 8_030_261_248;
const RUN = { shape: shape('llama-3.1-8b'), sequence: 2048, microBatch: 1 } as const;

test.each([
  ['mixed', 'adamw', 16],
  ['mixed-fp32-gradients', 'adamw', 18],
  ['bf16', 'adamw', 8],
  ['bf16', 'adamw-8bit', 6],
  ['mixed', 'adamw-8bit', 10],
  ['fp32', 'adamw', 16],
  ['fp32', 'sgd', 8],
  ['fp32', 'sgd-momentum', 12],
  ['bf16', 'lion', 6],
] as const)('%s with %s has %i bytes for each parameter', (precision, optimizer, bytes) => {
  const { weights, gradients, optimizer: states } = stateBytes(precision, optimizer);

  expect(weights + gradients + states).toBe(bytes);
});

test('Adafactor keeps a sum for each row and column', () => {
  // One layer of 8 heads of 4 with a hidden size of 32, tied table of 100 × 32, block of 64.
  const tiny = {
    kind: 'decoder',
    hidden: 32,
    vocabulary: 100,
    tied: true,
    maxContext: 64,
    norm: 'rms',
    finalNorms: 1,
    layers: [
      {
        count: 1,
        norms: 2,
        attention: { kind: 'full', heads: 8, kvHeads: 8, keyDim: 4 },
        feedForward: { kind: 'dense', width: 64, gated: false },
      },
    ],
  } as const;

  // Table 132, four square matrices 64 each, two of 64 × 32 with 96 each, norms 3 × 32.
  expect(adafactorBytes(tiny)).toBe(4 * (132 + 4 * 64 + 2 * 96 + 3 * 32));
});

test.each([
  [0, 16],
  [1, 2 + 2 + 12 / 8],
  [2, 2 + 14 / 8],
  [3, 16 / 8],
] as const)('stage %i of ZeRO on 8 GPUs has %d bytes for each parameter', (stage, bytes) => {
  const states = { weights: 2, gradients: 2, optimizer: 12 };

  const { total } = zeroStates({ parameters: 1e9, bytes: states, stage, ranks: 8 });

  expect(total).toBe(bytes * 1e9);
});

test('more ranks and higher stages never need more memory for states', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 1, max: 512 }),
      (stage, ranks) => {
        const bytes = { weights: 2, gradients: 2, optimizer: 12 };
        const of = (s: number, n: number) =>
          zeroStates({ parameters: 7e9, bytes, stage: s as ZeroStage, ranks: n }).total;

        expect(of(stage + 1, ranks)).toBeLessThanOrEqual(of(stage, ranks));
        expect(of(stage, ranks + 1)).toBeLessThanOrEqual(of(stage, ranks));
      },
    ),
  );
});

test("DeepSpeed's estimator moves states to the CPU", () => {
  const base = { parameters: 3e9, largestLayer: 30e6, gpusPerNode: 8, stage: 3 } as const;

  expect(deepSpeedEstimate({ ...base, offload: 'all' })).toEqual({
    gpuBytes: 120e6,
    cpuBytes: 3e9 * 18 * 1.5,
  });
  expect(deepSpeedEstimate({ ...base, offload: 'optimizer' }).gpuBytes).toBe(120e6 + 0.75e9);
  expect(deepSpeedEstimate({ ...base, stage: 2, offload: 'none' }).gpuBytes).toBe(12e9 + 6e9);
});

test('ZeRO-3 divides the states of a real model exactly', () => {
  const { states } = trainingMemory({ ...RUN, method: 'full', zero: 3, dataParallel: 8 });

  expect(states.total).toBe((16 * PARAMETERS) / 8);
});

test('offload moves states to the CPU', () => {
  const run = { ...RUN, method: 'full', dataParallel: 2, zero: 2 } as const;
  const stay = trainingMemory(run);
  const moved = trainingMemory({ ...run, offload: 'optimizer' });

  expect(moved.states.total).toBe(2 * PARAMETERS);
  expect(moved.cpuBytes).toBe(2 * (stay.states.total - moved.states.total));
});

// Ranks and matrices by hand: rank × (inputs + outputs) for each matrix and layer.
test.each([
  ['llama-2-7b', 8, ['q', 'v'], 32 * 2 * 8 * (4096 + 4096)],
  ['llama-3.1-8b', 16, ['q', 'k', 'v', 'o', 'gate', 'up', 'down'], 41_943_040],
  ['llama-3.1-8b', 8, ['q', 'v'], 32 * 8 * (4096 + 4096 + 4096 + 1024)],
  ['falcon-40b', 8, ['q', 'v'], 12_042_240],
  ['gemma-7b', 4, ['o'], 28 * 4 * (16 * 256 + 3072)],
  [
    'deepseek-v2',
    8,
    ['q_a', 'q_b', 'kv_a', 'kv_b', 'o'],
    60 *
      8 *
      (5120 + 1536 + (1536 + 128 * 192) + (5120 + 576) + (512 + 128 * 256) + (16_384 + 5120)),
  ],
] as const)('an adapter on %s of rank %i on %o has %i parameters', (id, rank, targets, wanted) => {
  expect(loraParameters({ shape: shape(id), rank, targets })).toBe(wanted);
});

test('experts get adapters only when asked', () => {
  const request = { shape: shape('mixtral-8x7b'), rank: 8, targets: ['down'] } as const;

  expect(loraParameters(request)).toBe(0);
  expect(loraParameters({ ...request, adaptExperts: true })).toBe(32 * 8 * 8 * (14_336 + 4096));
});

test('DoRA adds one value for each output', () => {
  const request = { shape: shape('llama-2-7b'), rank: 8, targets: ['q'] } as const;

  const more = loraParameters({ ...request, dora: true }) - loraParameters(request);

  expect(more).toBe(32 * 4096);
});

test('twice the rank has twice the parameters', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.integer({ min: 1, max: 256 }),
      fc.subarray([...LORA_TARGETS], { minLength: 1 }),
      ({ shape: each }, rank, targets) => {
        const of = (r: number) => loraParameters({ shape: each, rank: r, targets });

        expect(of(2 * rank)).toBe(2 * of(rank));
      },
    ),
  );
});

test('the share is of all parameters, as PEFT prints it', () => {
  // print_trainable_parameters: 4,194,304 of 6,742,609,920.
  const { share } = explainLora({ shape: shape('llama-2-7b'), rank: 8, targets: ['q', 'v'] });

  expect(share).toBeCloseTo(4_194_304 / 6_742_609_920, 10);
});

test('QLoRA holds a 4-bit base and LoRA a 16-bit one', () => {
  const lora = { rank: 16, targets: LORA_TARGET_SETS.get('all') ?? [] };
  const plain = trainingMemory({ ...RUN, method: 'lora', lora });
  const packed = trainingMemory({ ...RUN, method: 'qlora', lora });

  expect(plain.base).toBe(2 * PARAMETERS);
  // 6,979,321,856 weights of 4.127 bits, 1,050,939,392 of 16.
  expect(packed.base / 1e9).toBeCloseTo(3.6 + 2.1, 1);
  expect(packed.states.total).toBe(plain.states.total);
});

test('the base format of QLoRA can be chosen', () => {
  const lora = { rank: 8, targets: ['q'] as const };
  const base = weightFormat('nf4');
  const run = { ...RUN, method: 'qlora', lora } as const;

  expect(trainingMemory({ ...run, base }).base).toBeGreaterThan(trainingMemory(run).base);
});

test('checkpointing keeps two bytes for each hidden value and layer', () => {
  const { stored } = trainingActivations({ ...RUN, checkpointing: 'full' });

  expect(stored).toBe(2048 * 32 * 4096 * 2);
});

test('a Llama block keeps what we count', () => {
  // 12 h + 4 q + 4 kv + 8 f for each token and layer.
  const { stored } = trainingActivations({ ...RUN, checkpointing: 'none' });

  expect(stored).toBe(2048 * 32 * (12 * 4096 + 4 * 4096 + 4 * 1024 + 8 * 14_336));
});

test("the GPT formula is the paper's", () => {
  const gpt3 = { layers: 96, hidden: 12_288, heads: 96, sequence: 2048, microBatch: 1 };
  const base = 2048 * 12_288 * 96;

  expect(gptActivationBytes({ ...gpt3, checkpointing: 'none' })).toBe(base * (34 + 80));
  expect(gptActivationBytes({ ...gpt3, checkpointing: 'selective' })).toBe(base * 34);
  expect(
    gptActivationBytes({
      ...gpt3,
      checkpointing: 'selective',
      tensorParallel: 8,
      sequenceParallel: true,
    }),
  ).toBe((base * 34) / 8);
});

test('memory grows with the sequence and the batch for every model', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.integer({ min: 1, max: 8192 }),
      fc.integer({ min: 1, max: 16 }),
      fc.constantFrom('none', 'selective', 'full'),
      ({ shape: each }, sequence, microBatch, checkpointing) => {
        const of = (more: object) =>
          trainingMemory({
            shape: each,
            method: 'full',
            sequence,
            microBatch,
            checkpointing,
            ...more,
          }).total;

        expect(of({ sequence: sequence + 1 })).toBeGreaterThan(of({}));
        expect(of({ microBatch: microBatch + 1 })).toBeGreaterThan(of({}));
      },
    ),
  );
});

test('all parameters are trained, however many GPUs hold their norms', () => {
  const run = { ...RUN, method: 'full', tensorParallel: 2, pipelineParallel: 2 } as const;

  const { trainable, trainableHere } = trainingMemory({ ...run, shape: shape('llama-3.1-8b') });

  expect(trainable).toBe(8_030_261_248);
  // A quarter of the matrices, and the norms of 16 layers and of the end whole.
  expect(trainableHere).toBe((8_030_261_248 - 65 * 4096) / 4 + 33 * 4096);
});

test.each([
  ['optimizer', ['Gradients', 'Optimizer']],
  ['all', ['Weights', 'Gradients', 'Optimizer']],
] as const)('states offloaded as "%s" are said to be with the CPU', (offload, moved) => {
  const { steps } = explainTrainingMemory({ ...RUN, method: 'full', offload });

  const labels = steps.filter(({ formula }) => /CPU/.test(formula)).map(({ label }) => label);

  expect(labels).toEqual(moved);
});

test('the steps name every line of the memory', () => {
  const run = { ...RUN, method: 'qlora', lora: { rank: 8, targets: ['q', 'v'] } } as const;

  const { steps, total, band } = explainTrainingMemory(run);
  const labels = steps.map(({ label }) => label);

  expect(labels).toContain('Frozen base');
  expect(labels).toContain('Optimizer');
  expect(steps.at(-1)?.value).toBe(total);
  expect(band.low).toBeLessThan(total);
  expect(band.high).toBeGreaterThan(total);
});

test.each([
  ['qv', 'q,v'],
  ['q,v', 'q,v'],
  ['q_proj v_proj', 'q,v'],
  ['mlp', 'gate,up,down'],
  ['all-linear', String(LORA_TARGETS)],
  ['everything', undefined],
])('the targets "%s" are %s', (text, targets) => {
  expect(readLoraTargets(text)?.join(',')).toBe(targets);
});
