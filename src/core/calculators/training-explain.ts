import { kvBytesPerToken } from './kv-cache.ts';
import { isSoftmax } from './model-shape.ts';
import { stateBytes } from './optimizers.ts';
import { type Explained, product, type Step, stepNumber } from './result.ts';
import { type TrainingMemory, type TrainingRequest, trainingMemory } from './training-memory.ts';

const ZERO = 'https://arxiv.org/abs/1910.02054';
const RECOMPUTE = 'https://arxiv.org/abs/2205.05198';
const QLORA = 'https://arxiv.org/abs/2305.14314';

function stateSteps(request: TrainingRequest, memory: TrainingMemory): Step[] {
  const { precision = 'mixed', optimizer = 'adamw', zero = 0, dataParallel = 1 } = request;
  const each = stateBytes(precision, optimizer, request.shape);
  const ranks = (from: number) => (zero >= from ? dataParallel : 1);
  const step = (label: string, bytes: number, from: number, value: number): Step => ({
    label,
    formula: 'trainable parameters × bytes / ranks that share them',
    numbers: `${product(memory.trainable, bytes)} / ${ranks(from)}`,
    value,
    unit: 'bytes',
    source: ZERO,
  });
  return [
    step('Weights', each.weights, 3, memory.states.weights),
    step('Gradients', each.gradients, 2, memory.states.gradients),
    step('Optimizer', each.optimizer, 1, memory.states.optimizer),
  ];
}

function activationSteps(request: TrainingRequest, memory: TrainingMemory): Step[] {
  const { shape, sequence, microBatch, checkpointing = 'full' } = request;
  const tokens = product(sequence, microBatch);
  const { stored, recomputed, loss } = memory.activations;
  const step = (label: string, formula: string, numbers: string, value: number): Step => ({
    label,
    formula,
    numbers,
    value,
    unit: 'bytes',
    source: RECOMPUTE,
  });
  return [
    step(
      'Stored activations',
      checkpointing === 'full'
        ? 'tokens × layers × 2 × hidden'
        : 'tokens × Σ layers: norms, attention and feed-forward inputs',
      `tokens ${tokens}, hidden ${stepNumber(shape.hidden)}`,
      stored,
    ),
    ...(recomputed > 0
      ? [step('One layer computed again', 'tokens × bytes of one layer', tokens, recomputed)]
      : []),
    step('Logits and their gradient', 'tokens × vocabulary × 10', tokens, loss),
  ];
}

function trainingWarnings({ shape, sequence, method, zero = 0 }: TrainingRequest): string[] {
  const warnings: string[] = [];
  if (sequence > shape.maxContext) {
    warnings.push(
      `${stepNumber(sequence)} tokens are more than the ${stepNumber(shape.maxContext)} the model was made for.`,
    );
  }
  if (method === 'qlora' && zero === 3) {
    warnings.push('Not every framework shards a 4-bit base; without it the base is on each GPU.');
  }
  if (shape.layers.some(({ feedForward }) => feedForward.kind === 'moe')) {
    warnings.push('A mixture of experts also needs room for tokens that crowd one expert.');
  }
  if (
    kvBytesPerToken(shape).bytesPerToken > 0 &&
    !shape.layers.some((g) => isSoftmax(g.attention))
  ) {
    warnings.push('Activations of latent and linear attention are a rough count.');
  }
  return warnings;
}

/** Memory of one GPU in a training run, with the steps, the assumptions and how sure it is. */
export function explainTrainingMemory(request: TrainingRequest): TrainingMemory & Explained {
  const memory = trainingMemory(request);
  const { precision = 'mixed', optimizer = 'adamw', checkpointing = 'full' } = request;
  const { base, buffers, overhead, activations, total, states } = memory;
  const line = (label: string, formula: string, value: number, source: string): Step => ({
    label,
    formula,
    numbers: '',
    value,
    unit: 'bytes',
    source,
  });
  const steps = [
    ...(base > 0 ? [line('Frozen base', 'weights in the base format', base, QLORA)] : []),
    ...stateSteps(request, memory),
    ...activationSteps(request, memory),
    ...(buffers > 0
      ? [
          line(
            'Gathered or unpacked weights',
            '(largest layer + next layer) × 2, or largest matrix × 4',
            buffers,
            ZERO,
          ),
        ]
      : []),
    line('CUDA context and libraries', '0.75 GiB', overhead, 'measured on idle processes'),
    line('Total', 'sum of the lines', total, ZERO),
  ];
  return {
    ...memory,
    steps,
    assumptions: [
      `${optimizer} with ${precision} precision, checkpointing ${checkpointing}.`,
      request.plainAttention ? 'Attention that keeps its scores.' : 'FlashAttention.',
      `Activations of ${request.microBatch} × ${request.sequence} tokens.`,
    ],
    warnings: trainingWarnings(request),
    band: {
      low: base + states.total + activations.peak * 0.8 + buffers,
      high: total + activations.peak * 0.2 + 0.05 * (base + states.total),
      why: 'activations are within about 15 to 20 % of measured runs; the allocator adds slack',
    },
  };
}
