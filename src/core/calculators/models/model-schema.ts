import { z } from 'zod';

const count = z.int().min(1);
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
/** A second, smaller attention that picks which tokens the main one reads (DeepSeek sparse attention). */
const indexer = z.strictObject({ heads: count, headDim: count });

/**
 * Attention with a key and a value for each KV head and token.
 * `full` keeps every token, `window` the last `window` tokens, `chunked` the current chunk of `window`.
 */
const softmax = z.strictObject({
  kind: z.enum(['full', 'window', 'chunked']),
  heads: count,
  kvHeads: count,
  /** Width of one query or key head; never assume hidden / heads. */
  keyDim: count,
  /** Width of one value head; the key's width when left out. */
  valueDim: count.exactOptional(),
  /** Tokens a local layer looks back; only for `window` and `chunked`. */
  window: count.exactOptional(),
  /** True when the layer reads the cache of an earlier layer and keeps none. */
  sharesKv: z.boolean().exactOptional(),
  /** False when the layer has no key and value matrices of its own. */
  ownKv: z.boolean().exactOptional(),
  /** True when the keys serve as values, so that there is no value matrix. */
  valueFromKey: z.boolean().exactOptional(),
  qkvBias: z.boolean().exactOptional(),
  /** True when the key has no bias although query and value have one. */
  plainKey: z.boolean().exactOptional(),
  outBias: z.boolean().exactOptional(),
  /** `head` has one weight per channel of a head, `full` one per channel of all heads. */
  qkNorm: z.enum(['head', 'full']).exactOptional(),
  /** True when the query matrix also makes a gate as wide as the query. */
  outputGate: z.boolean().exactOptional(),
  /** True when each query head has one learned sink value. */
  sinks: z.boolean().exactOptional(),
  /** True when query, key and value are one matrix in the file (GGUF gives it a type of its own). */
  fusedQkv: z.boolean().exactOptional(),
  indexer: indexer.exactOptional(),
});

/** Multi-head latent attention: the cache is one latent of `kvRank + ropeDim` values, shared by all heads. */
const latent = z.strictObject({
  kind: z.literal('mla'),
  heads: count,
  /** Left out when the query is not compressed. */
  queryRank: count.exactOptional(),
  kvRank: count,
  nopeDim: count,
  ropeDim: count,
  valueDim: count,
  bias: z.boolean().exactOptional(),
  /** True when a matrix of its own makes a gate as wide as the values. */
  outputGate: z.boolean().exactOptional(),
  indexer: indexer.exactOptional(),
});

/**
 * Attention over the last `window` tokens and over entries that older tokens are pooled into.
 * One vector for all heads is key and value at once (DeepSeek-V4).
 */
const compressed = z.strictObject({
  kind: z.literal('compressed'),
  heads: count,
  keyDim: count,
  queryRank: count,
  window: count,
  /** Tokens that one entry is made of; left out in a layer that pools nothing. */
  ratio: count.exactOptional(),
  /** True when an entry is also made of the tokens of the one before. */
  overlaps: z.boolean().exactOptional(),
  /** Entries that a query reads at most; all when left out. */
  topK: count.exactOptional(),
  /** The output goes through `outGroups` ranks of `outRank`. */
  outGroups: count,
  outRank: count,
  indexer: indexer.exactOptional(),
});

/** Linear attention or a state-space layer: a state of constant size instead of a cache. */
const linear = z.strictObject({
  kind: z.literal('linear'),
  style: z.enum(['gated-deltanet', 'lightning', 'mamba1', 'mamba2', 'kda', 'rwkv4', 'short-conv']),
  /** Heads of the key side; groups in Mamba-2. */
  keyHeads: count,
  valueHeads: count,
  /** Width of one key head; the state size in Mamba-2. */
  keyDim: count,
  valueDim: count,
  /** Taps of the short convolution in front; 0 without one. */
  convKernel: z.int().min(0),
  convBias: z.boolean().exactOptional(),
  /** Rank of the step sizes of Mamba-1. */
  stepRank: count.exactOptional(),
  /** True when Mamba-1 has norms over its step sizes and its two state vectors. */
  stepNorms: z.boolean().exactOptional(),
  /** True when the matrices in front and behind have biases. */
  projectionBias: z.boolean().exactOptional(),
  /** True when the gate of the output is one matrix and doesn't go through a rank (KDA). */
  fullGate: z.boolean().exactOptional(),
});

/** A dense feed-forward block; `gated` has three matrices, the plain one two. */
const dense = z.strictObject({
  kind: z.literal('dense'),
  width: count,
  gated: z.boolean(),
  bias: z.boolean().exactOptional(),
});

/** A mixture of experts, with the experts that every token uses beside it. */
const mixture = z.strictObject({
  kind: z.literal('moe'),
  experts: count,
  activeExperts: count,
  /** Width of one expert. */
  width: count,
  gated: z.boolean(),
  expertBias: z.boolean().exactOptional(),
  routerBias: z.boolean().exactOptional(),
  /** Width of all shared experts together. */
  sharedWidth: count.exactOptional(),
  /** True when a gate of one output scales the shared experts. */
  sharedGate: z.boolean().exactOptional(),
  /** Width of the expert inputs where they differ from the hidden size. */
  latent: count.exactOptional(),
  /** Width of a dense block that runs beside the experts. */
  besideWidth: count.exactOptional(),
});

const feedForward = z.discriminatedUnion('kind', [
  dense,
  mixture,
  z.strictObject({ kind: z.literal('none') }),
]);

/**
 * Weights outside the usual places. `vision` and `audio` serve other inputs, `lookup` is a table of
 * which a token reads one row, `matrix` multiplies every token, `vector` is small and never quantized.
 */
