import { requireCount } from '../../check.ts';
import { GIB } from '../../units.ts';
import { stageWeightBytes } from '../hardware/parallel.ts';
import type { ModelShape } from '../models/model-shape.ts';
import { countParameters } from '../models/parameters.ts';
import { tensorSize } from '../models/tensor.ts';
import { layerTensors, outerTensors } from '../models/tensors.ts';
import { type WeightFormat, weightFormat } from '../quantization/formats.ts';
import { weightLoads } from '../quantization/weight-loads.ts';
import { unpackBufferBytes } from '../quantization/weights.ts';
import {
  type ActivationRequest,
  type TrainingActivations,
  trainingActivations,
} from './activations.ts';
import { type LoraRequest, loraParameters } from './lora.ts';
import { type Optimizer, type Precision, stateBytes } from './optimizers.ts';
import { type ModelStates, type ZeroStage, zeroStates } from './zero.ts';

/** What is trained: every weight, or adapters on a frozen base in 16 or in 4 bit. */
export type TrainingMethod = 'full' | 'lora' | 'qlora';

/** What is kept in the CPU's memory: nothing, optimizer and gradients, or the weights too. */
export type TrainingOffload = 'none' | 'optimizer' | 'all';

/** What a training run is asked for. */
export type TrainingRequest = Omit<
  ActivationRequest,
  'shape' | 'tensorParallel' | 'keepsInputs' | 'checkpointing'
> & {
  shape: ModelShape;
  method: TrainingMethod;
  /** `mixed` when left out. */
  precision?: Precision;
  /** `adamw` when left out. */
  optimizer?: Optimizer;
  /** `full` when left out. */
  checkpointing?: ActivationRequest['checkpointing'];
  zero?: ZeroStage;
  /** GPUs that each see their own sequences and among which ZeRO divides the states. */
  dataParallel?: number;
  tensorParallel?: number;
  pipelineParallel?: number;
  offload?: TrainingOffload;
  /** Needed for the adapter methods. */
  lora?: Omit<LoraRequest, 'shape'>;
  /** Format of the frozen base: BF16 for LoRA and NF4 with double quantization for QLoRA. */
  base?: WeightFormat;
  /** True where the output matrix of the base is quantized too. */
  quantizeHead?: boolean;
};

/** Memory of one GPU in a training run, in bytes. */
export type TrainingMemory = {
  /** Frozen weights of an adapter run. */
  base: number;
  states: ModelStates;
  activations: TrainingActivations;
  /** The layer that ZeRO-3 or offload gathers, or the copy that 4-bit layers unpack. */
  buffers: number;
  overhead: number;
  /** What PyTorch allocates: all of the above without the overhead. */
  allocated: number;
  total: number;
  /** What goes to the CPU of all GPUs together. */
  cpuBytes: number;
  gpus: number;
  /** Parameters that are trained, those of all GPUs together. */
  trainable: number;
  /** Those whose states the fullest GPU would hold without ZeRO. */
  trainableHere: number;
};

/** Share of the memory that is used when nothing is told; PyTorch's allocator needs some slack. */
export const USUAL_UTILISATION = 0.95;

/** CUDA context and libraries of a training process. */
export const PROCESS_OVERHEAD = 0.75 * GIB;

/** Parameters of the largest piece that is gathered, and of the layer that is fetched ahead of its turn. */
function gatheredParameters(shape: ModelShape): number {
  const tables = outerTensors(shape).map(tensorSize);
  const layers = [...shape.layers, ...(shape.encoderLayers ?? [])].map((group) =>
    layerTensors(shape, group).reduce((sum, tensor) => sum + tensorSize(tensor), 0),
  );
  return Math.max(...tables, ...layers) + Math.max(...layers);
}

