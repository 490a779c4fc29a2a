import {
  type KvRate,
  type KvRequest,
  type KvSize,
  kvBytesPerToken,
  kvCacheSize,
  kvLoad,
} from './kv-cache.ts';
import type { KvLoad } from './kv-layers.ts';
import { cachedTokens, kvValuesPerToken, layerKv } from './kv-layers.ts';
import { isSoftmax, keepsCache, type LayerGroup, type ModelShape } from './model-shape.ts';
import { bandAround, type Explained, product, type Step, stepNumber } from './result.ts';

const PAGED = 'https://arxiv.org/abs/2309.06180';
const LATENT = 'https://arxiv.org/abs/2405.04434';

const KIND_LABELS = {
  full: 'Layers that keep every token',
  window: 'Layers with a sliding window',
  chunked: 'Layers that attend inside chunks',
  mla: 'Layers with a latent for all heads',
} as const;

function cacheStep(group: LayerGroup, load: KvLoad): Step | undefined {
  const { attention, count } = group;
  if (!keepsCache(attention)) return undefined;
  const { bytesPerValue } = load.format;
  const { sequences } = load;
  const kept = cachedTokens(attention, load) / sequences;
  const { cross: _, ...alone } = group;
  const common = {
    label: `${KIND_LABELS[attention.kind]} (${count})`,
    value: count * layerKv(alone, load).cacheBytes,
    unit: 'bytes',
  };
  if (attention.kind === 'mla') {
    return {
      ...common,
      formula: 'layers × (latent + rotary) × tokens × sequences × bytes',
      numbers: product(count, kvValuesPerToken(attention), kept, sequences, bytesPerValue),
      source: LATENT,
    };
  }
  const { kvHeads, keyDim, valueDim = keyDim } = attention;
  const isEven = keyDim === valueDim;
  return {
    ...common,
    formula: isEven
      ? '2 × layers × KV heads × head size × tokens × sequences × bytes'
      : 'layers × KV heads × (key size + value size) × tokens × sequences × bytes',
    numbers: isEven
      ? product(2, count, kvHeads, keyDim, kept, sequences, bytesPerValue)
      : product(count, kvHeads, keyDim + valueDim, kept, sequences, bytesPerValue),
    source: PAGED,
  };
}

function stateStep(group: LayerGroup, load: KvLoad): Step | undefined {
  const { attention, count } = group;
  if (attention.kind !== 'linear') return undefined;
  const { valueHeads, keyDim, valueDim } = attention;
  return {
    label: `Linear layers with a fixed state (${count})`,
    formula: 'layers × value heads × key size × value size × 4 bytes × sequences, and convolutions',
    numbers: product(count, valueHeads, keyDim, valueDim, 4, load.sequences),
    value: count * layerKv(group, load).stateBytes,
    unit: 'bytes',
    source: 'the state in FP32, as vLLM and llama.cpp keep it',
  };
}

function kvWarnings(shape: ModelShape, load: KvLoad): string[] {
  const warnings: string[] = [];
  if (shape.kind === 'encoder') warnings.push('An encoder keeps no KV cache.');
  if (load.tokens > shape.maxContext) {
    warnings.push(
      `${stepNumber(load.tokens)} tokens are more than the ${stepNumber(shape.maxContext)} the model was made for.`,
    );
  }
  const kinds = new Set(shape.layers.map(({ attention }) => attention.kind));
  if (kinds.has('window') || kinds.has('chunked')) {
    warnings.push('An engine without a window cache keeps local layers in full and needs more.');
  }
  if (kinds.has('mla')) {
    warnings.push('An engine that does not absorb the latent keeps full heads, many times more.');
  }
  return warnings;
}

function roundingAssumption(load: KvLoad): string {
  if (load.rounding === 'paged') return `Pages of ${load.blockTokens} tokens.`;
  if (load.rounding === 'llama.cpp') return 'Cells in steps of 256, as llama.cpp does.';
  return 'No rounding to pages.';
}

/** Bytes of the KV cache with the steps that add up to them. */
export function explainKvCache(request: KvRequest): KvSize & KvRate & Explained {
  const { shape } = request;
  const load = kvLoad(request);
  const size = kvCacheSize(request);
  const groups = shape.kind === 'encoder' ? [] : shape.layers;
  const steps = groups
    .flatMap((group) => [cacheStep(group, load), stateStep(group, load)])
    .filter((step) => step !== undefined);
  if (groups.some((group) => group.cross && isSoftmax(group.cross))) {
    const total = steps.reduce((sum, { value }) => sum + value, 0);
    steps.push({
      label: 'Keys and values of the encoder output',
      formula: '2 × layers × KV heads × head size × input tokens × bytes',
      numbers: `for ${load.inputTokens} input tokens`,
      value: size.cacheBytes - total,
      unit: 'bytes',
      source: PAGED,
    });
  }
  if (size.indexerBytes > 0) {
    steps.push({
      label: 'Keys of the sparse-attention indexer',
      formula: 'layers × tokens × (128 bytes + 4 bytes of scale)',
      numbers: `for ${load.tokens * load.sequences} tokens`,
      value: size.indexerBytes,
      unit: 'bytes',
      source: 'the FP8 indexer cache of DeepSeek-V3.2',
    });
  }
  return {
    ...size,
    ...kvBytesPerToken(shape, load.format),
    steps,
    assumptions: [`${load.format.label} keys and values.`, roundingAssumption(load)],
    warnings: kvWarnings(shape, load),
    band: bandAround(size.bytes, 0.005, 'an engine may round to pages or keep a spare block'),
  };
}
