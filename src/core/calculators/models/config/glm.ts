import type { FeedForward, LinearAttention } from '../model-shape.ts';
import { deepSeekBlocks } from './deepseek.ts';
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
import { llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

/** GLM-4 before 0414: biases on query, key and value. */
export function glm(c: Reader): Plan {
  return llamaLike(c, { qkvBias: c.flag('attention_bias', false), outBias: false });
}

/** GLM-4-0414: two more norms in each layer. */
export function glm4(c: Reader): Plan {
  return llamaLike(c, { qkvBias: c.flag('attention_bias', false), outBias: false, norms: 4 });
}

/** ChatGLM 2 to 4 in their first form, with names of their own. */
export function chatGlm(c: Reader): Plan {
  const heads = c.count('num_attention_heads');
  const sizes = {
    hidden: c.count('hidden_size'),
    heads,
    kvHeads: c.flag('multi_query_attention', false) ? c.count('multi_query_group_num') : heads,
    keyDim: c.count('kv_channels'),
    vocabulary: c.count('padded_vocab_size'),
    maxContext: c.count('seq_length', 2048),
  };
  const bias = c.flag('add_bias_linear', false);
  const attention = softmax(sizes, {
    qkvBias: bias || c.flag('add_qkv_bias', false),
    outBias: bias,
    fusedQkv: true,
  });
  const feedForward = gated(c.count('ffn_hidden_size'), bias);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    finalNorms: c.flag('post_layer_norm', true) ? 1 : 0,
    layers: eachLayer(c.count('num_layers'), () => ({ attention, feedForward, norms: 2 })),
  };
}

/** MiniMax-M2: experts in every layer and norms over all query and key channels. */
export function miniMaxM2(c: Reader): Plan {
  const sizes = commonSizes(c);
  const attention = softmax(sizes, c.flag('use_qk_norm', true) ? { qkNorm: 'full' } : {});
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count(['num_local_experts', 'num_experts']),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
    ...onlyTrue({
      routerBias: c.flag('use_routing_bias', true),
      sharedWidth: c.optional('shared_intermediate_size'),
    }),
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, () => ({ attention, feedForward, norms: 2 })),
  };
}

/** MiniMax-M3: dense layers first, and an indexer that picks blocks of tokens in the layers behind them. */
export function miniMaxM3(c: Reader): Plan {
  const sizes = commonSizes(c);
  const sparse = c.object('sparse_attention_config');
  const isSparse = sparse.numbers('sparse_attention_freq');
  const hasExperts = c.numbers('moe_layer_freq');
  const indexer = () => ({
    heads: sparse.count('sparse_num_index_heads'),
    headDim: sparse.count('sparse_index_dim'),
  });
  const experts = {
    kind: 'moe',
    experts: c.count('num_local_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count(['moe_intermediate_size', 'intermediate_size']),
    gated: true,
    ...onlyTrue({
      routerBias: c.flag('use_routing_bias', true),
      sharedWidth: c.optional('shared_intermediate_size'),
    }),
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: {
        ...softmax(sizes, { qkNorm: 'head' }),
        ...(isSparse?.[index] ? { indexer: indexer() } : {}),
      },
      feedForward: hasExperts?.[index] ? experts : gated(c.count('dense_intermediate_size')),
      norms: 2,
    })),
  };
}

/** MiniMax-Text-01 and M1: seven layers of lightning attention, then one of softmax attention. */
export function miniMaxText(c: Reader): Plan {
  const sizes = commonSizes(c);
  const kinds = c.numbers('attn_type_list');
  const types = c.words('layer_types');
  if (!kinds && !types) c.refuse('attn_type_list or layer_types is missing.');
  const full = softmax(sizes);
  const linear: LinearAttention = {
    kind: 'linear',
    style: 'lightning',
    keyHeads: sizes.heads,
    valueHeads: sizes.heads,
    keyDim: sizes.keyDim,
    valueDim: sizes.keyDim,
    convKernel: 0,
  };
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count(['num_local_experts', 'num_experts']),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
    ...onlyTrue({ sharedWidth: c.optional('shared_intermediate_size') }),
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => {
      const isLinear = types ? /linear/.test(types[index] ?? '') : kinds?.[index] === 0;
      return { attention: isLinear ? linear : full, feedForward, norms: 2 };
    }),
  };
}

/** MiMo-V2: local layers with heads of their own, by a list. */
export function miMoV2(c: Reader): Plan {
  const sizes = commonSizes(c);
  const pattern = c.numbers('hybrid_layer_pattern');
  const types = c.words('layer_types');
  if (!pattern && !types) c.refuse('hybrid_layer_pattern is missing.');
  const window = c.count(['sliding_window_size', 'sliding_window'], 128);
  const bias = c.flag('attention_bias', false);
  const valueDim = c.count('v_head_dim', sizes.keyDim);
  const full = softmax(sizes, {
    valueDim,
    qkvBias: bias,
    sinks: c.flag('add_full_attention_sink_bias', false),
  });
  const swaDim = c.count('swa_head_dim', sizes.keyDim);
  const local = softmax(
    {
      heads: c.count('swa_num_attention_heads', sizes.heads),
      kvHeads: c.count('swa_num_key_value_heads', sizes.kvHeads),
      keyDim: swaDim,
    },
    {
      valueDim: c.count('swa_v_head_dim', valueDim),
      window,
      qkvBias: bias,
      sinks: c.flag('add_swa_attention_sink_bias', false),
    },
  );
  const blocks = deepSeekBlocks(c, true);
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: (pattern ? pattern[index] === 1 : isLocal(types, index, undefined)) ? local : full,
      feedForward: blocks(index),
      norms: 2,
    })),
  };
}
