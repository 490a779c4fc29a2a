import type { Attention, FeedForward, LinearAttention } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';
import { mamba1, stepRank } from './state-space.ts';

/** Jamba: one layer of attention in eight, Mamba-1 in the others, experts in every second layer. */
export function jamba(c: Reader): Plan {
  const sizes = commonSizes(c);
  const { hidden } = sizes;
  const state = mamba1(
    {
      inner: hidden * c.count('mamba_expand', 2),
      state: c.count('mamba_d_state', 16),
      kernel: c.count('mamba_d_conv', 4),
      rank: stepRank(c, 'mamba_dt_rank', hidden),
    },
    {
      convBias: c.flag('mamba_conv_bias', true),
      projectionBias: c.flag('mamba_proj_bias', false),
      stepNorms: true,
    },
  );
  const experts = c.count('num_experts', 16);
  const width = c.count('intermediate_size');
  const moe: FeedForward = {
    kind: 'moe',
    experts,
    activeExperts: c.count('num_experts_per_tok', 2),
    width,
    gated: true,
  };
  const attentionEvery = c.count('attn_layer_period', 8);
  const attentionFirst = c.optional('attn_layer_offset') ?? 0;
  const expertsEvery = c.count('expert_layer_period', 2);
  const expertsFirst = c.optional('expert_layer_offset') ?? 0;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: index % attentionEvery === attentionFirst ? softmax(sizes) : state,
      feedForward: experts > 1 && index % expertsEvery === expertsFirst ? moe : gated(width),
      norms: 2,
    })),
  };
}

/** The Mamba-2 block of IBM's hybrids. */
function mambaOfHybrid(c: Reader, hidden: number): LinearAttention {
  const heads = c.count('mamba_n_heads', 128);
  const inner = hidden * c.count('mamba_expand', 2);
  return {
    kind: 'linear',
    style: 'mamba2',
    keyHeads: c.count('mamba_n_groups', 1),
    valueHeads: heads,
    keyDim: c.count('mamba_d_state', 256),
    valueDim:
      c.text('mamba_d_head') === 'auto' ? inner / heads : c.count('mamba_d_head', inner / heads),
    convKernel: c.count('mamba_d_conv', 4),
    ...onlyTrue({
      convBias: c.flag('mamba_conv_bias', true),
      projectionBias: c.flag('mamba_proj_bias', false),
    }),
  };
}

function ibmHybrid(
  c: Reader,
  isAttention: (index: number) => boolean,
  block: FeedForward,
  tied: boolean,
): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('attention_bias', false);
  const attention: Attention = softmax(sizes, { qkvBias: bias, outBias: bias });
  const state = mambaOfHybrid(c, sizes.hidden);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', tied)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: isAttention(index) ? attention : state,
      feedForward: block,
      norms: 2,
    })),
  };
}

/** Bamba: the layers of attention stand in a list. */
export function bamba(c: Reader): Plan {
  const list = c.numbers('attn_layer_indices');
  if (!list) c.refuse('attn_layer_indices is missing.');
  return ibmHybrid(
    c,
    (index) => list?.includes(index) ?? false,
    gated(c.count('intermediate_size')),
    false,
  );
}

/** Granite 4 hybrids: Mamba-2 but for the layers that layer_types names; a dense block beside the experts, or alone. */
export function graniteHybrid(c: Reader): Plan {
  const types = c.words('layer_types') ?? c.words('layers_block_type');
  if (!types) c.refuse('layer_types is missing.');
  const experts = c.optional('num_local_experts');
  const shared = c.count('shared_intermediate_size', 1024);
  const block: FeedForward = experts
    ? {
        kind: 'moe',
        experts,
        activeExperts: c.count('num_experts_per_tok'),
        width: c.count('intermediate_size'),
        gated: true,
        sharedWidth: shared,
      }
    : gated(shared);
  return ibmHybrid(c, (index) => types?.[index] === 'attention', block, false);
}
