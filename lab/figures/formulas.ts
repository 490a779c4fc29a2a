import type { ModelShape } from '../../src/core/calculators/models/model-shape.ts';
import { ggufMix } from '../../src/core/calculators/quantization/gguf.ts';
import type { GgufFileType } from '../../src/core/calculators/quantization/gguf-blocks.ts';
import { requireCount, requireNotNegative, requirePositive } from '../../src/core/check.ts';

/** Bytes of tokenizer and header for each entry of the vocabulary: 40 to 63 in files we know. */
const TOKENIZER_BYTES = 50;

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

/**
 * Arithmetic of one iteration of a GPT with its vocabulary.
 *
 *     FLOPs = 72 B L s h² × (1 + s / (6 h) + V / (12 h L))      96 with full recomputation
 *
 * @see https://arxiv.org/abs/2104.04473 (section 5.1)
 */
export function gptIterationFlops({
  batch,
  layers,
  hidden,
  sequence,
  vocabulary,
  recompute = false,
}: {
  batch: number;
  layers: number;
  hidden: number;
  sequence: number;
  vocabulary: number;
  recompute?: boolean;
}): number {
  requirePositive({ batch, layers, hidden, sequence, vocabulary });
  const scale = 1 + sequence / (6 * hidden) + vocabulary / (12 * hidden * layers);
  return (recompute ? 96 : 72) * batch * layers * sequence * hidden ** 2 * scale;
}

/** Dollars for GPU hours. */
export function gpuHoursUsd(gpuHours: number, usdPerGpuHour: number): number {
  requireNotNegative({ gpuHours, usdPerGpuHour });
  return gpuHours * usdPerGpuHour;
}

/** Bytes of a GGUF file's weights. */
export function ggufBytes(shape: ModelShape, fileType: GgufFileType, imatrix = true): number {
  return ggufMix(shape, fileType, imatrix).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes of the whole file: the weights, the tokenizer and the header. */
export function ggufFileBytes(shape: ModelShape, fileType: GgufFileType, imatrix = true): number {
  return ggufBytes(shape, fileType, imatrix) + shape.vocabulary * TOKENIZER_BYTES;
}
