import type { Extra, FeedForward } from '../model-shape.ts';
import { decoderBase, eachLayer, type Layer, type Plan, softmax } from './layers.ts';
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

/** BART: learned positions on both sides, biases everywhere, a norm after each embedding. */
export function bart(c: Reader): EncoderPlan {
  const hidden = c.count('d_model');
  const positions = c.count('max_position_embeddings', 1024);
  const side = (name: 'encoder' | 'decoder') => {
    const heads = c.count(`${name}_attention_heads`);
    const width = c.count(`${name}_ffn_dim`);
    return {
      layers: c.count(`${name}_layers`),
      attention: softmax(
        { heads, kvHeads: heads, keyDim: hidden / heads },
        { qkvBias: true, outBias: true },
      ),
      feedForward: { kind: 'dense', width, gated: false, bias: true } as const,
    };
  };
  const encoder = side('encoder');
  const decoder = side('decoder');
  const frame = { hidden, vocabulary: c.count('vocab_size'), maxContext: positions };
  return {
    ...decoderBase(frame, c.flag('tie_word_embeddings', true)),
    kind: 'encoder-decoder',
    norm: 'layer',
    finalNorms: 2,
    positions: 2 * (positions + 2),
    layers: eachLayer(decoder.layers, () => ({
      attention: decoder.attention,
      feedForward: decoder.feedForward,
      norms: 3,
      cross: decoder.attention,
    })),
    encoder: eachLayer(encoder.layers, () => ({
      attention: encoder.attention,
      feedForward: encoder.feedForward,
      norms: 2,
    })),
  };
}
