import type { Attention, FeedForward, LinearAttention, SoftmaxAttention } from '../model-shape.ts';
import { deepSeekBlocks } from './deepseek.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  isLocal,
  type Layer,
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

/** Cohere's Command: one norm without bias, attention and feed-forward side by side. */
export function cohere(c: Reader): Plan {
  const qkNorm = c.flag('use_qk_norm', false) ? ({ qkNorm: 'full' } as const) : {};
  return llamaLike(c, { tied: true, norms: 1, ...qkNorm });
}

/** Command R7B and Command A: three local layers, then a global one. */
export function cohere2(c: Reader): Plan {
  const window = c.count('sliding_window', 4096);
  const globalEvery = c.count(['sliding_window_pattern', '_sliding_window_pattern'], 4);
  return llamaLike(c, { tied: true, norms: 1, window, globalEvery });
}

/** OLMo 1: norms without weights. */
export function olmo(c: Reader): Plan {
  return llamaLike(c, { norm: 'none' });
}

/** OLMo 2: norms over all query and key channels. */
export function olmo2(c: Reader): Plan {
  return llamaLike(c, { qkNorm: 'full' });
}

/** OLMo 3: OLMo 2 with three local layers, then a global one. */
export function olmo3(c: Reader): Plan {
  const window = c.count('sliding_window', 4096);
  return llamaLike(c, { qkNorm: 'full', window, globalEvery: 4 });
}

/** OLMoE: experts in every layer. */
export function olmoe(c: Reader): Plan {
  const sizes = commonSizes(c);
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count('num_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, () => ({
      attention: softmax(sizes, { qkNorm: 'full' }),
      feedForward,
      norms: 2,
    })),
  };
}

/** Phi-3 and Phi-4: one matrix for query, key and value, a window where the config sets one. */
export function phi3(c: Reader): Plan {
  const window = c.optional('sliding_window');
  const tied = { fusedQkv: true };
  return llamaLike(c, window === undefined ? tied : { ...tied, window });
}

/** Phi-3.5-MoE: LayerNorms, biases on attention and output matrix, experts in every layer. */
export function phiMoe(c: Reader): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('attention_bias', false);
  const window = c.optional('sliding_window');
  const attention = softmax(sizes, {
    qkvBias: bias,
    outBias: bias,
    ...(window ? { window } : {}),
  });
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count('num_local_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    norm: 'layer',
    ...onlyTrue({ headBias: c.flag('lm_head_bias', false) }),
    layers: eachLayer(sizes.layers, () => ({ attention, feedForward, norms: 2 })),
  };
}

/** StarCoder 2: LayerNorms, biases everywhere, a plain block. */
export function starCoder2(c: Reader): Plan {
  const bias = c.flag('use_bias', true);
  const window = c.optional('sliding_window');
  return llamaLike(c, {
    tied: true,
    norm: 'layer',
    gated: false,
    mlpBias: bias,
    qkvBias: bias,
    outBias: bias,
    ...(window ? { window } : {}),
  });
}

/** StableLM: LayerNorms, biases on query, key and value by a switch. */
export function stableLm(c: Reader): Plan {
  if (c.flag('qk_layernorm', false)) c.refuse('StableLM with qk_layernorm is not supported.');
  const isParallel = c.flag('use_parallel_residual', false);
  return llamaLike(c, {
    norm: 'layer',
    norms: isParallel ? 1 : 2,
    qkvBias: c.flag('use_qkv_bias', false),
    outBias: false,
  });
}

/** Nemotron 4 and Minitron: LayerNorms and a plain block. */
export function nemotron(c: Reader): Plan {
  return llamaLike(c, { norm: 'layer', gated: false });
}

/** EXAONE 4: norms on query and key heads, norms after the blocks, local layers by a pattern. */
export function exaone4(c: Reader): Plan {
  const window = c.optional('sliding_window');
  const pattern = c.text('sliding_window_pattern');
  const globalEvery = pattern ? pattern.length : c.optional('sliding_window_pattern');
  return llamaLike(c, {
    qkNorm: 'head',
    ...(window ? { window } : {}),
    ...(globalEvery ? { globalEvery } : {}),
  });
}

