import type { ModelShape } from '../models/model-shape.ts';
import { tensorSize } from '../models/tensor.ts';
import { allTensors } from '../models/tensors.ts';
import type { StateBytes } from './zero.ts';

/** Optimizers whose states we know. */
export const OPTIMIZERS = [
  'adamw',
  'adamw-8bit',
  'adafactor',
  'lion',
  'muon',
  'sgd',
  'sgd-momentum',
] as const;

/** One of the optimizers whose states we know. */
export type Optimizer = (typeof OPTIMIZERS)[number];

/**
 * Number formats of a training run: `mixed` has 16-bit weights and gradients with an FP32 copy,
 * `mixed-fp32-gradients` sums gradients in FP32, `bf16-fp32-states` keeps the optimizer's states in
 * FP32 without a copy of the weights, `bf16` and `fp32` keep everything in one format.
 */
export const PRECISIONS = [
  'mixed',
  'mixed-fp32-gradients',
  'bf16-fp32-states',
  'bf16',
  'fp32',
] as const;

/** One of the number formats of a training run. */
export type Precision = (typeof PRECISIONS)[number];

const BASE: Record<Precision, { weights: number; gradients: number; copy: number; state: number }> =
  {
    mixed: { weights: 2, gradients: 2, copy: 4, state: 4 },
    'mixed-fp32-gradients': { weights: 2, gradients: 4, copy: 4, state: 4 },
    'bf16-fp32-states': { weights: 2, gradients: 2, copy: 0, state: 4 },
    bf16: { weights: 2, gradients: 2, copy: 0, state: 2 },
    fp32: { weights: 4, gradients: 4, copy: 0, state: 4 },
  };

/** Values that the optimizer keeps for each parameter, in the run's format for states. */
const STATES: Record<Exclude<Optimizer, 'adamw-8bit' | 'adafactor'>, number> = {
  adamw: 2,
  lion: 1,
  muon: 1,
  sgd: 0,
  'sgd-momentum': 1,
};

/**
 * Bytes that Adafactor keeps: for each matrix one FP32 sum for each row and each column, for each
 * vector one FP32 value for each entry; no momentum.
 *
 * @see https://arxiv.org/abs/1804.04235
 */
export function adafactorBytes(shape: ModelShape): number {
  return allTensors(shape).reduce((sum, { tensor, times }) => {
    const isMatrix = tensor.rows > 1 && tensor.columns > 1;
    const values = isMatrix ? (tensor.rows + tensor.columns) * tensor.copies : tensorSize(tensor);
    return sum + 4 * values * times;
  }, 0);
}

/**
 * Bytes for each trainable parameter.
 *
 *     mixed AdamW 2 + 2 + (4 + 8) = 16      with FP32 gradients 2 + 4 + 12 = 18
 *     BF16 AdamW 2 + 2 + 4 = 8              BF16 and 8-bit Adam 2 + 2 + 2 = 6
 *     FP32 AdamW 4 + 4 + 8 = 16             mixed and 8-bit Adam 2 + 2 + (4 + 2) = 10
 *     BF16 AdamW with FP32 states 2 + 2 + 8 = 12
 *
 * The block scales of 8-bit Adam (under 2 %) are left out. Adafactor needs the shape, because its
 * sums depend on the matrices.
 *
 * @see https://arxiv.org/abs/1910.02054 (section 3.1)
 */
export function stateBytes(
  precision: Precision,
  optimizer: Optimizer,
  shape?: ModelShape,
): StateBytes {
  const { weights, gradients, copy, state } = BASE[precision];
  if (optimizer === 'adamw-8bit') return { weights, gradients, optimizer: copy + 2 };
  if (optimizer === 'adafactor') {
    if (!shape) throw new TypeError('adafactor needs the shape of the model');
    const total = allTensors(shape).reduce(
      (sum, { tensor, times }) => sum + tensorSize(tensor) * times,
      0,
    );
    return { weights, gradients, optimizer: copy + adafactorBytes(shape) / total };
  }
  return { weights, gradients, optimizer: copy + STATES[optimizer] * state };
}
