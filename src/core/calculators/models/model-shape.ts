/** A second, smaller attention that picks which tokens the main one reads (DeepSeek sparse attention). */
export type Indexer = { heads: number; headDim: number };

/**
 * Attention with a key and a value for each KV head and token.
 * `full` keeps every token, `window` the last `window` tokens, `chunked` the current chunk of `window`.
 */
export type SoftmaxAttention = {
  kind: 'full' | 'window' | 'chunked';
  heads: number;
  kvHeads: number;
  /** Width of one query or key head; never assume hidden / heads. */
  keyDim: number;
  /** Width of one value head; the key's width when left out. */
  valueDim?: number;
  /** Tokens a local layer looks back; only for `window` and `chunked`. */
  window?: number;
  /** True when the layer reads the cache of an earlier layer and keeps none. */
  sharesKv?: boolean;
  /** False when the layer has no key and value matrices of its own. */
  ownKv?: boolean;
  /** True when the keys serve as values, so that there is no value matrix. */
  valueFromKey?: boolean;
  qkvBias?: boolean;
  /** True when the key has no bias although query and value have one. */
  plainKey?: boolean;
  outBias?: boolean;
  /** `head` has one weight per channel of a head, `full` one per channel of all heads. */
  qkNorm?: 'head' | 'full';
  /** True when the query matrix also makes a gate as wide as the query. */
  outputGate?: boolean;
  /** True when each query head has one learned sink value. */
  sinks?: boolean;
  /** True when query, key and value are one matrix in the file (GGUF gives it a type of its own). */
  fusedQkv?: boolean;
  indexer?: Indexer;
};

/** Multi-head latent attention: the cache is one latent of `kvRank + ropeDim` values, shared by all heads. */
export type LatentAttention = {
  kind: 'mla';
  heads: number;
  /** Left out when the query is not compressed. */
  queryRank?: number;
  kvRank: number;
  nopeDim: number;
  ropeDim: number;
  valueDim: number;
  bias?: boolean;
  /** True when a matrix of its own makes a gate as wide as the values. */
  outputGate?: boolean;
  indexer?: Indexer;
};

/**
 * Attention over the last `window` tokens and over entries that older tokens are pooled into.
 * One vector for all heads is key and value at once (DeepSeek-V4).
 */
export type CompressedAttention = {
  kind: 'compressed';
  heads: number;
  keyDim: number;
  queryRank: number;
  window: number;
  /** Tokens that one entry is made of; left out in a layer that pools nothing. */
  ratio?: number;
  /** True when an entry is also made of the tokens of the one before. */
  overlaps?: boolean;
  /** Entries that a query reads at most; all when left out. */
  topK?: number;
  /** The output goes through `outGroups` ranks of `outRank`. */
  outGroups: number;
  outRank: number;
  indexer?: Indexer;
};

/** Linear attention or a state-space layer: a state of constant size instead of a cache. */
export type LinearAttention = {
  kind: 'linear';
  style: 'gated-deltanet' | 'lightning' | 'mamba1' | 'mamba2' | 'kda' | 'rwkv4' | 'short-conv';
  /** Heads of the key side; groups in Mamba-2. */
  keyHeads: number;
  valueHeads: number;
  /** Width of one key head; the state size in Mamba-2. */
  keyDim: number;
  valueDim: number;
  /** Taps of the short convolution in front; 0 without one. */
  convKernel: number;
  convBias?: boolean;
  /** Rank of the step sizes of Mamba-1. */
  stepRank?: number;
  /** True when Mamba-1 has norms over its step sizes and its two state vectors. */
  stepNorms?: boolean;
  /** True when the matrices in front and behind have biases. */
  projectionBias?: boolean;
  /** True when the gate of the output is one matrix and doesn't go through a rank (KDA). */
  fullGate?: boolean;
};

/** How one layer mixes tokens; `none` for a layer that is only a feed-forward block. */
export type Attention = CachedAttention | LinearAttention | { kind: 'none' };

/** Attention that keeps something for each token. */
export type CachedAttention = SoftmaxAttention | LatentAttention | CompressedAttention;

/** A dense feed-forward block; `gated` has three matrices, the plain one two. */
export type DenseFeedForward = { kind: 'dense'; width: number; gated: boolean; bias?: boolean };

/** A mixture of experts, with the experts that every token uses beside it. */
export type MoeFeedForward = {
  kind: 'moe';
  experts: number;
  activeExperts: number;
  /** Width of one expert. */
  width: number;
  gated: boolean;
  expertBias?: boolean;
  routerBias?: boolean;
  /** Width of all shared experts together. */
  sharedWidth?: number;
  /** True when a gate of one output scales the shared experts. */
  sharedGate?: boolean;
  /** Width of the expert inputs where they differ from the hidden size. */
  latent?: number;
  /** Width of a dense block that runs beside the experts. */
  besideWidth?: number;
};

