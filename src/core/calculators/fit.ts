import { fitOnGpu, usableBytes } from './capacity.ts';
import { WEIGHT_FORMATS, type WeightFormat } from './formats.ts';
import type { Gpu } from './gpu.ts';
import type { InferenceRequest } from './inference-memory.ts';
import type { Model } from './model.ts';
import type { ModelShape } from './model-shape.ts';
import { gpuCount, type Parallel, parallelProblem } from './parallel.ts';
import { countParameters } from './parameters.ts';
import { weightBytes } from './weights.ts';

/** A question about what fits on a card; the layout of several cards is in the request. */
export type FitQuestion = { request: InferenceRequest; gpu: Gpu; utilisation?: number };

/** The largest whole number in a range that passes, or nothing when the smallest does not. */
function largest(from: number, to: number, passes: (value: number) => boolean): number | undefined {
  if (!passes(from)) return undefined;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fits({ request, gpu, utilisation }: FitQuestion, change: Partial<InferenceRequest>) {
  return fitOnGpu({ ...request, ...change }, gpu, utilisation).fits;
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
const MOST_SEQUENCES = 65_536;

/**
 * The most sequences of the asked length that fit at once: at the answer the request fits, with one
 * more it does not. Undefined when not one fits.
 */
export function mostSequences(question: FitQuestion): number | undefined {
  return largest(1, MOST_SEQUENCES, (sequences) => fits(question, { sequences }));
}

/** Formats from the most to the fewest bits, without those that few engines serve. */
export function formatsByQuality(
  formats: readonly WeightFormat[] = WEIGHT_FORMATS,
): WeightFormat[] {
  return formats.filter(({ id }) => id !== 'fp32' && id !== 'fp16').sort((a, b) => b.bits - a.bits);
}

/** The format with most bits that fits, from those the engine reads; undefined when none does. */
export function bestFormat(question: FitQuestion): WeightFormat | undefined {
  const isLlamaCpp = question.request.engine === 'llama.cpp';
  return formatsByQuality()
    .filter(({ gguf, id }) =>
      isLlamaCpp ? gguf !== undefined || id === 'bf16' : gguf === undefined,
    )
    .find((format) => fits(question, { format }));
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

/** The smallest number of one kind of GPU that holds a model; undefined when 64 do not. */
export function fewestGpus(
  request: InferenceRequest,
  gpu: Gpu,
  utilisation?: number,
): GpuSet | undefined {
  const room = usableBytes(gpu, request.engine, utilisation);
  const weights = weightBytes(request.shape, request.format, request.weights);
  for (const count of COUNTS) {
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
export function layoutFor(request: InferenceRequest, count: number): Parallel | undefined {
  const { shape, engine } = request;
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
 * @param prices Dollars for a GPU hour by GPU id; they replace those of the data.
 */
export function gpuSets(
  request: InferenceRequest,
  gpus: readonly Gpu[],
  order: GpuSetOrder = 'smallest',
  prices: ReadonlyMap<string, number> = new Map(),
): GpuSet[] {
  return gpus
    .map((gpu) => {
      const set = fewestGpus(request, gpu);
      if (!set) return undefined;
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

/** A model that fits on a card, in the format with most bits that leaves room for the context. */
export type FittingModel = { model: Model; format: WeightFormat; spare: number };

/** A quick lower bound of the weights, so that most formats need no list of tensors. */
function leastBytes(shape: ModelShape, format: WeightFormat): number {
  return (countParameters(shape).text * format.bits * 0.9) / 8;
}

/**
 * Which models fit on a card at a context, each in its best format, the largest models first.
 * Formats below `leastBits` are not offered, since quality suffers there.
 */
export function modelsThatFit(
  models: readonly Model[],
  gpu: Gpu,
  request: Omit<InferenceRequest, 'shape' | 'format'>,
  leastBits = 4,
): FittingModel[] {
  const isLlamaCpp = request.engine === 'llama.cpp';
  const formats = formatsByQuality().filter(
    ({ gguf, bits, id }) =>
      bits >= leastBits && (isLlamaCpp ? gguf !== undefined || id === 'bf16' : gguf === undefined),
  );
  const gpus = gpuCount(request.parallel);
  const room = usableBytes(gpu, request.engine) * gpus;
  return models.flatMap((model) => {
    const { shape } = model;
    const tokens = Math.min(request.tokens, shape.maxContext);
    for (const format of formats) {
      if (leastBytes(model.shape, format) > room) continue;
      const fit = fitOnGpu({ ...request, tokens, shape, format }, gpu);
      if (fit.fits) return [{ model, format, spare: fit.spare }];
    }
    return [];
  });
}
