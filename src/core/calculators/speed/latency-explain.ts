import { formatNumber, formatPercent } from '../../units.ts';
import { layerCount } from '../models/model-shape.ts';
import { type Band, type Explained, product, type Step, stepNumber, stepPower } from '../result.ts';
import {
  type Latency,
  type LatencyRequest,
  type Load,
  latencyDefaults,
  latencyLoads,
  type Parts,
  PCIE_BOTH_WAYS_GBPS,
  promptShareOf,
  servingLatency,
} from './latency.ts';
import { type EngineFamily, spreadKind } from './latency-constants.ts';

const ROOFLINE = 'https://arxiv.org/abs/2211.05102';
const MEASURED = 'constants fitted to data/measured-latency.json';

function step(label: string, formula: string, numbers: string, value: number, source = ROOFLINE) {
  return { label, formula, numbers, value, unit: 's', source };
}

type Loads = ReturnType<typeof latencyLoads>;

/** `max(memory, arithmetic) + layers + all-reduces + server`, without what takes no time. */
function sumOf({ memory, compute, ...rest }: Parts): string {
  const added = [rest.layers, rest.communication, rest.server].filter((seconds) => seconds > 0);
  return [`max(${stepNumber(memory)}, ${stepNumber(compute)})`, ...added.map(stepNumber)].join(
    ' + ',
  );
}

const SUM = 'max(memory traffic, arithmetic) + layers + all-reduces + server';

function firstTokenSteps(request: LatencyRequest, { system, prompt }: Loads, latency: Latency) {
  const { constants } = request.facts;
  const { tensor, bytesPerSecond, kind, peak } = system;
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
      `${stepNumber(prompt.weights)} / (${product(tensor, bytesPerSecond, constants.bandwidthShare[kind])})`,
      latency.prompt.memory,
    ),
    step('First token', SUM, sumOf(latency.prompt), latency.firstToken, MEASURED),
  ];
}

function trafficStep(
  request: LatencyRequest,
  { system }: Loads,
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

function decodeSteps(request: LatencyRequest, loads: Loads, latency: Latency): Step[] {
  const { system, step: load } = loads;
  const { constants } = request.facts;
  const { tensor, bytesPerSecond, kind, peak, layers } = system;
  const parts = latency.step;
  return [
    step(
      'Memory traffic of a step',
      '(weights read / tensor + KV cache of one GPU) / (bandwidth × share)',
      `(${stepNumber(load.weights)} / ${tensor} + ${stepNumber(load.kv)}) / (${product(bytesPerSecond, constants.bandwidthShare[kind])})`,
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

function latencySteps(request: LatencyRequest, latency: Latency): Step[] {
  const filled = latencyDefaults(request);
  const loads = latencyLoads(filled);
  const further = stepNumber(filled.outputTokens - 1);
  return [
    ...firstTokenSteps(filled, loads, latency),
    ...decodeSteps(filled, loads, latency),
    step('Each additional token', SUM, sumOf(latency.step), latency.perToken, MEASURED),
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
  const { system } = latencyLoads(filled);
  const { constants } = filled.facts;
  const { step: parts } = servingLatency(request);
  const bandwidth = formatPercent(constants.bandwidthShare[system.kind]);
  const prompt = formatPercent(promptShareOf(system, constants));
  const layer = formatNumber((parts.layers / layerCount(filled.shape)) * 1e6);
  return [
    `Engine: ${FAMILY_NAMES[filled.engine]}${filled.engine === 'server' ? ` of ${filled.year}` : ''}.`,
    `Decoding reaches ${bandwidth} of the bandwidth, prompts reach ${prompt} of the dense peak, and each layer adds ${layer} µs.`,
  ];
}

/** Between which values each figure of a latency should lie. */
export type LatencyBands = Record<
  'firstToken' | 'perToken' | 'whole' | 'promptRate' | 'tokensPerSecond' | 'throughput',
  Band
>;

/** The ranges in which measured speeds of such setups lie. */
export function latencyBands(request: LatencyRequest, latency: Latency): LatencyBands {
  const { facts, shape, gpu, degrees } = latencyDefaults(request);
  const { perToken, prompt, request: requests } = facts.spreads;
  const token = perToken[spreadKind(shape, gpu, degrees.tensor)];
  const around = (value: number, { factor, coverage }: { factor: number; coverage: number }) => ({
    low: value / factor,
    high: value * factor,
    why: `${formatPercent(coverage)} of measured speeds are within ${formatNumber(factor, 'en', 2)}× either way`,
  });
  return {
    firstToken: around(latency.firstToken, prompt),
    perToken: around(latency.perToken, token),
    whole: around(latency.whole, requests.factor > token.factor ? requests : token),
    promptRate: around(latency.promptRate, prompt),
    tokensPerSecond: around(latency.tokensPerSecond, token),
    throughput: around(latency.throughput, token),
  };
}

/** Times of serving with the steps, the assumptions and how sure they are. */
export function explainLatency(
  request: LatencyRequest,
): Latency & Explained & { bands: LatencyBands } {
  const latency = servingLatency(request);
  const bands = latencyBands(request, latency);
  return {
    ...latency,
    steps: latencySteps(request, latency),
    assumptions: [
      ...latencyAssumptions(request),
      'The model fits in memory, and no request waits in a queue.',
    ],
    warnings: latencyWarnings(request),
    band: bands.perToken,
    bands,
  };
}