const extra = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['vision', 'audio', 'lookup', 'matrix', 'vector']),
  parameters: count,
  /** Of a vision tower: tokens of the context that a square image of 1,024 pixels takes. */
  imageTokens: count.exactOptional(),
});

/** Layers that are built alike. */
const group = z.strictObject({
  count,
  attention: z.union([
    softmax,
    latent,
    compressed,
    linear,
    z.strictObject({ kind: z.literal('none') }),
  ]),
  feedForward,
  /** Norms over the hidden size in one layer. */
  norms: z.int().min(0),
  /** Attention of a decoder layer over the encoder's output. */
  cross: softmax.exactOptional(),
  /** Weights that fit nowhere else, for one layer. */
  extras: list(extra).exactOptional(),
});

/** A model's shape, as data/models.json holds it. */
const MODEL_SHAPE = z
  .strictObject({
    kind: z.enum(['decoder', 'encoder', 'encoder-decoder']),
    hidden: count,
    vocabulary: count,
    /** True when the output matrix is the embedding matrix. */
    tied: z.boolean(),
    /** False for an encoder without an output matrix. */
    head: z.boolean().exactOptional(),
    headBias: z.boolean().exactOptional(),
    /** Width of the embedding table where it is not the hidden size. */
    embeddingDim: count.exactOptional(),
    /** Rows of learned position (and segment) tables. */
    positions: count.exactOptional(),
    /** Longest sequence the model was made for. */
    maxContext: count,
    /** `rms` has one weight per channel, `layer` a weight and a bias, `none` nothing. */
    norm: z.enum(['rms', 'layer', 'none']),
    /** Norms outside the layers. */
    finalNorms: z.int().min(0),
    layers: z.array(group).min(1).readonly(),
    /** Index of the group of each layer, as one letter (`a` is the first group); groups in turn when left out. */
    order: z
      .string()
      .regex(/^[a-z]+$/)
      .exactOptional(),
    /** Layers of the encoder, when there is one beside the decoder. */
    encoderLayers: list(group).exactOptional(),
    /** Tokens that the encoder always reads, where that is fixed (half a minute of sound). */
    encoderTokens: count.exactOptional(),
    extras: list(extra).exactOptional(),
    /** Architecture rules of llama.cpp that change a GGUF's mix. */
    gguf: z.enum(['falcon', '70b']).exactOptional(),
  })
  .refine(
    ({ order, layers }) =>
      order === undefined ||
      layers.every(
        (each, index) =>
          [...order].filter((letter) => letter.charCodeAt(0) - 97 === index).length === each.count,
      ),
    'order must name each layer group as often as its count',
  );

/** A row of data/models.json. */
const MODEL_ROW = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  name: z.string().min(1),
  family: z.string().min(1),
  /** Repository of the weights on the Hugging Face hub. */
  hub: z.string().min(1),
  aliases: list(z.string().min(1)),
  /** Year and month, recalled and not looked up. */
  released: z.string().regex(/^\d{4}(-\d{2})?$/),
  /** Weight format of the published file where it is not 16 bit. */
  native: z.string().exactOptional(),
  shape: MODEL_SHAPE,
  published: z
    .strictObject({
      /** Parameters, as printed or derived from a printed count. */
      parameters: count.exactOptional(),
      /** How the count was found; `fitted` proves little, since parts were solved from it. */
      kind: z.enum(['document', 'derived', 'fitted', 'recalled']).exactOptional(),
      source: z.string().exactOptional(),
      /** The size in the name or on the card, in billions. */
      totalLabelB: z.number().positive().exactOptional(),
      activeLabelB: z.number().positive().exactOptional(),
      /** What the published file stores where that differs: tied copies, scales, extra modules. */
      stored: count.exactOptional(),
      note: z.string().exactOptional(),
    })
    .exactOptional(),
  /** What its own training took, as its makers count it. */
  trained: z
    .strictObject({
      gpuHours: count,
      gpu: z.string().min(1),
      tokens: count,
      by: z.string().min(1),
      source: z.string().min(1),
    })
    .exactOptional(),
  sources: z.array(z.string().min(1)).min(1).readonly(),
  checked: z.iso.date(),
  /** What no document confirmed. */
  unconfirmed: list(z.string()),
});

/** data/models.json as a whole. */
const MODELS_FILE = z.strictObject({ note: z.string(), models: z.array(MODEL_ROW) });

export type SoftmaxAttention = z.output<typeof softmax>;
export type LatentAttention = z.output<typeof latent>;
export type CompressedAttention = z.output<typeof compressed>;
export type LinearAttention = z.output<typeof linear>;
/** Attention that keeps something for each token. */
export type CachedAttention = SoftmaxAttention | LatentAttention | CompressedAttention;
export type DenseFeedForward = z.output<typeof dense>;
export type MoeFeedForward = z.output<typeof mixture>;
export type Extra = z.output<typeof extra>;
/** Layers that are built alike. */
export type LayerGroup = z.output<typeof group>;
/** How one layer mixes tokens; `none` for a layer that is only a feed-forward block. */
export type Attention = LayerGroup['attention'];
/** What one layer does to each token by itself. */
export type FeedForward = LayerGroup['feedForward'];
/** All that the calculators know about a model. */
export type ModelShape = z.output<typeof MODEL_SHAPE>;
/** A model that the product knows, with where its figures come from. */
export type Model = z.output<typeof MODEL_ROW>;

/**
 * The models of data/models.json.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export const readModels = (file: unknown): Model[] => MODELS_FILE.parse(file).models;
