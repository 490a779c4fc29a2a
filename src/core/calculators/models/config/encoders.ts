import type { DenseFeedForward, Extra } from '../model-shape.ts';
import {
  decoder,
  eachLayer,
  frameOf,
  gated,
  type Plan,
  plain,
  type ReadFamily,
  sizesOf,
  softmax,
} from './layers.ts';
import type { Reader } from './reader.ts';

const contextOf = (c: Reader) => c.count('max_position_embeddings', 512);

/** An encoder of BERT's kind, with what differs outside its layers; the norm after the embedding counts as final. */
function encoder(c: Reader, frame: Partial<Omit<Plan, 'layers'>>): Plan {
  const plan = decoder(c, {
    sizes: { ...sizesOf(c), maxContext: contextOf(c) },
    qkvBias: true,
    outBias: true,
    block: plain(c, true, c.count(['intermediate_size', 'hidden_dim'])),
    frame: { kind: 'encoder', head: false, norm: 'layer', ...frame },
  });
  return { ...plan, tied: true };
}

/** Learned positions and segments. */
const rowsOf = (c: Reader) => contextOf(c) + c.count('type_vocab_size', 2);

function bert(c: Reader): Plan {
  const { hidden } = sizesOf(c);
  const pooler: Extra = { name: 'pooler', kind: 'matrix', parameters: hidden * hidden + hidden };
  return encoder(c, { positions: rowsOf(c), extras: [pooler] });
}

/** BERT without a pooler. */
function electra(c: Reader): Plan {
  const { hidden } = sizesOf(c);
  if (c.count('embedding_size', hidden) !== hidden)
    c.refuse("An embedding_size other than hidden_size isn't supported.");
  return encoder(c, { positions: rowsOf(c) });
}

/** DeBERTa 2 and 3: positions as a table of distances that all layers share. */
function deberta(c: Reader): Plan {
  if (!c.flag('share_att_key', false)) c.refuse('share_att_key must be true.');
  const rows = 2 * c.count('position_buckets', contextOf(c));
  const absolute = c.flag('position_biased_input', true) ? contextOf(c) : 0;
  const positions = absolute + (c.optional('type_vocab_size') ?? 0);
  const parameters = rows * sizesOf(c).hidden;
  return encoder(c, {
    ...(positions ? { positions } : {}),
    finalNorms: 2,
    extras: [{ name: 'table of distances', kind: 'matrix', parameters }],
  });
}

/** ModernBERT: gated blocks, no biases, norms without bias; the first layer has one norm less. */
function modernBert(c: Reader): Plan {
  if (c.flag('norm_bias', false)) c.refuse("norm_bias isn't supported.");
  const plan = decoder(c, {
    sizes: { ...sizesOf(c), maxContext: c.count('max_position_embeddings', 8192) },
    fusedQkv: true,
    isLocal: () => false,
    block: gated(c.count('intermediate_size'), c.flag('mlp_bias', false)),
    frame: { kind: 'encoder', head: false, finalNorms: 2 },
  });
  const layers = plan.layers.map((layer, index) => (index === 0 ? { ...layer, norms: 1 } : layer));
  return { ...plan, tied: true, layers };
}

/** T5 and its kin: relative positions in the first layers (every layer in UMT5), no biases. */
const t5 =
  (tied: boolean) =>
  (c: Reader): Plan => {
    const heads = c.count('num_heads');
    const isGated = (c.text('feed_forward_proj') ?? 'relu').startsWith('gated');
    const attention = softmax({ heads, kvHeads: heads, keyDim: c.count('d_kv', 64) });
    const feedForward: DenseFeedForward = { kind: 'dense', width: c.count('d_ff'), gated: isGated };
    const layers = c.count('num_layers');
    const decoderLayers = c.count('num_decoder_layers', layers);
    const tables = c.text('model_type') === 'umt5' ? layers + decoderLayers : 2;
    const parameters = tables * c.count('relative_attention_num_buckets', 32) * heads;
    const sizes = {
      hidden: c.count('d_model'),
      vocabulary: c.count('vocab_size'),
      maxContext: c.count('n_positions', 512),
    };
    const extras: Extra[] = [{ name: 'relative position tables', kind: 'vector', parameters }];
    const layer = { attention, feedForward };
    return {
      ...frameOf(c, sizes, { tied, kind: 'encoder-decoder', finalNorms: 2, extras }),
      layers: eachLayer(decoderLayers, () => ({ ...layer, norms: 3, cross: attention })),
      encoder: eachLayer(layers, () => ({ ...layer, norms: 2 })),
    };
  };

function side(c: Reader, name: 'encoder' | 'decoder', plainKey: boolean) {
  const heads = c.count(`${name}_attention_heads`);
  const sizes = { heads, kvHeads: heads, keyDim: c.count('d_model') / heads };
  const attention = softmax(sizes, { qkvBias: true, outBias: true, plainKey });
  return { attention, feedForward: plain(c, true, c.count(`${name}_ffn_dim`)) };
}

/** Encoder and decoder with biases everywhere and LayerNorms, as BART and its kin have them. */
function twoSides(
  c: Reader,
  maxContext: number,
  { positions, ...frame }: Partial<Omit<Plan, 'layers'>>,
  plainKey = false,
): Plan {
  const sizes = { hidden: c.count('d_model'), vocabulary: c.count('vocab_size'), maxContext };
  const [reading, writing] = [side(c, 'encoder', plainKey), side(c, 'decoder', plainKey)];
  const own = { kind: 'encoder-decoder', norm: 'layer', tied: true } as const;
  return {
    ...frameOf(c, sizes, { ...own, ...frame, ...(positions ? { positions } : {}) }),
    layers: eachLayer(c.count('decoder_layers'), () => ({
      ...writing,
      norms: 3,
      cross: writing.attention,
    })),
    encoder: eachLayer(c.count('encoder_layers'), () => ({ ...reading, norms: 2 })),
  };
}

/** Learned positions on both sides, or computed ones, and norms outside the layers. */
const translator = (isLearned: boolean, finalNorms: number) => (c: Reader) => {
  const maxContext = c.count('max_position_embeddings', 1024);
  return twoSides(c, maxContext, { positions: isLearned ? 2 * (maxContext + 2) : 0, finalNorms });
};

/** Whisper: two convolutions over the sound, positions on both sides, no bias on keys. */
function whisper(c: Reader): Plan {
  const hidden = c.count('d_model');
  const sound = c.count('max_source_positions', 1500);
  const text = c.count('max_target_positions', 448);
  const first = c.count('num_mel_bins', 80) * hidden * 3 + hidden;
  const parameters = first + hidden * hidden * 3 + hidden;
  const frame = {
    positions: sound + text,
    encoderTokens: sound,
    finalNorms: 2,
    extras: [{ name: 'convolutions over the sound', kind: 'matrix', parameters } as const],
  };
  return twoSides(c, text, frame, true);
}

/** Models with an encoder, by their model_type. */
export const ENCODERS = {
  bert,
  distilbert: (c) => encoder(c, { positions: contextOf(c) }),
  electra,
  'deberta-v2': deberta,
  modernbert: modernBert,
  t5: t5(true),
  mt5: t5(false),
  bart: translator(true, 2),
  mbart: translator(true, 4),
  m2m_100: translator(false, 2),
  marian: translator(false, 0),
  whisper,
} satisfies Record<string, ReadFamily>;
