import type { FeedForward, MoeFeedForward } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  isLocal,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

/** How a decoder of the Llama kind differs from Llama. */
export type LlamaTraits = {
  qkvBias?: boolean;
  outBias?: boolean;
  qkNorm?: 'head' | 'full';
  fusedQkv?: boolean;
  /** Norms in a layer; 2 when left out. */
  norms?: number;
  tied?: boolean;
  norm?: Plan['norm'];
  /** False for a plain block of two matrices. */
  gated?: boolean;
  mlpBias?: boolean;
  headBias?: boolean;
  /** The window of local layers. */
  window?: number;
  /** One layer in so many is global; without it every layer is local, if there is a window. */
  globalEvery?: number;
  /** True when the first of each such group is the global one. */
  globalFirst?: boolean;
  /** Layers before this one keep everything. */
  localFrom?: number;
  width?: number;
};

/** A dense decoder: attention and one feed-forward block in each layer. */
export function llamaLike(c: Reader, traits: LlamaTraits = {}): Plan {
  const sizes = commonSizes(c);
  const width = traits.width ?? c.count(['intermediate_size', 'n_inner', 'ffn_hidden_size']);
  const feedForward: FeedForward = {
    ...gated(width, traits.mlpBias ?? c.flag('mlp_bias', false)),
    gated: traits.gated ?? true,
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', traits.tied ?? false)),
    norm: traits.norm ?? 'rms',
    ...onlyTrue({ headBias: traits.headBias }),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: llamaAttention(c, sizes, traits, index),
      feedForward,
      norms: traits.norms ?? 2,
    })),
  };
}

/** The attention of one layer of the Llama kind. */
export function llamaAttention(
  c: Reader,
  sizes: { heads: number; kvHeads: number; keyDim: number },
  traits: LlamaTraits,
  index: number,
) {
  const bias = c.flag('attention_bias', false);
  const types = c.words('layer_types');
  const isWindow =
    traits.window !== undefined &&
    index >= (traits.localFrom ?? 0) &&
    (types === undefined && traits.globalEvery === undefined
      ? true
      : isLocal(types, index, traits.globalEvery));
  return softmax(sizes, {
    qkvBias: traits.qkvBias ?? bias,
    outBias: traits.outBias ?? bias,
    ...(traits.qkNorm ? { qkNorm: traits.qkNorm } : {}),
    fusedQkv: traits.fusedQkv ?? false,
    ...(isWindow && traits.window !== undefined ? { window: traits.window } : {}),
  });
}

/** Llama 1 to 3 and everything that loads with the same code. */
export function llama(c: Reader): Plan {
  const plan = llamaLike(c);
  return plan.layers.length === 80 && plan.hidden === 8192 ? { ...plan, gguf: '70b' } : plan;
}

/** Mistral: Llama with a window over all layers where the config sets one. */
export function mistral(c: Reader): Plan {
  const window = c.optional('sliding_window');
  return llamaLike(c, window === undefined ? {} : { window });
}

/** Mixtral: Mistral with experts in every layer. */
export function mixtral(c: Reader): Plan {
  const sizes = commonSizes(c);
  const window = c.optional('sliding_window');
  const traits = window === undefined ? {} : { window };
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count(['num_local_experts', 'num_experts']),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: llamaAttention(c, sizes, traits, index),
      feedForward,
      norms: 2,
    })),
  };
}

/** Llama 4: chunks in three layers of four, experts and a shared expert in every or every other layer. */
export function llama4(c: Reader): Plan {
  const sizes = commonSizes(c);
  const chunk = c.optional('attention_chunk_size');
  const types = c.words('layer_types');
  const rope = c.numbers('no_rope_layers');
  const every = c.count('no_rope_layer_interval', 4);
  const step = c.count('interleave_moe_layer_step', 1);
  const listed = c.numbers('moe_layers');
  const width = c.count('intermediate_size');
  const dense = gated(c.count('intermediate_size_mlp', width));
  const moe: MoeFeedForward = {
    kind: 'moe',
    experts: c.count('num_local_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width,
    gated: true,
    sharedWidth: width,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => {
      const usesRope = rope && rope.length > index ? rope[index] === 1 : (index + 1) % every !== 0;
      const isChunked = types ? isLocal(types, index, undefined) : usesRope;
      const isMoe = listed ? listed.includes(index) : (index + 1) % step === 0;
      const bias = c.flag('attention_bias', false);
      const attention = softmax(sizes, { qkvBias: bias, outBias: bias });
      return {
        attention:
          isChunked && chunk
            ? { ...attention, kind: 'chunked' as const, window: chunk }
            : attention,
        feedForward: isMoe ? moe : dense,
        norms: 2,
      };
    }),
  };
}

/** gpt-oss: a window in every other layer, sinks, biases everywhere, experts in every layer. */
export function gptOss(c: Reader): Plan {
  const sizes = commonSizes(c);
  const window = c.count('sliding_window', 128);
  const types = c.words('layer_types');
  const bias = c.flag('attention_bias', true);
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count(['num_local_experts', 'num_experts']),
    activeExperts: c.count(['num_experts_per_tok', 'experts_per_token']),
    width: c.count('intermediate_size'),
    gated: true,
    expertBias: true,
    routerBias: true,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: softmax(sizes, {
        qkvBias: bias,
        outBias: bias,
        sinks: true,
        ...(isLocal(types, index, 2) ? { window } : {}),
      }),
      feedForward,
      norms: 2,
    })),
  };
}