/** Seed-OSS: biases on query, key and value, and on the output by a switch of its own. */
export function seedOss(c: Reader): Plan {
  return llamaLike(c, {
    qkvBias: c.flag('attention_bias', true),
    outBias: c.flag('attention_out_bias', false),
  });
}

/** InternLM 2 and 3: a switch for all biases of the attention, another for query, key and value. */
export function internLm(c: Reader): Plan {
  const bias = c.flag('bias', false);
  return llamaLike(c, { qkvBias: bias || c.flag('qkv_bias', false), outBias: bias });
}

/** Granite with experts. */
export function graniteMoe(c: Reader): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('attention_bias', false);
  const feedForward: FeedForward = {
    kind: 'moe',
    experts: c.count('num_local_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('intermediate_size'),
    gated: true,
    ...onlyTrue({ sharedWidth: c.optional('shared_intermediate_size') }),
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, () => ({
      attention: softmax(sizes, { qkvBias: bias, outBias: bias }),
      feedForward,
      norms: 2,
    })),
  };
}

const NEMOTRON_LETTERS = new Map([
  ['mamba', 'M'],
  ['attention', '*'],
  ['full_attention', '*'],
  ['moe', 'E'],
  ['mlp', '-'],
]);

/** One letter for each layer: M Mamba-2, * attention, E experts, - dense. */
function nemotronPattern(c: Reader): string {
  const kinds = c.words('layers_block_type') ?? c.words('layer_types');
  const pattern =
    c.text('hybrid_override_pattern') ??
    kinds?.map((kind) => NEMOTRON_LETTERS.get(kind) ?? '?').join('');
  const layers = c.optional('num_hidden_layers') ?? pattern?.length ?? 0;
  if (!pattern || pattern.length !== layers) {
    c.refuse('hybrid_override_pattern or layers_block_type must name every layer.');
  }
  return pattern ?? '';
}

/** Nemotron-H: each layer is a Mamba-2, attention, dense or expert block, by a pattern of letters. */
export function nemotronH(c: Reader): Plan {
  const hidden = c.count('hidden_size');
  const pattern = nemotronPattern(c);
  const mamba: LinearAttention = {
    kind: 'linear',
    style: 'mamba2',
    keyHeads: c.count('n_groups'),
    valueHeads: c.count('mamba_num_heads'),
    keyDim: c.count('ssm_state_size'),
    valueDim: c.count('mamba_head_dim'),
    convKernel: c.count('conv_kernel', 4),
    ...onlyTrue({ convBias: c.flag('use_conv_bias', true) }),
  };
  const heads = c.count('num_attention_heads');
  const attention: SoftmaxAttention = softmax({
    heads,
    kvHeads: c.count('num_key_value_heads', heads),
    keyDim: c.count(['head_dim', 'attention_head_dim'], hidden / heads),
  });
  const none: Attention = { kind: 'none' };
  const nothing: FeedForward = { kind: 'none' };
  const block = (letter: string): Layer => {
    if (letter === 'M') return { attention: mamba, feedForward: nothing, norms: 1 };
    if (letter === '*') return { attention, feedForward: nothing, norms: 1 };
    if (letter === 'E') return { attention: none, feedForward: nemotronExperts(c), norms: 1 };
    if (letter !== '-') c.refuse(`The layer kind "${letter}" of this hybrid is not known.`);
    const width = c.count('intermediate_size');
    return { attention: none, feedForward: { kind: 'dense', width, gated: false }, norms: 1 };
  };
  const sizes = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_position_embeddings', 2048),
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: Array.from(pattern, block),
  };
}

function nemotronExperts(c: Reader): FeedForward {
  const shared = c.optional('moe_shared_expert_intermediate_size');
  const latent = c.optional('moe_latent_size');
  return {
    kind: 'moe',
    experts: c.count('n_routed_experts'),
    activeExperts: c.count('num_experts_per_tok'),
    width: c.count('moe_intermediate_size'),
    gated: false,
    ...onlyTrue({
      routerBias: true,
      sharedWidth: shared ? shared * c.count('n_shared_experts', 1) : undefined,
      latent,
    }),
  } as FeedForward;
}
