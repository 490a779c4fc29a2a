import { type KvRequest, kvBytesPerToken, kvCacheSize } from './memory/kv-cache.ts';
import { type Attention, isSoftmax, layerCount, type ModelShape } from './models/model-shape.ts';
import { countParameters } from './models/parameters.ts';
import { WEIGHT_FORMATS, type WeightFormat } from './quantization/formats.ts';
import { weightBytes } from './quantization/weights.ts';
import type { Slip } from './result.ts';
import { tokensPerCycle } from './speed/speculative.ts';
import { explainLora, type LoraRequest, loraParameters } from './training/lora.ts';
import { type ZeroStage, zeroStates } from './training/zero.ts';

/** Slips that differ from the right value, each value once. */
function distinct(right: number, slips: readonly Slip[]): Slip[] {
  const seen = [right];
  return slips.filter(({ value }) => {
    const isNew =
      value > 0 && seen.every((other) => Math.abs(value - other) > 0.01 * Math.max(value, other));
    if (isNew) seen.push(value);
    return isNew;
  });
}

const slip = (id: string, value: number, why: string): Slip => ({ id, value, why });

const GIB_FOR_GB = 1024 ** 3 / 1e9;

/** A value in bytes read in the wrong unit: as many GB as there are GiB. */
const unitSlip = (right: number): Slip =>
  slip(
    'gb-for-gib',
    right * GIB_FOR_GB,
    'divided by 10⁹ and called it GiB: a GiB is 1024³ bytes, 7% more',
  );

/** Shape with another attention in its layers. */
const withAttention =
  (change: (attention: Attention, hidden: number) => Attention) =>
  (shape: ModelShape): ModelShape => ({
    ...shape,
    layers: shape.layers.map((group) => ({
      ...group,
      attention: change(group.attention, shape.hidden),
    })),
  });

/** Shape with every query head as a KV head. */
const withoutGrouping = withAttention((attention) =>
  isSoftmax(attention) ? { ...attention, kvHeads: attention.heads } : attention,
);

/** Shape whose local layers keep everything. */
const withoutWindows = withAttention((attention) => {
  if (!isSoftmax(attention)) return attention;
  const { window: _, ...rest } = attention;
  return { ...rest, kind: 'full' };
});

/** Shape that keeps full heads in place of a latent. */
const withoutLatent = withAttention((attention) => {
  if (attention.kind !== 'mla') return attention;
  const { heads, nopeDim, ropeDim, valueDim } = attention;
  return { kind: 'full', heads, kvHeads: heads, keyDim: nopeDim + ropeDim, valueDim };
});

/** Shape whose head size is hidden / heads. */
const withPlainHeads = withAttention((attention, hidden) =>
  isSoftmax(attention) ? { ...attention, keyDim: hidden / attention.heads } : attention,
);

/** Wrong KV cache sizes in bytes, each with the mistake that leads to it. */
export function kvCacheSlips(request: KvRequest): Slip[] {
  const { shape, sequences = 1 } = request;
  const right = kvCacheSize(request).bytes;
  const of = (other: ModelShape) => kvCacheSize({ ...request, shape: other }).bytes;
  return distinct(right, [
    slip('forgot-factor-2', right / 2, 'counted keys or values, not both'),
    slip(
      'query-heads-for-kv-heads',
      of(withoutGrouping(shape)),
      'used the query heads; only KV heads are cached',
    ),
    slip(
      'ignored-window',
      of(withoutWindows(shape)),
      'let local layers keep every token; they keep at most their window',
    ),
    slip(
      'ignored-latent',
      of(withoutLatent(shape)),
      'cached full heads; latent attention keeps one latent for all of them',
    ),
    slip(
      'hidden-over-heads',
      of(withPlainHeads(shape)),
      'used hidden / heads as the head size; this model sets its own',
    ),
    slip('one-layer', right / layerCount(shape), 'counted one layer'),
    slip('one-sequence', right / sequences, 'forgot that each sequence has its own cache'),
    slip('one-byte', right / 2, 'used 1 byte per value of a 16-bit cache'),
    slip('four-bytes', right * 2, 'used 4 bytes per value of a 16-bit cache'),
    unitSlip(right),
  ]);
}

/** Wrong bytes for one token of the cache. */
export function kvPerTokenSlips(shape: ModelShape): Slip[] {
  const right = kvBytesPerToken(shape).bytesPerToken;
  return kvCacheSlips({ shape, tokens: 1 }).filter(({ value }) => value !== right);
}

