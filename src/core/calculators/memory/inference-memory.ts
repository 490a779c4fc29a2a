import { requireCount } from '../../check.ts';
import { GIB } from '../../units.ts';
import {
  degreesOf,
  gpuCount,
  type Parallel,
  type Replication,
  replication,
  stageLayers,
  stageWeightBytes,
} from '../hardware/parallel.ts';
import { layerCount, type ModelShape } from '../models/model-shape.ts';
import { type KvFormat, kvFormat, type WeightFormat } from '../quantization/formats.ts';
import { weightLoads } from '../quantization/weight-loads.ts';
import type { WeightOptions } from '../quantization/weights.ts';
import { type LoraTarget, loraParameters } from '../training/lora.ts';
import {
  computeBufferBytes,
  LLAMA_CPP_MICRO_BATCH,
  prefillActivationBytes,
} from './activations.ts';
import { kvLoad, kvOfLayers } from './kv-cache.ts';

/** `vllm` stands for servers that page their cache (vLLM, SGLang, TensorRT-LLM). */
export type Engine = 'vllm' | 'llama.cpp';

/** What serving a model is asked for. */
export type InferenceRequest = {
  shape: ModelShape;
  format: WeightFormat;
  /** Prompt plus generated tokens of one sequence. */
  tokens: number;
  /** Sequences held at once; 1 when left out. */
  sequences?: number;
  /** 16 bit when left out. */
  kv?: KvFormat;
  parallel?: Parallel;
  engine?: Engine;
  /** Tokens of the encoder's input, where there is an encoder. */
  inputTokens?: number;
  /** Tokens of a prompt that are computed at once; the engine's default when left out. */
  chunkTokens?: number;
  weights?: WeightOptions;
  adapters?: ServedAdapters;
  /** A vision tower that is held beside the weights of the format, as with a GGUF; on the first stage. */
  towerBytes?: number;
};

/** LoRA adapters that are held beside the model, all of one rank. */
export type ServedAdapters = { count: number; rank: number; targets: readonly LoraTarget[] };

/** The lines of the memory of one GPU, in bytes. */
export type MemoryParts = {
  weights: number;
  kv: number;
  activations: number;
  overhead: number;
  /** LoRA adapters; absent where none are served. */
  adapters?: number;
  total: number;
};

/** Memory for serving a model. */
export type InferenceMemory = {
  /** The GPU that holds most. */
  perGpu: MemoryParts;
  /** Every stage of one copy of the model; the GPUs of a stage are alike. */
  stages: MemoryParts[];
  gpus: number;
  /** All GPUs together. */
  totalBytes: number;
};

/**
 * What an engine takes besides weights and KV cache: at least its CUDA context and libraries, usually
 * and at most that much with the activations, and a share of the weights on top.
 *
 * @see https://github.com/kaito-project/kaito/pull/2139 (2.3 GiB and 5 % of the weights as a bound)
 */
export const OVERHEAD = {
  vllm: { least: 0.5 * GIB, usual: GIB, most: 2.3 * GIB, weightShare: 0.05 },
  'llama.cpp': { least: 0.25 * GIB, usual: 0.5 * GIB, most: GIB, weightShare: 0 },
} as const satisfies Record<
  Engine,
  { least: number; usual: number; most: number; weightShare: number }
>;

/** What an engine takes besides weights, KV cache and activations. */
export function overheadBytes(engine: Engine, weights: number, activations: number): number {
  const { least, usual, weightShare } = OVERHEAD[engine];
  return Math.max(least, usual + weightShare * weights - activations);
}

/** Tokens of a prompt that an engine computes at once: vLLM's and llama.cpp's own defaults. */
export const USUAL_CHUNK = { vllm: 2048, 'llama.cpp': LLAMA_CPP_MICRO_BATCH } as const;

