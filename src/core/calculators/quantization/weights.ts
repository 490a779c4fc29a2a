import { expertCount, type ModelShape } from '../models/model-shape.ts';
import { type Tensor, type TensorRole, tensorSize } from '../models/tensor.ts';
import { allTensors } from '../models/tensors.ts';
import { bandAround, type Explained, type Step, stepNumber } from '../result.ts';
import type { WeightFormat } from './formats.ts';
import { blockBytes, ggufTypes } from './gguf.ts';
import { blockBits, type GgufFileType } from './gguf-blocks.ts';

/** A weight with what it takes in a format; `times` layers have it. */
export type WeighedTensor = {
  tensor: Tensor;
  times: number;
  label: string;
  bits: number;
  /** All times and copies together. */
  bytes: number;
};

/** Weights stored alike, as one line of the breakdown. */
export type WeightShare = { label: string; parameters: number; bits: number; bytes: number };

/** Choices that change what a plain format quantizes. */
export type WeightOptions = {
  /** True where the output matrix is quantized too, as litgpt does with NF4. */
  quantizeHead?: boolean;
  /** Bytes of all weights in one format, where a file says them. */
  exact?: { format: string; bytes: number };
};

/** What tells stored results of the same shape and format apart. */
export const weightKey = (format: WeightFormat, options: WeightOptions): string =>
  `${format.id} ${options.quantizeHead === true} ${exactBytes(format, options)}`;

/** What a file says of all weights in a format; other formats of the same model are computed. */
export const exactBytes = ({ id }: WeightFormat, { exact }: WeightOptions): number | undefined =>
  exact?.format === id ? exact.bytes : undefined;

/** What each weight is multiplied with, so that all of them have the bytes that a file says. */
export function exactScale(
  shape: ModelShape,
  format: WeightFormat,
  { exact, ...options }: WeightOptions,
): number {
  const bytes = exact && exactBytes(format, { exact });
  return bytes === undefined ? 1 : bytes / weightBytes(shape, format, options);
}

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

const FEED_FORWARD = /^(?:expert-)?(?:gate|up|down)$/;

const LATENT: ReadonlySet<TensorRole> = new Set(['query-down', 'query-up', 'kv-down', 'kv-up']);

function isQuantized(
  tensor: Tensor,
  format: WeightFormat,
  { sparse, latent, quantizeHead }: WeightOptions & { sparse: boolean; latent: boolean },
): boolean {
  if (format.quantizes === 'all') return true;
  if (tensor.role === 'head') return quantizeHead === true;
  if (!LINEAR.has(tensor.role)) return false;
  if (format.quantizes === 'feed-forward') return FEED_FORWARD.test(tensor.role);
  if (format.quantizes === 'experts' && sparse) return tensor.role.startsWith('expert-');
  if (format.quantizes === 'linear-not-latent' && latent) {
    return !LATENT.has(tensor.role) && tensor.role !== 'output' && tensor.role !== 'query';
  }
  return true;
}

/** The bits and the label of a weight in a plain format. */
export function plainBits(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions,
): (tensor: Tensor) => { bits: number; label: string } {
  const about = {
    ...options,
    sparse: expertCount(shape) > 0,
    latent: shape.layers.some(({ attention: { kind } }) => kind === 'mla' || kind === 'compressed'),
  };
  return (tensor) =>
    isQuantized(tensor, format, about)
      ? { bits: format.bits, label: format.label }
      : { bits: 16, label: '16 bit' };
}

function weighPlain(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions,
): WeighedTensor[] {
  const stored = plainBits(shape, format, options);
  return allTensors(shape).map(({ tensor, times }) => {
    const { bits, label } = stored(tensor);
    return { tensor, times, label, bits, bytes: (tensorSize(tensor) * times * bits) / 8 };
  });
}

