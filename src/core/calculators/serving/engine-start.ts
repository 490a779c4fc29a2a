import { GIB } from '../../units.ts';
import { type Gpu, gpuBytes } from '../hardware/gpu.ts';
import { degreesOf, stageLayers, stageWeightBytes, tensorShare } from '../hardware/parallel.ts';
import { widestLayer } from '../memory/activations.ts';
import { kvLoad, kvOfLayers } from '../memory/kv-cache.ts';
import { layerCount, type ModelShape } from '../models/model-shape.ts';
import type { KvFormat, WeightFormat } from '../quantization/formats.ts';
import { type WeightLoads, weightLoads } from '../quantization/weight-loads.ts';
import { LORA_TARGETS, loraParameters } from '../training/lora.ts';
import type { DeployedLayout } from './deployed-layout.ts';
import { startDefaults } from './engine-defaults.ts';
import type { ServingEngine } from './engine-flags.ts';

/** What is started: everything that decides the memory of one GPU. */
export type EngineRequest = {
  engine: ServingEngine;
  shape: ModelShape;
  format: WeightFormat;
  kv: KvFormat;
  layout: DeployedLayout;
  /** Tokens of one request of full length. */
  context: number;
  share?: number | undefined;
  /** A limit, of which the engine prepares the sampler for as many. */
  sequences?: number | undefined;
  batchedTokens?: number | undefined;
  isChunked?: boolean;
  kvBytes?: number | undefined;
  maxTotalTokens?: number | undefined;
  /** Images and videos are left out. */
  isTextOnly?: boolean;
  offloadBytes?: number;
  redundantExperts?: number;
  adapters?: { count: number; rank: number } | undefined;
  /** Weights that guess tokens: a layer of the model's own, or another model. */
  draft?: 'layer' | { shape: ModelShape; format: WeightFormat } | undefined;
  version?: string | undefined;
};

/** How an engine divides the memory of its fullest GPU, in bytes. */
export type EngineStart = {
  usable: number;
  weights: number;
  /** Activations, the sampler, and what isn't PyTorch's. */
  peak: number;
  /** What is left for the cache; negative where the weights already take more. */
  pool: number;
  /** What a request of full length takes. */
  requestBytes: number;
  /** Requests of full length that the pool of one rank holds. */
  requests: number;
  tokens: number;
  /** The pool may be smaller or larger by so much. */
  uncertainBytes: number;
  share: number;
  sequences: number;
  batchedTokens: number;
};

/**
 * Bytes that CUDA offers of a GPU: a driver keeps a little of what `nvidia-smi` shows. Read off logs: 79.2 of 79.6 GiB
 * (H100), 139.8 of 140.4 (H200), 39.5 of 40 (A100), 23.5 of 24 (RTX 4090).
 */
export function offeredBytes(gpu: Gpu): number {
  const bytes = gpuBytes(gpu);
  if (gpu.vendor !== 'NVIDIA' || gpu.unified) return bytes;
  return bytes - 0.4 * GIB - 0.0018 * bytes;
}

/** Bytes of a row of logits that vLLM's sampler sorts while it warms up; read off logs of H100s and smaller GPUs. */
const SAMPLER_BYTES = 37;

/** What isn't PyTorch's, alone and with NCCL. */
const OUTSIDE_BYTES = { alone: 0.13 * GIB, together: 0.55 * GIB };

/** Profiling the largest image or video. */
const ENCODER_BYTES = 2.6 * GIB;

/**
 * What an engine takes beside weights and cache while it starts.
 *
 *     peak = outside PyTorch + max(sequences × vocabulary × 37, chunk × (4 × hidden + 3 × width / tensor) × 2, encoder)
 */
export function startPeakBytes(
  { shape, layout, isTextOnly = false }: Pick<EngineRequest, 'shape' | 'layout' | 'isTextOnly'>,
  { sequences, batchedTokens }: { sequences: number; batchedTokens: number },
): number {
  const { tensor } = degreesOf(layout.parallel);
  const sampler = shape.head === false ? 0 : sequences * shape.vocabulary * SAMPLER_BYTES;
  const chunk = batchedTokens * (4 * shape.hidden + (3 * widestLayer(shape)) / tensor) * 2;
  const hasEncoder = !isTextOnly && shape.extras?.some(({ kind }) => kind === 'vision');
  const outside = layout.gpus > 1 ? OUTSIDE_BYTES.together : OUTSIDE_BYTES.alone;
  return outside + Math.max(sampler, chunk, hasEncoder ? ENCODER_BYTES : 0);
}

/** The context of a process, and of NCCL, before SGLang measures what is free. */
const CONTEXT_BYTES = { alone: 0.6 * GIB, together: 1.6 * GIB };

/** vLLM's kernels for MXFP4 hold experts whose widths are multiples of this. */
const MXFP4_STEP = 256;

