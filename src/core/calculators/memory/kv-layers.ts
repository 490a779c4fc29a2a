import {
  type Attention,
  type CachedAttention,
  type CompressedAttention,
  isSoftmax,
  type LayerGroup,
  type LinearAttention,
  pooledEntries,
} from '../models/model-shape.ts';
import type { KvFormat } from '../quantization/formats.ts';

/** How an engine rounds the tokens it holds. */
export type KvRounding = 'exact' | 'paged' | 'llama.cpp';

/** What a layer's cache depends on besides the layer. */
export type KvLoad = {
  /** Prompt plus generated tokens of one sequence. */
  tokens: number;
  /** Tokens of the encoder's input, where there is an encoder. */
  inputTokens: number;
  /** Sequences held at once. */
  sequences: number;
  format: KvFormat;
  rounding: KvRounding;
  /** Tokens of a page; vLLM's default is 16. */
  blockTokens: number;
  /** Tokens that llama.cpp computes at once, which its window cache must also hold. */
  microBatch: number;
};

/** Bytes of one layer's memory of the past, by kind. */
export type LayerKv = { cacheBytes: number; stateBytes: number; indexerBytes: number };

/** Tokens that llama.cpp rounds a cache up to. */
const LLAMA_CPP_CELLS = 256;

/** Bytes that an FP8 key of a sparse-attention indexer adds as its scale. */
export const INDEXER_SCALE_BYTES = 4;

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** Values that a layer keeps for each token it remembers. */
export function kvValuesPerToken(attention: CachedAttention): number {
  if (attention.kind === 'mla') return attention.kvRank + attention.ropeDim;
  if (attention.kind === 'compressed') return attention.keyDim;
  const { kvHeads, keyDim, valueDim = keyDim } = attention;
  return kvHeads * (keyDim + valueDim);
}

type Rounded = Pick<KvLoad, 'tokens' | 'sequences' | 'rounding' | 'blockTokens' | 'microBatch'>;

/** Tokens of all sequences together that a layer remembers, with the engine's rounding. */
export function cachedTokens(attention: CachedAttention, load: Rounded): number {
  const cells = cellsOf(attention.kind === 'mla' ? undefined : attention.window, load);
  return attention.kind === 'compressed' ? cells + cachedEntries(attention, load) : cells;
}

/** Entries of all sequences together that older tokens are pooled into. */
export function cachedEntries(attention: CompressedAttention, load: Rounded): number {
  return cellsOf(undefined, { ...load, tokens: pooledEntries(attention, load.tokens) });
}

function cellsOf(window: number | undefined, load: Rounded): number {
  const { tokens, sequences, rounding } = load;
  if (rounding === 'llama.cpp') {
    const all = tokens * sequences;
    const local = window === undefined ? all : window * sequences + load.microBatch;
    return roundUp(Math.min(all, local), LLAMA_CPP_CELLS);
  }
  const kept = window === undefined ? tokens : Math.min(tokens, window);
  return sequences * (rounding === 'paged' ? roundUp(kept, load.blockTokens) : kept);
}

/** Share of a layer's KV heads on one GPU: none is split, so some are copied when heads run out. */
export function kvHeadShare(kvHeads: number, tensorParallel: number): number {
  return Math.ceil(kvHeads / tensorParallel) / kvHeads;
}

/** Bytes of a cached value; llama.cpp quantizes no window. */
export function cachedValueBytes(attention: CachedAttention, load: KvLoad): number {
  const isLocal = attention.kind === 'window' || attention.kind === 'chunked';
  const keepsSixteen = load.rounding === 'llama.cpp' && isLocal;
  return keepsSixteen ? Math.max(2, load.format.bytesPerValue) : load.format.bytesPerValue;
}

/** Styles whose convolution sees the values alone, not keys and queries. */
const ONLY_VALUES: ReadonlySet<LinearAttention['style']> = new Set(['mamba1', 'short-conv']);

/**
 * What a recurrent layer keeps of one sequence: values of the state, in FP32 as engines keep it, and
 * a tail of the convolution's inputs in 16 bit (32 bit in llama.cpp).
 */
export function recurrentState(attention: LinearAttention, rounding: KvRounding) {
  const { keyHeads, valueHeads, keyDim, valueDim, convKernel, style } = attention;
  const values = valueHeads * valueDim;
  const keys = ONLY_VALUES.has(style) ? 0 : keyHeads * keyDim * 2;
  const tail = style === 'lightning' ? 0 : Math.max(0, convKernel - 1) * (keys + values);
  const state = style === 'short-conv' ? 0 : valueHeads * keyDim * valueDim;
  const tailBytes = rounding === 'llama.cpp' ? 4 : 2;
  return { state, tail, tailBytes, bytes: 4 * state + tailBytes * tail };
}

/** Bytes that a layer keeps of tokens which are not pooled yet: values and weights, in FP32. */
export function poolingBytes(attention: CompressedAttention): number {
  const { ratio = 0, overlaps, keyDim, indexer } = attention;
  const pieces = overlaps ? 2 : 1;
  return 2 * 4 * pieces * ratio * pieces * (keyDim + (indexer?.headDim ?? 0));
}

/** Keys that an indexer keeps: one for each token, or one for each entry. */
export function indexedTokens(attention: CachedAttention, load: Rounded): number {
  if (!attention.indexer) return 0;
  return attention.kind === 'compressed'
    ? cachedEntries(attention, load)
    : cachedTokens(attention, load);
}

/** Bytes that one attention keeps on one GPU. */
export function attentionKv(attention: Attention, load: KvLoad, tensorParallel = 1): LayerKv {
  const none = { cacheBytes: 0, stateBytes: 0, indexerBytes: 0 };
  if (attention.kind === 'none') return none;
  if (attention.kind === 'linear') {
    const share = kvHeadShare(attention.valueHeads, tensorParallel);
    return {
      ...none,
      stateBytes: recurrentState(attention, load.rounding).bytes * load.sequences * share,
    };
  }
  if (isSoftmax(attention) && attention.sharesKv) return none;
  const share = isSoftmax(attention) ? kvHeadShare(attention.kvHeads, tensorParallel) : 1;
  const cells = cachedTokens(attention, load);
  const keyBytes = (attention.indexer?.headDim ?? 0) + INDEXER_SCALE_BYTES;
  return {
    cacheBytes: cells * kvValuesPerToken(attention) * cachedValueBytes(attention, load) * share,
    stateBytes: attention.kind === 'compressed' ? poolingBytes(attention) * load.sequences : 0,
    indexerBytes: indexedTokens(attention, load) * keyBytes,
  };
}

/**
 * Bytes that one layer keeps on one GPU for the tokens it has seen.
 *
 *     softmax  = cells × KV heads × (key + value) × bytes
 *     latent   = cells × (latent rank + rotary part) × bytes, whole on every GPU
 *     compressed = (window + tokens / ratio) × head × bytes, and FP32 of what is not pooled yet
 *     linear   = value heads × key × value × 4, whatever the length
 *     cells    = tokens, or at most the window in a local layer
 *
 * A decoder layer with attention over the encoder also keeps the encoder's keys and values.
 */
export function layerKv(group: LayerGroup, load: KvLoad, tensorParallel = 1): LayerKv {
  const own = attentionKv(group.attention, load, tensorParallel);
  if (!group.cross) return own;
  const input = { ...load, tokens: load.inputTokens };
  const cross = attentionKv(group.cross, input, tensorParallel);
  return { ...own, cacheBytes: own.cacheBytes + cross.cacheBytes };
}
