import type { Extra, FeedForward } from '../model-shape.ts';
import {
  commonSizes,
  decoderBase,
  eachLayer,
  gated,
  isLocal,
  type Layer,
  type Plan,
  softmax,
} from './layers.ts';
import { llamaLike } from './llama.ts';
import type { Reader } from './reader.ts';

/** Gemma 1: Llama with tied tables and wide heads. */
export function gemma(c: Reader): Plan {
  return llamaLike(c, { tied: true });
}

/** Gemma 2: four norms, every other layer local, the first one local. */
export function gemma2(c: Reader): Plan {
  const window = c.count('sliding_window', 4096);
  return llamaLike(c, { tied: true, norms: 4, window, globalEvery: 2 });
}

/** Gemma 3: five local layers, then a global one; norms on query and key heads. */
export function gemma3(c: Reader): Plan {
  const window = c.count('sliding_window', 4096);
  const globalEvery = c.count(['sliding_window_pattern', '_sliding_window_pattern'], 6);
  return llamaLike(c, { tied: true, norms: 4, qkNorm: 'head', window, globalEvery });
}

/** Tables that give each layer an input of its own, and their projection. */
function perLayerInputs(c: Reader, hidden: number, layers: number, width: number): Extra[] {
  const rows = c.count('vocab_size_per_layer_input', 262_144);
  return [
    { name: 'per-layer embedding table', kind: 'lookup', parameters: rows * width * layers },
    { name: 'per-layer projection', kind: 'matrix', parameters: hidden * width * layers },
    { name: 'per-layer projection norm', kind: 'vector', parameters: width },
  ];
}

/** Gemma 3n: every fifth layer global, the last layers read earlier caches, AltUp and LAuReL. */
export function gemma3n(c: Reader): Plan {
  const sizes = commonSizes(c);
  const { hidden, layers } = sizes;
  const window = c.count('sliding_window', 512);
  const types = c.words('layer_types');
  const width = c.count('hidden_size_per_layer_input', 256);
  const rank = c.count('laurel_rank', 64);
  const inputs = c.count('altup_num_inputs', 4);
  const firstShared = layers - (c.optional('num_kv_shared_layers') ?? 0);
  const widths = c.numbers('intermediate_size');
  const altUp = inputs * inputs + inputs ** 3 + inputs * hidden + 2 * hidden;
  const extras: Extra[] = [
    {
      name: 'low-rank residual and per-layer input',
      kind: 'matrix',
      parameters: 2 * hidden * (rank + width),
    },
    { name: 'AltUp and norms', kind: 'vector', parameters: altUp + 2 * hidden },
  ];
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', true)),
    layers: eachLayer(layers, (index) => ({
      attention: softmax(sizes, {
        qkNorm: 'head',
        sharesKv: index >= firstShared,
        ...(isLocal(types, index, 5) ? { window } : {}),
      }),
      feedForward: gated(widths?.[index] ?? c.count('intermediate_size')),
      norms: 4,
      extras,
    })),
    extras: [
      ...perLayerInputs(c, hidden, layers, width),
      { name: 'AltUp projections', kind: 'matrix', parameters: 2 * (inputs - 1) * hidden * hidden },
    ],
  };
}

function gemma4Block(c: Reader, width: number): FeedForward {
  if (!c.flag('enable_moe_block', false)) return gated(width);
  return {
    kind: 'moe',
    experts: c.count('num_experts'),
    activeExperts: c.count('top_k_experts'),
    width: c.count(['moe_intermediate_size', 'expert_intermediate_size']),
    gated: true,
    besideWidth: width,
  };
}

function gemma4Attention(c: Reader, index: number, firstShared: number) {
  const { heads, kvHeads, keyDim } = commonSizes(c);
  const isWindow = isLocal(c.words('layer_types'), index, 6);
  const keysServe = c.flag('attention_k_eq_v', false);
  const isShared = index >= firstShared;
  const flags = {
    qkNorm: 'head',
    sharesKv: isShared,
    ...(isShared ? { ownKv: false } : {}),
  } as const;
  if (isWindow) {
    const window = c.count('sliding_window', 512);
    const attention = softmax({ heads, kvHeads, keyDim }, { ...flags, window });
    return isShared ? { ...attention, ownKv: false } : attention;
  }
  const global = {
    heads,
    kvHeads: keysServe ? c.count('num_global_key_value_heads', kvHeads) : kvHeads,
    keyDim: c.count('global_head_dim', 512),
  };
  const attention = softmax(global, { ...flags, valueFromKey: keysServe });
  return isShared ? { ...attention, ownKv: false } : attention;
}

/** Gemma 4: wider heads in global layers, shared caches, per-layer inputs or experts by size. */
export function gemma4(c: Reader): Plan {
  const sizes = { ...commonSizes(c), keyDim: c.count('head_dim', 256) };
  const { hidden, layers } = sizes;
  const shared = c.optional('num_kv_shared_layers') ?? 0;
  const firstShared = shared > 0 ? layers - shared : layers;
  const width = c.count('intermediate_size');
  const inputs = c.optional('hidden_size_per_layer_input');
  const isSparse = c.flag('enable_moe_block', false);
  const layerExtras: Extra[] = [
    ...(inputs
      ? [{ name: 'per-layer input', kind: 'matrix', parameters: 2 * hidden * inputs } as const]
      : []),
    ...(isSparse
      ? [
          {
            name: 'router scales',
            kind: 'vector',
            parameters: hidden + c.count('num_experts'),
          } as const,
        ]
      : []),
  ];
  return {
    ...decoderBase(sizes, c.flag('tie_word_embeddings', true)),
    layers: eachLayer(layers, (index): Layer => {
      const isWide = c.flag('use_double_wide_mlp', false) && index >= firstShared;
      return {
        attention: gemma4Attention(c, index, firstShared),
        feedForward: gemma4Block(c, isWide ? 2 * width : width),
        norms: 4 + (inputs ? 1 : 0) + (isSparse ? 3 : 0),
        ...(layerExtras.length > 0 ? { extras: layerExtras } : {}),
      };
    }),
    ...(inputs ? { extras: perLayerInputs(c, hidden, layers, inputs) } : {}),
  };
}
