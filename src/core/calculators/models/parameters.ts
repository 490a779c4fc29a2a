import { bandAround, type Explained, type Step, stepNumber } from '../result.ts';
import type { ModelShape } from './model-shape.ts';
import type { Tensor, TensorRole } from './tensor.ts';
import { allTensors } from './tensors.ts';

const SOURCE = 'the tensor list of the architecture';

/** How many parameters a model has and what they are for. */
export type ParameterCounts = {
  /** Every parameter, also those of vision and audio towers. */
  total: number;
  /** Without vision and audio towers. */
  text: number;
  /** Parameters that one token goes through, with the embedding table; the text count when dense. */
  active: number;
  /** The active count without the input table, of which a token reads one row. */
  activeWithoutEmbedding: number;
  embedding: number;
  head: number;
  attention: number;
  /** Dense and shared feed-forward matrices. */
  feedForward: number;
  experts: number;
  /** Norms, biases, routers, positions and other small parts. */
  other: number;
};

const TOWERS: ReadonlySet<TensorRole> = new Set(['vision', 'audio']);

/** Input tables: a token reads a row of them, not the whole. */
const TABLES: ReadonlySet<TensorRole> = new Set(['embedding', 'lookup', 'position']);

const ATTENTION: ReadonlySet<TensorRole> = new Set([
  'query',
  'key',
  'value',
  'output',
  'query-down',
  'query-up',
  'kv-down',
  'kv-up',
  'indexer',
  'linear-in',
  'linear-gate',
  'linear-small',
  'linear-out',
  'convolution',
]);

/** The part of the model that a weight belongs to, as people name it. */
export function partOf(
  role: TensorRole,
): 'embedding' | 'head' | 'attention' | 'feedForward' | 'experts' | 'other' {
  if (role === 'embedding' || role === 'lookup') return 'embedding';
  if (role === 'head') return 'head';
  if (ATTENTION.has(role)) return 'attention';
  if (role === 'gate' || role === 'up' || role === 'down') return 'feedForward';
  return role.startsWith('expert-') ? 'experts' : 'other';
}

const COUNTED = new WeakMap<ModelShape, Readonly<ParameterCounts>>();

/**
 * Counts parameters from the shape: each matrix is outputs × inputs, each vector its length.
 *
 *     total  = Σ rows × columns × copies × layers
 *     active = the same with the experts that one token uses in place of all experts
 *
 * Kept for each shape, since searches ask often.
 */
export function countParameters(shape: ModelShape): Readonly<ParameterCounts> {
  const known = COUNTED.get(shape);
  if (known) return known;
  const counts: ParameterCounts = {
    total: 0,
    text: 0,
    active: 0,
    activeWithoutEmbedding: 0,
    embedding: 0,
    head: 0,
    attention: 0,
    feedForward: 0,
    experts: 0,
    other: 0,
  };
  for (const { tensor, times } of allTensors(shape)) addTensor(counts, tensor, times, shape.tied);
  COUNTED.set(shape, counts);
  return counts;
}

function addTensor(counts: ParameterCounts, tensor: Tensor, times: number, tied: boolean): void {
  const one = tensor.rows * tensor.columns * times;
  const all = one * tensor.copies;
  const active = one * (tensor.activeCopies ?? tensor.copies);
  counts.total += all;
  counts[partOf(tensor.role)] += all;
  if (TOWERS.has(tensor.role)) return;
  counts.text += all;
  counts.active += active;
  const isRead = !TABLES.has(tensor.role) || (tied && tensor.role === 'embedding');
  if (isRead) counts.activeWithoutEmbedding += active;
}

function step(label: string, value: number, formula: string, numbers: string): Step {
  return { label, formula, numbers, value, unit: 'parameters', source: SOURCE };
}

function embeddingStep(value: number, lookups: number, table: string): Step {
  const formula = 'vocabulary × hidden';
  if (lookups === 0) return step('Embedding', value, formula, table);
  const numbers = `${table} + ${stepNumber(lookups)}`;
  return step('Embedding', value, `${formula} + tables of the layers`, numbers);
}

/** Parameter counts with the split that adds up to them. */
export function explainParameters(shape: ModelShape): ParameterCounts & Explained {
  const counts = countParameters(shape);
  const { vocabulary, hidden } = shape;
  const width = shape.embeddingDim ?? hidden;
  const table = `${stepNumber(vocabulary)} × ${stepNumber(width)}`;
  const steps = [
    embeddingStep(counts.embedding, counts.embedding - vocabulary * width, table),
    step('Output matrix', counts.head, shape.tied ? 'tied: none' : 'vocabulary × hidden', table),
    step('Attention', counts.attention, 'Σ rows × columns over the layers', ''),
    step('Feed-forward', counts.feedForward, 'matrices × hidden × width × layers', ''),
    step('Experts', counts.experts, 'experts × matrices × hidden × width × layers', ''),
    step('Norms, biases, and the rest', counts.other, 'Σ lengths', ''),
  ].filter(({ value }) => value > 0);
  const parts = steps.map(({ value }) => stepNumber(value)).join(' + ');
  steps.push(step('Total', counts.total, 'sum of the parts', parts));
  const isSparse = counts.experts > 0;
  return {
    ...counts,
    steps,
    assumptions: [
      shape.tied
        ? 'The output matrix is tied to the embedding and counts once.'
        : 'Embedding and output matrix are separate matrices.',
    ],
    warnings: isSparse
      ? ['All experts must be in memory. Only the active parameters affect speed.']
      : [],
    band: bandAround(
      counts.total,
      0.001,
      "extra buffers and scales in a checkpoint aren't counted",
    ),
  };
}
