import { layerOrder, type ModelShape } from './model-shape.ts';
import type { Tensor } from './tensor.ts';
import { layerTensors } from './tensors.ts';

const PLACED = new WeakMap<ModelShape, readonly (readonly Tensor[])[]>();

/**
 * The weights of each layer, decoder first and then a separate encoder. Layers of one group share
 * one list. Kept for each shape, since searches ask often.
 */
export function placedLayers(shape: ModelShape): readonly (readonly Tensor[])[] {
  const known = PLACED.get(shape);
  if (known) return known;
  const encoder = shape.encoderLayers ?? [];
  const lists = new Map(
    [...shape.layers, ...encoder].map((group) => [group, layerTensors(shape, group)]),
  );
  const order = [
    ...layerOrder(shape),
    ...encoder.flatMap((group) => Array.from({ length: group.count }, () => group)),
  ];
  const made = order.map((group) => lists.get(group) ?? []);
  PLACED.set(shape, made);
  return made;
}
