import { requireCount, requireFraction } from '../../check.ts';
import { collectiveSeconds } from '../hardware/communication.ts';
import { USUAL_BANDWIDTH_SHARE, USUAL_COMPUTE_SHARE } from '../hardware/efficiency.ts';
import { type Gpu, peakFlops } from '../hardware/gpu.ts';
import { degreesOf, type Parallel } from '../hardware/parallel.ts';
import { kvCacheSize } from '../memory/kv-cache.ts';
import { layerCount, type ModelShape } from '../models/model-shape.ts';
import { type KvFormat, kvFormat, type WeightFormat } from '../quantization/formats.ts';
import { promptFlops, stepFlops, weightBytesRead } from './compute.ts';

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
  /** Share of the peak that prompts reach; the usual one when left out. */
  computeEfficiency?: number;
  /** Share of the bandwidth that decoding reaches; the usual one when left out. */
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
    computeEfficiency: request.computeEfficiency ?? USUAL_COMPUTE_SHARE,
    bandwidthEfficiency: request.bandwidthEfficiency ?? USUAL_BANDWIDTH_SHARE,
    allReduceLatency: request.allReduceLatency ?? 10e-6,
    degrees: degreesOf(request.parallel),
  };
  const { batch, promptTokens, outputTokens, computeEfficiency, bandwidthEfficiency } = filled;
  requireCount({ batch, promptTokens, outputTokens });
  requireFraction({ computeEfficiency, bandwidthEfficiency });
  return filled;
}

/** PCIe 3.0 ×16, the slowest link that cards without one of their own usually have. */
export const PCIE_BOTH_WAYS_GBPS = 32;

function linkGBps({ link }: Gpu): number {
  return link?.bothWaysGBps ?? PCIE_BOTH_WAYS_GBPS;
}

/** What a GPU sends in one direction, in bytes. */
export function linkBytesPerSecond(gpu: Gpu): number {
  return (linkGBps(gpu) / 2) * 1e9;
}

type FilledRequest = ReturnType<typeof latencyDefaults>;

/** Two all-reduces of the hidden states for each layer, over the link of the GPUs. */
function layerTraffic(request: FilledRequest, tokens: number): number {
  const { shape, gpu, degrees, allReduceLatency } = request;
  if (degrees.tensor === 1) return 0;
  const once = collectiveSeconds('all-reduce', {
    bytes: tokens * shape.hidden * 2,
    ranks: degrees.tensor,
    bothWaysGBps: linkGBps(gpu),
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

/** What the GPUs that share each matrix reach together, in bytes and operations per second. */
function ratesOf({ format, gpu, degrees, ...shares }: FilledRequest) {
  return {
    bytesPerSecond: gpu.bandwidthGBps * 1e9 * shares.bandwidthEfficiency * degrees.tensor,
    flopsPerSecond: peakFlops(gpu, format.arithmetic) * shares.computeEfficiency * degrees.tensor,
  };
}

/** What a prompt reads and computes, and how long its all-reduces take. */
export function promptLoad(request: LatencyRequest) {
  const filled = latencyDefaults(request);
  const { shape, format, promptTokens } = filled;
  return {
    weights: weightBytesRead(shape, format, promptTokens),
    flops: promptFlops(shape, promptTokens),
    communication: layerTraffic(filled, promptTokens),
  };
}

/**
 * What a decode step reads and computes at a context, all stages together. Each copy of the model
 * has a share of the batch, and each stage works on a share of that while the others do the rest.
 */
export function decodeLoad(request: LatencyRequest, context: number) {
  const { shape, format, kv, degrees, batch } = latencyDefaults(request);
  const sequences = Math.ceil(batch / (degrees.data * degrees.pipeline));
  return {
    sequences,
    weights: weightBytesRead(shape, format, sequences),
    kv: kvCacheSize({ shape, tokens: context, sequences, format: kv }).bytes,
    flopsPerSequence: stepFlops(shape, context),
  };
}

/** Seconds of the three parts of a decode step at a context. */
export function decodeStep(request: LatencyRequest, context: number): Latency['step'] {
  const filled = latencyDefaults(request);
  const { bytesPerSecond, flopsPerSecond } = ratesOf(filled);
  const { sequences, weights, kv, flopsPerSequence } = decodeLoad(request, context);
  return {
    memory: (weights + kv) / bytesPerSecond,
    compute: (flopsPerSequence * sequences) / flopsPerSecond,
    communication: layerTraffic(filled, sequences),
  };
}

/** Tokens before the middle of the answer, where a decode step is timed. */
export function middleContext({ promptTokens, outputTokens }: LatencyRequest): number {
  return promptTokens + Math.max(1, Math.round(outputTokens / 2));
}

/**
 * Times by the roofline: a step takes as long as its memory traffic or its arithmetic, whichever is
 * slower, and the all-reduces on top.
 *
 *     first token = max(prompt FLOPs / (tensor × peak × share),
 *                       weights / (tensor × bandwidth × share)) + all-reduces
 *     per token   = max((weights + KV of the sequences) / (tensor × bandwidth × share),
 *                       FLOPs of the sequences / (tensor × peak × share)) + all-reduces
 *     sequences   = batch / (data × pipeline), whole ones
 *
 * A token passes every pipeline stage in turn, so stages help throughput and not the time of a token
 * that is alone; each copy of the model has the batch divided by the copies.
 *
 * @throws RangeError when a count or a share is out of range.
 * @see https://arxiv.org/abs/2211.05102
 */
export function servingLatency(request: LatencyRequest): Latency {
  const filled = latencyDefaults(request);
  const { format, gpu, outputTokens } = filled;
  const { bytesPerSecond, flopsPerSecond } = ratesOf(filled);
  const prompt = promptLoad(request);
  const firstToken =
    Math.max(prompt.weights / bytesPerSecond, prompt.flops / flopsPerSecond) + prompt.communication;
  const step = decodeStep(request, middleContext(filled));
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
      peakFlops: peakFlops(gpu, format.arithmetic),
      bytesPerSecond: gpu.bandwidthGBps * 1e9,
      bytesPerWeight: format.bits / 8,
    }),
  };
}
