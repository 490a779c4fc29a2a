import { formatGiB } from '../../units.ts';
import { kvBytesPerToken } from '../memory/kv-cache.ts';
import { isSoftmax } from '../models/model-shape.ts';
import { type Explained, product, type Step, stepNumber } from '../result.ts';
import {
  type ActivationRequest,
  LOGIT_BYTES,
  LOSS_CHUNKS,
  layerBytesPerToken,
  trainedLayers,
} from './activations.ts';
import {
  activationRequest,
  PROCESS_OVERHEAD,
  type TrainingMemory,
  type TrainingRequest,
  trainingMemory,
} from './memory.ts';
import { stateBytes } from './optimizers.ts';

const ZERO = 'https://arxiv.org/abs/1910.02054';
const RECOMPUTE = 'https://arxiv.org/abs/2205.05198';
const OFFLOAD = 'https://arxiv.org/abs/2101.06840';
const QLORA = 'https://arxiv.org/abs/2305.14314';

function bytesStep(
  label: string,
  { formula, numbers, source }: Pick<Step, 'formula' | 'numbers' | 'source'>,
  value: number,
): Step {
  return { label, formula, numbers, value, unit: 'bytes', source };
}

function stateSteps(request: TrainingRequest, { states, trainableHere }: TrainingMemory): Step[] {
  const { precision = 'mixed', optimizer = 'adamw', zero = 0, dataParallel = 1 } = request;
  const { offload = 'none' } = request;
  const each = stateBytes(precision, optimizer, request.shape);
  const moved = { formula: 'offloaded to CPU memory', numbers: '', source: OFFLOAD };
  const step = (label: string, bytes: number, from: number, value: number): Step => {
    const ranks = zero >= from && dataParallel > 1 ? ` / ${stepNumber(dataParallel)}` : '';
    const here = {
      formula: 'trainable parameters per GPU × bytes / ranks that share them',
      numbers: `${product(trainableHere, bytes)}${ranks}`,
      source: ZERO,
    };
    const isMoved = offload === 'all' || (offload === 'optimizer' && from < 3);
    return bytesStep(label, isMoved ? moved : here, value);
  };
  return [
    step('Weights', each.weights, 3, states.weights),
    step('Gradients', each.gradients, 2, states.gradients),
    step('Optimizer', each.optimizer, 1, states.optimizer),
  ];
}

function storedNumbers(request: ActivationRequest, tokens: string): string {
  const { shape, checkpointing, sequenceParallel, tensorParallel = 1 } = request;
  const groups = trainedLayers(shape);
  if (checkpointing === 'full') {
    const layers = groups.reduce((sum, { count }) => sum + count, 0);
    const split = sequenceParallel && tensorParallel > 1 ? ` / ${tensorParallel}` : '';
    return `${tokens} × ${product(layers, 2, shape.hidden)}${split}`;
  }
  const layers = groups.map((group) => product(group.count, layerBytesPerToken(group, request)));
  return `${tokens} × (${layers.join(' + ')})`;
}

function lossNumbers(request: ActivationRequest, tokens: string): string {
  const { shape, chunkedLoss, tensorParallel = 1 } = request;
  const pieces = (chunkedLoss ? LOSS_CHUNKS : 1) * tensorParallel;
  const split = pieces > 1 ? ` / ${pieces}` : '';
  return `${tokens} × ${product(shape.vocabulary, LOGIT_BYTES)}${split}`;
}

function activationSteps(request: TrainingRequest, memory: TrainingMemory): Step[] {
  const asked = activationRequest(request);
  const { stored, recomputed, loss } = memory.activations;
  const { tensorParallel = 1 } = asked;
  const tokens = product(request.sequence, request.microBatch);
  const layers = trainedLayers(asked.shape).map((group) => layerBytesPerToken(group, asked));
  const step = (label: string, formula: string, numbers: string, value: number) =>
    value > 0 ? [bytesStep(label, { formula, numbers, source: RECOMPUTE }, value)] : [];
  return [
    ...step(
      'Stored activations',
      asked.checkpointing === 'full'
        ? 'tokens × layers × 2 × hidden'
        : 'tokens × Σ layers: norms, attention, and feed-forward inputs',
      storedNumbers(asked, tokens),
      stored,
    ),
    ...step(
      'One recomputed layer',
      'tokens × bytes of the largest layer',
      `${tokens} × ${stepNumber(Math.max(...layers))}`,
      recomputed,
    ),
    ...step(
      'Logits and their gradient',
      `tokens × vocabulary × ${LOGIT_BYTES}${tensorParallel > 1 ? ' / tensor' : ''}`,
      lossNumbers(asked, tokens),
      loss,
    ),
  ];
}

