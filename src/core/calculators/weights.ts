import type { WeightFormat } from './formats.ts';
import { blockBytes, ggufMix, ggufTypes } from './gguf.ts';
import { blockBits } from './gguf-blocks.ts';
import { expertCount, type ModelShape } from './model-shape.ts';
import { type PlacedTensor, placedTensors } from './placed.ts';
import { bandAround, type Explained, type Step, stepNumber } from './result.ts';
import { type Tensor, type TensorRole, tensorSize } from './tensor.ts';

/** A weight with the bytes it takes in a format. */
export type WeighedTensor = PlacedTensor & { bytes: number };

/** Weights stored alike, as one line of the breakdown. */
export type WeightShare = { label: string; parameters: number; bits: number; bytes: number };

/** Choices that change what a plain format quantizes. */
export type WeightOptions = {
  /** True where the output matrix is quantized too, as litgpt does with NF4. */
  quantizeHead?: boolean;
};

const LINEAR: ReadonlySet<TensorRole> = new Set([
  'query',
  'key',
  'value',
  'output',
  'query-down',
  'query-up',
  'kv-down',
  'kv-up',
  'linear-in',
  'linear-gate',
  'linear-out',
  'gate',
  'up',
  'down',
  'expert-gate',
  'expert-up',
  'expert-down',
]);

const LATENT: ReadonlySet<TensorRole> = new Set(['query-down', 'query-up', 'kv-down', 'kv-up']);

function isQuantized(
  tensor: Tensor,
  format: WeightFormat,
  { sparse, latent, quantizeHead }: WeightOptions & { sparse: boolean; latent: boolean },
): boolean {
  if (format.quantizes === 'all') return true;
  if (tensor.role === 'head') return quantizeHead === true;
  if (!LINEAR.has(tensor.role)) return false;
  if (format.quantizes === 'experts' && sparse) return tensor.role.startsWith('expert-');
  if (format.quantizes === 'linear-not-latent' && latent) {
    return !LATENT.has(tensor.role) && tensor.role !== 'output' && tensor.role !== 'query';
  }
  return true;
}

function bitsOf(shape: ModelShape, format: WeightFormat, options: WeightOptions) {
  const about = {
    ...options,
    sparse: expertCount(shape) > 0,
    latent: shape.layers.some(({ attention }) => attention.kind === 'mla'),
  };
  return (tensor: Tensor) => (isQuantized(tensor, format, about) ? format.bits : 16);
}

/** Every weight with its bytes in a format. */
export function weighTensors(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): WeighedTensor[] {
  if (format.gguf) {
    return ggufTypes(shape, format.gguf).map(({ type, ...placed }) => ({
      ...placed,
      bytes: blockBytes(placed.tensor, type),
    }));
  }
  const bits = bitsOf(shape, format, options);
  return placedTensors(shape).map((placed) => ({
    ...placed,
    bytes: (tensorSize(placed.tensor) * bits(placed.tensor)) / 8,
  }));
}

/**
 * Bytes of the weights in a format.
 *
 *     bytes = Σ parameters of a tensor × bits of its format / 8
 *
 * Tables, output matrix, norms and routers keep 16 bit in most formats, which is why a 4-bit model
 * is larger than half a byte for each parameter.
 */
export function weightBytes(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): number {
  return weighTensors(shape, format, options).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The lines of the breakdown: weights that are stored alike, the largest first. */
export function weightShares(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): WeightShare[] {
  if (format.gguf) {
    return ggufMix(shape, format.gguf).map(({ type, parameters, bytes }) => ({
      label: type,
      parameters,
      bits: blockBits(type),
      bytes,
    }));
  }
  const bits = bitsOf(shape, format, options);
  const shares = new Map<number, WeightShare>();
  for (const { tensor } of placedTensors(shape)) {
    const each = bits(tensor);
    const label = each === format.bits ? format.label : '16 bit';
    const share = shares.get(each) ?? { label, parameters: 0, bits: each, bytes: 0 };
    share.parameters += tensorSize(tensor);
    share.bytes = (share.parameters * each) / 8;
    shares.set(each, share);
  }
  return [...shares.values()].sort((a, b) => b.bytes - a.bytes);
}

/** Bytes of the weights with the shares that add up to them. */
export function explainWeights(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): { bytes: number; bitsPerWeight: number; shares: WeightShare[] } & Explained {
  const shares = weightShares(shape, format, options);
  const bytes = shares.reduce((sum, share) => sum + share.bytes, 0);
  const parameters = shares.reduce((sum, share) => sum + share.parameters, 0);
  const steps: Step[] = shares.map((share) => ({
    label: `Weights in ${share.label}`,
    formula: 'parameters × bits / 8',
    numbers: `${stepNumber(share.parameters)} × ${stepNumber(share.bits)} / 8`,
    value: share.bytes,
    unit: 'bytes',
    source: format.source,
  }));
  const towers = shape.extras?.filter(({ kind }) => kind === 'vision' || kind === 'audio') ?? [];
  return {
    bytes,
    bitsPerWeight: (bytes * 8) / parameters,
    shares,
    steps,
    assumptions: [`${format.label}: ${format.note}.`],
    warnings:
      towers.length > 0 && format.gguf
        ? ['The vision or audio tower is a file of its own and is not counted.']
        : [],
    band: bandAround(
      bytes,
      format.gguf ? 0.015 : format.quantizes === 'all' ? 0.002 : 0.03,
      format.gguf
        ? 'publishers may change the mix of single tensors'
        : 'publishers differ in which matrices they leave in 16 bit',
    ),
  };
}
