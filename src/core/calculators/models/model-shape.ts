import type {
  Attention,
  CachedAttention,
  CompressedAttention,
  LayerGroup,
  ModelShape,
  SoftmaxAttention,
} from './model-schema.ts';

export type * from './model-schema.ts';

/** Tokens of the context that a square image of 1,024 pixels takes; undefined where nobody said. */
export function imageTokens({ extras = [] }: ModelShape): number | undefined {
  return extras.find(({ kind }) => kind === 'vision')?.imageTokens;
}

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
