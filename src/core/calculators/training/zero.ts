import { requireCount, requireNotNegative, requirePositive } from '../../check.ts';

/** How ZeRO divides the states: 0 not, 1 the optimizer, 2 also gradients, 3 also weights. */
export type ZeroStage = 0 | 1 | 2 | 3;

/** Bytes for each trainable parameter. */
export type StateBytes = {
  weights: number;
  gradients: number;
  /** The FP32 copy of mixed precision and the optimizer's own states. */
  optimizer: number;
};

/** Model states on one GPU. */
export type ModelStates = { weights: number; gradients: number; optimizer: number; total: number };

/**
 * Model states on one of `ranks` GPUs.
 *
 *     stage 0: P × (weights + gradients + optimizer)
 *     stage 1: P × (weights + gradients) + P × optimizer / ranks
 *     stage 2: P × weights + P × (gradients + optimizer) / ranks
 *     stage 3: P × (weights + gradients + optimizer) / ranks
 *
 * Leaves out the layer that stage 3 gathers while it computes.
 *
 * @throws RangeError when a value is negative or not finite, or the ranks are no whole number.
 * @see https://arxiv.org/abs/1910.02054
 */
export function zeroStates({
  parameters,
  bytes,
  stage,
  ranks,
}: {
  parameters: number;
  bytes: StateBytes;
  stage: ZeroStage;
  ranks: number;
}): ModelStates {
  requirePositive({ parameters });
  requireNotNegative({ ...bytes });
  requireCount({ ranks });
  const share = (from: ZeroStage) => (stage >= from ? ranks : 1);
  const weights = (parameters * bytes.weights) / share(3);
  const gradients = (parameters * bytes.gradients) / share(2);
  const optimizer = (parameters * bytes.optimizer) / share(1);
  return { weights, gradients, optimizer, total: weights + gradients + optimizer };
}
