import type { Extra, FeedForward } from '../model-shape.ts';
import { decoderBase, eachLayer, gated, type Layer, type Plan, softmax } from './layers.ts';
import type { Reader } from './reader.ts';

/** Plans of encoder-decoders list the layers of both. */
export type EncoderPlan = Omit<Plan, 'encoderLayers'> & { encoder?: readonly Layer[] };

function encoderFrame(
  c: Reader,
  sizes: { hidden: number; heads: number; layers: number; width: number },
  positions: number,
  pooler: boolean,
): EncoderPlan {
  const { hidden, heads, layers, width } = sizes;
  const attention = softmax(
    { heads, kvHeads: heads, keyDim: hidden / heads },
    { qkvBias: true, outBias: true },
  );
  const feedForward: FeedForward = { kind: 'dense', width, gated: false, bias: true };
  const frame = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_position_embeddings', 512),
  };
  const extra: Extra = { name: 'pooler', kind: 'matrix', parameters: hidden * hidden + hidden };
  return {
    ...decoderBase(frame, true),
    kind: 'encoder',
    head: false,
    norm: 'layer',
    positions,
    layers: eachLayer(layers, () => ({ attention, feedForward, norms: 2 })),
    ...(pooler ? { extras: [extra] } : {}),
  };
}

/** BERT: learned positions and segments, a pooler; the norm after the embedding counts as final. */
export function bert(c: Reader): EncoderPlan {
  const sizes = {
    hidden: c.count('hidden_size'),
    heads: c.count('num_attention_heads'),
    layers: c.count('num_hidden_layers'),
    width: c.count('intermediate_size'),
  };
  const rows = c.count('max_position_embeddings', 512) + c.count('type_vocab_size', 2);
  return encoderFrame(c, sizes, rows, true);
}

/** DistilBERT: BERT without segments and pooler. */
export function distilBert(c: Reader): EncoderPlan {
  const sizes = {
    hidden: c.count('dim'),
    heads: c.count('n_heads'),
    layers: c.count('n_layers'),
    width: c.count('hidden_dim'),
  };
  return encoderFrame(c, sizes, c.count('max_position_embeddings', 512), false);
}

/** T5 and its kin: relative positions in the first layers (every layer in UMT5), no biases. */
export function t5(c: Reader): EncoderPlan {
  const hidden = c.count('d_model');
  const heads = c.count('num_heads');
  const width = c.count('d_ff');
  const isGated = (c.text('feed_forward_proj') ?? 'relu').startsWith('gated');
  const attention = softmax({ heads, kvHeads: heads, keyDim: c.count('d_kv', 64) });
  const feedForward: FeedForward = { kind: 'dense', width, gated: isGated };
  const layers = c.count('num_layers');
  const decoderLayers = c.count('num_decoder_layers', layers);
  const tables = c.text('model_type') === 'umt5' ? layers + decoderLayers : 2;
  const buckets = c.count('relative_attention_num_buckets', 32);
  const frame = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('n_positions', 512),
  };
  return {
    ...decoderBase(frame, c.flag('tie_word_embeddings', true)),
    kind: 'encoder-decoder',
    finalNorms: 2,
    layers: eachLayer(decoderLayers, () => ({
      attention,
      feedForward,
      norms: 3,
      cross: attention,
    })),
    encoder: eachLayer(layers, () => ({ attention, feedForward, norms: 2 })),
    extras: [
      {
        name: 'relative position tables',
        kind: 'vector',
        parameters: tables * buckets * heads,
      },
    ],
  };
}

/** ModernBERT: gated blocks, no biases, norms without bias; the first layer has one norm less. */
export function modernBert(c: Reader): EncoderPlan {
  const hidden = c.count('hidden_size');
  const heads = c.count('num_attention_heads');
  const bias = c.flag('attention_bias', false);
  if (c.flag('norm_bias', false)) c.refuse("norm_bias isn't supported.");
  const attention = softmax(
    { heads, kvHeads: heads, keyDim: hidden / heads },
    { qkvBias: bias, outBias: bias, fusedQkv: true },
  );
  const feedForward = gated(c.count('intermediate_size'), c.flag('mlp_bias', false));
  const frame = {
    hidden,
    vocabulary: c.count('vocab_size'),
    maxContext: c.count('max_position_embeddings', 8192),
  };
  return {
    ...decoderBase(frame, true),
    kind: 'encoder',
    head: false,
    finalNorms: 2,
    layers: eachLayer(c.count('num_hidden_layers'), (index) => ({
      attention,
      feedForward,
      norms: index === 0 ? 1 : 2,
    })),
  };
}

/** DeBERTa 2 and 3: positions as a table of distances that all layers share. */
export function deberta(c: Reader): EncoderPlan {
  const sizes = {
    hidden: c.count('hidden_size'),
    heads: c.count('num_attention_heads'),
    layers: c.count('num_hidden_layers'),
    width: c.count('intermediate_size'),
  };
  const context = c.count('max_position_embeddings', 512);
  if (!c.flag('share_att_key', false)) c.refuse('share_att_key must be true.');
  const rows = 2 * c.count('position_buckets', context);
  const absolute = c.flag('position_biased_input', true) ? context : 0;
  const plan = encoderFrame(c, sizes, absolute + (c.optional('type_vocab_size') ?? 0), false);
  const { positions, ...rest } = plan;
  return {
    ...rest,
    ...(positions ? { positions } : {}),
    finalNorms: 2,
    extras: [{ name: 'table of distances', kind: 'matrix', parameters: rows * sizes.hidden }],
  };
}

/** ELECTRA: BERT without a pooler. */
export function electra(c: Reader): EncoderPlan {
  const hidden = c.count('hidden_size');
  if (c.count('embedding_size', hidden) !== hidden) {
    c.refuse("An embedding_size other than hidden_size isn't supported.");
  }
  const sizes = {
    hidden,
    heads: c.count('num_attention_heads'),
    layers: c.count('num_hidden_layers'),
    width: c.count('intermediate_size'),
  };
  const rows = c.count('max_position_embeddings', 512) + c.count('type_vocab_size', 2);
  return encoderFrame(c, sizes, rows, false);
}
