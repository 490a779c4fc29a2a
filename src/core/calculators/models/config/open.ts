import type { FeedForward } from '../model-shape.ts';
import { commonSizes, decoderBase, eachLayer, onlyTrue, type Plan, softmax } from './layers.ts';
import { llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

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

/** StableLM: LayerNorms, biases on query, key and value by a switch, a norm for each head by another. */
export function stableLm(c: Reader): Plan {
  const isParallel = c.flag('use_parallel_residual', false);
  return llamaLike(c, {
    norm: 'layer',
    norms: isParallel ? 1 : 2,
    qkvBias: c.flag('use_qkv_bias', false),
    outBias: false,
    ...(c.flag('qk_layernorm', false) ? { qkNorm: 'full' as const } : {}),
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