/** Tokens of a prompt that are computed at once, at most as many as there are. */
export function chunkOf({
  engine = 'vllm',
  chunkTokens,
  tokens,
  sequences = 1,
}: InferenceRequest): number {
  const chunk = chunkTokens ?? USUAL_CHUNK[engine];
  return engine === 'llama.cpp' ? chunk : Math.min(chunk, tokens * sequences);
}

/**
 * Bytes of LoRA adapters on one GPU, in 16 bit. Of their two matrices servers divide one over the GPUs of a stage and copy
 * the other.
 *
 *     bytes = adapters × Σ matrices: rank × (inputs + outputs) × 2 × (1/2 + 1/2 / tensor) / pipeline
 *
 * @see https://docs.vllm.ai/en/stable/api/vllm/config/lora/ (fully_sharded_loras: only half is sharded by default)
 */
export function adapterBytes({ shape, adapters, parallel }: InferenceRequest): number {
  if (!adapters) return 0;
  const { count, rank, targets } = adapters;
  requireCount({ adapters: count });
  const { tensor, pipeline } = degreesOf(parallel);
  const whole = count * loraParameters({ shape, rank, targets }) * 2;
  return (whole * (1 + 1 / tensor)) / 2 / pipeline;
}

function partsOf(request: InferenceRequest, weights: number, kv: number): MemoryParts {
  const { shape, engine = 'vllm', sequences = 1 } = request;
  const { tensor } = degreesOf(request.parallel);
  const chunk = chunkOf(request);
  const activations =
    engine === 'vllm'
      ? prefillActivationBytes({
          shape,
          chunkTokens: chunk,
          sequences,
          tensorParallel: tensor,
        })
      : computeBufferBytes(shape, chunk);
  const overhead = overheadBytes(engine, weights, activations);
  const adapters = adapterBytes(request);
  const total = weights + kv + activations + overhead + adapters;
  return { weights, kv, activations, overhead, ...(adapters > 0 ? { adapters } : {}), total };
}

/**
 * Memory for serving a model on one or more GPUs.
 *
 *     memory of a GPU = weights + KV cache + activations + overhead + LoRA adapters
 *     overhead        = max(least, usual + share of the weights - activations)
 *
 * @throws RangeError when a count is not a whole number of at least 1.
 * @see https://arxiv.org/abs/2309.06180
 */
export function inferenceMemory(request: InferenceRequest): InferenceMemory {
  const { shape, format, engine = 'vllm', sequences = 1, parallel = {}, towerBytes = 0 } = request;
  const degrees = degreesOf(parallel);
  requireCount({ tokens: request.tokens, sequences });
  const here = { ...request, sequences: Math.ceil(sequences / degrees.data) };
  const load = kvLoad({
    ...here,
    format: request.kv ?? kvFormat('fp16'),
    rounding: engine === 'vllm' ? 'paged' : 'llama.cpp',
  });
  const loads = weightLoads(shape, format, request.weights);
  const layers =
    shape.kind === 'encoder'
      ? Array.from({ length: degrees.pipeline }, () => [])
      : stageLayers(shape, Math.min(degrees.pipeline, layerCount(shape)));
  const stages = stageWeightBytes(shape, loads, parallel).map((weights, stage) =>
    partsOf(
      here,
      weights + (stage === 0 ? towerBytes : 0),
      kvOfLayers(layers[stage] ?? [], load, degrees.tensor).bytes,
    ),
  );
  const gpus = gpuCount(parallel);
  const [first, ...rest] = stages;
  if (!first) throw new RangeError('pipeline must be at least 1');
  return {
    perGpu: rest.reduce((most, next) => (next.total > most.total ? next : most), first),
    stages,
    gpus,
    totalBytes: stages.reduce((sum, { total }) => sum + total, 0) * (gpus / stages.length),
  };
}

/** Weights of a request that more than one GPU holds. */
export function heldTwice({
  shape,
  format,
  weights,
  parallel = {},
}: InferenceRequest): Replication {
  return replication(shape, weightLoads(shape, format, weights), parallel);
}
