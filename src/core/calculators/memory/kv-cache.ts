import { requireCount } from '../../check.ts';
import { keepsCache, type LayerGroup, layerOrder, type ModelShape } from '../models/model-shape.ts';
import type { KvFormat } from '../quantization/formats.ts';
import { kvFormat } from '../quantization/formats.ts';
import { LLAMA_CPP_MICRO_BATCH } from './activations.ts';
import { type KvLoad, type KvRounding, kvValuesPerToken, layerKv } from './kv-layers.ts';

/** What a KV cache is asked for. */
export type KvRequest = {
  shape: ModelShape;
  /** Prompt plus generated tokens of one sequence. */
  tokens: number;
  /** Sequences held at once; 1 when left out. */
  sequences?: number;
  /** 16 bit when left out. */
  format?: KvFormat;
  /** Tokens of the encoder's input; when left out what it always reads, or as many as `tokens`. */
  inputTokens?: number;
  /** `exact` when left out. */
  rounding?: KvRounding;
  blockTokens?: number;
  microBatch?: number;
};

/** Bytes of a KV cache and of what lives beside it. */
export type KvSize = {
  /** Everything that is kept for the sequences. */
  bytes: number;
  /** Keys and values, or latents. */
  cacheBytes: number;
  /** Recurrent states of linear layers; they do not grow with the context. */
  stateBytes: number;
  /** Keys of a sparse-attention indexer, in FP8. */
  indexerBytes: number;
};

/** The request with its defaults filled in. */
export function kvLoad(request: KvRequest): KvLoad {
  const { tokens, sequences = 1 } = request;
  const load = {
    tokens,
    inputTokens: request.inputTokens ?? request.shape.encoderTokens ?? tokens,
    sequences,
    format: request.format ?? kvFormat('fp16'),
    rounding: request.rounding ?? 'exact',
    blockTokens: request.blockTokens ?? 16,
    microBatch: request.microBatch ?? LLAMA_CPP_MICRO_BATCH,
  };
  const { inputTokens, blockTokens, microBatch } = load;
  requireCount({ tokens, sequences, inputTokens, blockTokens, microBatch });
  return load;
}

/** Bytes that some layers keep on one GPU. */
export function kvOfLayers(
  layers: readonly LayerGroup[],
  load: KvLoad,
  tensorParallel = 1,
): KvSize {
  const sum = { bytes: 0, cacheBytes: 0, stateBytes: 0, indexerBytes: 0 };
  const known = new Map<LayerGroup, ReturnType<typeof layerKv>>();
  for (const group of layers) {
    const layer = known.get(group) ?? layerKv(group, load, tensorParallel);
    known.set(group, layer);
    sum.cacheBytes += layer.cacheBytes;
    sum.stateBytes += layer.stateBytes;
    sum.indexerBytes += layer.indexerBytes;
  }
  return { ...sum, bytes: sum.cacheBytes + sum.stateBytes + sum.indexerBytes };
}

/**
 * Bytes of the KV cache: a key and a value for each layer, KV head and token that is kept.
 *
 *     bytes = Σ layers: tokens kept × KV heads × (key + value) × bytes per value × sequences
 *
 * Local layers keep at most their window, latent layers one latent for all heads, layers that pool a
 * window and one entry for many tokens, linear layers a state of fixed size, and layers that share a
 * cache nothing. An encoder keeps nothing.
 *
 * @throws RangeError when a count is not a whole number of at least 1.
 * @see https://arxiv.org/abs/2309.06180 (paged attention)
 * @see https://arxiv.org/abs/2405.04434 (latent attention)
 */
export function kvCacheSize(request: KvRequest): KvSize {
  const load = kvLoad(request);
  const layers = request.shape.kind === 'encoder' ? [] : layerOrder(request.shape);
  return kvOfLayers(layers, load);
}

/** Bytes of keys and values for one token: while every layer still grows, and beyond the windows. */
export type KvRate = {
  bytesPerToken: number;
  bytesPerTokenBeyondWindows: number;
  /** Longest window of a local layer; absent when every layer keeps everything. */
  window?: number;
};

/** What one more token of one sequence adds to the cache of keys and values. */
export function kvBytesPerToken(shape: ModelShape, format: KvFormat = kvFormat('fp16')): KvRate {
  const rate: KvRate = { bytesPerToken: 0, bytesPerTokenBeyondWindows: 0 };
  if (shape.kind === 'encoder') return rate;
  for (const { attention, count } of shape.layers) {
    if (!keepsCache(attention)) continue;
    const bytes = count * kvValuesPerToken(attention) * format.bytesPerValue;
    rate.bytesPerToken += bytes;
    const window = attention.kind === 'mla' ? undefined : attention.window;
    if (window === undefined) rate.bytesPerTokenBeyondWindows += bytes;
    else rate.window = Math.max(rate.window ?? 0, window);
    if (attention.kind === 'compressed' && attention.ratio !== undefined) {
      rate.bytesPerToken += bytes / attention.ratio;
      rate.bytesPerTokenBeyondWindows += bytes / attention.ratio;
    }
  }
  return rate;
}
