import type { Extra, LayerGroup, ModelShape } from './model-shape.ts';
import { matrix, type Tensor, vector } from './tensor.ts';
import { attentionTensors } from './tensors-attention.ts';
import { feedForwardTensors } from './tensors-feed-forward.ts';

function normSize(shape: ModelShape): number {
  if (shape.norm === 'none') return 0;
  return shape.norm === 'layer' ? 2 * shape.hidden : shape.hidden;
}

function extraTensor(extra: Extra, hidden: number): Tensor {
  if (extra.kind === 'vector') return vector('small', extra.parameters);
  const columns = extra.parameters % hidden === 0 ? hidden : extra.parameters;
  return matrix(extra.kind, extra.parameters / columns, columns, 'whole');
}

/** The weights of one layer of a group. */
export function layerTensors(shape: ModelShape, group: LayerGroup): Tensor[] {
  const norms = group.norms * normSize(shape);
  return [
    ...attentionTensors(group.attention, shape.hidden),
    ...(group.cross ? attentionTensors(group.cross, shape.hidden) : []),
    ...feedForwardTensors(group.feedForward, shape.hidden),
    ...(norms > 0 ? [vector('norm', norms)] : []),
    ...(group.extras ?? []).map((extra) => extraTensor(extra, shape.hidden)),
  ];
}

/** The weights outside the layers. */
export function outerTensors(shape: ModelShape): Tensor[] {
  const { hidden, vocabulary } = shape;
  const width = shape.embeddingDim ?? hidden;
  const hasHead = shape.head !== false;
  const tensors = [matrix('embedding', vocabulary, width, 'vocabulary')];
  if (hasHead && !shape.tied) tensors.push(matrix('head', vocabulary, width, 'vocabulary'));
  if (hasHead && shape.headBias) tensors.push(vector('bias', vocabulary, 'vocabulary'));
  if (shape.positions) tensors.push(matrix('position', shape.positions, hidden, 'whole'));
  if (width !== hidden) tensors.push(matrix('matrix', 2 * hidden, width, 'whole'));
  const norms = shape.finalNorms * normSize(shape);
  if (norms > 0) tensors.push(vector('norm', norms));
  return [...tensors, ...(shape.extras ?? []).map((extra) => extraTensor(extra, hidden))];
}

/** A weight and the number of layers that have it. */
export type CountedTensor = { tensor: Tensor; times: number };

const ALL = new WeakMap<ModelShape, readonly CountedTensor[]>();

/** Every weight of the model with the number of times it occurs. Kept for each shape. */
export function allTensors(shape: ModelShape): readonly CountedTensor[] {
  const known = ALL.get(shape);
  if (known) return known;
  const made = listTensors(shape);
  ALL.set(shape, made);
  return made;
}

function listTensors(shape: ModelShape): CountedTensor[] {
  const groups = [...shape.layers, ...(shape.encoderLayers ?? [])];
  return [
    ...outerTensors(shape).map((tensor) => ({ tensor, times: 1 })),
    ...groups.flatMap((group) =>
      layerTensors(shape, group).map((tensor) => ({ tensor, times: group.count })),
    ),
  ];
}