/** The layer that is computed again has made room when the logits come. */
function totalStep({ base, states, activations, buffers, overhead, total }: TrainingMemory): Step {
  const { stored, recomputed, loss } = activations;
  const [one, logits] = [recomputed, loss].map(stepNumber);
  const last =
    recomputed > 0 && loss > 0 ? `max(${one}, ${logits})` : stepNumber(recomputed + loss);
  const parts = [base, states.total, stored].map(stepNumber);
  return bytesStep(
    'Total',
    {
      formula:
        'base + states + stored activations + max(one layer, logits) + buffers + CUDA context',
      numbers: [...parts, last, ...[buffers, overhead].map(stepNumber)].join(' + '),
      source: ZERO,
    },
    total,
  );
}

function trainingWarnings({ shape, sequence, method, zero = 0 }: TrainingRequest): string[] {
  const warnings: string[] = [];
  if (sequence > shape.maxContext) {
    warnings.push(
      `${stepNumber(sequence)} tokens exceed the model's context limit of ${stepNumber(shape.maxContext)}.`,
    );
  }
  if (method === 'qlora' && zero === 3) {
    warnings.push("Some frameworks don't shard a 4-bit base. Then every GPU holds all of it.");
  }
  if (shape.layers.some(({ feedForward }) => feedForward.kind === 'moe')) {
    warnings.push('A mixture of experts also needs room for tokens that crowd into one expert.');
  }
  if (
    kvBytesPerToken(shape).bytesPerToken > 0 &&
    !shape.layers.some((g) => isSoftmax(g.attention))
  ) {
    warnings.push('Activations of latent and linear attention are a rough estimate.');
  }
  return warnings;
}

/** Memory of one GPU in a training run, with the steps, the assumptions and how sure it is. */
export function explainTrainingMemory(request: TrainingRequest): TrainingMemory & Explained {
  const memory = trainingMemory(request);
  const { precision = 'mixed', optimizer = 'adamw', checkpointing = 'full' } = request;
  const { base, buffers, overhead, activations, total, states } = memory;
  const line = (label: string, formula: string, value: number, source: string): Step[] =>
    value > 0 ? [bytesStep(label, { formula, numbers: '', source }, value)] : [];
  const steps = [
    ...line('Frozen base', 'weights in the base format', base, QLORA),
    ...stateSteps(request, memory),
    ...activationSteps(request, memory),
    ...line(
      'Gathered or unpacked weights',
      '(largest layer + next layer) × 2, or largest matrix × 4',
      buffers,
      ZERO,
    ),
    ...line(
      'CUDA context and libraries',
      formatGiB(PROCESS_OVERHEAD),
      overhead,
      'measured on idle processes',
    ),
    totalStep(memory),
  ];
  return {
    ...memory,
    steps,
    assumptions: [
      `${optimizer}, ${precision} precision, ${checkpointing === 'none' ? 'no' : checkpointing} checkpointing.`,
      request.plainAttention ? 'Attention keeps its scores.' : 'FlashAttention.',
      `Activations for ${stepNumber(request.microBatch)} × ${stepNumber(request.sequence)} tokens.`,
    ],
    warnings: trainingWarnings(request),
    band: {
      low: base + states.total + activations.peak * 0.8 + buffers,
      high: total + activations.peak * 0.2 + 0.05 * (base + states.total),
      why: 'activations are within about 15–20% of measured runs, and the allocator adds slack',
    },
  };
}
