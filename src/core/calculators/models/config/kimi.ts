import type { LinearAttention } from '../model-shape.ts';
import { deepSeekBlocks, latentAttention, latentSizes } from './deepseek.ts';
import { decoderBase, eachLayer, onlyTrue, type Plan } from './layers.ts';
import type { Reader } from './reader.ts';

function deltaAttention(linear: Reader): LinearAttention {
  const heads = linear.count('num_heads');
  const headDim = linear.count('head_dim');
  return {
    kind: 'linear',
    style: 'kda',
    keyHeads: heads,
    valueHeads: heads,
    keyDim: headDim,
    valueDim: headDim,
    convKernel: linear.count('short_conv_kernel_size', 4),
    ...onlyTrue({ fullGate: linear.flag('use_full_rank_gate', false) }),
  };
}

/** Norms and scores of the residual streams that Kimi K3 adds in front of both blocks of a layer. */
function residuals(c: Reader, hidden: number, blocks: number) {
  if (!c.optional('attn_res_block_size')) return [];
  return [
    { name: 'attention residuals', kind: 'vector', parameters: 2 * blocks * hidden } as const,
  ];
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
export function kimiLinear(c: Reader): Plan {
  const sizes = latentSizes(c);
  const linear = c.object('linear_attn_config');
  const latentLayers = linear.numbers('full_attn_layers');
  if (!latentLayers) c.refuse('linear_attn_config.full_attn_layers is missing.');
  const delta = deltaAttention(linear);
  const full = {
    ...latentAttention(c, sizes.heads, false),
    ...onlyTrue({ outputGate: c.flag('mla_use_output_gate', false) }),
  };
  const narrow = c.optional('routed_expert_hidden_size');
  const blocks = deepSeekBlocks(c, true);
  const outer = residuals(c, sizes.hidden, 1);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    ...(outer.length > 0 ? { extras: outer } : {}),
    layers: eachLayer(sizes.layers, (index) => {
      const block = blocks(index);
      const isSparse = block.kind === 'moe';
      const extras = [...residuals(c, sizes.hidden, 2), ...(isSparse ? latentNorm(c, narrow) : [])];
      return {
        attention: latentLayers?.includes(index + 1) ? full : delta,
        feedForward: isSparse && narrow ? { ...block, latent: narrow } : block,
        norms: 2,
        ...(extras.length > 0 ? { extras } : {}),
      };
    }),
  };
}