function splitShare(request: TrainingRequest, format: WeightFormat): number {
  const { tensorParallel: tensor = 1, pipelineParallel: pipeline = 1 } = request;
  const options = { quantizeHead: request.quantizeHead === true };
  const loads = weightLoads(request.shape, format, options);
  return Math.max(...stageWeightBytes(request.shape, loads, { tensor, pipeline }));
}

function trainableOf(
  request: TrainingRequest,
): Pick<TrainingMemory, 'trainable' | 'trainableHere'> {
  const { shape, method, lora, tensorParallel = 1, pipelineParallel = 1 } = request;
  if (method === 'full') {
    return {
      trainable: countParameters(shape).total,
      trainableHere: splitShare(request, weightFormat('bf16')) / 2,
    };
  }
  if (!lora) throw new TypeError('adapter training needs the adapter');
  const trainable = loraParameters({ shape, ...lora });
  return { trainable, trainableHere: trainable / (tensorParallel * pipelineParallel) };
}

function statesOf(request: TrainingRequest, trainable: number): ModelStates {
  const { precision = 'mixed', optimizer = 'adamw', zero = 0, dataParallel = 1 } = request;
  const bytes = stateBytes(precision, optimizer, request.shape);
  return zeroStates({ parameters: trainable, bytes, stage: zero, ranks: dataParallel });
}

/** The activations of a run; 4-bit layers keep their inputs. */
export function activationRequest(request: TrainingRequest): ActivationRequest {
  const { checkpointing = 'full', tensorParallel = 1, method } = request;
  return { ...request, checkpointing, tensorParallel, keepsInputs: method === 'qlora' };
}

function offloaded(states: ModelStates, offload: TrainingOffload): ModelStates {
  if (offload === 'none') return states;
  const weights = offload === 'all' ? 0 : states.weights;
  return { weights, gradients: 0, optimizer: 0, total: weights };
}

/**
 * Memory of one GPU in a training run.
 *
 *     total = frozen base + weights + gradients + optimizer + activations + buffers + overhead
 *
 * ZeRO divides the states (stage 3 the frozen base too) and gathers one layer and the next in 16 bit.
 * 4-bit layers unpack into a 16-bit copy and its transpose, and keep their inputs.
 *
 * @throws RangeError when a count is not a whole number of at least 1.
 * @see https://arxiv.org/abs/1910.02054 and https://arxiv.org/abs/2305.14314
 */
export function trainingMemory(request: TrainingRequest): TrainingMemory {
  const { shape, method, zero = 0, dataParallel = 1, offload = 'none' } = request;
  const { tensorParallel = 1, pipelineParallel = 1 } = request;
  requireCount({ dataParallel, tensorParallel, pipelineParallel });
  const trainable = trainableOf(request);
  const onGpu = statesOf(request, trainable.trainableHere);
  const states = offloaded(onGpu, offload);
  const format = request.base ?? weightFormat(method === 'qlora' ? 'nf4-dq' : 'bf16');
  const frozen = method === 'full' ? 0 : splitShare(request, format);
  const base = offload === 'all' ? 0 : frozen / (zero === 3 ? dataParallel : 1);
  const activations = trainingActivations(activationRequest(request));
  const gathers = (zero === 3 && dataParallel > 1) || offload === 'all';
  const gathered = gathers ? (2 * gatheredParameters(shape)) / tensorParallel : 0;
  const options = { quantizeHead: request.quantizeHead === true };
  const unpacked =
    method === 'qlora' ? unpackBufferBytes(shape, format, options) / tensorParallel : 0;
  const buffers = gathered + unpacked;
  const allocated = base + states.total + activations.peak + buffers;
  const gpus = dataParallel * tensorParallel * pipelineParallel;
  return {
    base,
    states,
    activations,
    buffers,
    overhead: PROCESS_OVERHEAD,
    allocated,
    total: allocated + PROCESS_OVERHEAD,
    cpuBytes: (onGpu.total - states.total) * gpus + (offload === 'all' ? frozen : 0),
    gpus,
    ...trainable,
  };
}
