import type { FeedForward, LatentAttention } from '../model-shape.ts';
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

/** Experts with shared experts of the same width, as DeepSeek lays them out. */
export function deepSeekExperts(c: Reader, routerBias: boolean): FeedForward {
  const width = c.count('moe_intermediate_size');
  const shared = c.optional('n_shared_experts') ?? c.optional('num_shared_experts');
  return {
    kind: 'moe',
    experts: c.count(['n_routed_experts', 'num_experts']),
    activeExperts: c.count(['num_experts_per_tok', 'num_experts_per_token']),
    width,
    gated: true,
    ...onlyTrue({ routerBias, sharedWidth: shared ? shared * width : undefined }),
  } as FeedForward;
}

/** Dense layers first, experts after them (and in every so many layers). */
export function deepSeekBlocks(c: Reader, routerBias: boolean): (index: number) => FeedForward {
  const hasExperts = c.optional(['n_routed_experts', 'num_experts']) !== undefined;
  const first = hasExperts ? (c.optional('first_k_dense_replace') ?? 0) : undefined;
  if (first === undefined) {
    const dense = gated(c.count('intermediate_size'));
    return () => dense;
  }
  const moe = deepSeekExperts(c, routerBias);
  const pattern = c.numbers('moe_layer_freq');
  const every = pattern ? 1 : c.count('moe_layer_freq', 1);
  const hasDense = first > 0 || every > 1 || pattern?.includes(0);
  const dense = hasDense ? gated(c.count('intermediate_size')) : moe;
  return (index) => {
    if (pattern) return pattern[index] === 0 ? dense : moe;
    return index >= first && index % every === 0 ? moe : dense;
  };
}

/** A latent for all heads. */
export function latentAttention(
  c: Reader,
  heads: number,
  hasIndexer: boolean,
  valueDim?: number,
): LatentAttention {
  const queryRank = c.optional('q_lora_rank');
  return {
    kind: 'mla',
    heads,
    ...(queryRank ? { queryRank } : {}),
    kvRank: c.count('kv_lora_rank'),
    nopeDim: c.count('qk_nope_head_dim'),
    ropeDim: c.count('qk_rope_head_dim'),
    valueDim: c.count('v_head_dim', valueDim),
    ...onlyTrue({ bias: c.flag('attention_bias', false) }),
    ...(hasIndexer
      ? { indexer: { heads: c.count('index_n_heads'), headDim: c.count('index_head_dim') } }
      : {}),
  };
}

/** Sizes without head_dim, which means something else beside a latent. */
export function latentSizes(c: Reader) {
  return {
    hidden: c.count('hidden_size'),
    heads: c.count('num_attention_heads'),
    layers: c.count('num_hidden_layers'),
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_position_embeddings', 2048),
  };
}

function latentDecoder(c: Reader, routerBias: boolean, hasIndexer: boolean): Plan {
  const sizes = latentSizes(c);
  const blocks = deepSeekBlocks(c, routerBias);
  const attention = latentAttention(c, sizes.heads, hasIndexer);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention,
      feedForward: blocks(index),
      norms: 2,
    })),
  };
}

/** DeepSeek-V2: latent attention and experts. */
export function deepSeekV2(c: Reader): Plan {
  return latentDecoder(c, c.text('topk_method') === 'noaux_tc', false);
}

/** DeepSeek-V3, R1, Kimi K2 and GLM lite: a bias for each expert in the router. */
export function deepSeekV3(c: Reader): Plan {
  return latentDecoder(c, true, false);
}

/** DeepSeek-V3.2 and GLM-5: an indexer picks the tokens to attend to. */
export function deepSeekSparse(c: Reader): Plan {
  return latentDecoder(c, true, true);
}

/** MiniCPM 3: a latent, and values as wide as a head of the hidden size. */
export function miniCpm3(c: Reader): Plan {
  const sizes = latentSizes(c);
  const attention = latentAttention(c, sizes.heads, false, sizes.hidden / sizes.heads);
  const feedForward = gated(c.count('intermediate_size'));
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', true)),
    layers: eachLayer(sizes.layers, () => ({ attention, feedForward, norms: 2 })),
  };
}

/** The first DeepSeek with experts: plain attention. */
export function deepSeekMoe(c: Reader): Plan {
  return expertsWithAttention(c, { routerBias: false });
}

/** Ordinary attention with DeepSeek's experts. */
export function expertsWithAttention(
  c: Reader,
  traits: { routerBias: boolean; qkNorm?: 'head' | 'full' | undefined; qkvBias?: boolean },
): Plan {
  const sizes = commonSizes(c);
  const blocks = deepSeekBlocks(c, traits.routerBias);
  const bias = c.flag('attention_bias', false);
  const attention = softmax(sizes, {
    qkvBias: traits.qkvBias ?? bias,
    outBias: traits.qkvBias === undefined && bias,
    ...(traits.qkNorm ? { qkNorm: traits.qkNorm } : {}),
  });
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention,
      feedForward: blocks(index),
      norms: 2,
    })),
  };
}

/** GLM-4.5 and its kin: biases on query, key and value by a switch, norms by another. */
export function glm4Moe(c: Reader): Plan {
  return expertsWithAttention(c, {
    routerBias: true,
    qkvBias: c.flag('attention_bias', false),
    qkNorm: c.flag('use_qk_norm', false) ? 'head' : undefined,
  });
}

/** dots.llm1: norms on query and key heads. */
export function dots1(c: Reader): Plan {
  return expertsWithAttention(c, { routerBias: true, qkNorm: 'head' });
}
