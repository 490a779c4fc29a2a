import type { Attention, FeedForward, LinearAttention, SoftmaxAttention } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  gated,
  type Layer,
  onlyTrue,
  type Plan,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

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
    if (letter !== '-') c.refuse(`I don't know this hybrid's layer kind "${letter}".`);
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

/** Nemotron Super and Ultra from a Llama: a search took the attention or some of the width of its layers away. */
export function nemotronNas(c: Reader): Plan {
  const sizes = commonSizes(c);
  const blocks = c.objects('block_configs');
  if (blocks.length !== sizes.layers) c.refuse('block_configs must name every layer.');
  const none: Attention = { kind: 'none' };
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
      attention: hasAttention ? softmax({ ...sizes, kvHeads }) : none,
      feedForward: hasFfn ? gated(Math.ceil(width / 256) * 256) : { kind: 'none' },
      norms: Number(hasAttention) + Number(hasFfn),
    };
  });
  return { ...decoderBase(sizes, c.flag('tie_word_embeddings', false)), layers };
}
