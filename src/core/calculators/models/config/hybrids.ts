import type { Attention, FeedForward } from '../model-shape.ts';
import {
  decoder,
  eachLayer,
  frameOf,
  gated,
  type Layer,
  linear,
  mixture,
  type Plan,
  type ReadFamily,
  sizesOf,
} from './layers.ts';
import { deepSeekBlocks, latentAttention, qwenBlocks } from './mixtures.ts';
import { nemotronH, nemotronNas } from './nemotron.ts';
import type { Reader } from './reader.ts';

const NO_BLOCK: FeedForward = { kind: 'none' };

/** State-space models have no longest sequence; beyond this one nobody has tried them. */
const NO_LIMIT = 1_048_576;

/** The rank of the step sizes; `auto` is a sixteenth of the width. */
const stepRank = (c: Reader, name: string, hidden: number) =>
  c.text(name) === 'auto' ? Math.ceil(hidden / 16) : c.count(name, Math.ceil(hidden / 16));

const mamba1 = { keyHeads: 1, valueDim: 1 };

/** Layers of one kind of block, whose state does not grow. */
function pure(c: Reader, attention: Attention, tied: boolean): Plan {
  const hidden = c.count(['hidden_size', 'd_model']);
  const sizes = { hidden, vocabulary: c.count('vocab_size'), maxContext: NO_LIMIT };
  const layer = { attention, feedForward: NO_BLOCK, norms: 1 };
  const count = c.count(['num_hidden_layers', 'n_layer']);
  return { ...frameOf(c, sizes, { tied }), layers: eachLayer(count, () => layer) };
}

function mamba(c: Reader): Plan {
  const hidden = c.count(['hidden_size', 'd_model']);
  const state = linear('mamba1', {
    ...mamba1,
    valueHeads: c.count(['intermediate_size', 'd_inner'], hidden * c.count('expand', 2)),
    keyDim: c.count('state_size', 16),
    convKernel: c.count('conv_kernel', 4),
    stepRank: stepRank(c, 'time_step_rank', hidden),
    convBias: c.flag('use_conv_bias', true),
    projectionBias: c.flag('use_bias', false),
  });
  return pure(c, state, true);
}

function mamba2(c: Reader): Plan {
  const heads = c.count('num_heads');
  const headDim = c.count('head_dim');
  const inner = c.count('hidden_size') * c.count('expand', 2);
  if (heads * headDim !== inner) {
    c.refuse(`num_heads ${heads} × head_dim ${headDim} isn't hidden_size × expand = ${inner}.`);
  }
  const state = linear('mamba2', {
    keyHeads: c.count('n_groups', 8),
    valueHeads: heads,
    keyDim: c.count('state_size', 128),
    valueDim: headDim,
    convKernel: c.count('conv_kernel', 4),
    convBias: c.flag('use_conv_bias', true),
    projectionBias: c.flag('use_bias', false),
  });
  return pure(c, state, false);
}

