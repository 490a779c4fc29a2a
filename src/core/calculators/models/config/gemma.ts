import type { Extra } from '../model-shape.ts';
import { decoder, gated, isLocal, mixture, type Plan, sizesOf, softmax } from './layers.ts';
import type { Reader } from './reader.ts';

const widthOf = (c: Reader) => c.count('intermediate_size');

/** Tables that give each layer an input of its own, and their projection. */
function perLayerInputs(c: Reader, width: number): Extra[] {
  const { hidden, layers } = sizesOf(c);
  const rows = c.count('vocab_size_per_layer_input', 262_144);
  return [
    { name: 'per-layer embedding table', kind: 'lookup', parameters: rows * width * layers },
    { name: 'per-layer projection', kind: 'matrix', parameters: hidden * width * layers },
    { name: 'per-layer projection norm', kind: 'vector', parameters: width },
  ];
}

/** Gemma 3n: every fifth layer global, the last layers read earlier caches, AltUp and LAuReL. */
export function gemma3n(c: Reader): Plan {
  const sizes = sizesOf(c);
  const { hidden, layers } = sizes;
  const window = c.count('sliding_window', 512);
  const types = c.words('layer_types');
  const width = c.count('hidden_size_per_layer_input', 256);
  const inputs = c.count('altup_num_inputs', 4);
  const firstShared = layers - (c.optional('num_kv_shared_layers') ?? 0);
  const widths = c.numbers('intermediate_size');
  const altUp = inputs * inputs + inputs ** 3 + inputs * hidden + 2 * hidden;
  const residual = 2 * hidden * (c.count('laurel_rank', 64) + width);
  return decoder(c, {
    attention: (index) =>
      softmax(sizes, {
        qkNorm: 'head',
        sharesKv: index >= firstShared,
        window: isLocal(types, index, 5) ? window : undefined,
      }),
    block: (index) => gated(widths?.[index] ?? widthOf(c)),
    norms: 4,
    extras: [
      { name: 'low-rank residual and per-layer input', kind: 'matrix', parameters: residual },
      { name: 'AltUp and norms', kind: 'vector', parameters: altUp + 2 * hidden },
    ],
    frame: {
      tied: true,
      extras: [
        ...perLayerInputs(c, width),
        { name: 'AltUp projections', kind: 'matrix', parameters: 2 * (inputs - 1) * hidden ** 2 },
      ],
    },
  });
}

function gemma4Attention(c: Reader, index: number, isShared: boolean) {
  const { heads, kvHeads } = sizesOf(c);
  const keysServe = c.flag('attention_k_eq_v', false);
  const isWindow = isLocal(c.words('layer_types'), index, 6);
  const attention = isWindow
    ? softmax(sizesOf(c), { window: c.count('sliding_window', 512) })
    : softmax({
        heads,
        kvHeads: keysServe ? c.count('num_global_key_value_heads', kvHeads) : kvHeads,
        keyDim: c.count('global_head_dim', 512),
      });
  return {
    ...attention,
    qkNorm: 'head' as const,
    ...(keysServe && !isWindow ? { valueFromKey: true } : {}),
    ...(isShared ? { sharesKv: true, ownKv: false } : {}),
  };
}

/** Gemma 4: wider heads in global layers, shared caches, per-layer inputs or experts by size. */
export function gemma4(c: Reader): Plan {
  const { hidden, layers } = sizesOf(c);
  const firstShared = layers - (c.optional('num_kv_shared_layers') ?? 0);
  const width = widthOf(c);
  const inputs = c.optional('hidden_size_per_layer_input');
  const isSparse = c.flag('enable_moe_block', false);
  const moe = (besideWidth: number) =>
    mixture(c, c.count(['moe_intermediate_size', 'expert_intermediate_size']), {
      activeExperts: c.count('top_k_experts'),
      besideWidth,
    });
  const input = { name: 'per-layer input', kind: 'matrix' } as const;
  const scales = { name: 'router scales', kind: 'vector' } as const;
  const extras: Extra[] = [
    ...(inputs ? [{ ...input, parameters: 2 * hidden * inputs }] : []),
    ...(isSparse ? [{ ...scales, parameters: hidden + c.count('num_experts') }] : []),
  ];
  return decoder(c, {
    attention: (index) => gemma4Attention(c, index, index >= firstShared),
    block: (index) => {
      const isWide = c.flag('use_double_wide_mlp', false) && index >= firstShared;
      const own = isWide ? 2 * width : width;
      return isSparse ? moe(own) : gated(own);
    },
    norms: 4 + (inputs ? 1 : 0) + (isSparse ? 3 : 0),
    ...(extras.length > 0 ? { extras } : {}),
    frame: { tied: true, ...(inputs ? { extras: perLayerInputs(c, inputs) } : {}) },
  });
}
