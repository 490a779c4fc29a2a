import { formatNumber, formatPercent } from '../../units.ts';
import { CPU_SPEED, cpuAssumption, isCpu } from '../hardware/cpu.ts';
import { type Band, type Explained, product, type Step, stepNumber, stepPower } from '../result.ts';
import { type Latency, latencyLoads, servingLatency } from './latency.ts';
import { type EngineFamily, spreadKind } from './latency-constants.ts';
import {
  bandwidthShareOf,
  type FilledRequest,
  type LatencyRequest,
  type Load,
  latencyDefaults,
  type Parts,
  PCIE_BOTH_WAYS_GBPS,
  promptShareOf,
} from './passes.ts';
import { type Stage, stageTimes } from './stages.ts';
import { placedSteps } from './stages-explain.ts';

const ROOFLINE = 'https://arxiv.org/abs/2211.05102';
const MEASURED = 'constants fitted to data/measured-latency.json';

function step(label: string, formula: string, numbers: string, value: number, source = ROOFLINE) {
  return { label, formula, numbers, value, unit: 's', source };
}

/** `max(memory, arithmetic) + layers + all-reduces + server`, without what takes no time. */
function sumOf({ memory, compute, ...rest }: Parts): string {
  const added = [rest.layers, rest.communication, rest.server].filter((seconds) => seconds > 0);
  return [`max(${stepNumber(memory)}, ${stepNumber(compute)})`, ...added.map(stepNumber)].join(
    ' + ',
  );
}

const SUM = 'max(memory traffic, arithmetic) + layers + all-reduces + server';

function firstTokenSteps(request: LatencyRequest, { system, prompt }: Stage, latency: Latency) {
  const { constants } = request.facts;
  const { tensor, bytesPerSecond, peak } = system;
  return [
    step(
      'Arithmetic of the prompt',
      'prompt FLOPs / (tensor × peak × share)',
      `${stepPower(prompt.flops)} / (${tensor} × ${stepPower(peak)} × ${stepNumber(promptShareOf(system, constants))})`,
      latency.prompt.compute,
    ),
    step(
      'Memory traffic of the prompt',
      'weights / (tensor × bandwidth × share)',
      `${stepNumber(prompt.weights)} / (${product(tensor, bytesPerSecond, bandwidthShareOf(system, constants))})`,
      latency.prompt.memory,
    ),
    step('First token', SUM, sumOf(latency.prompt), latency.firstToken, MEASURED),
  ];
}

function trafficStep(
  request: LatencyRequest,
  { system }: Stage,
  load: Load,
  seconds: number,
): Step {
  const { constants } = request.facts;
  const { tensor, link, layers } = system;
  const rate = product((link.bothWaysGBps / 2) * 1e9, constants.linkShare);
  const latency = constants.allReduceMicroseconds[link.kind] * 1e-6;
  return step(
    'All-reduces of a step',
    '2 × layers × (2 × (t - 1) / t × sequences × hidden × 2 / (link × share) + latency)',
    `2 × ${layers} × (2 × (${tensor} - 1) / ${tensor} × ${stepNumber(load.hiddenBytes)} / (${rate}) + ${stepNumber(latency)})`,
    seconds,
    MEASURED,
  );
}

function decodeSteps(request: LatencyRequest, loads: Stage, latency: Latency): Step[] {
  const { system, step: load } = loads;
  const { constants } = request.facts;
  const { tensor, bytesPerSecond, peak, layers } = system;
  const parts = latency.step;
  return [
    step(
      'Memory traffic of a step',
      '(weights read / tensor + KV cache of one GPU) / (bandwidth × share)',
      `(${stepNumber(load.weights)} / ${tensor} + ${stepNumber(load.kv)}) / (${product(bytesPerSecond, bandwidthShareOf(system, constants))})`,
      parts.memory,
    ),
    step(
      'Arithmetic of a step',
      'FLOPs of the sequences in a stage / (tensor × peak × share)',
      `${stepPower(load.flops)} / (${tensor} × ${stepPower(peak)} × ${stepNumber(constants.stepShare)})`,
      parts.compute,
    ),
    step(
      'Time between layers',
      'layers × time of a layer',
      product(layers, parts.layers / layers),
      parts.layers,
      MEASURED,
    ),
    ...(parts.communication > 0 ? [trafficStep(request, loads, load, parts.communication)] : []),
    ...(parts.server > 0 ? [serverStep(request, load, parts.server)] : []),
  ];
}

function serverStep({ facts }: LatencyRequest, { sequences }: Load, seconds: number): Step {
  const { stepMilliseconds, sequenceMicroseconds } = facts.constants;
  return step(
    'Server',
    'time of a step + (sequences - 1) × time of a sequence',
    `${stepNumber(stepMilliseconds / 1e3)} + (${stepNumber(sequences)} - 1) × ${stepNumber(sequenceMicroseconds / 1e6)}`,
    seconds,
    MEASURED,
  );
}

function latencySteps(filled: FilledRequest, stages: readonly Stage[], latency: Latency): Step[] {
  const further = stepNumber(filled.outputTokens - 1);
  const [only] = stages;
  const passes =
    filled.placement || !only
      ? placedSteps(filled.placement, stages, latency, filled.facts.constants)
      : [
          ...firstTokenSteps(filled, only, latency),
          ...decodeSteps(filled, only, latency),
          step('Each additional token', SUM, sumOf(latency.step), latency.perToken, MEASURED),
        ];
  return [
    ...passes,
    step(
      'Full answer',
      'first token with the prompts of the batch + (output - 1) × each additional token',
      `${stepNumber(latency.firstTokenOfAll)} + ${further} × ${stepNumber(latency.perToken)}`,
      latency.whole,
    ),
  ];
}

