import type { FeedForward, LinearAttention } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  type Layer,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

/** State-space models have no longest sequence; beyond this one nobody has tried them. */
const NO_LIMIT = 1_048_576;

const NO_BLOCK: FeedForward = { kind: 'none' };

function pure(c: Reader, attention: LinearAttention, tied: boolean): Plan {
  const frame = {
    hidden: c.count(['hidden_size', 'd_model']),
    vocabulary: c.count('vocab_size'),
    maxContext: NO_LIMIT,
  };
  const layer = { attention, feedForward: NO_BLOCK, norms: 1 };
  return {
    ...decoderBase(frame, c.flag('tie_word_embeddings', tied)),
    layers: eachLayer(c.count(['num_hidden_layers', 'n_layer']), () => layer),
  };
}

/** A Mamba-1 block, under the names of Mamba itself or of a hybrid (`mamba_…`). */
export function mamba1(
  sizes: { inner: number; state: number; kernel: number; rank: number },
  flags: { convBias: boolean; projectionBias: boolean; stepNorms: boolean },
): LinearAttention {
  return {
    kind: 'linear',
    style: 'mamba1',
    keyHeads: 1,
    valueHeads: sizes.inner,
    keyDim: sizes.state,
    valueDim: 1,
    convKernel: sizes.kernel,
    stepRank: sizes.rank,
    ...onlyTrue(flags),
  };
}

/** The rank of the step sizes; `auto` is a sixteenth of the width. */
export function stepRank(c: Reader, name: string, hidden: number): number {
  return c.text(name) === 'auto' ? Math.ceil(hidden / 16) : c.count(name, Math.ceil(hidden / 16));
}

/** Mamba and Falcon Mamba: one kind of block, whose state does not grow. */
export function mamba(c: Reader): Plan {
  const hidden = c.count(['hidden_size', 'd_model']);
  const sizes = {
    inner: c.count(['intermediate_size', 'd_inner'], hidden * c.count('expand', 2)),
    state: c.count('state_size', 16),
    kernel: c.count('conv_kernel', 4),
    rank: stepRank(c, 'time_step_rank', hidden),
  };
  const flags = {
    convBias: c.flag('use_conv_bias', true),
    projectionBias: c.flag('use_bias', false),
    stepNorms: false,
  };
  return pure(c, mamba1(sizes, flags), true);
}

/** Mamba-2, as in Codestral Mamba. */
export function mamba2(c: Reader): Plan {
  const heads = c.count('num_heads');
  const headDim = c.count('head_dim');
  const inner = c.count('hidden_size') * c.count('expand', 2);
  if (heads * headDim !== inner) {
    c.refuse(`num_heads ${heads} × head_dim ${headDim} isn't hidden_size × expand = ${inner}.`);
  }
  const attention: LinearAttention = {
    kind: 'linear',
    style: 'mamba2',
    keyHeads: c.count('n_groups', 8),
    valueHeads: heads,
    keyDim: c.count('state_size', 128),
    valueDim: headDim,
    convKernel: c.count('conv_kernel', 4),
    ...onlyTrue({
      convBias: c.flag('use_conv_bias', true),
      projectionBias: c.flag('use_bias', false),
    }),
  };
  return pure(c, attention, false);
}

/** RWKV-4: a state of five values for each channel, and a block with a gate of its own. */
export function rwkv4(c: Reader): Plan {
  const hidden = c.count('hidden_size');
  const width = c.count('attention_hidden_size', hidden);
  const block = c.count('intermediate_size', 4 * hidden);
  const attention: LinearAttention = {
    kind: 'linear',
    style: 'rwkv4',
    keyHeads: 1,
    valueHeads: width,
    keyDim: 5,
    valueDim: 1,
    convKernel: 0,
  };
  const frame = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('context_length', 1024),
  };
  const layer: Layer = {
    attention,
    feedForward: { kind: 'dense', width: block, gated: false },
    norms: 2,
    extras: [
      { name: 'receptance of the block', kind: 'matrix', parameters: hidden * hidden },
      { name: 'mixes of the block', kind: 'vector', parameters: 2 * hidden },
    ],
  };
  return {
    ...decoderBase(frame, c.flag('tie_word_embeddings', false)),
    norm: 'layer',
    finalNorms: 2,
    layers: eachLayer(c.count('num_hidden_layers'), () => layer),
  };
}

/** Rows of the blocks of LFM2, which its config may state before they are cut to two thirds. */
function liquidWidth(c: Reader): number {
  const width = c.count(['block_ff_dim', 'intermediate_size']);
  if (!c.flag('block_auto_adjust_ff_dim', true)) return width;
  const step = c.count('block_multiple_of', 256);
  return step * Math.ceil(Math.floor((2 * width) / 3) / step);
}

/** LFM2: short convolutions, attention with norms on query and key heads in the listed layers; experts in the larger ones. */
export function lfm2(c: Reader): Plan {
  const sizes = commonSizes(c);
  const types = c.words('layer_types');
  const list = c.numbers('full_attn_idxs');
  if (!types && !list) c.refuse('layer_types or full_attn_idxs is missing.');
  const attention = softmax(sizes, { qkNorm: 'head' });
  const bias = c.flag('conv_bias', false);
  const convolution: LinearAttention = {
    kind: 'linear',
    style: 'short-conv',
    keyHeads: 1,
    valueHeads: sizes.hidden,
    keyDim: 1,
    valueDim: 1,
    convKernel: c.count('conv_L_cache', 3),
    ...onlyTrue({ convBias: bias, projectionBias: bias }),
  };
  const block = liquidBlocks(c);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', c.flag('tie_embedding', true))),
    layers: eachLayer(sizes.layers, (index) => {
      const isFull = types ? types[index] === 'full_attention' : list?.includes(index);
      return { attention: isFull ? attention : convolution, feedForward: block(index), norms: 2 };
    }),
  };
}

function liquidBlocks(c: Reader): (index: number) => FeedForward {
  const experts = c.optional('num_experts');
  if (!experts) {
    const dense = gated(liquidWidth(c));
    return () => dense;
  }
  const moe = {
    kind: 'moe',
    experts,
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('moe_intermediate_size'),
    gated: true,
    ...onlyTrue({ routerBias: c.flag('use_expert_bias', true) }),
  } as FeedForward;
  const denseLayers = c.optional('num_dense_layers') ?? 0;
  const dense = gated(c.count('intermediate_size'));
  return (index) => (index < denseLayers ? dense : moe);
}
