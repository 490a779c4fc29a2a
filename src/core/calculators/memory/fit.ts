import type { Gpu } from '../hardware/gpu.ts';
import { gpuCount, type Parallel, parallelProblem } from '../hardware/parallel.ts';
import type { Model } from '../models/model-schema.ts';
import type { ModelShape } from '../models/model-shape.ts';
import { countParameters } from '../models/parameters.ts';
import { type WeightFormat, weightFormat } from '../quantization/formats.ts';
import { weightBytes } from '../quantization/weights.ts';
import { type FitOnGpu, fitOnGpu, usableBytes } from './capacity.ts';
import type { Engine, InferenceRequest } from './inference-memory.ts';
import { largest } from './largest.ts';
import { fitOnMachine, type Machine, roomOf } from './placement.ts';

/**
 * A question about what fits on a card; the layout of several cards is in the request. Where different memories share
 * the layers, these count instead.
 */
export type FitQuestion = {
  request: InferenceRequest;
  gpu: Gpu;
  utilisation?: number;
  machine?: Machine;
};

/** How a request sits on what it is asked of. */
export function fitOn({ request, gpu, utilisation, machine }: FitQuestion): FitOnGpu {
  return machine ? fitOnMachine(request, machine) : fitOnGpu(request, gpu, utilisation);
}

function fits(question: FitQuestion, change: Partial<InferenceRequest>) {
  return fitOn({ ...question, request: { ...question.request, ...change } }).fits;
}

/** The longest context that fits, and whether the model rather than the memory is the limit. */
export type LongestContext = { tokens: number; limitedBy: 'memory' | 'model' };

/**
 * The most tokens of each sequence that fit. Fits at the answer and not at one token more, unless
 * the model's own limit comes first.
 */
export function longestContext(
  question: FitQuestion,
  mostTokens = question.request.shape.maxContext,
): LongestContext | undefined {
  const tokens = largest(1, mostTokens, (value) => fits(question, { tokens: value }));
  if (tokens === undefined) return undefined;
  return { tokens, limitedBy: tokens === mostTokens ? 'model' : 'memory' };
}

/** Sequences that no engine holds more of at once. */
const MAX_SEQUENCES = 65_536;

/**
 * The most sequences of the asked length that fit at once: at the answer the request fits, with one
 * more it does not. Undefined when not one fits.
 */
export function mostSequences(question: FitQuestion): number | undefined {
  return largest(1, MAX_SEQUENCES, (sequences) => fits(question, { sequences }));
}

/** Formats that people serve with an engine, from the most to the fewest bits. */
const SERVED: Record<Engine, readonly string[]> = {
  vllm: ['bf16', 'fp8', 'int8', 'int4'],
  'llama.cpp': [
    'bf16',
    'q8_0',
    'q6_k',
    'q5_k_m',
    'q4_k_m',
    'iq4_xs',
    'q3_k_m',
    'iq3_xxs',
    'q2_k',
    'iq2_xxs',
    'iq1_s',
  ],
};

/**
 * Formats that a model is usually served in, from the most to the fewest bits. A model that is
 * published in a quantized format is not served in more bits than that.
 *
 * @param native Id of the published format where it is not 16 bit.
 */
export function servedFormats(engine: Engine = 'vllm', native?: string): WeightFormat[] {
  const formats = SERVED[engine].map(weightFormat);
  if (native === undefined || engine !== 'vllm') return formats;
  const own = weightFormat(native);
  return [own, ...formats.filter(({ bits }) => bits < own.bits)];
}

/** The format with most bits that fits, of those the engine's users serve; undefined when none does. */
export function bestFormat(question: FitQuestion, native?: string): WeightFormat | undefined {
  return servedFormats(question.request.engine, native).find((format) =>
    fits(question, { format }),
  );
}

/** GPUs of one kind that hold a model. */
export type GpuSet = {
  gpu: Gpu;
  count: number;
  parallel: Parallel;
  /** Memory of all of them. */
  memoryGiB: number;
  usdPerHour?: number;
};

/** Numbers of GPUs that servers come with. */
const COUNTS = [1, 2, 4, 8, 16, 32, 64] as const;

/** Numbers that people put together of one kind of GPU: up to a server of eight, then a few more. */
const ANY_COUNTS = [
  1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64,
] as const;

/** So many cards without a fast link share one machine. */
const MAX_UNLINKED = 8;

/** The smallest number of one kind of GPU that holds a model; undefined when 64 do not. */
export function fewestGpus(
  request: InferenceRequest,
  gpu: Gpu,
  utilisation?: number,
  counts: readonly number[] = ANY_COUNTS,
): GpuSet | undefined {
  const room = usableBytes(gpu, request.engine, utilisation);
  const weights = weightBytes(request.shape, request.format, request.weights);
  for (const count of counts) {
    if (weights > room * count) continue;
    const parallel = layoutFor(request, count);
    if (!parallel || gpuCount(parallel) !== count) continue;
    if (fitOnGpu({ ...request, parallel }, gpu, utilisation).fits) {
      return {
        gpu,
        count,
        parallel,
        memoryGiB: count * gpu.memoryGiB,
        ...(gpu.rent ? { usdPerHour: count * gpu.rent.usdPerHour } : {}),
      };
    }
  }
  return undefined;
}