/** What one layer does to each token by itself. */
export type FeedForward = DenseFeedForward | MoeFeedForward | { kind: 'none' };

/** Layers that are built alike. */
export type LayerGroup = {
  count: number;
  attention: Attention;
  feedForward: FeedForward;
  /** Norms over the hidden size in one layer. */
  norms: number;
  /** Attention of a decoder layer over the encoder's output. */
  cross?: SoftmaxAttention;
  /** Weights that fit nowhere else, for one layer. */
  extras?: readonly Extra[];
};

/**
 * Weights outside the usual places. `vision` and `audio` serve other inputs, `lookup` is a table of
 * which a token reads one row, `matrix` multiplies every token, `vector` is small and never quantized.
 */
export type Extra = {
  name: string;
  kind: 'vision' | 'audio' | 'lookup' | 'matrix' | 'vector';
  parameters: number;
  /** Of a vision tower: tokens of the context that a square image of 1,024 pixels takes. */
  imageTokens?: number;
};

/** Tokens of the context that a square image of 1,024 pixels takes; undefined where nobody said. */
export function imageTokens({ extras = [] }: ModelShape): number | undefined {
  return extras.find(({ kind }) => kind === 'vision')?.imageTokens;
}

/** All that the calculators know about a model. */
export type ModelShape = {
  kind: 'decoder' | 'encoder' | 'encoder-decoder';
  hidden: number;
  vocabulary: number;
  /** True when the output matrix is the embedding matrix. */
  tied: boolean;
  /** False for an encoder without an output matrix. */
  head?: boolean;
  headBias?: boolean;
  /** Width of the embedding table where it is not the hidden size. */
  embeddingDim?: number;
  /** Rows of learned position (and segment) tables. */
  positions?: number;
  /** Longest sequence the model was made for. */
  maxContext: number;
  /** `rms` has one weight per channel, `layer` a weight and a bias, `none` nothing. */
  norm: 'rms' | 'layer' | 'none';
  /** Norms outside the layers. */
  finalNorms: number;
  layers: readonly LayerGroup[];
  /** Index of the group of each layer, as one letter (`a` is the first group); groups in turn when left out. */
  order?: string;
  /** Layers of the encoder, when there is one beside the decoder. */
  encoderLayers?: readonly LayerGroup[];
  /** Tokens that the encoder always reads, where that is fixed (half a minute of sound). */
  encoderTokens?: number;
  extras?: readonly Extra[];
  /** Architecture rules of llama.cpp that change a GGUF's mix. */
  gguf?: 'falcon' | '70b';
};

/** Layers of the model, without those of a separate encoder. */
export function layerCount(shape: ModelShape): number {
  return shape.layers.reduce((sum, group) => sum + group.count, 0);
}

const ORDERS = new WeakMap<ModelShape, readonly LayerGroup[]>();

/** The group of each layer, from the first layer to the last. Kept for each shape. */
export function layerOrder(shape: ModelShape): readonly LayerGroup[] {
  const known = ORDERS.get(shape);
  if (known) return known;
  const made = orderOf(shape);
  ORDERS.set(shape, made);
  return made;
}

function orderOf(shape: ModelShape): LayerGroup[] {
  if (shape.order === undefined) {
    return shape.layers.flatMap((group) => Array.from({ length: group.count }, () => group));
  }
  return Array.from(shape.order, (letter) => {
    const group = shape.layers[letter.charCodeAt(0) - 97];
    if (!group) throw new RangeError(`order names a layer group that does not exist: ${letter}`);
    return group;
  });
}

/** True when the attention keeps keys and values of its own for each token. */
export function keepsCache(attention: Attention): attention is CachedAttention {
  if (attention.kind === 'mla' || attention.kind === 'compressed') return true;
  return attention.kind !== 'linear' && attention.kind !== 'none' && !attention.sharesKv;
}

/** Entries that the tokens of one sequence have been pooled into. */
export function pooledEntries({ ratio }: CompressedAttention, tokens: number): number {
  return ratio === undefined ? 0 : Math.floor(tokens / ratio);
}

/** True for attention with query, key and value heads, whatever it keeps. */
export function isSoftmax(attention: Attention): attention is SoftmaxAttention {
  return attention.kind === 'full' || attention.kind === 'window' || attention.kind === 'chunked';
}

/** Experts of the widest mixture in the model; 0 for a dense model. */
export function expertCount(shape: ModelShape): number {
  return Math.max(
    0,
    ...shape.layers.map((group) =>
      group.feedForward.kind === 'moe' ? group.feedForward.experts : 0,
    ),
  );
}
