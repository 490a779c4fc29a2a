import type { FeedForward, LinearAttention } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import { type LlamaTraits, llamaAttention, llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

/** The window that Qwen uses only when a switch is on, from a layer on. */
function windowTraits(c: Reader): LlamaTraits {
  const window = c.optional('sliding_window');
  if (!c.flag('use_sliding_window', false) || window === undefined) return {};
  if (c.words('layer_types')) return { window };
  return { window, localFrom: c.optional('max_window_layers') ?? 0 };
}

/** Qwen 2 and 2.5: biases on query, key and value. */
export function qwen2(c: Reader): Plan {
  const plan = llamaLike(c, { qkvBias: true, outBias: false, ...windowTraits(c) });
  return plan.layers.length === 80 && plan.hidden === 8192 ? { ...plan, gguf: '70b' } : plan;
}

/** Qwen 3: norms on query and key heads, no biases. */
export function qwen3(c: Reader): Plan {
  return llamaLike(c, { qkNorm: 'head', ...windowTraits(c) });
}

function qwenExperts(c: Reader): FeedForward {
  return {
    kind: 'moe',
    experts: c.count(['num_experts', 'num_local_experts']),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('moe_intermediate_size'),
    gated: true,
    ...onlyTrue({
      sharedWidth: c.optional('shared_expert_intermediate_size'),
      sharedGate: c.optional('shared_expert_intermediate_size') !== undefined,
    }),
  } as FeedForward;
}

/** The block of each layer: experts in every so many layers, but for the layers that are listed. */
function qwenBlocks(c: Reader): (index: number) => FeedForward {
  const moe = qwenExperts(c);
  const step = c.count('decoder_sparse_step', 1);
  const denseLayers = c.numbers('mlp_only_layers') ?? [];
  const hasDense = step > 1 || denseLayers.length > 0;
  const dense = hasDense ? gated(c.count('intermediate_size')) : moe;
  return (index) => (denseLayers.includes(index) || (index + 1) % step !== 0 ? dense : moe);
}

function qwenMoe(c: Reader, traits: LlamaTraits): Plan {
  const sizes = commonSizes(c);
  const blocks = qwenBlocks(c);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: llamaAttention(c, sizes, traits, index),
      feedForward: blocks(index),
      norms: 2,
    })),
  };
}

/** Qwen 1.5 and 2 with experts and a gated shared expert. */
export function qwen2Moe(c: Reader): Plan {
  return qwenMoe(c, { qkvBias: true, outBias: false, ...windowTraits(c) });
}

/** Qwen 3 with experts. */
export function qwen3Moe(c: Reader): Plan {
  return qwenMoe(c, { qkNorm: 'head', ...windowTraits(c) });
}

function deltaNet(c: Reader): LinearAttention {
  return {
    kind: 'linear',
    style: 'gated-deltanet',
    keyHeads: c.count('linear_num_key_heads', 16),
    valueHeads: c.count('linear_num_value_heads', 32),
    keyDim: c.count('linear_key_head_dim', 128),
    valueDim: c.count('linear_value_head_dim', 128),
    convKernel: c.count('linear_conv_kernel_dim', 4),
  };
}

function hybrid(c: Reader, block: (index: number) => FeedForward): Plan {
  const read = commonSizes(c);
  const sizes = { ...read, keyDim: c.count('head_dim', 256) };
  const types = c.words('layer_types');
  const every = c.count('full_attention_interval', 4);
  const bias = c.flag('attention_bias', false);
  const full = softmax(sizes, { qkNorm: 'head', outputGate: true, qkvBias: bias, outBias: bias });
  const linear = deltaNet(c);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => {
      const type = types?.[index];
      const isLinear = type === undefined ? (index + 1) % every !== 0 : /linear|delta/.test(type);
      return { attention: isLinear ? linear : full, feedForward: block(index), norms: 2 };
    }),
  };
}

/** Qwen3-Next and Qwen 3.5 with experts: three layers of delta net, then one of attention. */
export function qwenNext(c: Reader): Plan {
  return hybrid(c, qwenBlocks(c));
}

/** Qwen 3.5 without experts. */
export function qwenNextDense(c: Reader): Plan {
  const block = gated(c.count('intermediate_size'));
  return hybrid(c, () => block);
}
