import type { FeedForward } from '../model-shape.ts';
import { expertsWithAttention } from './deepseek.ts';
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

/** DBRX: norms without bias, one matrix for query, key and value, sizes in two nested objects. */
export function dbrx(c: Reader): Plan {
  const hidden = c.count('d_model');
  const heads = c.count('n_heads');
  const attention = c.object('attn_config');
  const experts = c.object('ffn_config');
  const layer = {
    attention: softmax(
      { heads, kvHeads: attention.count('kv_n_heads', heads), keyDim: hidden / heads },
      { fusedQkv: true },
    ),
    feedForward: {
      kind: 'moe',
      experts: experts.count('moe_num_experts'),
      activeExperts: experts.count('moe_top_k'),
      width: experts.count('ffn_hidden_size'),
      gated: true,
    } as const,
    norms: 2,
  };
  const sizes = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_seq_len', 2048),
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(c.count('n_layers'), () => layer),
  };
}

/**
 * Grok-1 and Grok-2 (whose file says `git`): four norms in a layer. Grok-1 ties its tables, Grok-2 runs
 * a dense block beside the experts.
 */
export function grok(c: Reader): Plan {
  const sizes = commonSizes(c);
  const width = c.count('intermediate_size');
  const isResidual = c.flag('residual_moe', false);
  const layer = {
    attention: softmax(sizes),
    feedForward: {
      kind: 'moe',
      experts: c.count(['num_local_experts', 'num_experts']),
      activeExperts: c.count('num_experts_per_tok'),
      width: c.count('moe_intermediate_size', width),
      gated: true,
      ...(isResidual ? { besideWidth: width } : {}),
    } as const,
    norms: 4,
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', !isResidual)),
    layers: eachLayer(sizes.layers, () => layer),
  };
}

/** ERNIE 4.5 with experts: dense layers first, shared experts, a bias for each expert in the router. */
export function ernieMoe(c: Reader): Plan {
  const sizes = commonSizes(c);
  const bias = c.flag('use_bias', false);
  const width = c.count('moe_intermediate_size');
  const shared = c.optional('moe_num_shared_experts');
  const dense = gated(c.count('intermediate_size'), bias);
  const moe = {
    kind: 'moe',
    experts: c.count('moe_num_experts'),
    activeExperts: c.count('moe_k'),
    width,
    gated: true,
    ...onlyTrue({ routerBias: true, sharedWidth: shared ? shared * width : undefined }),
  } as FeedForward;
  const first = c.optional('moe_layer_start_index') ?? 0;
  const every = c.count('moe_layer_interval', 1);
  const last = c.optional('moe_layer_end_index') ?? sizes.layers - 1;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', true)),
    layers: eachLayer(sizes.layers, (index) => ({
      attention: softmax(sizes, { qkvBias: bias, outBias: bias }),
      feedForward: index >= first && index <= last && (index + 1) % every === 0 ? moe : dense,
      norms: 2,
    })),
  };
}

/** The number that all layers share in a list of one for each layer, or the number itself. */
function sameInAll(c: Reader, name: string): number {
  const list = c.numbers(name);
  if (!list) return c.count(name, 1);
  const [first = 1] = list;
  if (list.some((each) => each !== first))
    c.refuse(`${name} differs between layers, which isn't supported.`);
  return first;
}

/** Hunyuan with experts and a shared expert in every layer. */
export function hunyuanMoe(c: Reader): Plan {
  if (c.flag('use_cla', false)) c.refuse("use_cla isn't supported.");
  const sizes = commonSizes(c);
  const width = c.numbers('moe_intermediate_size')
    ? sameInAll(c, 'moe_intermediate_size')
    : c.count('moe_intermediate_size', c.count('intermediate_size'));
  const feedForward = {
    kind: 'moe',
    experts: sameInAll(c, 'num_experts'),
    activeExperts: sameInAll(c, 'moe_topk'),
    width,
    gated: true,
    ...onlyTrue({
      sharedWidth: c.flag('use_mixed_mlp_moe', true)
        ? sameInAll(c, 'num_shared_expert') * width
        : undefined,
    }),
  } as FeedForward;
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, () => ({
      attention: softmax(sizes, c.flag('use_qk_norm', true) ? { qkNorm: 'head' } : {}),
      feedForward,
      norms: 2,
    })),
  };
}

/** Ling and Ring: DeepSeek's experts, norms on query and key heads in the second generation. */
export function bailing(c: Reader): Plan {
  return expertsWithAttention(c, {
    routerBias: c.flag('moe_router_enable_expert_bias', false),
    qkvBias: c.flag('use_qkv_bias', false),
    qkNorm: c.flag('use_qk_norm', false) ? 'head' : undefined,
  });
}
