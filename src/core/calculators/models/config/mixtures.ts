import type { CompressedAttention, Extra, FeedForward, LatentAttention } from '../model-shape.ts';
import { qwenWindow } from './dense.ts';
import { gemma3n, gemma4 } from './gemma.ts';
import {
  decoder,
  gated,
  isLocal,
  mixture,
  onlyTrue,
  type Plan,
  type ReadFamily,
  sizesOf,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

const widthOf = (c: Reader) => c.count('intermediate_size');
const expertWidth = (c: Reader) => c.count('moe_intermediate_size');

const qkNormIf = (c: Reader, fallback: boolean) =>
  c.flag('use_qk_norm', fallback) ? ('head' as const) : undefined;

/** Experts with shared experts of the same width, as DeepSeek lays them out. */
function deepSeekExperts(c: Reader, routerBias: boolean): FeedForward {
  const width = expertWidth(c);
  const shared = c.optional('n_shared_experts') ?? c.optional('num_shared_experts');
  return mixture(c, width, { routerBias, sharedWidth: shared ? shared * width : undefined });
}

/** Dense layers first, experts after them (and in every so many layers). */
export function deepSeekBlocks(c: Reader, routerBias: boolean): (index: number) => FeedForward {
  if (c.optional(['n_routed_experts', 'num_experts']) === undefined) {
    const dense = gated(widthOf(c));
    return () => dense;
  }
  const first = c.optional('first_k_dense_replace') ?? 0;
  const moe = deepSeekExperts(c, routerBias);
  const pattern = c.numbers('moe_layer_freq');
  const every = pattern ? 1 : c.count('moe_layer_freq', 1);
  const hasDense = first > 0 || every > 1 || pattern?.includes(0);
  const dense = hasDense ? gated(widthOf(c)) : moe;
  return (index) => {
    if (pattern) return pattern[index] === 0 ? dense : moe;
    return index >= first && index % every === 0 ? moe : dense;
  };
}

const indexer = (c: Reader) => ({
  heads: c.count('index_n_heads'),
  headDim: c.count('index_head_dim'),
});

/** A latent for all heads. */
export function latentAttention(
  c: Reader,
  { hasIndexer = false, valueDim }: { hasIndexer?: boolean; valueDim?: number } = {},
): LatentAttention {
  const queryRank = c.optional('q_lora_rank');
  return {
    kind: 'mla',
    heads: sizesOf(c, true).heads,
    ...(queryRank ? { queryRank } : {}),
    kvRank: c.count('kv_lora_rank'),
    nopeDim: c.count('qk_nope_head_dim'),
    ropeDim: c.count('qk_rope_head_dim'),
    valueDim: c.count('v_head_dim', valueDim),
    ...onlyTrue({ bias: c.flag('attention_bias', false) }),
    ...(hasIndexer ? { indexer: indexer(c) } : {}),
  };
}

function latentDecoder(c: Reader, routerBias: boolean, hasIndexer = false): Plan {
  const attention = latentAttention(c, { hasIndexer });
  const block = deepSeekBlocks(c, routerBias);
  return decoder(c, { sizes: sizesOf(c, true), attention: () => attention, block });
}

/** MiniCPM 3: a latent, and values as wide as a head of the hidden size. */
function miniCpm3(c: Reader): Plan {
  const sizes = sizesOf(c, true);
  const attention = latentAttention(c, { valueDim: sizes.hidden / sizes.heads });
  return decoder(c, { sizes, attention: () => attention, frame: { tied: true } });
}

/** The tokens of an entry in layers whose entries overlap and are picked by an indexer. */
const SPARSE_RATIO = 4;

function compressedAttention(c: Reader, ratio: number): CompressedAttention {
  return {
    kind: 'compressed',
    heads: c.count('num_attention_heads'),
    keyDim: c.count('head_dim'),
    queryRank: c.count('q_lora_rank'),
    window: c.count('sliding_window'),
    ...(ratio > 0 ? { ratio } : {}),
    ...(ratio === SPARSE_RATIO
      ? { overlaps: true, topK: c.count('index_topk'), indexer: indexer(c) }
      : {}),
    outGroups: c.count('o_groups'),
    outRank: c.count('o_lora_rank'),
  };
}

/**
 * DeepSeek-V4: each layer sees a window and, by its ratio, entries that older tokens are pooled into.
 * The first layers pick their experts by the token and have no bias in the router.
 *
 * @see https://github.com/huggingface/transformers/blob/main/src/transformers/models/deepseek_v4/modular_deepseek_v4.py
 */
function deepSeekV4(c: Reader): Plan {
  const sizes = sizesOf(c, true);
  const ratios = c.numbers('compress_ratios') ?? [];
  if (ratios.length < sizes.layers) c.refuse('compress_ratios must name every layer.');
  const hashed = c.optional('num_hash_layers') ?? 0;
  const streams = c.count('hc_mult');
  const outputs = (2 + streams) * streams;
  const mixed = (parameters: number): Extra[] => [
    { name: 'mixing of the residual streams', kind: 'vector', parameters },
  ];
  return decoder(c, {
    sizes,
    attention: (index) => compressedAttention(c, ratios[index] ?? 0),
    block: (index) => deepSeekExperts(c, index >= hashed),
    extras: mixed(2 * (outputs * streams * sizes.hidden + outputs + 3)),
    frame: { extras: mixed(streams * streams * sizes.hidden + streams + 1) },
  });
}

/** Qwen's blocks: experts in every so many layers, but for the layers that are listed. */
export function qwenBlocks(c: Reader): (index: number) => FeedForward {
  const sharedWidth = c.optional('shared_expert_intermediate_size');
  const moe = mixture(c, expertWidth(c), { sharedWidth, sharedGate: sharedWidth !== undefined });
  const step = c.count('decoder_sparse_step', 1);
  const denseLayers = c.numbers('mlp_only_layers') ?? [];
  const dense = step > 1 || denseLayers.length > 0 ? gated(widthOf(c)) : moe;
  return (index) => (denseLayers.includes(index) || (index + 1) % step !== 0 ? dense : moe);
}

/** Llama 4: chunks in three layers of four, experts and a shared expert in every or every other layer. */
function llama4(c: Reader): Plan {
  const chunk = c.optional('attention_chunk_size');
  const types = c.words('layer_types');
  const rope = c.numbers('no_rope_layers');
  const every = c.count('no_rope_layer_interval', 4);
  const step = c.count('interleave_moe_layer_step', 1);
  const listed = c.numbers('moe_layers');
  const width = widthOf(c);
  const dense = gated(c.count('intermediate_size_mlp', width));
  const moe = mixture(c, width, { sharedWidth: width });
  const isChunked = (index: number) => {
    if (types) return isLocal(types, index, undefined);
    return rope && rope.length > index ? rope[index] === 1 : (index + 1) % every !== 0;
  };
  const plan = decoder(c, {
    window: chunk,
    isLocal: isChunked,
    block: (index) => ((listed ? listed.includes(index) : (index + 1) % step === 0) ? moe : dense),
  });
  const layers = plan.layers.map((layer) =>
    layer.attention.kind === 'window'
      ? { ...layer, attention: { ...layer.attention, kind: 'chunked' as const } }
      : layer,
  );
  return { ...plan, layers };
}

const miniMaxExperts = (c: Reader, width: number) =>
  mixture(c, width, {
    routerBias: c.flag('use_routing_bias', true),
    sharedWidth: c.optional('shared_intermediate_size'),
  });

/** MiniMax-M3: dense layers first, and an indexer that picks blocks of tokens in the layers behind them. */
function miniMaxM3(c: Reader): Plan {
  const sparse = c.object('sparse_attention_config');
  const isSparse = sparse.numbers('sparse_attention_freq');
  const hasExperts = c.numbers('moe_layer_freq');
  const experts = miniMaxExperts(c, c.count(['moe_intermediate_size', 'intermediate_size']));
  const picking = () => ({
    ...softmax(sizesOf(c), { qkNorm: 'head' }),
    indexer: {
      heads: sparse.count('sparse_num_index_heads'),
      headDim: sparse.count('sparse_index_dim'),
    },
  });
  return decoder(c, {
    qkNorm: 'head',
    attention: (index) => (isSparse?.[index] ? picking() : undefined),
    block: (index) => (hasExperts?.[index] ? experts : gated(c.count('dense_intermediate_size'))),
  });
}

/** MiMo-V2: local layers with heads of their own, by a list. */
function miMoV2(c: Reader): Plan {
  const { heads, kvHeads, keyDim } = sizesOf(c);
  const pattern = c.numbers('hybrid_layer_pattern');
  const types = c.words('layer_types');
  if (!pattern && !types) c.refuse('hybrid_layer_pattern is missing.');
  const valueDim = c.count('v_head_dim', keyDim);
  const local = softmax(
    {
      heads: c.count('swa_num_attention_heads', heads),
      kvHeads: c.count('swa_num_key_value_heads', kvHeads),
      keyDim: c.count('swa_head_dim', keyDim),
    },
    {
      valueDim: c.count('swa_v_head_dim', valueDim),
      window: c.count(['sliding_window_size', 'sliding_window'], 128),
      qkvBias: c.flag('attention_bias', false),
      sinks: c.flag('add_swa_attention_sink_bias', false),
    },
  );
  const isWindow = (index: number) =>
    pattern ? pattern[index] === 1 : isLocal(types, index, undefined);
  return decoder(c, {
    valueDim,
    outBias: false,
    sinks: c.flag('add_full_attention_sink_bias', false),
    attention: (index) => (isWindow(index) ? local : undefined),
    block: deepSeekBlocks(c, true),
  });
}

/** Sizes in two nested objects. */
function dbrx(c: Reader): Plan {
  const experts = c.object('ffn_config');
  return decoder(c, {
    kvHeads: c.object('attn_config').count('kv_n_heads', sizesOf(c).heads),
    fusedQkv: true,
    block: mixture(experts, experts.count('ffn_hidden_size'), {
      activeExperts: experts.count('moe_top_k'),
    }),
  });
}

/** Grok-1 ties its tables; Grok-2 (whose file says `git`) runs a dense block beside the experts. */
function grok(c: Reader): Plan {
  const width = widthOf(c);
  const isResidual = c.flag('residual_moe', false);
  return decoder(c, {
    norms: 4,
    block: mixture(c, c.count('moe_intermediate_size', width), {
      besideWidth: isResidual ? width : undefined,
    }),
    frame: { tied: !isResidual },
  });
}

/** ERNIE 4.5 with experts: dense layers first, shared experts, a bias for each expert in the router. */
function ernieMoe(c: Reader): Plan {
  const bias = c.flag('use_bias', false);
  const width = expertWidth(c);
  const shared = c.optional('moe_num_shared_experts');
  const dense = gated(widthOf(c), bias);
  const moe = mixture(c, width, {
    activeExperts: c.count('moe_k'),
    routerBias: true,
    sharedWidth: shared ? shared * width : undefined,
  });
  const first = c.optional('moe_layer_start_index') ?? 0;
  const every = c.count('moe_layer_interval', 1);
  const last = c.optional('moe_layer_end_index') ?? Infinity;
  const isMoe = (index: number) => index >= first && index <= last && (index + 1) % every === 0;
  return decoder(c, {
    qkvBias: bias,
    outBias: bias,
    block: (index) => (isMoe(index) ? moe : dense),
    frame: { tied: true },
  });
}

/** The number that all layers share in a list of one for each layer, or the number itself. */
function sameInAll(c: Reader, name: string, fallback = 1): number {
  const list = c.numbers(name);
  if (!list) return c.count(name, fallback);
  const [first = 1] = list;
  if (list.some((each) => each !== first))
    c.refuse(`${name} differs between layers, which isn't supported.`);
  return first;
}

/** Hunyuan with experts and a shared expert in every layer. */
function hunyuanMoe(c: Reader): Plan {
  if (c.flag('use_cla', false)) c.refuse("use_cla isn't supported.");
  const width = sameInAll(c, 'moe_intermediate_size', c.optional('intermediate_size'));
  const isShared = c.flag('use_mixed_mlp_moe', true);
  return decoder(c, {
    qkNorm: qkNormIf(c, true),
    block: mixture(c, width, {
      experts: sameInAll(c, 'num_experts'),
      activeExperts: sameInAll(c, 'moe_topk'),
      sharedWidth: isShared ? sameInAll(c, 'num_shared_expert') * width : undefined,
    }),
  });
}

/** Decoders with experts, with a latent, or with layers of several widths, by their model_type. */
export const MIXTURES = {
  mixtral: (c) =>
    decoder(c, { window: c.optional('sliding_window'), block: mixture(c, widthOf(c)) }),
  llama4,
  gpt_oss: (c) => {
    const bias = c.flag('attention_bias', true);
    return decoder(c, {
      qkvBias: bias,
      outBias: bias,
      sinks: true,
      window: c.count('sliding_window', 128),
      every: 2,
      block: mixture(c, widthOf(c), { expertBias: true, routerBias: true }),
    });
  },
  qwen2_moe: (c) =>
    decoder(c, { qkvBias: true, outBias: false, ...qwenWindow(c), block: qwenBlocks(c) }),
  qwen3_moe: (c) => decoder(c, { qkNorm: 'head', ...qwenWindow(c), block: qwenBlocks(c) }),
  gemma3n,
  gemma4,
  deepseek: (c) => decoder(c, { block: deepSeekBlocks(c, false) }),
  deepseek_v2: (c) => latentDecoder(c, c.text('topk_method') === 'noaux_tc'),
  deepseek_v3: (c) => latentDecoder(c, true),
  deepseek_v32: (c) => latentDecoder(c, true, true),
  deepseek_v4: deepSeekV4,
  minicpm3: miniCpm3,
  dots1: (c) => decoder(c, { qkNorm: 'head', block: deepSeekBlocks(c, true) }),
  glm4_moe: (c) =>
    decoder(c, { outBias: false, qkNorm: qkNormIf(c, false), block: deepSeekBlocks(c, true) }),
  bailing_moe: (c) =>
    decoder(c, {
      qkvBias: c.flag('use_qkv_bias', false),
      outBias: false,
      qkNorm: qkNormIf(c, false),
      block: deepSeekBlocks(c, c.flag('moe_router_enable_expert_bias', false)),
    }),
  minimax_m2: (c) =>
    decoder(c, {
      qkNorm: c.flag('use_qk_norm', true) ? 'full' : undefined,
      block: miniMaxExperts(c, widthOf(c)),
    }),
  minimax_m3: miniMaxM3,
  mimo_v2_flash: miMoV2,
  olmoe: (c) => decoder(c, { qkNorm: 'full', block: mixture(c, widthOf(c)) }),
  phimoe: (c) =>
    decoder(c, {
      window: c.optional('sliding_window'),
      isLocal: () => true,
      block: mixture(c, widthOf(c)),
      frame: { norm: 'layer', ...onlyTrue({ headBias: c.flag('lm_head_bias', false) }) },
    }),
  granitemoe: (c) => {
    const sharedWidth = c.optional('shared_intermediate_size');
    return decoder(c, { block: mixture(c, widthOf(c), { sharedWidth }) });
  },
  dbrx,
  'grok-1': grok,
  ernie4_5_moe: ernieMoe,
  hunyuan_v1_moe: hunyuanMoe,
} satisfies Record<string, ReadFamily>;
