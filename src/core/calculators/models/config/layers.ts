import type { FeedForward, LayerGroup, ModelShape, SoftmaxAttention } from '../model-shape.ts';
import type { Reader } from './reader.ts';

/** One layer before layers that are alike become a group. */
export type Layer = Omit<LayerGroup, 'count'>;

/** A shape whose layers are still listed one by one. */
export type Plan = Omit<ModelShape, 'layers' | 'order'> & { layers: readonly Layer[] };

/** Groups layers that are alike, and notes their order when they are mixed. */
export function groupLayers(layers: readonly Layer[]): Pick<ModelShape, 'layers' | 'order'> {
  const groups = new Map<string, { index: number; layer: Layer; count: number }>();
  const order: number[] = [];
  for (const layer of layers) {
    const key = JSON.stringify(layer);
    const group = groups.get(key) ?? { index: groups.size, layer, count: 0 };
    group.count += 1;
    groups.set(key, group);
    order.push(group.index);
  }
  const isInTurn = order.every((group, index) => index === 0 || group >= (order[index - 1] ?? 0));
  const list = [...groups.values()].map(({ layer, count }) => ({ count, ...layer }));
  return isInTurn
    ? { layers: list }
    : { layers: list, order: String.fromCharCode(...order.map((index) => 97 + index)) };
}

/** As many layers as the config has, each made by its index. */
export function eachLayer(count: number, make: (index: number) => Layer): Layer[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Sizes that almost every decoder has under the same names. */
export function commonSizes(c: Reader) {
  const hidden = c.count(['hidden_size', 'n_embd', 'd_model']);
  const heads = c.count(['num_attention_heads', 'n_head', 'num_heads']);
  const keyDim = c.optional('head_dim') ?? hidden / heads;
  if (!Number.isInteger(keyDim)) {
    c.refuse(`hidden_size ${hidden} isn't a multiple of ${heads} heads, and head_dim is missing.`);
  }
  return {
    hidden,
    heads,
    kvHeads: c.count('num_key_value_heads', heads),
    keyDim,
    layers: c.count(['num_hidden_layers', 'n_layer', 'num_layers']),
    vocabulary: c.count('vocab_size'),
    maxContext: c.count(['max_position_embeddings', 'n_positions', 'max_sequence_length'], 2048),
  };
}

/** The parts of a decoder's shape that hardly differ; the rest is for the family to add. */
export function decoderBase(
  sizes: Pick<ReturnType<typeof commonSizes>, 'hidden' | 'vocabulary' | 'maxContext'>,
  tied: boolean,
): Omit<Plan, 'layers'> {
  return {
    kind: 'decoder',
    hidden: sizes.hidden,
    vocabulary: sizes.vocabulary,
    tied,
    maxContext: sizes.maxContext,
    norm: 'rms',
    finalNorms: 1,
  };
}

/** A gated block of a width. */
export function gated(width: number, bias = false): FeedForward {
  return { kind: 'dense', width, gated: true, ...(bias ? { bias } : {}) };
}

/** Only the fields that are set, so that shapes from files and from data compare alike. */
export function onlyTrue<T extends Record<string, unknown>>(flags: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(flags).filter(([, value]) => value !== false && value !== undefined),
  ) as Partial<T>;
}

/** Attention over everything, or over a window. */
export function softmax(
  sizes: { heads: number; kvHeads: number; keyDim: number },
  options: Partial<Omit<SoftmaxAttention, 'kind' | 'heads' | 'kvHeads' | 'keyDim'>> = {},
): SoftmaxAttention {
  const { heads, kvHeads, keyDim } = sizes;
  const base = { heads, kvHeads, keyDim, ...onlyTrue(options) };
  return options.window === undefined ? { kind: 'full', ...base } : { kind: 'window', ...base };
}

/** Whether a layer is local, by the list of the config or a pattern of one global in `every`. */
export function isLocal(
  types: readonly string[] | undefined,
  index: number,
  every: number | undefined,
): boolean {
  const type = types?.[index];
  if (type !== undefined) return /sliding|local|chunked|window/.test(type);
  return every !== undefined && (index + 1) % every !== 0;
}
