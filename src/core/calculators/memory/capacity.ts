import { requireCount, requireFraction, requirePositive } from '../../check.ts';
import { isCpu, RAM_SHARE } from '../hardware/cpu.ts';
import { type Gpu, grantedBytes } from '../hardware/gpu.ts';
import { degreesOf, stageLayers } from '../hardware/parallel.ts';
import { layerCount } from '../models/model-shape.ts';
import { kvFormat } from '../quantization/formats.ts';
import { type Explained, product, type Step, stepNumber } from '../result.ts';
import { type Engine, type InferenceRequest, inferenceMemory } from './inference-memory.ts';
import { kvLoad, kvOfLayers } from './kv-cache.ts';

/**
 * Tokens that a page pool holds, in whole pages.
 *
 *     tokens = floor(bytes / (page × bytes of a token)) × page
 *
 * @throws RangeError when a value is not positive.
 */
export function pagedTokens(bytes: number, bytesPerToken: number, blockTokens = 16): number {
  requirePositive({ bytes, bytesPerToken });
  requireCount({ blockTokens });
  return Math.floor(bytes / (blockTokens * bytesPerToken)) * blockTokens;
}

/** Sequences of a length that a page pool holds, as vLLM prints it: pool tokens / length. */
export function maximumConcurrency(poolTokens: number, tokensPerSequence: number): number {
  requirePositive({ poolTokens, tokensPerSequence });
  return poolTokens / tokensPerSequence;
}

/**
 * Share of a card's memory that an engine uses: vLLM's default since 0.21 is 0.92 (0.9 before);
 * llama.cpp leaves about 3 % to the driver.
 *
 * @see https://docs.vllm.ai/en/latest/configuration/engine_args.html (gpu-memory-utilization)
 */
export const CARD_SHARE = { vllm: 0.92, 'llama.cpp': 0.97 } as const satisfies Record<
  Engine,
  number
>;

/** Share of a GPU's memory that an engine may use; on Apple's chips the grant itself is the limit. */
export function defaultUtilisation(engine: Engine, gpu: Gpu): number {
  if (isCpu(gpu)) return RAM_SHARE;
  if (gpu.vendor === 'Apple') return 1;
  return CARD_SHARE[engine];
}

/** Bytes of one GPU that an engine may use. */
export function usableBytes(gpu: Gpu, engine: Engine = 'vllm', utilisation?: number): number {
  const share = utilisation ?? defaultUtilisation(engine, gpu);
  requireFraction({ utilisation: share });
  return grantedBytes(gpu) * share;
}

/** How a model sits on a card. */
export type FitOnGpu = {
  fits: boolean;
  usable: number;
  /** Negative when it does not fit. */
  spare: number;
  /** Share of the usable memory that is taken. */
  used: number;
};

/** Whether the fullest GPU of a request fits on a card. */
export function fitOnGpu(request: InferenceRequest, gpu: Gpu, utilisation?: number): FitOnGpu {
  const usable = usableBytes(gpu, request.engine, utilisation);
  const { total } = inferenceMemory(request).perGpu;
  return { fits: total <= usable, usable, spare: usable - total, used: total / usable };
}

/** What a server can hold at once. */
export type Capacity = {
  /** Bytes left for the KV cache on the GPU that has least. */
  kvBytes: number;
  /** Tokens of the pool when sequences have the asked length. */
  tokens: number;
  /** Sequences of the asked length at once, over all copies of the model. */
  sequences: number;
  /** What one sequence takes on that GPU. */
  bytesPerSequence: number;
};

/** The stage whose cache holds the fewest sequences. */
function tightestStage(request: InferenceRequest, gpu: Gpu, utilisation?: number) {
  const { shape, engine = 'vllm' } = request;
  const { tensor, pipeline } = degreesOf(request.parallel);
  const one = { ...request, sequences: 1, parallel: { ...request.parallel, data: 1 } };
  const { stages } = inferenceMemory(one);
  const usable = usableBytes(gpu, engine, utilisation);
  const load = kvLoad({
    ...one,
    format: request.kv ?? kvFormat('fp16'),
    rounding: engine === 'vllm' ? 'paged' : 'exact',
  });
  const layers = stageLayers(shape, Math.min(pipeline, layerCount(shape)));
  return stages
    .map((parts, stage) => {
      const taken = parts.total - parts.kv;
      const kvBytes = Math.max(0, usable - taken);
      const bytesPerSequence = kvOfLayers(layers[stage] ?? [], load, tensor).bytes;
      const holds = kvBytes === 0 ? 0 : kvBytes / bytesPerSequence;
      return { taken, kvBytes, bytesPerSequence, holds };
    })
    .reduce((least, next) => (next.holds < least.holds ? next : least));
}

/**
 * Sequences that a server holds under continuous batching.
 *
 *     room for KV = usable memory - weights - activations - overhead
 *     sequences   = floor(room / bytes of one sequence) × copies of the model
 *
 * Local layers keep at most their window, so the bytes of a sequence are asked at its length.
 *
 * @throws RangeError when a count or a share is out of range.
 */
export function servingCapacity(
  request: InferenceRequest,
  gpu: Gpu,
  utilisation?: number,
): Capacity {
  const { data } = degreesOf(request.parallel);
  const { kvBytes, bytesPerSequence, holds } = tightestStage(request, gpu, utilisation);
  const perCopy = bytesPerSequence > 0 ? holds : 0;
  return {
    kvBytes,
    tokens: Math.floor(perCopy * request.tokens) * data,
    sequences: Math.floor(perCopy) * data,
    bytesPerSequence,
  };
}

function capacitySteps(
  request: InferenceRequest,
  gpu: Gpu,
  share: number,
  sequences: number,
): Step[] {
  const { taken, kvBytes, bytesPerSequence } = tightestStage(request, gpu, share);
  const { data } = degreesOf(request.parallel);
  const copies = data > 1 ? ` × ${stepNumber(data)}` : '';
  const source = 'https://arxiv.org/abs/2309.06180';
  return [
    {
      label: 'Room for the KV cache on one GPU',
      formula: 'max(0, memory × utilization - weights - activations - overhead)',
      numbers: `max(0, ${product(grantedBytes(gpu), share)} - ${stepNumber(taken)})`,
      value: kvBytes,
      unit: 'bytes',
      source,
    },
    {
      label: 'Concurrent requests',
      formula: 'floor(room / bytes of a sequence) × copies',
      numbers:
        bytesPerSequence > 0
          ? `floor(${stepNumber(kvBytes)} / ${stepNumber(bytesPerSequence)})${copies}`
          : '',
      value: sequences,
      unit: 'sequences',
      source,
    },
  ];
}

/** The capacity of a server with the steps behind it. */
export function explainCapacity(
  request: InferenceRequest,
  gpu: Gpu,
  utilisation?: number,
): Capacity & Explained {
  const capacity = servingCapacity(request, gpu, utilisation);
  const share = utilisation ?? defaultUtilisation(request.engine ?? 'vllm', gpu);
  return {
    ...capacity,
    steps: capacitySteps(request, gpu, share, capacity.sequences),
    assumptions: [`Every sequence has ${stepNumber(request.tokens)} tokens.`],
    warnings: capacity.kvBytes <= 0 ? ['The weights leave no room for a KV cache.'] : [],
    band: {
      low: capacity.sequences * 0.9,
      high: capacity.sequences * 1.1,
      why: 'engine overhead varies by 1–2 GiB',
    },
  };
}