/** Tensor parallelism inside a server of eight, pipeline stages beyond it; stages only in llama.cpp. */
export function layoutFor(
  { shape, engine }: { shape: ModelShape; engine?: Engine | undefined },
  count: number,
): Parallel | undefined {
  const tensors =
    engine === 'llama.cpp' ? [1] : [8, 4, 2, 1].filter((tensor) => count % tensor === 0);
  return tensors
    .map((tensor) => ({ tensor, pipeline: count / tensor }))
    .find((layout) => parallelProblem(shape, layout) === undefined);
}

/** How sets of GPUs are ranked. */
export type GpuSetOrder = 'smallest' | 'cheapest';

/**
 * Sets of GPUs that hold a model, the one with least memory or the lowest rent first. For `cheapest`
 * only GPUs whose price is known are compared.
 *
 * @param how `prices` are dollars for a GPU hour by GPU id and replace those of the data; `utilisation` is the share of
 * the memory to use, the engine's own by default.
 */
export function gpuSets(
  request: InferenceRequest,
  gpus: readonly Gpu[],
  {
    order = 'smallest',
    prices = new Map(),
    utilisation,
  }: {
    order?: GpuSetOrder;
    prices?: ReadonlyMap<string, number>;
    utilisation?: number | undefined;
  } = {},
): GpuSet[] {
  return gpus
    .map((gpu) => {
      const set = fewestGpus(request, gpu, utilisation, COUNTS);
      if (!set || !isBuilt(set)) return undefined;
      const price = prices.get(gpu.id);
      return price === undefined ? set : { ...set, usdPerHour: price * set.count };
    })
    .filter((set) => set !== undefined)
    .filter((set) => order === 'smallest' || set.usdPerHour !== undefined)
    .sort((a, b) =>
      order === 'cheapest'
        ? (a.usdPerHour ?? 0) - (b.usdPerHour ?? 0) || a.memoryGiB - b.memoryGiB
        : a.memoryGiB - b.memoryGiB || a.count - b.count,
    );
}

/** What the links of servers move at least, both ways. */
const LEAST_FABRIC_GBPS = 200;

/** Sets that somebody would build: no rack of laptops, and no more gaming cards than one machine has slots for. */
function isBuilt({ gpu, count }: GpuSet): boolean {
  if (gpu.unified) return count === 1;
  const isGaming = /^(?:rtx-\d0\d0|rx-|arc-|gtx-|titan-)/.test(gpu.id);
  // PCIe and a bridge between two GPUs join no more than one server.
  const isLinked = (gpu.link?.bothWaysGBps ?? 0) >= LEAST_FABRIC_GBPS;
  return count <= (isGaming ? MAX_UNLINKED / 2 : isLinked ? 64 : MAX_UNLINKED);
}

/** A model that fits on a card, in the format with most bits that leaves room for the context. */
export type FittingModel = { model: Model; format: WeightFormat; spare: number };

/** A quick lower bound of the weights, so that most formats need no list of tensors. */
function leastBytes(shape: ModelShape, format: WeightFormat): number {
  return (countParameters(shape).text * format.bits * 0.9) / 8;
}

/**
 * Which models fit on a card at a context, each in its best format. Formats below `leastBits` are
 * not offered, since quality suffers there. Several cards share a model as `layoutFor` says.
 */
export function modelsThatFit(
  models: readonly Model[],
  gpu: Gpu,
  request: Omit<InferenceRequest, 'shape' | 'format' | 'parallel'>,
  {
    leastBits = 4,
    gpus = 1,
    format: only,
    utilisation,
    machine,
  }: {
    leastBits?: number;
    gpus?: number;
    format?: WeightFormat;
    utilisation?: number;
    machine?: Machine;
  } = {},
): FittingModel[] {
  const room = machine ? roomOf(machine) : usableBytes(gpu, request.engine, utilisation) * gpus;
  return models.flatMap((model) => {
    const { shape, native } = model;
    if (machine && shape.kind !== 'decoder') return [];
    const tokens = Math.min(request.tokens, shape.maxContext);
    const parallel =
      machine || gpus === 1 ? {} : layoutFor({ shape, engine: request.engine }, gpus);
    if (!parallel) return [];
    for (const format of only ? [only] : servedFormats(request.engine, native)) {
      if ((!only && format.bits < leastBits) || leastBytes(shape, format) > room) continue;
      const asked = { ...request, tokens, shape, format, parallel };
      const fit = machine ? fitOnMachine(asked, machine) : fitOnGpu(asked, gpu, utilisation);
      if (fit.fits) return [{ model, format, spare: fit.spare }];
    }
    return [];
  });
}
