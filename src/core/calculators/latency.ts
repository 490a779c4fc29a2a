import { requireCount, requireFraction } from '../check.ts';
import { collectiveSeconds } from './communication.ts';
import { promptFlops, stepFlops, weightBytesRead } from './compute.ts';
import { type KvFormat, kvFormat, type WeightFormat } from './formats.ts';
import { type Gpu, peakFlops } from './gpu.ts';
import { kvCacheSize } from './kv-cache.ts';
import { layerCount, type ModelShape } from './model-shape.ts';
import { degreesOf, type Parallel } from './parallel.ts';

/** What the speed of serving is asked for. */
export type LatencyRequest = {
  shape: ModelShape;
  format: WeightFormat;
  gpu: Gpu;
  parallel?: Parallel;
  promptTokens: number;
  outputTokens: number;
  /** Sequences that decode at once; 1 when left out. */
  batch?: number;
  kv?: KvFormat;
  /** Share of the peak that prompts reach; 0.45 when left out. */
  computeEfficiency?: number;
  /** Share of the bandwidth that decoding reaches; 0.65 when left out. */
  bandwidthEfficiency?: number;
  /** Seconds that one all-reduce takes besides its bytes; 10 µs when left out. */
  allReduceLatency?: number;
};

/** Times of one request and the throughput of all. */
export type Latency = {
  /** Seconds to the first token. */
  firstToken: number;
  /** Seconds for each further token, at the middle of the answer. */
  perToken: number;
  /** Seconds for the whole answer. */
  whole: number;
  /** Tokens per second of one sequence, after the first. */
  tokensPerSecond: number;
  /** Tokens per second of all sequences on all GPUs. */
  throughput: number;
  /** What a decode step spends its time on, in seconds. */
  step: { memory: number; compute: number; communication: number };
  boundBy: 'memory' | 'compute';
  /** Sequences at which reading the weights and computing take the same time. */
  criticalBatch: number;
};

/** The request with its defaults filled in. */
export function latencyDefaults(request: LatencyRequest) {
  const filled = {
    ...request,
    batch: request.batch ?? 1,
    kv: request.kv ?? kvFormat('fp16'),
    computeEfficiency: request.computeEfficiency ?? 0.45,
    bandwidthEfficiency: request.bandwidthEfficiency ?? 0.65,
    allReduceLatency: request.allReduceLatency ?? 10e-6,
    degrees: degreesOf(request.parallel),
  };
  const { batch, promptTokens, outputTokens, computeEfficiency, bandwidthEfficiency } = filled;
  requireCount({ batch, promptTokens, outputTokens });
  requireFraction({ computeEfficiency, bandwidthEfficiency });
  return filled;
}

/** Two all-reduces of the hidden states for each layer, over the link of the GPUs. */
function layerTraffic(request: ReturnType<typeof latencyDefaults>, tokens: number): number {
  const { shape, gpu, degrees, allReduceLatency } = request;
  if (degrees.tensor === 1) return 0;
  const once = collectiveSeconds('all-reduce', {
    bytes: tokens * shape.hidden * 2,
    ranks: degrees.tensor,
    bothWaysGBps: gpu.link?.bothWaysGBps ?? 32,
    latencySeconds: allReduceLatency,
  });
  return 2 * layerCount(shape) * once;
}

/**
 * Sequences at which reading the weights and computing take the same time.
 *
 *     batch = peak / bandwidth × bytes of a weight / 2
 */
export function criticalBatch({
  peakFlops: peak,
  bytesPerSecond,
  bytesPerWeight,
}: {
  peakFlops: number;
  bytesPerSecond: number;
  bytesPerWeight: number;
}): number {
  return ((peak / bytesPerSecond) * bytesPerWeight) / 2;
}

/** Seconds of the three parts of a decode step at a context. */
export function decodeStep(request: LatencyRequest, context: number): Latency['step'] {
  const filled = latencyDefaults(request);
  const { shape, format, gpu, batch, kv, degrees } = filled;
  const bytesPerSecond = gpu.bandwidthGBps * 1e9 * filled.bandwidthEfficiency * degrees.tensor;
  const kvBytes = kvCacheSize({ shape, tokens: context, sequences: batch, format: kv }).bytes;
  const weights = weightBytesRead(shape, format, batch);
  const flops = stepFlops(shape, context) * batch;
  const peak = peakFlops(gpu, format.arithmetic) * filled.computeEfficiency * degrees.tensor;
  return {
    memory: (weights + kvBytes / degrees.pipeline) / bytesPerSecond,
    compute: flops / (peak * degrees.pipeline),
    communication: layerTraffic(filled, batch),
  };
}

/**
 * Times by the roofline: a step takes as long as its memory traffic or its arithmetic, whichever is
 * slower, and the all-reduces on top.
 *
 *     first token = max(prompt FLOPs / (GPUs × peak × share), weights / bandwidth) + all-reduces
 *     per token   = max((weights + KV of the batch) / (GPUs × bandwidth × share),
 *                       FLOPs / (GPUs × peak × share)) + all-reduces
 *
 * Pipeline stages help throughput, not the time of one token; each copy of the model has the batch
 * divided by the copies.
 *
 * @throws RangeError when a count or a share is out of range.
 * @see https://arxiv.org/abs/2211.05102
 */
export function servingLatency(request: LatencyRequest): Latency {
  const filled = latencyDefaults(request);
  const { shape, format, gpu, degrees, promptTokens, outputTokens } = filled;
  const here = { ...request, batch: Math.ceil(filled.batch / degrees.data) };
  const peak = peakFlops(gpu, format.arithmetic);
  const bytesPerSecond = gpu.bandwidthGBps * 1e9;
  const reading =
    weightBytesRead(shape, format, promptTokens) /
    (bytesPerSecond * filled.bandwidthEfficiency * degrees.tensor);
  const computing =
    promptFlops(shape, promptTokens) / (peak * filled.computeEfficiency * degrees.tensor);
  const firstToken = Math.max(reading, computing) + layerTraffic(filled, promptTokens);
  const context = promptTokens + Math.max(1, Math.round(outputTokens / 2));
  const step = decodeStep(here, context);
  const perToken = Math.max(step.memory, step.compute) + step.communication;
  return {
    firstToken,
    perToken,
    whole: firstToken + (outputTokens - 1) * perToken,
    tokensPerSecond: 1 / perToken,
    throughput: filled.batch / perToken,
    step,
    boundBy: step.memory >= step.compute ? 'memory' : 'compute',
    criticalBatch: criticalBatch({
      peakFlops: peak,
      bytesPerSecond,
      bytesPerWeight: format.bits / 8,
    }),
  };
}
