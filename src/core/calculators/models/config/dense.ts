import {
  decoder,
  fourfold,
  marked70b,
  type Plan,
  plain,
  type ReadFamily,
  sizesOf,
} from './layers.ts';
import type { Reader } from './reader.ts';

const BIASED = { qkvBias: true, outBias: true, fusedQkv: true } as const;

/** The window that Qwen uses only when a switch is on, from a layer on. */
export function qwenWindow(c: Reader) {
  const window = c.optional('sliding_window');
  if (!c.flag('use_sliding_window', false) || window === undefined) return {};
  if (c.words('layer_types')) return { window };
  return { window, localFrom: c.optional('max_window_layers') ?? 0 };
}

const qkNormIf = (c: Reader, name: string, fallback: boolean, norm: 'head' | 'full' = 'head') =>
  c.flag(name, fallback) ? norm : undefined;

const windowOf = (c: Reader) => c.count('sliding_window', 4096);

const everyOf = (c: Reader, fallback: number) =>
  c.count(['sliding_window_pattern', '_sliding_window_pattern'], fallback);

const qkvOnly = (c: Reader) => ({ qkvBias: c.flag('attention_bias', false), outBias: false });

const contextOf = (c: Reader) => sizesOf(c).maxContext;

function exaone4(c: Reader): Plan {
  const pattern = c.text('sliding_window_pattern');
  return decoder(c, {
    qkNorm: 'head',
    window: c.optional('sliding_window'),
    every: pattern ? pattern.length : c.optional('sliding_window_pattern'),
  });
}

function phi(c: Reader): Plan {
  if (c.flag('qk_layernorm', false)) c.refuse("Phi with qk_layernorm isn't supported.");
  return decoder(c, {
    ...BIASED,
    norms: 1,
    block: plain(c, true, fourfold(c, ['intermediate_size', 'n_inner'])),
    frame: { norm: 'layer', headBias: true },
  });
}

function chatGlm(c: Reader): Plan {
  const bias = c.flag('add_bias_linear', false);
  return decoder(c, {
    kvHeads: c.flag('multi_query_attention', false) ? c.count('multi_query_group_num') : undefined,
    qkvBias: bias || c.flag('add_qkv_bias', false),
    outBias: bias,
    fusedQkv: true,
    block: { ...plain(c, bias), gated: true },
    frame: { finalNorms: c.flag('post_layer_norm', true) ? 1 : 0 },
  });
}

/** The first Qwen: half the width that the config names. */
function qwen1(c: Reader): Plan {
  const width = c.count('intermediate_size');
  if (width % 2 !== 0) c.refuse(`intermediate_size ${width} isn't even.`);
  const block = { ...plain(c, false, width / 2), gated: true };
  return decoder(c, { qkvBias: true, outBias: false, fusedQkv: true, block });
}

/**
 * Llama 3.2 Vision: some layers look at the image instead of the text. They keep nothing for a token
 * of text; the keys of the picture are not counted. The input table has eight more rows than the output.
 */
function llamaVision(c: Reader): Plan {
  const looking = c.numbers('cross_attention_layers');
  if (!looking) c.refuse('cross_attention_layers is missing.');
  const rows = {
    name: 'rows for images',
    kind: 'lookup',
    parameters: 8 * sizesOf(c).hidden,
  } as const;
  const self = decoder(c, { frame: { extras: [rows] } });
  const gates = { name: 'gates of the image', kind: 'vector', parameters: 2 } as const;
  const cross = decoder(c, { qkNorm: 'head', sharesKv: true, extras: [gates] });
  const layers = self.layers.map(
    (layer, index) => (looking?.includes(index) && cross.layers[index]) || layer,
  );
  return { ...self, layers };
}

/** StarCoder 2: biases everywhere and a plain block. */
function starCoder2(c: Reader): Plan {
  const bias = c.flag('use_bias', true);
  return decoder(c, {
    window: c.optional('sliding_window'),
    qkvBias: bias,
    outBias: bias,
    block: plain(c, bias),
    frame: { tied: true, norm: 'layer' },
  });
}

