import { isCpu } from '../hardware/cpu.ts';
import { LLAMA_CPP_MICRO_BATCH } from '../memory/activations.ts';
import type { Placed, Placement } from '../memory/placement.ts';
import { product, type Step, stepNumber, stepPower } from '../result.ts';
import type { Latency } from './latency.ts';
import type { LatencyConstants } from './latency-constants.ts';
import { bandwidthShareOf, promptShareOf, type System } from './passes.ts';
import { COPIED_BYTES_PER_SECOND, type Stage, stageTimes } from './stages.ts';

const SOURCE = 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md';

const step = (label: string, formula: string, numbers: string, value: number): Step => ({
  label,
  formula,
  numbers,
  value,
  unit: 's',
  source: SOURCE,
});

/** `RTX 4090, 43 layers`. */
const nameOf = ({ gpu, layers }: Placed) =>
  `${isCpu(gpu) ? 'RAM' : gpu.name.replace(/^\S+ /, '')}, ${layers} ${layers === 1 ? 'layer' : 'layers'}`;

const rateOf = (system: System, constants: LatencyConstants) =>
  product(system.bytesPerSecond, bandwidthShareOf(system, constants));

/** `max(…) + layers × time`, without a time that is none. */
const withLayers = (worked: string, layers: number, seconds: number) =>
  seconds > 0 ? `${worked} + ${stepNumber(layers)} × ${stepNumber(seconds / layers)}` : worked;

function promptStep(stage: Stage, name: string, constants: LatencyConstants): Step {
  const { system, helper, prompt: load } = stage;
  const { prompt, firstToken } = stageTimes(stage, constants);
  const arithmetic = (by: System) =>
    `${stepPower(load.flops)} / (${stepPower(by.peak)} × ${stepNumber(promptShareOf(by, constants))})`;
  if (helper && prompt.communication > 0)
    return step(
      `First token: ${name}`,
      'FLOPs / (GPU peak × share) + micro-batches × weights / copy rate',
      `${arithmetic(helper)} + ${Math.ceil(load.tokens / LLAMA_CPP_MICRO_BATCH)} × ${stepNumber(load.weights)} / ${stepNumber(COPIED_BYTES_PER_SECOND)}`,
      firstToken,
    );
  return step(
    `First token: ${name}`,
    'max(weights / (bandwidth × share), FLOPs / (peak × share)) + layers × time of a layer',
    withLayers(
      `max(${stepNumber(load.weights)} / (${rateOf(system, constants)}), ${arithmetic(system)})`,
      system.layers,
      prompt.layers,
    ),
    firstToken,
  );
}

function decodeStep(stage: Stage, name: string, constants: LatencyConstants): Step {
  const { system, step: load } = stage;
  const times = stageTimes(stage, constants);
  return step(
    `Each additional token: ${name}`,
    'max((weights read + KV cache) / (bandwidth × share), FLOPs / (peak × share)) + layers × time of a layer',
    withLayers(
      `max((${stepNumber(load.weights)} + ${stepNumber(load.kv)}) / (${rateOf(system, constants)}), ${stepPower(load.flops)} / (${stepPower(system.peak)} × ${stepNumber(constants.stepShare)}))`,
      system.layers,
      times.step.layers,
    ),
    times.perToken,
  );
}

/** The steps of a model whose layers are in several memories: one for each, and their sum. */
export function placedSteps(
  placement: Placement | undefined,
  stages: readonly Stage[],
  latency: Latency,
  constants: LatencyConstants,
): Step[] {
  const names = (placement?.places ?? []).filter(({ layers }) => layers > 0).map(nameOf);
  const firsts = stages.map((stage, at) => promptStep(stage, names[at] ?? '', constants));
  const steps = stages.map((stage, at) => decodeStep(stage, names[at] ?? '', constants));
  const sum = (list: readonly Step[]) => list.map(({ value }) => stepNumber(value)).join(' + ');
  return [
    ...firsts,
    step('First token', 'sum of all', sum(firsts), latency.firstToken),
    ...steps,
    step('Each additional token', 'sum of all', sum(steps), latency.perToken),
  ];
}
