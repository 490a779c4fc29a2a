import { formatSeconds } from '../units.ts';
import { promptFlops, weightBytesRead } from './compute.ts';
import { peakFlops } from './gpu.ts';
import { kvCacheSize } from './kv-cache.ts';
import { type Latency, type LatencyRequest, latencyDefaults, servingLatency } from './latency.ts';
import { expertCount } from './model-shape.ts';
import { type Explained, product, type Step, stepNumber } from './result.ts';

const ROOFLINE = 'https://arxiv.org/abs/2211.05102';

function step(label: string, formula: string, numbers: string, value: number): Step {
  return { label, formula, numbers, value, unit: 's', source: ROOFLINE };
}

function firstTokenStep(request: LatencyRequest, latency: Latency): Step {
  const { shape, format, gpu, degrees, promptTokens, computeEfficiency } = latencyDefaults(request);
  const flops = promptFlops(shape, promptTokens).toExponential(2);
  const peak = peakFlops(gpu, format.arithmetic).toExponential(2);
  return step(
    'First token',
    'prompt FLOPs / (GPUs × peak × share), at least the time to read the weights',
    `${flops} / (${degrees.tensor} × ${peak} × ${computeEfficiency})`,
    latency.firstToken,
  );
}

function decodeSteps(request: LatencyRequest, latency: Latency): Step[] {
  const filled = latencyDefaults(request);
  const { shape, format, gpu, degrees, kv, promptTokens, outputTokens } = filled;
  const batch = Math.ceil(filled.batch / degrees.data);
  const tokens = promptTokens + Math.max(1, Math.round(outputTokens / 2));
  const weights = weightBytesRead(shape, format, batch);
  const cache = kvCacheSize({ shape, tokens, sequences: batch, format: kv }).bytes;
  const rate = product(degrees.tensor, gpu.bandwidthGBps * 1e9, filled.bandwidthEfficiency);
  const traffic = step(
    'All-reduces of a step',
    '2 × layers × (2 × (t - 1) / t × batch × hidden × 2 / link + latency)',
    `t = ${degrees.tensor}`,
    latency.step.communication,
  );
  return [
    step(
      'Memory traffic of a step',
      '(weights read + KV cache of the batch) / (GPUs × bandwidth × share)',
      `(${stepNumber(weights)} + ${stepNumber(cache)}) / (${rate})`,
      latency.step.memory,
    ),
    step(
      'Arithmetic of a step',
      'FLOPs of the batch / (GPUs × peak × share)',
      `${formatSeconds(latency.step.compute)} at batch ${batch}`,
      latency.step.compute,
    ),
    ...(latency.step.communication > 0 ? [traffic] : []),
  ];
}

function latencySteps(request: LatencyRequest, latency: Latency): Step[] {
  const { outputTokens } = request;
  return [
    firstTokenStep(request, latency),
    ...decodeSteps(request, latency),
    step(
      'Each further token',
      'max(memory, arithmetic) + all-reduces',
      `bound by ${latency.boundBy}`,
      latency.perToken,
    ),
    step(
      'Whole answer',
      'first token + (output - 1) × each further token',
      `${stepNumber(latency.firstToken)} + ${outputTokens - 1} × ${stepNumber(latency.perToken)}`,
      latency.whole,
    ),
  ];
}

/** Times of serving with the steps, the assumptions and how sure they are. */
export function explainLatency(request: LatencyRequest): Latency & Explained {
  const latency = servingLatency(request);
  const {
    computeEfficiency,
    bandwidthEfficiency,
    promptTokens,
    outputTokens,
    shape,
    gpu,
    degrees,
  } = latencyDefaults(request);
  const warnings: string[] = [];
  if (promptTokens + outputTokens > shape.maxContext) {
    warnings.push(
      `${stepNumber(promptTokens + outputTokens)} tokens are more than the ${stepNumber(shape.maxContext)} the model was made for.`,
    );
  }
  if (expertCount(shape) > 0) {
    warnings.push('A mixture of experts reads more experts as the batch grows.');
  }
  if (degrees.tensor > 1 && !gpu.link) {
    warnings.push(`${gpu.name} has no link that we know; 32 GB/s both ways are assumed.`);
  }
  return {
    ...latency,
    steps: latencySteps(request, latency),
    assumptions: [
      `Prompts reach ${stepNumber(computeEfficiency * 100)} % of the dense peak, decoding ${stepNumber(bandwidthEfficiency * 100)} % of the bandwidth.`,
      'The model fits in memory and no request waits in a queue.',
    ],
    warnings,
    band: {
      low: latency.perToken * (bandwidthEfficiency / 0.84),
      high: latency.perToken * (bandwidthEfficiency / 0.43),
      why: 'measured decoding reaches 43 to 84 % of the bandwidth',
    },
  };
}
