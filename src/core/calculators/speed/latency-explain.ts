import { decodingRange, formatEfficiency } from '../hardware/efficiency.ts';
import { peakFlops } from '../hardware/gpu.ts';
import { expertCount, layerCount } from '../models/model-shape.ts';
import { type Explained, product, type Step, stepNumber, stepPower } from '../result.ts';
import {
  decodeLoad,
  type Latency,
  type LatencyRequest,
  latencyDefaults,
  linkBytesPerSecond,
  middleContext,
  PCIE_BOTH_WAYS_GBPS,
  promptLoad,
  servingLatency,
} from './latency.ts';

const ROOFLINE = 'https://arxiv.org/abs/2211.05102';

function step(label: string, formula: string, numbers: string, value: number): Step {
  return { label, formula, numbers, value, unit: 's', source: ROOFLINE };
}

/** What each formula has below its line: GPUs × rate × share. */
function rates(request: LatencyRequest): { bytes: string; flops: string } {
  const { format, gpu, degrees, ...shares } = latencyDefaults(request);
  const peak = stepPower(peakFlops(gpu, format.arithmetic));
  return {
    bytes: product(degrees.tensor, gpu.bandwidthGBps * 1e9, shares.bandwidthEfficiency),
    flops: `${degrees.tensor} × ${peak} × ${stepNumber(shares.computeEfficiency)}`,
  };
}

function firstTokenStep(request: LatencyRequest, latency: Latency): Step {
  const { weights, flops, communication } = promptLoad(request);
  const { bytes: bandwidth, flops: peak } = rates(request);
  const traffic = communication > 0 ? ` + ${stepNumber(communication)}` : '';
  return step(
    'First token',
    'max(prompt FLOPs / (tensor × peak × share), weights / (tensor × bandwidth × share)) + all-reduces',
    `max(${stepPower(flops)} / (${peak}), ${stepNumber(weights)} / (${bandwidth}))${traffic}`,
    latency.firstToken,
  );
}

function trafficStep(request: LatencyRequest, sequences: number, latency: Latency): Step {
  const { shape, gpu, degrees, allReduceLatency } = latencyDefaults(request);
  const { tensor } = degrees;
  const once = `2 × (${tensor} - 1) / ${tensor} × ${product(sequences, shape.hidden, 2)} / ${stepNumber(linkBytesPerSecond(gpu))}`;
  return step(
    'All-reduces of a step',
    '2 × layers × (2 × (t - 1) / t × sequences × hidden × 2 / link + latency)',
    `2 × ${layerCount(shape)} × (${once} + ${stepNumber(allReduceLatency)})`,
    latency.step.communication,
  );
}

function decodeSteps(request: LatencyRequest, latency: Latency): Step[] {
  const { sequences, weights, kv, flopsPerSequence } = decodeLoad(request, middleContext(request));
  const { bytes: bandwidth, flops: peak } = rates(request);
  return [
    step(
      'Memory traffic of a step',
      '(weights read + KV cache of the sequences in a stage) / (tensor × bandwidth × share)',
      `(${stepNumber(weights)} + ${stepNumber(kv)}) / (${bandwidth})`,
      latency.step.memory,
    ),
    step(
      'Arithmetic of a step',
      'sequences in a stage × FLOPs of one / (tensor × peak × share)',
      `${stepNumber(sequences)} × ${stepPower(flopsPerSequence)} / (${peak})`,
      latency.step.compute,
    ),
    ...(latency.step.communication > 0 ? [trafficStep(request, sequences, latency)] : []),
  ];
}

function latencySteps(request: LatencyRequest, latency: Latency): Step[] {
  const { memory, compute, communication } = latency.step;
  const slower = `max(${stepNumber(memory)}, ${stepNumber(compute)})`;
  const further = stepNumber(request.outputTokens - 1);
  return [
    firstTokenStep(request, latency),
    ...decodeSteps(request, latency),
    step(
      'Each additional token',
      'max(memory, arithmetic) + all-reduces',
      communication > 0 ? `${slower} + ${stepNumber(communication)}` : slower,
      latency.perToken,
    ),
    step(
      'Full answer',
      'first token + (output - 1) × each additional token',
      `${stepNumber(latency.firstToken)} + ${further} × ${stepNumber(latency.perToken)}`,
      latency.whole,
    ),
  ];
}

function latencyWarnings(request: LatencyRequest): string[] {
  const { promptTokens, outputTokens, shape, gpu, degrees } = latencyDefaults(request);
  const tokens = promptTokens + outputTokens;
  return [
    ...(tokens > shape.maxContext
      ? [
          `${stepNumber(tokens)} tokens exceed the model's context limit of ${stepNumber(shape.maxContext)}.`,
        ]
      : []),
    ...(expertCount(shape) > 0
      ? ['A mixture of experts reads more experts as the batch grows.']
      : []),
    ...(degrees.tensor > 1 && !gpu.link
      ? [
          `The link of ${gpu.name} is unknown, so this assumes ${PCIE_BOTH_WAYS_GBPS} GB/s both ways.`,
        ]
      : []),
  ];
}

/** Times of serving with the steps, the assumptions and how sure they are. */
export function explainLatency(request: LatencyRequest): Latency & Explained {
  const latency = servingLatency(request);
  const { computeEfficiency, bandwidthEfficiency } = latencyDefaults(request);
  const range = decodingRange(bandwidthEfficiency);
  return {
    ...latency,
    steps: latencySteps(request, latency),
    assumptions: [
      formatEfficiency(computeEfficiency, bandwidthEfficiency),
      'The model fits in memory, and no request waits in a queue.',
    ],
    warnings: latencyWarnings(request),
    band: {
      low: latency.perToken / range.fastest,
      high: latency.perToken / range.slowest,
      why: range.why,
    },
  };
}