/** OPT: two more position rows than the context; the smallest tables may be narrower than the model. */
function opt(c: Reader): Plan {
  const { hidden, maxContext } = sizesOf(c);
  const bias = c.flag('enable_bias', true);
  const narrow = c.count('word_embed_proj_dim', hidden);
  const hasFinalNorm =
    c.flag('do_layer_norm_before', true) && !c.flag('_remove_final_layer_norm', false);
  return decoder(c, {
    qkvBias: bias,
    outBias: bias,
    block: plain(c, bias, c.count('ffn_dim')),
    frame: {
      tied: true,
      norm: 'layer',
      positions: maxContext + 2,
      finalNorms: hasFinalNorm ? 1 : 0,
      ...(narrow === hidden ? {} : { embeddingDim: narrow }),
    },
  });
}

/** Falcon: KV heads and norms depend on which of its designs the config names. */
function falcon(c: Reader): Plan {
  const { heads } = sizesOf(c);
  const isNew = c.flag('new_decoder_architecture', false);
  const single = c.flag('multi_query', true) ? 1 : heads;
  const bias = c.flag('bias', false);
  const plainNorms = c.flag('parallel_attn', true) ? 1 : 2;
  return decoder(c, {
    kvHeads: isNew ? c.count(['num_kv_heads', 'n_head_kv'], heads) : single,
    qkvBias: bias,
    outBias: bias,
    fusedQkv: true,
    norms: isNew ? (c.optional('num_ln_in_parallel_attn') ?? 2) : plainNorms,
    block: plain(c, bias, fourfold(c, 'ffn_hidden_size')),
    frame: { tied: true, norm: 'layer', gguf: 'falcon' },
  });
}

function mpt(c: Reader): Plan {
  const { heads, hidden } = sizesOf(c);
  const config = c.object('attn_config');
  const isGrouped = config.text('attn_type') === 'multiquery_attention';
  const bias = !c.flag('no_bias', true);
  return decoder(c, {
    kvHeads: isGrouped ? 1 : config.count('kv_n_heads', heads),
    qkvBias: bias,
    outBias: bias,
    fusedQkv: true,
    block: plain(c, bias, hidden * c.count('expansion_ratio', 4)),
    frame: { tied: true, norm: bias ? 'layer' : 'rms' },
  });
}

