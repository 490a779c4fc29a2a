import { expect, test } from 'vitest';
import { cpuWith } from '../../../src/core/calculators/hardware/cpu.ts';
import { type Parallel, parallelProblem } from '../../../src/core/calculators/hardware/parallel.ts';
import { explainCapacity } from '../../../src/core/calculators/memory/capacity.ts';
import { explainInferenceMemory } from '../../../src/core/calculators/memory/inference-explain.ts';
import { explainKvCache } from '../../../src/core/calculators/memory/kv-explain.ts';
import { placeLayers } from '../../../src/core/calculators/memory/placement.ts';
import { explainPlacement } from '../../../src/core/calculators/memory/placement-explain.ts';
import type { ModelShape } from '../../../src/core/calculators/models/model-shape.ts';
import { explainParameters } from '../../../src/core/calculators/models/parameters.ts';
import { kvFormat, weightFormat } from '../../../src/core/calculators/quantization/formats.ts';
import { explainWeights } from '../../../src/core/calculators/quantization/weights.ts';
import type { Step } from '../../../src/core/calculators/result.ts';
import { explainServingCost } from '../../../src/core/calculators/speed/cost.ts';
import { explainLatency } from '../../../src/core/calculators/speed/latency-explain.ts';
import { explainSpeculation } from '../../../src/core/calculators/speed/speculative.ts';
import { explainTrainingMemory } from '../../../src/core/calculators/training/explain.ts';
import { explainLora, LORA_TARGETS } from '../../../src/core/calculators/training/lora.ts';
import { OPTIMIZERS, PRECISIONS } from '../../../src/core/calculators/training/optimizers.ts';
import { explainTrainingRun } from '../../../src/core/calculators/training/run.ts';
import { evaluate } from '../../support/arithmetic.ts';
import { gpu, LATENCY, MODELS } from './models/known.ts';

const LAYOUTS: readonly Parallel[] = [
  {},
  { tensor: 8 },
  { pipeline: 2 },
  { tensor: 2, pipeline: 2 },
  { tensor: 2, pipeline: 3, data: 2 },
  { data: 4 },
];

const ENGINES = ['vllm', 'llama.cpp'] as const;

function layoutsOf(shape: ModelShape): readonly Parallel[] {
  return LAYOUTS.filter((layout) => parallelProblem(shape, layout) === undefined);
}

/** What is wrong with the numbers of a step: prose, or another value than the one beside them. */
function problemOf({ label, numbers, value }: Step): string[] {
  if (numbers === '') return [];
  try {
    const worked = evaluate(numbers);
    const isClose = Math.abs(worked - value) <= 0.01 * Math.abs(value);
    return isClose ? [] : [`${label}: ${numbers} is ${worked}, not ${value}`];
  } catch (error) {
    return [`${label}: ${error instanceof Error ? error.message : error}`];
  }
}

/** Every way of serving a model that people can ask about. */
function servingSteps(shape: ModelShape): Step[] {
  return layoutsOf(shape).flatMap((parallel) =>
    ENGINES.flatMap((engine) =>
      [1, 64].flatMap((sequences) => {
        const format = weightFormat(engine === 'vllm' ? 'fp8' : 'q4_k_m');
        const kv = kvFormat(engine === 'vllm' ? 'fp8' : 'q8_0');
        const request = { shape, format, kv, engine, parallel, sequences, tokens: 3000 };
        const isTimed = shape.kind !== 'encoder';
        const timed = {
          ...request,
          facts: LATENCY,
          engine: engine === 'vllm' ? ('server' as const) : engine,
          promptTokens: 2000,
          outputTokens: 300,
          batch: sequences,
        };
        return [
          ...explainInferenceMemory(request).steps,
          ...['rtx-4090', 'h200'].flatMap((id) => explainCapacity(request, gpu(id)).steps),
          ...(isTimed
            ? ['rtx-4090', 'h200'].flatMap((id) => explainLatency({ ...timed, gpu: gpu(id) }).steps)
            : []),
        ];
      }),
    ),
  );
}

/** A model on GPUs of two kinds, with RAM beside them, and on a CPU alone. */
function placedSteps(shape: ModelShape): Step[] {
  const machine = { gpus: [gpu('rtx-4090'), gpu('rtx-3060')], ram: cpuWith(64) };
  const request = { shape, format: weightFormat('q4_k_m'), tokens: 3000, sequences: 2 };
  const timed = {
    ...request,
    facts: LATENCY,
    engine: 'llama.cpp' as const,
    promptTokens: 2000,
    outputTokens: 300,
    batch: 2,
  };
  const placement = placeLayers(request, machine);
  return [
    ...explainPlacement(request, machine).steps,
    ...explainLatency({ ...timed, gpu: gpu('rtx-4090'), placement }).steps,
    ...explainLatency({ ...timed, gpu: cpuWith(64) }).steps,
  ];
}