/** Wrong sizes of the weights in bytes. */
export function weightSlips(shape: ModelShape, format: WeightFormat): Slip[] {
  const right = weightBytes(shape, format);
  const { total, active } = countParameters(shape);
  const plainBits = format.bits >= 16 ? format.bits : format.bits >= 8 ? 8 : 4;
  const bf16 = WEIGHT_FORMATS.find(({ id }) => id === 'bf16') ?? format;
  return distinct(right, [
    slip(
      'half-a-byte',
      (total * plainBits) / 8,
      `used exactly ${plainBits} bits per parameter; scales and the matrices that stay 16-bit add to that`,
    ),
    slip(
      'active-for-total',
      right * (active / total),
      'counted the active experts; all of them must be in memory',
    ),
    slip('bits-for-bytes', (total * format.bits) / 1, "didn't divide bits by 8"),
    slip('four-bytes', total * 4, 'used 32 bits per parameter'),
    slip('sixteen-bit', weightBytes(shape, bf16), 'forgot that the weights are quantized'),
    slip(
      'tied-twice',
      right + (shape.tied ? shape.vocabulary * shape.hidden * 2 : 0),
      'counted the tied output matrix a second time',
    ),
    unitSlip(right),
  ]);
}

/** Wrong parameter counts. */
export function parameterSlips(shape: ModelShape): Slip[] {
  const { total, active, embedding } = countParameters(shape);
  const table = shape.vocabulary * shape.hidden;
  const plain = countParameters(withoutGrouping(shape)).total;
  const heads = countParameters(withPlainHeads(shape)).total;
  return distinct(total, [
    slip(
      'tied-twice',
      shape.tied ? total + table : total - table,
      shape.tied
        ? 'counted the tied output matrix a second time'
        : "left out the output matrix, which isn't tied here",
    ),
    slip('query-heads-for-kv-heads', plain, 'made key and value as wide as the query'),
    slip('hidden-over-heads', heads, 'used hidden / heads as the head size'),
    slip('without-embedding', total - embedding, 'left out the embedding table'),
    slip('active-for-total', active, 'counted only the experts that one token uses'),
    slip(
      'twelve-layers-hidden-squared',
      12 * layerCount(shape) * shape.hidden ** 2,
      'used 12 × layers × hidden², which fits only a plain GPT without its vocabulary',
    ),
  ]);
}

/** Wrong bytes of model states on one GPU under ZeRO. */
export function zeroSlips(request: Parameters<typeof zeroStates>[0]): Slip[] {
  const right = zeroStates(request).total;
  const { parameters, bytes, stage, ranks } = request;
  const stages: ZeroStage[] = [0, 1, 2, 3];
  const all = bytes.weights + bytes.gradients + bytes.optimizer;
  return distinct(right, [
    ...stages
      .filter((other) => other !== stage)
      .map((other) =>
        slip(
          `stage-${other}`,
          zeroStates({ ...request, stage: other }).total,
          other === 0 ? 'split nothing, as without ZeRO' : `split what stage ${other} splits`,
        ),
      ),
    slip('divided-everything', (parameters * all) / ranks, 'split every state across the ranks'),
    slip(
      'forgot-master-copy',
      zeroStates({ ...request, bytes: { ...bytes, optimizer: Math.max(0, bytes.optimizer - 4) } })
        .total,
      'left out the FP32 copy of the weights',
    ),
    slip(
      'forgot-optimizer',
      parameters * (bytes.weights + bytes.gradients),
      'left out the optimizer',
    ),
    unitSlip(right),
  ]);
}

/** Wrong counts of adapter parameters. */
export function loraSlips(request: LoraRequest): Slip[] {
  const right = loraParameters(request);
  const { shape, rank } = request;
  const perMatrix = explainLora(request).steps.length;
  return distinct(right, [
    slip(
      'square-keys',
      loraParameters({ ...request, shape: withoutGrouping(shape) }),
      "used the hidden size as the output of key and value; it's KV heads × head size",
    ),
    slip('one-of-two', right / 2, 'counted only one of the two thin matrices'),
    slip('one-layer', right / layerCount(shape), 'counted one layer'),
    slip(
      'full-matrices',
      perMatrix * layerCount(shape) * shape.hidden ** 2,
      'counted the full matrices that the adapter replaces',
    ),
    slip('rank-squared', right * rank, 'multiplied by the rank twice'),
  ]);
}

/** Wrong numbers of tokens for each cycle of speculative decoding. */
export function speculationSlips(acceptance: number, draftTokens: number): Slip[] {
  const right = tokensPerCycle(acceptance, draftTokens);
  return distinct(right, [
    slip('product', acceptance * draftTokens, 'multiplied acceptance and draft length'),
    slip(
      'product-plus-one',
      acceptance * draftTokens + 1,
      'counted each drafted token on its own, although a rejection ends the run',
    ),
    slip(
      'forgot-own-token',
      right - 1,
      'left out the token that the target model adds in each cycle',
    ),
    slip('all-accepted', draftTokens + 1, 'counted every draft as accepted'),
  ]);
}
