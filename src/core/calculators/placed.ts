import { layerOrder, type ModelShape } from './model-shape.ts';
import type { Tensor } from './tensor.ts';
import { layerTensors, outerTensors } from './tensors.ts';

/** A weight and where it stands; weights outside the layers have no layer. */
export type PlacedTensor = {
  tensor: Tensor;
  /** Decoder layers count from 0, the layers of a separate encoder come after them. */
  layer?: number;
};

const PLACED = new WeakMap<ModelShape, readonly PlacedTensor[]>();

function place(shape: ModelShape): PlacedTensor[] {
  const encoder = (shape.encoderLayers ?? []).flatMap((group) =>
    Array.from({ length: group.count }, () => group),
  );
  const lists = new Map(
    [...shape.layers, ...(shape.encoderLayers ?? [])].map((group) => [
      group,
      layerTensors(shape, group),
    ]),
  );
  return [
    ...outerTensors(shape).map((tensor) => ({ tensor })),
    ...[...layerOrder(shape), ...encoder].flatMap((group, layer) =>
      (lists.get(group) ?? []).map((tensor) => ({ tensor, layer })),
    ),
  ];
}

/** Every weight of the model, layer by layer. Kept for each shape, since searches ask often. */
export function placedTensors(shape: ModelShape): readonly PlacedTensor[] {
  const known = PLACED.get(shape);
  if (known) return known;
  const made = place(shape);
  PLACED.set(shape, made);
  return made;
}

/** Layers of decoder and encoder together. */
export function placedLayers(shape: ModelShape): number {
  return placedTensors(shape).reduce((most, { layer = -1 }) => Math.max(most, layer + 1), 0);
}
