import type { Attention, FeedForward } from '../model-shape.ts';
import {
  frameOf,
  gated,
  type Layer,
  linear,
  mixture,
  type Plan,
  sizesOf,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

const NO_ATTENTION: Attention = { kind: 'none' };
const NO_BLOCK: FeedForward = { kind: 'none' };

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
    kinds?.map((kind) => NEMOTRON_LETTERS.get(kind) ?? '?').join('') ??
    '';
  const layers = c.optional('num_hidden_layers') ?? pattern.length;
  if (pattern === '' || pattern.length !== layers)
    c.refuse('hybrid_override_pattern or layers_block_type must name every layer.');
  return pattern;
}

function nemotronExperts(c: Reader): FeedForward {
  const shared = c.optional('moe_shared_expert_intermediate_size');
  return mixture(c, c.count('moe_intermediate_size'), {
    gated: false,
    routerBias: true,
    sharedWidth: shared ? shared * c.count('n_shared_experts', 1) : undefined,
    latent: c.optional('moe_latent_size'),
  });
}

/** Nemotron-H: each layer is a Mamba-2, attention, dense or expert block, by a pattern of letters. */
export function nemotronH(c: Reader): Plan {
  const hidden = c.count('hidden_size');
  const pattern = nemotronPattern(c);
  const state = linear('mamba2', {
    keyHeads: c.count('n_groups'),
    valueHeads: c.count('mamba_num_heads'),
    keyDim: c.count('ssm_state_size'),
    valueDim: c.count('mamba_head_dim'),
    convKernel: c.count('conv_kernel', 4),
    convBias: c.flag('use_conv_bias', true),
  });
  const heads = c.count('num_attention_heads');
  const full = softmax({
    heads,
    kvHeads: c.count('num_key_value_heads', heads),
    keyDim: c.count(['head_dim', 'attention_head_dim'], hidden / heads),
  });
  const blockOf = (letter: string): FeedForward => {
    if (letter === 'E') return nemotronExperts(c);
    if (letter !== '-') c.refuse(`I don't know this hybrid's layer kind "${letter}".`);
    return { kind: 'dense', width: c.count('intermediate_size'), gated: false };
  };
  const layerOf = (letter: string): Layer =>
    letter === 'M' || letter === '*'
      ? { attention: letter === 'M' ? state : full, feedForward: NO_BLOCK, norms: 1 }
      : { attention: NO_ATTENTION, feedForward: blockOf(letter), norms: 1 };
  const maxContext = c.count('max_position_embeddings', 2048);
  const sizes = { hidden, vocabulary: c.count('vocab_size'), maxContext };
  return { ...frameOf(c, sizes), layers: Array.from(pattern, layerOf) };
}

/** Nemotron Super and Ultra from a Llama: a search took the attention or some of the width of its layers away. */
export function nemotronNas(c: Reader): Plan {
  const sizes = sizesOf(c);
  const blocks = c.objects('block_configs');
  if (blocks.length !== sizes.layers) c.refuse('block_configs must name every layer.');
  const layers = blocks.map((block): Layer => {
    const [attention, ffn] = [block.object('attention'), block.object('ffn')];
    if (attention.flag('replace_with_linear', false) || ffn.flag('replace_with_linear', false))
      c.refuse("replace_with_linear isn't supported.");
    const hasAttention = !attention.flag('no_op', false);
    const hasFfn = !ffn.flag('no_op', false);
    const kvHeads = hasAttention ? sizes.heads / attention.count('n_heads_in_group') : 1;
    // As the reference code rounds it.
    const width = Math.floor(((ffn.decimal('ffn_mult') ?? 1) * 2 * sizes.hidden) / 3);
    return {
      attention: hasAttention ? softmax({ ...sizes, kvHeads }) : NO_ATTENTION,
      feedForward: hasFfn ? gated(Math.ceil(width / 256) * 256) : NO_BLOCK,
      norms: Number(hasAttention) + Number(hasFfn),
    };
  });
  return { ...frameOf(c, sizes), layers };
}
