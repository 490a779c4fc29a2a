import type { EncoderPlan } from './encoders.ts';
import { decoderBase, eachLayer, type Plan, softmax } from './layers.ts';
import type { Reader } from './reader.ts';

/** What tells the encoder-decoders of BART's kind apart. */
type SideTraits = {
  /** Rows of learned positions, both sides together. */
  positions: number;
  /** Norms outside the layers. */
  finalNorms: number;
  maxContext: number;
  /** True where the key has no bias (Whisper). */
  plainKey?: boolean;
  encoderTokens?: number;
  extras?: Plan['extras'];
};

function side(c: Reader, name: 'encoder' | 'decoder', hidden: number, plainKey: boolean) {
  const heads = c.count(`${name}_attention_heads`);
  const attention = softmax(
    { heads, kvHeads: heads, keyDim: hidden / heads },
    { qkvBias: true, outBias: true, plainKey },
  );
  const width = c.count(`${name}_ffn_dim`);
  return {
    layers: c.count(`${name}_layers`),
    layer: { attention, feedForward: { kind: 'dense', width, gated: false, bias: true } as const },
  };
}

/** Encoder and decoder with biases everywhere and LayerNorms, as BART and its kin have them. */
function twoSides(c: Reader, traits: SideTraits): EncoderPlan {
  const hidden = c.count('d_model');
  const plainKey = traits.plainKey ?? false;
  const encoder = side(c, 'encoder', hidden, plainKey);
  const decoder = side(c, 'decoder', hidden, plainKey);
  const frame = { hidden, vocabulary: c.count('vocab_size'), maxContext: traits.maxContext };
  return {
    ...decoderBase(frame, c.flag('tie_word_embeddings', true)),
    kind: 'encoder-decoder',
    norm: 'layer',
    finalNorms: traits.finalNorms,
    ...(traits.positions > 0 ? { positions: traits.positions } : {}),
    layers: eachLayer(decoder.layers, () => ({
      ...decoder.layer,
      norms: 3,
      cross: decoder.layer.attention,
    })),
    encoder: eachLayer(encoder.layers, () => ({ ...encoder.layer, norms: 2 })),
    ...(traits.encoderTokens ? { encoderTokens: traits.encoderTokens } : {}),
    ...(traits.extras ? { extras: traits.extras } : {}),
  };
}

function learned(c: Reader, finalNorms: number): EncoderPlan {
  const maxContext = c.count('max_position_embeddings', 1024);
  return twoSides(c, { maxContext, positions: 2 * (maxContext + 2), finalNorms });
}

/** BART: learned positions on both sides, a norm after each embedding. */
export function bart(c: Reader): EncoderPlan {
  return learned(c, 2);
}

/** mBART: BART with a last norm on both sides. */
export function mbart(c: Reader): EncoderPlan {
  return learned(c, 4);
}

function computed(c: Reader, finalNorms: number): EncoderPlan {
  const maxContext = c.count('max_position_embeddings', 1024);
  return twoSides(c, { maxContext, positions: 0, finalNorms });
}

/** M2M-100, NLLB and Pegasus: computed positions, a last norm on both sides. */
export function m2m(c: Reader): EncoderPlan {
  return computed(c, 2);
}

/** Marian: computed positions, norms only inside the layers. */
export function marian(c: Reader): EncoderPlan {
  return computed(c, 0);
}

/** Whisper: two convolutions over the sound, positions on both sides, no bias on keys. */
export function whisper(c: Reader): EncoderPlan {
  const hidden = c.count('d_model');
  const sound = c.count('max_source_positions', 1500);
  const text = c.count('max_target_positions', 448);
  const first = c.count('num_mel_bins', 80) * hidden * 3 + hidden;
  const second = hidden * hidden * 3 + hidden;
  return twoSides(c, {
    maxContext: text,
    positions: sound + text,
    encoderTokens: sound,
    finalNorms: 2,
    plainKey: true,
    extras: [{ name: 'convolutions over the sound', kind: 'matrix', parameters: first + second }],
  });
}