function latencyWarnings(request: LatencyRequest): string[] {
  const { promptTokens, outputTokens, shape, gpu, degrees } = latencyDefaults(request);
  const tokens = promptTokens + outputTokens;
  const isSplitMixture = spreadKind(shape, gpu, degrees.tensor) === 'mixture, split';
  return [
    ...(tokens > shape.maxContext
      ? [
          `${stepNumber(tokens)} tokens exceed the model's context limit of ${stepNumber(shape.maxContext)}.`,
        ]
      : []),
    ...(spreadKind(shape, gpu, 1) === 'mixture'
      ? ['A mixture of experts reads more experts as the batch grows.']
      : []),
    ...(isSplitMixture
      ? [
          'Mixtures of experts on several GPUs can be twice as fast or half as fast: engines differ in how they launch experts and send tokens to them.',
        ]
      : []),
    ...(degrees.tensor > 1 && !gpu.link
      ? [
          `The link of ${gpu.name} is unknown, so this assumes ${PCIE_BOTH_WAYS_GBPS} GB/s both ways.`,
        ]
      : []),
  ];
}

const FAMILY_NAMES: Readonly<Record<EngineFamily, string>> = {
  server: 'a server like vLLM',
  'llama.cpp': 'llama.cpp',
  compiled: 'a compiled loop like ExLlama',
};

/** What speeds assume, in sentences. */
export function latencyAssumptions(request: LatencyRequest): string[] {
  const filled = latencyDefaults(request);
  const { constants } = filled.facts;
  const stages = latencyLoads(filled);
  const kinds = new Set<string>();
  const ofGpus = stages.flatMap((stage) => {
    const { system } = stage;
    if (system.kind === 'cpu' || kinds.has(system.kind)) return [];
    kinds.add(system.kind);
    const bandwidth = formatPercent(bandwidthShareOf(system, constants));
    const prompt = formatPercent(promptShareOf(system, constants));
    const layer = formatNumber((stageTimes(stage, constants).step.layers / system.layers) * 1e6);
    return `Decoding reaches ${bandwidth} of the bandwidth, prompts reach ${prompt} of the dense peak, and each layer adds ${layer} µs.`;
  });
  return [
    `Engine: ${FAMILY_NAMES[filled.engine]}${filled.engine === 'server' ? ` of ${filled.year}` : ''}.`,
    ...ofGpus,
    ...cpusOf(filled).map(cpuAssumption),
  ];
}

/** CPUs whose memory holds layers. */
const cpusOf = ({ gpu, placement }: FilledRequest) =>
  (placement?.places.filter(({ layers }) => layers > 0).map((place) => place.gpu) ?? [gpu]).filter(
    isCpu,
  );

/** Between which values each figure of a latency should lie. */
export type LatencyBands = Record<
  'firstToken' | 'perToken' | 'whole' | 'promptRate' | 'tokensPerSecond' | 'throughput',
  Band
>;

/** The ranges in which measured speeds of such setups lie. */
export function latencyBands(request: LatencyRequest, latency: Latency): LatencyBands {
  const filled = latencyDefaults(request);
  const { facts, shape, gpu, degrees } = filled;
  const { perToken, prompt, request: requests } = facts.spreads;
  const token = perToken[spreadKind(shape, gpu, degrees.tensor)];
  const around = (value: number, { factor, why }: Spread) => ({
    low: value / factor,
    high: value * factor,
    why,
  });
  const isOnCpu = cpusOf(filled).length > 0;
  const each = isOnCpu ? CPU_SPREADS.token : measured(token);
  const prompts = isOnCpu ? CPU_SPREADS.prompt : measured(prompt);
  const whole = isOnCpu
    ? CPU_SPREADS.prompt
    : measured(requests.factor > token.factor ? requests : token);
  return {
    firstToken: around(latency.firstToken, prompts),
    perToken: around(latency.perToken, each),
    whole: around(latency.whole, whole),
    promptRate: around(latency.promptRate, prompts),
    tokensPerSecond: around(latency.tokensPerSecond, each),
    throughput: around(latency.throughput, each),
  };
}

type Spread = { factor: number; why: string };

const measured = ({ factor, coverage }: { factor: number; coverage: number }): Spread => ({
  factor,
  why: `${formatPercent(coverage)} of measured speeds are within ${formatNumber(factor, 'en', 2)}× either way`,
});

const CPU_SPREADS = {
  token: {
    factor: CPU_SPEED.tokenSpread,
    why: `computers differ by ${CPU_SPEED.tokenSpread}× either way: one memory channel or DDR4 is half as fast, and four channels are twice as fast`,
  },
  prompt: {
    factor: CPU_SPEED.promptSpread,
    why: `CPUs and their links to GPUs differ by ${CPU_SPEED.promptSpread}× either way`,
  },
} as const satisfies Record<string, Spread>;

/** Times of serving with the steps, the assumptions and how sure they are. */
export function explainLatency(
  request: LatencyRequest,
): Latency & Explained & { bands: LatencyBands } {
  const latency = servingLatency(request);
  const filled = latencyDefaults(request);
  const bands = latencyBands(request, latency);
  return {
    ...latency,
    steps: latencySteps(filled, latencyLoads(filled), latency),
    assumptions: [
      ...latencyAssumptions(request),
      'The model fits in memory, and no request waits in a queue.',
    ],
    warnings: latencyWarnings(request),
    band: bands.perToken,
    bands,
  };
}
