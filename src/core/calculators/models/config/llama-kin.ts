import type { Extra } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  type Layer,
  type Plan,
  softmax,
} from './layers.ts';
import { llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

/** The first Qwen: half the width that the config names, a bias on query, key and value. */
export function qwen1(c: Reader): Plan {
  const width = c.count('intermediate_size');
  if (width % 2 !== 0) c.refuse(`intermediate_size ${width} isn't even.`);
  return llamaLike(c, { qkvBias: true, outBias: false, fusedQkv: true, width: width / 2 });
}

/** The first InternLM: one switch for all biases of the attention. */
export function internLm1(c: Reader): Plan {
  const bias = c.flag('bias', true);
  return llamaLike(c, { qkvBias: bias, outBias: bias });
}

/** Baichuan: Llama with one matrix for query, key and value. */
export function baichuan(c: Reader): Plan {
  return llamaLike(c, { fusedQkv: true });
}

/** MiniCPM 1 and 2: Llama with tied tables. */
export function miniCpm(c: Reader): Plan {
  return llamaLike(c, { tied: true });
}

/** Hunyuan without experts: norms on query and key heads. */
export function hunyuanDense(c: Reader): Plan {
  return llamaLike(c, c.flag('use_qk_norm', true) ? { qkNorm: 'head' } : {});
}

/** Apertus: norms on query and key heads, a plain block with two learned values in its activation. */
export function apertus(c: Reader): Plan {
  const plan = llamaLike(c, { qkNorm: 'head', gated: false });
  const extras: Extra[] = [{ name: 'shape of the activation', kind: 'vector', parameters: 2 }];
  return { ...plan, layers: plan.layers.map((layer) => ({ ...layer, extras })) };
}

/**
 * Llama 3.2 Vision: some layers look at the image instead of the text. They keep nothing for a token
 * of text; the keys of the picture are not counted. The input table has eight more rows than the output.
 */
export function llamaVision(c: Reader): Plan {
  const sizes = commonSizes(c);
  const looking = c.numbers('cross_attention_layers');
  if (!looking) c.refuse('cross_attention_layers is missing.');
  const feedForward = gated(c.count('intermediate_size'));
  const self: Layer = { attention: softmax(sizes), feedForward, norms: 2 };
  const cross: Layer = {
    attention: softmax(sizes, { qkNorm: 'head', sharesKv: true }),
    feedForward,
    norms: 2,
    extras: [{ name: 'gates of the image', kind: 'vector', parameters: 2 }],
  };
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', false)),
    layers: eachLayer(sizes.layers, (index) => (looking?.includes(index) ? cross : self)),
    extras: [{ name: 'rows for images', kind: 'lookup', parameters: 8 * sizes.hidden }],
  };
}
