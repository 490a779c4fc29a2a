import type { CompressedAttention } from '../model-shape.ts';
import { deepSeekExperts, latentSizes } from './deepseek.ts';
import { decoderBase, eachLayer, type Plan } from './layers.ts';
import type { Reader } from './reader.ts';

/** The tokens of an entry in layers whose entries overlap and are picked by an indexer. */
const SPARSE_RATIO = 4;

function compressedAttention(c: Reader, ratio: number): CompressedAttention {
  const sparse = {
    overlaps: true,
    topK: c.count('index_topk'),
    indexer: { heads: c.count('index_n_heads'), headDim: c.count('index_head_dim') },
  };
  return {
    kind: 'compressed',
    heads: c.count('num_attention_heads'),
    keyDim: c.count('head_dim'),
    queryRank: c.count('q_lora_rank'),
    window: c.count('sliding_window'),
    ...(ratio > 0 ? { ratio } : {}),
    ...(ratio === SPARSE_RATIO ? sparse : {}),
    outGroups: c.count('o_groups'),
    outRank: c.count('o_lora_rank'),
  };
}

/** Parameters that mix the residual streams in front of a block, in FP32. */
function mixing(streams: number, hidden: number): number {
  const outputs = (2 + streams) * streams;
  return outputs * streams * hidden + outputs + 3;
}

/**
 * DeepSeek-V4: each layer sees a window and, by its ratio, entries that older tokens are pooled into.
 * The first layers pick their experts by the token and have no bias in the router.
 *
 * @see https://github.com/huggingface/transformers/blob/main/src/transformers/models/deepseek_v4/modular_deepseek_v4.py
 */
export function deepSeekV4(c: Reader): Plan {
  const sizes = latentSizes(c);
  const { hidden } = sizes;
  const ratios = c.numbers('compress_ratios') ?? [];
  if (ratios.length < sizes.layers) c.refuse('compress_ratios must name every layer.');
  const hashed = c.optional('num_hash_layers') ?? 0;
  const streams = c.count('hc_mult');
  const mixed = { name: 'mixing of the residual streams', kind: 'vector' } as const;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    extras: [{ ...mixed, parameters: streams * streams * hidden + streams + 1 }],
    layers: eachLayer(sizes.layers, (index) => ({
      attention: compressedAttention(c, ratios[index] ?? 0),
      feedForward: deepSeekExperts(c, index >= hashed),
      norms: 2,
      extras: [{ ...mixed, parameters: 2 * mixing(streams, hidden) }],
    })),
  };
}