/** Bytes of experts that are held twice, or are made wider. */
function expertExtras(
  loads: WeightLoads,
  { shape, format, layout, redundantExperts = 0, engine }: EngineRequest,
): number {
  const degrees = degreesOf(layout.parallel);
  const [load] = loads.layers.flatMap((list) => list.filter(({ split }) => split === 'experts'));
  if (!load) return 0;
  const all = loads.layers
    .flat()
    .filter(({ split }) => split === 'experts')
    .reduce((sum, each) => sum + each.bytes * tensorShare(each, degrees), 0);
  const width = Math.max(
    ...shape.layers.map(({ feedForward }) => (feedForward.kind === 'moe' ? feedForward.width : 0)),
  );
  const wider = Math.ceil(width / MXFP4_STEP) * MXFP4_STEP;
  const isPadded = format.id === 'mxfp4' && engine === 'vllm';
  const redundant = (redundantExperts / load.pieces) * all;
  return (isPadded ? (wider / width - 1) * all : 0) + redundant / degrees.pipeline;
}

/** Weights of what guesses tokens, on one GPU. */
function draftBytes({ draft, layout }: EngineRequest, loads: WeightLoads): number {
  if (draft === undefined) return 0;
  const degrees = degreesOf(layout.parallel);
  const sumOf = (list: WeightLoads['outer']) =>
    list.reduce((sum, load) => sum + load.bytes * tensorShare(load, degrees), 0);
  if (draft === 'layer') return sumOf(loads.layers.at(-1) ?? []);
  const own = weightLoads(draft.shape, draft.format);
  return sumOf([...own.outer, ...own.layers.flat()]);
}

function adapterBytes({ shape, adapters, layout }: EngineRequest): number {
  if (!adapters) return 0;
  const { tensor, pipeline } = degreesOf(layout.parallel);
  const each = loraParameters({ shape, rank: adapters.rank, targets: LORA_TARGETS }) * 2;
  return (adapters.count * each * (1 + 1 / tensor)) / 2 / pipeline;
}

/** The stage that has the least room for each request. */
function tightest(request: EngineRequest) {
  const { shape, format, kv, layout, context, draft } = request;
  const degrees = degreesOf(layout.parallel);
  const loads = weightLoads(shape, format);
  const layers = stageLayers(shape, Math.min(degrees.pipeline, layerCount(shape)));
  const load = kvLoad({ shape, tokens: context, format: kv, rounding: 'paged' });
  const extra =
    expertExtras(loads, request) +
    draftBytes(request, loads) +
    adapterBytes(request) -
    (request.offloadBytes ?? 0);
  const own = layerCount(shape);
  const drafted =
    draft === undefined ? 0 : draft === 'layer' ? 1 / own : layerCount(draft.shape) / own;
  return stageWeightBytes(shape, loads, layout.parallel).map((weights, stage) => ({
    weights: Math.max(0, weights + extra),
    requestBytes: kvOfLayers(layers[stage] ?? [], load, degrees.tensor).bytes * (1 + drafted),
  }));
}

/**
 * How an engine divides a GPU when it starts.
 *
 *     vLLM:         pool = total × share - (weights + peak)
 *     SGLang:       pool = (total - context) × share - weights
 *     TensorRT-LLM: pool = (total - weights - peak) × share
 */
export function engineStart(request: EngineRequest, gpu: Gpu): EngineStart {
  const { engine, kvBytes, context, maxTotalTokens, layout } = request;
  const { sequences, batchedTokens, share } = startDefaults(request, gpu);
  const total = offeredBytes(gpu);
  const peak = startPeakBytes(request, { sequences, batchedTokens });
  const stages = tightest(request).map(({ weights, requestBytes }) => {
    const pool =
      kvBytes ??
      (engine === 'sglang'
        ? (total - CONTEXT_BYTES[layout.gpus > 1 ? 'together' : 'alone']) * share - weights
        : engine === 'trtllm'
          ? (total - weights - peak) * share
          : total * share - weights - peak);
    return { weights, requestBytes, pool };
  });
  const least = stages.reduce((one, next) =>
    next.pool / next.requestBytes < one.pool / one.requestBytes ? next : one,
  );
  const perToken = least.requestBytes / context;
  const pool = Math.min(least.pool, (maxTotalTokens ?? Infinity) * perToken);
  const requests = Math.max(0, pool) / least.requestBytes;
  return {
    usable: engine === 'trtllm' ? total : total * share,
    weights: least.weights,
    peak: engine === 'sglang' ? 0 : peak,
    pool:
      kvBytes !== undefined && kvBytes > total - least.weights - peak
        ? total - least.weights - peak - kvBytes
        : pool,
    requestBytes: least.requestBytes,
    requests,
    tokens: Math.floor(requests * context),
    uncertainBytes: 0.6 * GIB + 0.01 * least.weights,
    share,
    sequences,
    batchedTokens,
  };
}
