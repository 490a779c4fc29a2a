import { peakFlops } from '../hardware/gpu.ts';
import type { LatencyConstants } from './latency-constants.ts';
import {
  decodeLoad,
  type FilledRequest,
  type LatencyRequest,
  latencyDefaults,
  middleContext,
  type Parts,
  promptLoad,
  systemOf,
} from './passes.ts';
import { type Stage, stagesOf, stageTimes, sumOfParts } from './stages.ts';

/** Times of one request and the throughput of all. */
export type Latency = {
  /** Seconds to the first token of a request whose prompt is alone. */
  firstToken: number;
  /** Seconds until the last of the batch has its first token, when all prompts arrive at once. */
  firstTokenOfAll: number;
  /** Seconds for each further token, at the middle of the answer. */
  perToken: number;
  /** Seconds for the whole answer, with the prompts of the batch. */
  whole: number;
  /** Prompt tokens per second of one request. */
  promptRate: number;
  /** Tokens per second of one sequence, after the first. */
  tokensPerSecond: number;
  /** Tokens per second of all sequences on all GPUs. */
  throughput: number;
  step: Parts;
  prompt: Parts;
  boundBy: 'memory' | 'compute';
  /** Sequences at which reading the weights and computing take the same time. */
  criticalBatch: number;
};

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

/** The passes that a request is made of, by stages that run one after the other. */
export function latencyLoads(filled: FilledRequest): readonly Stage[] {
  const { batch, degrees, placement } = filled;
  const whole = {
    system: systemOf(filled),
    prompt: promptLoad(filled, 1),
    prompts: promptLoad(filled, Math.ceil(batch / degrees.data)),
    step: decodeLoad(filled, middleContext(filled)),
  };
  return placement ? stagesOf(filled, placement, whole) : [whole];
}

/** Seconds of the passes of a request. */
export function loadTimes(
  stages: readonly Stage[],
  outputTokens: number,
  constants: LatencyConstants,
) {
  const times = stages.map((stage) => stageTimes(stage, constants));
  const sum = (of: (each: (typeof times)[number]) => number) =>
    times.reduce((seconds, each) => seconds + of(each), 0);
  const firstTokenOfAll = sum((each) => each.firstTokenOfAll);
  const perToken = sum((each) => each.perToken);
  return {
    prompt: sumOfParts(times.map(({ prompt }) => prompt)),
    step: sumOfParts(times.map(({ step }) => step)),
    firstToken: sum((each) => each.firstToken),
    firstTokenOfAll,
    perToken,
    whole: firstTokenOfAll + (outputTokens - 1) * perToken,
  };
}

/**
 * Times by the roofline with what measured engines add to it. A step takes as long as its memory
 * traffic or its arithmetic, whichever is slower, and on top the time between its layers, its
 * all-reduces, and the server.
 *
 *     first token = max(prompt FLOPs / (tensor × peak × share),
 *                       weights / (tensor × bandwidth × share)) + layers + all-reduces + server
 *     per token   = max(weights / (tensor × bandwidth × share) + KV of a GPU / (bandwidth × share),
 *                       FLOPs of the sequences / (tensor × peak × share)) + layers + all-reduces + server
 *     full answer = first token with the prompts of the whole batch + (output - 1) × per token
 *     sequences   = batch / (data × pipeline), whole ones
 *
 * A token passes every pipeline stage in turn, so stages help throughput and not the time of a token
 * that is alone; each copy of the model has the batch divided by the copies.
 *
 * Where different memories hold the layers, each is a stage, and a token takes the sum of them.
 *
 * @throws RangeError when a count is out of range.
 * @see https://arxiv.org/abs/2211.05102
 */
export function servingLatency(request: LatencyRequest): Latency {
  const filled = latencyDefaults(request);
  const { format, gpu, outputTokens, promptTokens, facts } = filled;
  const times = loadTimes(latencyLoads(filled), outputTokens, facts.constants);
  const { perToken, firstToken, step } = times;
  return {
    ...times,
    promptRate: promptTokens / firstToken,
    tokensPerSecond: 1 / perToken,
    throughput: filled.batch / perToken,
    boundBy: step.memory >= step.compute ? 'memory' : 'compute',
    criticalBatch: criticalBatch({
      peakFlops: peakFlops(gpu, format.arithmetic),
      bytesPerSecond: gpu.bandwidthGBps * 1e9,
      bytesPerWeight: format.bits / 8,
    }),
  };
}
