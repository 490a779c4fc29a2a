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

/**
 * What DeepSpeed's own estimator prints for one GPU and one node's CPUs.
 *
 *     stage 2, no offload: 4 P + 16 P / GPUs      optimizer on CPU: 2 P
 *     stage 3, no offload: 4 × largest layer + 18 P / GPUs
 *     stage 3, optimizer on CPU: 4 × largest layer + 2 P / GPUs      all on CPU: 4 × largest layer
 *
 * @see https://github.com/deepspeedai/DeepSpeed/blob/master/docs/code-docs/source/memory.rst
 */
export function deepSpeedEstimate({
  parameters,
  largestLayer,
  gpusPerNode,
  nodes = 1,
  stage,
  offload,
}: {
  parameters: number;
  largestLayer: number;
  gpusPerNode: number;
  nodes?: number;
  stage: 2 | 3;
  offload: 'none' | 'optimizer' | 'all';
}): { gpuBytes: number; cpuBytes: number } {
  requirePositive({ parameters, largestLayer });
  requireCount({ gpusPerNode, nodes });
  const gpus = gpusPerNode * nodes;
  const buffers = 1.5;
  if (stage === 2) {
    return offload === 'none'
      ? {
          gpuBytes: 4 * parameters + (16 * parameters) / gpus,
          cpuBytes: 4 * parameters * gpusPerNode * buffers,
        }
      : { gpuBytes: 2 * parameters, cpuBytes: parameters * Math.max(4 * gpus, 16) * buffers };
  }
  const gathered = 4 * largestLayer;
  if (offload === 'none') {
    return {
      gpuBytes: gathered + (18 * parameters) / gpus,
      cpuBytes: 4 * largestLayer * gpusPerNode * buffers,
    };
  }
  return offload === 'optimizer'
    ? {
        gpuBytes: gathered + (2 * parameters) / gpus,
        cpuBytes: ((16 * parameters) / nodes) * buffers,
      }
    : { gpuBytes: gathered, cpuBytes: ((18 * parameters) / nodes) * buffers };
}
