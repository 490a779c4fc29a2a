import { keepsCache, type LayerGroup, type ModelShape } from '../models/model-shape.ts';
import { bandAround, type Explained, product, type Step, stepNumber } from '../result.ts';
import {
  type KvRate,
  type KvRequest,
  type KvSize,
  kvBytesPerToken,
  kvCacheSize,
  kvLoad,
} from './kv-cache.ts';
import type { KvLoad } from './kv-layers.ts';
import {
  attentionKv,
  cachedTokens,
  cachedValueBytes,
  INDEXER_SCALE_BYTES,
  indexedTokens,
  kvValuesPerToken,
  poolingBytes,
  recurrentState,
} from './kv-layers.ts';

const PAGED = 'https://arxiv.org/abs/2309.06180';
const LATENT = 'https://arxiv.org/abs/2405.04434';
const COMPRESSED =
  'https://github.com/huggingface/transformers/blob/main/src/transformers/models/deepseek_v4/modular_deepseek_v4.py';

const KIND_LABELS = {
  full: 'Layers that keep every token',
  window: 'Layers with a sliding window',
  chunked: 'Layers that attend inside chunks',
  mla: 'Layers with one latent for all heads',
  compressed: 'Layers that pool older tokens',
} as const;

const CROSS_LABEL = 'Keys and values of the encoder output';

function cacheStep(
  label: string,
  { attention, count }: Pick<LayerGroup, 'attention' | 'count'>,
  load: KvLoad,
): Step[] {
  if (!keepsCache(attention)) return [];
  const common = {
    label: `${label} (${count})`,
    value: count * attentionKv(attention, load).cacheBytes,
    unit: 'bytes',
  };
  const kept = cachedTokens(attention, load) / load.sequences;
  const rest = [kept, load.sequences, cachedValueBytes(attention, load)];
  if (attention.kind === 'mla') {
    return [
      {
        ...common,
        formula: 'layers × (latent + rotary) × tokens × sequences × bytes',
        numbers: product(count, kvValuesPerToken(attention), ...rest),
        source: LATENT,
      },
    ];
  }
  if (attention.kind === 'compressed') {
    return [
      {
        ...common,
        formula: 'layers × head size × (last tokens + entries of older ones) × sequences × bytes',
        numbers: product(count, kvValuesPerToken(attention), ...rest),
        source: COMPRESSED,
      },
    ];
  }
  const { kvHeads, keyDim, valueDim = keyDim } = attention;
  const isEven = keyDim === valueDim;
  return [
    {
      ...common,
      formula: isEven
        ? '2 × layers × KV heads × head size × tokens × sequences × bytes'
        : 'layers × KV heads × (key size + value size) × tokens × sequences × bytes',
      numbers: isEven
        ? product(2, count, kvHeads, keyDim, ...rest)
        : product(count, kvHeads, keyDim + valueDim, ...rest),
      source: PAGED,
    },
  ];
}

function poolingStep({ attention, count }: LayerGroup, load: KvLoad): Step[] {
  if (attention.kind !== 'compressed' || attention.ratio === undefined) return [];
  const bytes = poolingBytes(attention);
  return [
    {
      label: `Tokens that aren't pooled yet (${count})`,
      formula: 'layers × sequences × bytes of values and weights in FP32',
      numbers: product(count, load.sequences, bytes),
      value: count * load.sequences * bytes,
      unit: 'bytes',
      source: COMPRESSED,
    },
  ];
}

function stateStep({ attention, count }: LayerGroup, load: KvLoad): Step[] {
  if (attention.kind !== 'linear') return [];
  const { state, tail, tailBytes, bytes } = recurrentState(attention, load.rounding);
  return [
    {
      label: `Linear layers with a fixed state (${count})`,
      formula:
        'layers × sequences × (value heads × key size × value size × 4 + inputs of the convolution × bytes)',
      numbers: `${product(count, load.sequences)} × (${product(state, 4)} + ${product(tail, tailBytes)})`,
      value: count * load.sequences * bytes,
      unit: 'bytes',
      source: 'the state in FP32, as vLLM and llama.cpp keep it',
    },
  ];
}

function indexerStep({ attention, count }: LayerGroup, load: KvLoad): Step[] {
  if (!keepsCache(attention) || !attention.indexer) return [];
  const { headDim } = attention.indexer;
  const cells = indexedTokens(attention, load);
  return [
    {
      label: `Keys of the sparse-attention indexer (${count})`,
      formula: 'layers × tokens × (key size + bytes of the scale)',
      numbers: `${product(count, cells)} × (${headDim} + ${INDEXER_SCALE_BYTES})`,
      value: count * cells * (headDim + INDEXER_SCALE_BYTES),
      unit: 'bytes',
      source: 'the FP8 indexer cache of DeepSeek-V3.2',
    },
  ];
}

function groupSteps(group: LayerGroup, load: KvLoad): Step[] {
  const { attention, cross, count } = group;
  const input = { ...load, tokens: load.inputTokens };
  return [
    ...(keepsCache(attention) ? cacheStep(KIND_LABELS[attention.kind], group, load) : []),
    ...(cross ? cacheStep(CROSS_LABEL, { attention: cross, count }, input) : []),
    ...poolingStep(group, load),
    ...stateStep(group, load),
    ...indexerStep(group, load),
  ];
}

function kvWarnings(shape: ModelShape, load: KvLoad): string[] {
  const warnings: string[] = [];
  if (shape.kind === 'encoder') warnings.push("An encoder doesn't have a KV cache.");
  if (load.tokens > shape.maxContext) {
    warnings.push(
      `${stepNumber(load.tokens)} tokens exceed the model's context limit of ${stepNumber(shape.maxContext)}.`,
    );
  }
  const kinds = new Set(shape.layers.map(({ attention }) => attention.kind));
  if (kinds.has('window') || kinds.has('chunked')) {
    warnings.push(
      'Engines without a sliding-window cache keep local layers in full and need more memory.',
    );
  }
  if (kinds.has('mla')) {
    warnings.push(
      "An engine that doesn't absorb the latent caches full heads, which takes many times more memory.",
    );
  }
  return warnings;
}

function roundingAssumption(load: KvLoad): string {
  if (load.rounding === 'paged') return `Pages of ${load.blockTokens} tokens.`;
  if (load.rounding === 'llama.cpp') return 'Cells are rounded up to 256, as in llama.cpp.';
  return 'No rounding to pages.';
}

/** Bytes of the KV cache with the steps that add up to them. */
export function explainKvCache(request: KvRequest): KvSize & KvRate & Explained {
  const { shape } = request;
  const load = kvLoad(request);
  const size = kvCacheSize(request);
  const groups = shape.kind === 'encoder' ? [] : shape.layers;
  const steps = groups.flatMap((group) => groupSteps(group, load));
  return {
    ...size,
    ...kvBytesPerToken(shape, load.format),
    steps,
    assumptions: [`${load.format.label} keys and values.`, roundingAssumption(load)],
    warnings: kvWarnings(shape, load),
    band: bandAround(size.bytes, 0.005, 'an engine may round to pages or keep a spare block'),
  };
}
