import type {
  Attention,
  DenseFeedForward,
  Extra,
  FeedForward,
  LayerGroup,
  LinearAttention,
  ModelShape,
  MoeFeedForward,
  SoftmaxAttention,
} from '../model-shape.ts';
import type { Reader } from './reader.ts';

/** One layer before layers that are alike become a group. */
export type Layer = Omit<LayerGroup, 'count'>;

/** A shape whose layers are still listed one by one, those of a separate encoder too. */
export type Plan = Omit<ModelShape, 'layers' | 'order' | 'encoderLayers'> & {
  layers: readonly Layer[];
  encoder?: readonly Layer[];
};

/** How a family is read. */
export type ReadFamily = (c: Reader) => Plan;

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

/** Only the fields that are set, so that shapes from files and from data compare alike. */
export function onlyTrue<T extends object>(
  flags: T,
): { [K in keyof T]?: Exclude<T[K], undefined | false> } {
  return Object.fromEntries(
    Object.entries(flags).filter(([, value]) => value !== false && value !== undefined),
  ) as { [K in keyof T]?: Exclude<T[K], undefined | false> };
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/** Sizes under the names that decoders give them. */
export function sizesOf(c: Reader, isLatent = false) {
  const hidden = c.count(['hidden_size', 'n_embd', 'd_model', 'n_embed', 'dim']);
  const heads = c.count(['num_attention_heads', 'n_head', 'num_heads', 'n_heads']);
  // Beside a latent, head_dim is something else.
  const own = isLatent ? 1 : c.optional(['head_dim', 'kv_channels']);
  const keyDim = own ?? hidden / heads;
  if (!Number.isInteger(keyDim)) {
    c.refuse(`hidden_size ${hidden} isn't a multiple of ${heads} heads, and head_dim is missing.`);
  }
  return {
    hidden,
    heads,
    kvHeads: c.count('num_key_value_heads', heads),
    keyDim,
    layers: c.count(['num_hidden_layers', 'n_layer', 'num_layers', 'n_layers']),
    vocabulary: c.count(['vocab_size', 'padded_vocab_size']),
    maxContext: c.count(CONTEXTS, 2048),
  };
}

const CONTEXTS = [
  'max_position_embeddings',
  'n_positions',
  'max_sequence_length',
  'seq_length',
  'max_seq_len',
];

type Sizes = ReturnType<typeof sizesOf>;
type Frame = Partial<Omit<Plan, 'layers'>>;

/** A model around its layers; `tied` is what a file means that doesn't say it. */
export function frameOf(
  c: Reader,
  { hidden, vocabulary, maxContext }: Pick<Sizes, 'hidden' | 'vocabulary' | 'maxContext'>,
  { tied = false, ...frame }: Frame = {},
): Omit<Plan, 'layers'> {
  return {
    kind: 'decoder',
    hidden,
    vocabulary,
    tied: c.flag('tie_word_embeddings', tied),
    maxContext,
    norm: 'rms',
    finalNorms: 1,
    ...frame,
  };
}

/** Attention over everything, or over a window. */
export function softmax(
  { heads, kvHeads, keyDim }: Pick<Sizes, 'heads' | 'kvHeads' | 'keyDim'>,
  options: Loose<Omit<SoftmaxAttention, 'kind'>> = {},
): SoftmaxAttention {
  const base = { heads, kvHeads, keyDim, ...onlyTrue(options) } as Omit<SoftmaxAttention, 'kind'>;
  return { kind: options.window === undefined ? 'full' : 'window', ...base };
}

/** As many layers as the config has, each made by its index. */
export function eachLayer(count: number, make: (index: number) => Layer): Layer[] {
  return Array.from({ length: count }, (_, index) => make(index));
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

/** How a decoder differs from Llama. */
export type Traits = Loose<Omit<SoftmaxAttention, 'kind' | 'window'>> & {
  sizes?: Sizes;
  /** The window of local layers. */
  window?: number | undefined;
  /** One layer in so many is global; without it every layer is local, if there is a window. */
  every?: number | undefined;
  /** Layers before this one keep everything. */
  localFrom?: number | undefined;
  isLocal?: (index: number) => boolean;
  /** Layers with another attention. */
  attention?: (index: number) => Attention | undefined;
  block?: FeedForward | ((index: number) => FeedForward);
  norms?: number;
  extras?: readonly Extra[];
  /** What differs outside the layers. */
  frame?: Frame;
};

/** A decoder of the Llama kind, with what differs. */
export function decoder(c: Reader, traits: Traits = {}): Plan {
  const { sizes = sizesOf(c), window, every, localFrom = 0, attention, block, ...more } = traits;
  const { isLocal: isOwnLocal, norms = 2, extras, frame, ...own } = more;
  const bias = c.flag('attention_bias', false);
  const given = Object.entries(own).filter(([, value]) => value !== undefined);
  const options = { qkvBias: bias, outBias: bias, ...Object.fromEntries(given) };
  const [full, local] = [softmax(sizes, options), softmax(sizes, { ...options, window })];
  const types = c.words('layer_types');
  const isPlain = types === undefined && every === undefined;
  const isLocalAt =
    isOwnLocal ??
    ((index: number) => index >= localFrom && (isPlain || isLocal(types, index, every)));
  const feedForward = block ?? gated(widthOf(c), c.flag('mlp_bias', false));
  return {
    ...frameOf(c, sizes, frame),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: attention?.(index) ?? (isLocalAt(index) ? local : full),
      feedForward: typeof feedForward === 'function' ? feedForward(index) : feedForward,
      norms,
      ...(extras ? { extras } : {}),
    })),
  };
}

const widthOf = (c: Reader) => c.count(['intermediate_size', 'n_inner', 'ffn_hidden_size']);

/** A gated block of a width. */
export const gated = (width: number, bias = false): DenseFeedForward => ({
  kind: 'dense',
  width,
  gated: true,
  ...(bias ? { bias } : {}),
});

/** A plain block of two matrices. */
export const plain = (
  c: Reader,
  bias = c.flag('mlp_bias', false),
  width = widthOf(c),
): DenseFeedForward => ({ ...gated(width, bias), gated: false });

/** The width of a block that is four times the model's where the config says none. */
export const fourfold = (c: Reader, names: string | readonly string[]) =>
  c.optional(names) ?? 4 * sizesOf(c).hidden;

const EXPERTS = ['num_experts', 'num_local_experts', 'n_routed_experts', 'moe_num_experts'];
const ACTIVE = ['num_experts_per_tok', 'num_experts_per_token', 'experts_per_token'];

/** A mixture of gated experts, with what else it has. */
export function mixture(
  c: Reader,
  width: number,
  more: Loose<MoeFeedForward> = {},
): MoeFeedForward {
  return {
    kind: 'moe',
    experts: more.experts ?? c.count(EXPERTS),
    activeExperts: more.activeExperts ?? c.count(ACTIVE),
    width,
    gated: true,
    ...(onlyTrue(more) as Partial<MoeFeedForward>),
    ...(more.gated === false ? { gated: false } : {}),
  };
}

/** A layer with a state in place of a cache. */
export const linear = (
  style: LinearAttention['style'],
  sizes: Omit<Loose<LinearAttention>, 'kind' | 'style'>,
): LinearAttention => ({ kind: 'linear', style, ...onlyTrue(sizes) }) as LinearAttention;

/** The eight-thousand wide models of 80 layers, whose GGUF files are mixed in a way of their own. */
export const marked70b = (plan: Plan): Plan =>
  plan.layers.length === 80 && plan.hidden === 8192 ? { ...plan, gguf: '70b' } : plan;