/** Every way of training a model that people can ask about, one option after the other. */
function trainingSteps(shape: ModelShape): Step[] {
  const lora = { rank: 16, targets: LORA_TARGETS };
  const usual = { shape, sequence: 1500, microBatch: 2, method: 'full', lora } as const;
  const requests = [
    ...(['full', 'lora', 'qlora'] as const).map((method) => ({ method })),
    ...layoutsOf(shape).map(({ tensor, pipeline, data }) => ({
      ...(tensor ? { tensorParallel: tensor } : {}),
      ...(pipeline ? { pipelineParallel: pipeline } : {}),
      ...(data ? { dataParallel: data } : {}),
      zero: 3 as const,
    })),
    ...([0, 1, 2, 3] as const).map((zero) => ({ zero, dataParallel: 8 })),
    ...OPTIMIZERS.map((optimizer) => ({ optimizer })),
    ...PRECISIONS.map((precision) => ({ precision })),
    ...(['full', 'selective', 'none'] as const).map((checkpointing) => ({ checkpointing })),
    ...(['optimizer', 'all'] as const).map((offload) => ({ offload })),
    { checkpointing: 'none' as const, plainAttention: true },
    { sequenceParallel: true, tensorParallel: 2 },
    { chunkedLoss: true, compiled: true },
  ];
  return requests.flatMap((request) => explainTrainingMemory({ ...usual, ...request }).steps);
}

test.each(MODELS)('the numbers of every step about $id give its value', ({ shape }) => {
  const adapter = { shape, rank: 16, targets: LORA_TARGETS };

  const steps = [
    ...explainParameters(shape).steps,
    ...explainWeights(shape, weightFormat('int4')).steps,
    ...explainWeights(shape, weightFormat('q4_k_m')).steps,
    ...(['exact', 'paged', 'llama.cpp'] as const).flatMap(
      (rounding) =>
        explainKvCache({ shape, tokens: 3000, sequences: 3, rounding, format: kvFormat('q8_0') })
          .steps,
    ),
    ...servingSteps(shape),
    ...trainingSteps(shape),
    ...explainLora(adapter).steps,
    ...explainLora({ ...adapter, dora: true, adaptExperts: true }).steps,
    ...(shape.kind === 'decoder' ? placedSteps(shape) : []),
  ];

  expect([...new Set(steps.flatMap(problemOf))]).toEqual([]);
});

test.each([
  ['a price', explainServingCost({ gpus: 8, usdPerGpuHour: 2.5, tokensPerSecond: 0.0123 })],
  [
    'a busy share',
    explainServingCost({
      gpus: 1,
      usdPerGpuHour: 0.0001,
      tokensPerSecond: 9999.5,
      utilisation: 0.001,
    }),
  ],
  ['speculation', explainSpeculation({ acceptance: 0.7, draftTokens: 4, costRatio: 0.0123456 })],
  ['certain drafts', explainSpeculation({ acceptance: 1, draftTokens: 4, costRatio: 0 })],
  ['hopeless drafts', explainSpeculation({ acceptance: 0, draftTokens: 64, costRatio: 10 })],
  [
    'a training run',
    explainTrainingRun({
      parameters: 8_030_261_248,
      tokens: 15e12,
      gpus: 1024,
      peakFlops: 989.5e12,
    }),
  ],
])('the numbers of every step of %s give its value', (_, { steps }) => {
  expect(steps.flatMap(problemOf)).toEqual([]);
});

test.each([
  ['2 × 32 × 8', 512],
  ['max(0, 1,024 - 2,048) + 1.5e+3 / 3', 500],
  ['floor(7 / 2) × 2', 6],
  ['(1 - 0.5^3) / (1 - 0.5)', 1.75],
  ['6.02 × 10^23 / 2', 3.01e23],
])('"%s" is worked out as %d', (text, value) => {
  expect(evaluate(text) / value).toBeCloseTo(1, 12);
});

test.each(['', 'bound by memory', '33 of 81', 'tokens 2,048', '(1 + 2', '2 ×'])(
  '"%s" is no arithmetic',
  (text) => {
    expect(() => evaluate(text)).toThrow(SyntaxError);
  },
);