/** Dense decoders and GPTs, by their model_type. */
export const DENSE = {
  llama: (c) => marked70b(decoder(c)),
  smollm3: (c) => decoder(c, { frame: { tied: true } }),
  arcee: (c) => decoder(c, { block: plain(c) }),
  ernie4_5: (c) => decoder(c),
  mistral: (c) => decoder(c, { window: c.optional('sliding_window') }),
  qwen: qwen1,
  qwen2: (c) => marked70b(decoder(c, { qkvBias: true, outBias: false, ...qwenWindow(c) })),
  qwen3: (c) => decoder(c, { qkNorm: 'head', ...qwenWindow(c) }),
  gemma: (c) => decoder(c, { frame: { tied: true } }),
  gemma2: (c) => decoder(c, { norms: 4, window: windowOf(c), every: 2, frame: { tied: true } }),
  gemma3: (c) =>
    decoder(c, {
      norms: 4,
      qkNorm: 'head',
      window: windowOf(c),
      every: everyOf(c, 6),
      frame: { tied: true },
    }),
  glm: (c) => decoder(c, qkvOnly(c)),
  glm4: (c) => decoder(c, { ...qkvOnly(c), norms: 4 }),
  chatglm: chatGlm,
  cohere: (c) =>
    decoder(c, {
      norms: 1,
      qkNorm: qkNormIf(c, 'use_qk_norm', false, 'full'),
      frame: { tied: true },
    }),
  cohere2: (c) =>
    decoder(c, { norms: 1, window: windowOf(c), every: everyOf(c, 4), frame: { tied: true } }),
  olmo: (c) => decoder(c, { frame: { norm: 'none' } }),
  olmo2: (c) => decoder(c, { qkNorm: 'full' }),
  olmo3: (c) => decoder(c, { qkNorm: 'full', window: windowOf(c), every: 4 }),
  phi,
  phi3: (c) => decoder(c, { fusedQkv: true, window: c.optional('sliding_window') }),
  starcoder2: starCoder2,
  stablelm: (c) =>
    decoder(c, {
      norms: c.flag('use_parallel_residual', false) ? 1 : 2,
      qkvBias: c.flag('use_qkv_bias', false),
      outBias: false,
      qkNorm: qkNormIf(c, 'qk_layernorm', false, 'full'),
      frame: { norm: 'layer' },
    }),
  nemotron: (c) => decoder(c, { block: plain(c), frame: { norm: 'layer' } }),
  exaone4,
  seed_oss: (c) =>
    decoder(c, {
      qkvBias: c.flag('attention_bias', true),
      outBias: c.flag('attention_out_bias', false),
    }),
  internlm: (c) => decoder(c, { qkvBias: c.flag('bias', true), outBias: c.flag('bias', true) }),
  internlm2: (c) =>
    decoder(c, {
      qkvBias: c.flag('bias', false) || c.flag('qkv_bias', false),
      outBias: c.flag('bias', false),
    }),
  baichuan: (c) => decoder(c, { fusedQkv: true }),
  minicpm: (c) => decoder(c, { frame: { tied: true } }),
  hunyuan_v1_dense: (c) => decoder(c, { qkNorm: qkNormIf(c, 'use_qk_norm', true) }),
  apertus: (c) =>
    decoder(c, {
      qkNorm: 'head',
      block: plain(c),
      extras: [{ name: 'shape of the activation', kind: 'vector', parameters: 2 }],
    }),
  orion: (c) => decoder(c, { frame: { norm: 'layer' } }),
  mllama: llamaVision,
  gpt2: (c) =>
    decoder(c, {
      ...BIASED,
      block: plain(c, true, fourfold(c, 'n_inner')),
      frame: { tied: true, norm: 'layer', positions: contextOf(c) },
    }),
  gpt_bigcode: (c) =>
    decoder(c, {
      ...BIASED,
      kvHeads: c.flag('multi_query', true) ? 1 : undefined,
      block: plain(c, true, fourfold(c, 'n_inner')),
      frame: { tied: true, norm: 'layer', positions: contextOf(c) },
    }),
  gpt_neo: (c) => {
    const kinds = c.words('attention_layers');
    return decoder(c, {
      outBias: true,
      window: c.count('window_size', 256),
      isLocal: (index) => (kinds ? kinds[index] === 'local' : index % 2 === 1),
      block: plain(c, true, fourfold(c, 'intermediate_size')),
      frame: { tied: true, norm: 'layer', positions: contextOf(c) },
    });
  },
  gptj: (c) =>
    decoder(c, {
      norms: 1,
      block: plain(c, true, fourfold(c, 'n_inner')),
      frame: { norm: 'layer', headBias: true },
    }),
  gpt_neox: (c) => {
    const bias = c.flag('attention_bias', true);
    const flags = { qkvBias: bias, outBias: bias, fusedQkv: true };
    return decoder(c, { ...flags, block: plain(c, true), frame: { norm: 'layer' } });
  },
  opt,
  bloom: (c) => {
    const { hidden } = sizesOf(c);
    const extra = { name: 'embedding LayerNorm', kind: 'vector', parameters: 2 * hidden } as const;
    const frame = { tied: true, norm: 'layer', extras: [extra] } as const;
    return decoder(c, { ...BIASED, block: plain(c, true, 4 * hidden), frame });
  },
  falcon,
  mpt,
} satisfies Record<string, ReadFamily>;