function weighGguf(shape: ModelShape, fileType: GgufFileType): WeighedTensor[] {
  const known = new Map<Tensor, Map<string, WeighedTensor>>();
  for (const { tensor, type } of ggufTypes(shape, fileType)) {
    const types = known.get(tensor) ?? new Map<string, WeighedTensor>();
    known.set(tensor, types);
    const start = { tensor, times: 0, label: type, bits: blockBits(type), bytes: 0 };
    const weighed = types.get(type) ?? start;
    weighed.times += 1;
    weighed.bytes += blockBytes(tensor, type);
    types.set(type, weighed);
  }
  return [...known.values()].flatMap((types) => [...types.values()]);
}

const WEIGHED = new WeakMap<ModelShape, Map<string, readonly WeighedTensor[]>>();

/** Every weight with its bytes in a format. Kept for each shape and format, since searches ask often. */
export function weighTensors(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): readonly WeighedTensor[] {
  const known = WEIGHED.get(shape) ?? new Map<string, readonly WeighedTensor[]>();
  WEIGHED.set(shape, known);
  const key = weightKey(format, options);
  const found = known.get(key);
  if (found) return found;
  const scale = exactScale(shape, format, options);
  const plain = format.gguf ? weighGguf(shape, format.gguf) : weighPlain(shape, format, options);
  const made = scale === 1 ? plain : plain.map((each) => ({ ...each, bytes: each.bytes * scale }));
  known.set(key, made);
  return made;
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
  const shares = new Map<string, WeightShare>();
  for (const { tensor, times, label, bits, bytes } of weighTensors(shape, format, options)) {
    const share = shares.get(label) ?? { label, parameters: 0, bits, bytes: 0 };
    share.parameters += tensorSize(tensor) * times;
    share.bytes += bytes;
    shares.set(label, share);
  }
  return [...shares.values()].sort((one, other) => other.bytes - one.bytes);
}

/**
 * Bytes that a 4-bit layer of bitsandbytes needs while it computes: its largest matrix in 16 bit
 * and a transposed copy of it. litgpt's measured peaks lie within 1 % of the weights plus these.
 *
 *     bytes = 4 × largest matrix stored in fewer than 16 bits
 */
export function unpackBufferBytes(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): number {
  return weighTensors(shape, format, options).reduce(
    (most, { tensor, bits }) =>
      bits < 16 ? Math.max(most, 4 * tensor.rows * tensor.columns) : most,
    0,
  );
}

const exactStep = (bytes: number): Step => ({
  label: 'Weights',
  formula: 'metadata.total_size of the index',
  numbers: stepNumber(bytes),
  value: bytes,
  unit: 'bytes',
  source: 'model.safetensors.index.json',
});

/** Bytes of the weights with the shares that add up to them. */
export function explainWeights(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): { bytes: number; bitsPerWeight: number; shares: WeightShare[] } & Explained {
  const shares = weightShares(shape, format, options);
  const bytes = shares.reduce((sum, share) => sum + share.bytes, 0);
  const parameters = shares.reduce((sum, share) => sum + share.parameters, 0);
  const told = exactBytes(format, options);
  const steps: Step[] =
    told === undefined
      ? shares.map((share) => ({
          label: `Weights in ${share.label}`,
          formula: 'parameters × bits / 8',
          numbers: `${stepNumber(share.parameters)} × ${stepNumber(share.bits)} / 8`,
          value: share.bytes,
          unit: 'bytes',
          source: format.source,
        }))
      : [exactStep(told)];
  const towers = shape.extras?.filter(({ kind }) => kind === 'vision' || kind === 'audio') ?? [];
  return {
    bytes,
    bitsPerWeight: (bytes * 8) / parameters,
    shares,
    steps,
    assumptions: [
      told === undefined
        ? `${format.label}: ${format.note}.`
        : 'Weights as the index of the safetensors files says, to the byte.',
    ],
    warnings:
      towers.length > 0 && format.gguf
        ? ["The vision or audio tower is a separate file and isn't counted."]
        : [],
    band: bandAround(
      bytes,
      told !== undefined ? 0 : format.gguf ? 0.015 : format.quantizes === 'all' ? 0.002 : 0.03,
      format.gguf
        ? 'publishers may change the mix of individual tensors'
        : 'publishers differ in which matrices they leave in 16-bit',
    ),
  };
}