/** RWKV-4: a state of five values for each channel, and a block with a gate of its own. */
function rwkv4(c: Reader): Plan {
  const hidden = c.count('hidden_size');
  const layer: Layer = {
    attention: linear('rwkv4', {
      ...mamba1,
      valueHeads: c.count('attention_hidden_size', hidden),
      keyDim: 5,
      convKernel: 0,
    }),
    feedForward: { kind: 'dense', width: c.count('intermediate_size', 4 * hidden), gated: false },
    norms: 2,
    extras: [
      { name: 'receptance of the block', kind: 'matrix', parameters: hidden * hidden },
      { name: 'mixes of the block', kind: 'vector', parameters: 2 * hidden },
    ],
  };
  const maxContext = c.count('context_length', 1024);
  const sizes = { hidden, vocabulary: c.count('vocab_size'), maxContext };
  return {
    ...frameOf(c, sizes, { norm: 'layer', finalNorms: 2 }),
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

function liquidBlocks(c: Reader): FeedForward | ((index: number) => FeedForward) {
  if (!c.optional('num_experts')) return gated(liquidWidth(c));
  const routerBias = c.flag('use_expert_bias', true);
  const moe = mixture(c, c.count('moe_intermediate_size'), { routerBias });
  const denseLayers = c.optional('num_dense_layers') ?? 0;
  const dense = gated(c.count('intermediate_size'));
  return (index) => (index < denseLayers ? dense : moe);
}

/** LFM2: short convolutions, attention in the listed layers; experts in the larger ones. */
function lfm2(c: Reader): Plan {
  const types = c.words('layer_types');
  const list = c.numbers('full_attn_idxs');
  if (!types && !list) c.refuse('layer_types or full_attn_idxs is missing.');
  const bias = c.flag('conv_bias', false);
  const convolution = linear('short-conv', {
    ...mamba1,
    valueHeads: sizesOf(c).hidden,
    keyDim: 1,
    convKernel: c.count('conv_L_cache', 3),
    convBias: bias,
    projectionBias: bias,
  });
  const isFull = (index: number) =>
    types ? types[index] === 'full_attention' : list?.includes(index);
  return decoder(c, {
    qkNorm: 'head',
    attention: (index) => (isFull(index) ? undefined : convolution),
    block: liquidBlocks(c),
    frame: { tied: c.flag('tie_embedding', true) },
  });
}

/** Jamba: one layer of attention in eight, Mamba-1 in the others, experts in every second layer. */
function jamba(c: Reader): Plan {
  const { hidden } = sizesOf(c);
  const state = linear('mamba1', {
    ...mamba1,
    valueHeads: hidden * c.count('mamba_expand', 2),
    keyDim: c.count('mamba_d_state', 16),
    convKernel: c.count('mamba_d_conv', 4),
    stepRank: stepRank(c, 'mamba_dt_rank', hidden),
    convBias: c.flag('mamba_conv_bias', true),
    projectionBias: c.flag('mamba_proj_bias', false),
    stepNorms: true,
  });
  const experts = c.count('num_experts', 16);
  const width = c.count('intermediate_size');
  const moe = mixture(c, width, { experts, activeExperts: c.count('num_experts_per_tok', 2) });
  const at = (every: string, usual: number, first: string) => {
    const [period, offset] = [c.count(every, usual), c.optional(first) ?? 0];
    return (index: number) => index % period === offset;
  };
  const isAttention = at('attn_layer_period', 8, 'attn_layer_offset');
  const isMoe = at('expert_layer_period', 2, 'expert_layer_offset');
  return decoder(c, {
    attention: (index) => (isAttention(index) ? undefined : state),
    block: (index) => (experts > 1 && isMoe(index) ? moe : gated(width)),
  });
}

/** IBM's hybrids: Mamba-2 but for some layers. */
function ibmHybrid(
  c: Reader,
  isAttention: (index: number) => boolean | undefined,
  block: FeedForward,
): Plan {
  const heads = c.count('mamba_n_heads', 128);
  const inner = sizesOf(c).hidden * c.count('mamba_expand', 2);
  const isAuto = c.text('mamba_d_head') === 'auto';
  const state = linear('mamba2', {
    keyHeads: c.count('mamba_n_groups', 1),
    valueHeads: heads,
    keyDim: c.count('mamba_d_state', 256),
    valueDim: isAuto ? inner / heads : c.count('mamba_d_head', inner / heads),
    convKernel: c.count('mamba_d_conv', 4),
    convBias: c.flag('mamba_conv_bias', true),
    projectionBias: c.flag('mamba_proj_bias', false),
  });
  return decoder(c, { attention: (index) => (isAttention(index) ? undefined : state), block });
}

function bamba(c: Reader): Plan {
  const list = c.numbers('attn_layer_indices');
  if (!list) c.refuse('attn_layer_indices is missing.');
  return ibmHybrid(c, (index) => list?.includes(index), gated(c.count('intermediate_size')));
}

/** Granite 4 hybrids: a dense block beside the experts, or alone. */
function graniteHybrid(c: Reader): Plan {
  const types = c.words('layer_types') ?? c.words('layers_block_type');
  if (!types) c.refuse('layer_types is missing.');
  const sharedWidth = c.count('shared_intermediate_size', 1024);
  const block = c.optional('num_local_experts')
    ? mixture(c, c.count('intermediate_size'), { sharedWidth })
    : gated(sharedWidth);
  return ibmHybrid(c, (index) => types?.[index] === 'attention', block);
}

/** MiniMax-Text-01 and M1: seven layers of lightning attention, then one of softmax attention. */
function miniMaxText(c: Reader): Plan {
  const { heads, keyDim } = sizesOf(c);
  const kinds = c.numbers('attn_type_list');
  const types = c.words('layer_types');
  if (!kinds && !types) c.refuse('attn_type_list or layer_types is missing.');
  const state = linear('lightning', {
    keyHeads: heads,
    valueHeads: heads,
    keyDim,
    valueDim: keyDim,
    convKernel: 0,
  });
  const isLinear = (index: number) =>
    types ? /linear/.test(types[index] ?? '') : kinds?.[index] === 0;
  const sharedWidth = c.optional('shared_intermediate_size');
  return decoder(c, {
    attention: (index) => (isLinear(index) ? state : undefined),
    block: mixture(c, c.count('intermediate_size'), { sharedWidth }),
  });
}

/** Qwen3-Next and Qwen 3.5: three layers of delta net, then one of attention. */
function qwenNext(c: Reader, block: FeedForward | ((index: number) => FeedForward)): Plan {
  const types = c.words('layer_types');
  const every = c.count('full_attention_interval', 4);
  const state = linear('gated-deltanet', {
    keyHeads: c.count('linear_num_key_heads', 16),
    valueHeads: c.count('linear_num_value_heads', 32),
    keyDim: c.count('linear_key_head_dim', 128),
    valueDim: c.count('linear_value_head_dim', 128),
    convKernel: c.count('linear_conv_kernel_dim', 4),
  });
  const isLinear = (index: number) => {
    const type = types?.[index];
    return type === undefined ? (index + 1) % every !== 0 : /linear|delta/.test(type);
  };
  return decoder(c, {
    keyDim: c.count('head_dim', 256),
    qkNorm: 'head',
    outputGate: true,
    attention: (index) => (isLinear(index) ? state : undefined),
    block,
  });
}

/** Norms and scores of the residual streams that Kimi K3 adds in front of both blocks of a layer. */
function residuals(c: Reader, blocks: number) {
  if (!c.optional('attn_res_block_size')) return [];
  const parameters = 2 * blocks * c.count('hidden_size');
  return [{ name: 'attention residuals', kind: 'vector', parameters } as const];
}

/** A norm between the experts and the matrix that widens what they return. */
function latentNorm(c: Reader, latent: number | undefined) {
  if (!latent || !c.flag('latent_moe_use_norm', false)) return [];
  return [{ name: 'norm of the experts', kind: 'vector', parameters: latent } as const];
}

/**
 * Kimi Linear and Kimi K3: layers of delta attention, then one with a latent, by a list that counts
 * from 1. K3 has a full gate on both, narrower experts and attention residuals.
 *
 * @see https://github.com/NVIDIA-NeMo/Megatron-Bridge/blob/main/src/megatron/bridge/models/kimi/kimi_k3_layers.py
 */
function kimiLinear(c: Reader): Plan {
  const config = c.object('linear_attn_config');
  const latentLayers = config.numbers('full_attn_layers');
  if (!latentLayers) c.refuse('linear_attn_config.full_attn_layers is missing.');
  const heads = config.count('num_heads');
  const headDim = config.count('head_dim');
  const delta = linear('kda', {
    keyHeads: heads,
    valueHeads: heads,
    keyDim: headDim,
    valueDim: headDim,
    convKernel: config.count('short_conv_kernel_size', 4),
    fullGate: config.flag('use_full_rank_gate', false),
  });
  const isGated = c.flag('mla_use_output_gate', false);
  const full = { ...latentAttention(c), ...(isGated ? { outputGate: true } : {}) };
  const narrow = c.optional('routed_expert_hidden_size');
  const outer = residuals(c, 1);
  const plan = decoder(c, {
    sizes: sizesOf(c, true),
    attention: (index) => (latentLayers?.includes(index + 1) ? full : delta),
    block: deepSeekBlocks(c, true),
    frame: outer.length > 0 ? { extras: outer } : {},
  });
  const layers = plan.layers.map((layer) => {
    const { feedForward } = layer;
    const isMoe = feedForward.kind === 'moe';
    const extras = [...residuals(c, 2), ...(isMoe ? latentNorm(c, narrow) : [])];
    return {
      ...layer,
      feedForward: isMoe && narrow ? { ...feedForward, latent: narrow } : feedForward,
      ...(extras.length > 0 ? { extras } : {}),
    };
  });
  return { ...plan, layers };
}

/** Models some of whose layers keep a state or nothing at all, by their model_type. */
export const HYBRIDS = {
  minimax: miniMaxText,
  nemotron_h: nemotronH,
  'nemotron-nas': nemotronNas,
  qwen3_next: (c) => qwenNext(c, qwenBlocks(c)),
  qwen3_5: (c) => qwenNext(c, gated(c.count('intermediate_size'))),
  qwen3_5_moe: (c) => qwenNext(c, qwenBlocks(c)),
  kimi_linear: kimiLinear,
  mamba,
  mamba2,
  rwkv: rwkv4,
  lfm2,
  jamba,
  bamba,
  granitemoehybrid: graniteHybrid,
} satisfies Record<string, ReadFamily>;
