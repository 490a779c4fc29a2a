import type { ModelShape } from '../models/model-shape.ts';
import { placedLayers } from '../models/placed.ts';
import { type Tensor, type TensorRole, type TensorSplit, tensorSize } from '../models/tensor.ts';
import { outerTensors } from '../models/tensors.ts';
import type { WeightFormat } from './formats.ts';
import { blockBytes, ggufTypes } from './gguf.ts';
import { exactScale, plainBits, type WeightOptions, weightKey } from './weights.ts';

/** Weights of one place that are divided over GPUs in the same way. */
export type WeightLoad = {
  split: TensorSplit;
  /** Pieces it can be cut into at most: KV heads, or experts. */
  pieces: number;
  bytes: number;
  /** What a weight outside the layers is for; it decides the pipeline stage. */
  role?: TensorRole;
};

/** The weights of a model by place. Layers that are stored alike share one list. */
export type WeightLoads = {
  outer: readonly WeightLoad[];
  layers: readonly (readonly WeightLoad[])[];
};

function piecesOf({ split, copies, pieces = 1 }: Tensor): number {
  return split === 'experts' ? copies : pieces;
}

/** Adds up the weights that are divided alike. */
function merge(list: readonly Tensor[], bytesOf: (tensor: Tensor) => number): WeightLoad[] {
  const loads = new Map<string, WeightLoad>();
  for (const tensor of list) {
    const pieces = piecesOf(tensor);
    const key = `${tensor.split} ${pieces}`;
    const load = loads.get(key) ?? { split: tensor.split, pieces, bytes: 0 };
    load.bytes += bytesOf(tensor);
    loads.set(key, load);
  }
  return [...loads.values()];
}

function outerLoad(tensor: Tensor, bytes: number): WeightLoad {
  return { split: tensor.split, pieces: piecesOf(tensor), bytes, role: tensor.role };
}

function plainLoads(shape: ModelShape, format: WeightFormat, options: WeightOptions): WeightLoads {
  const stored = plainBits(shape, format, options);
  const bytesOf = (tensor: Tensor) => (tensorSize(tensor) * stored(tensor).bits) / 8;
  const known = new Map<readonly Tensor[], WeightLoad[]>();
  const layers = placedLayers(shape).map((list) => {
    const loads = known.get(list) ?? merge(list, bytesOf);
    known.set(list, loads);
    return loads;
  });
  const outer = outerTensors(shape).map((tensor) => outerLoad(tensor, bytesOf(tensor)));
  return { outer, layers };
}

function ggufLoads(shape: ModelShape, fileType: NonNullable<WeightFormat['gguf']>): WeightLoads {
  const outer: WeightLoad[] = [];
  const layers: { tensor: Tensor; bytes: number }[][] = [];
  for (const { tensor, layer, type } of ggufTypes(shape, fileType)) {
    const bytes = blockBytes(tensor, type);
    if (layer === undefined) outer.push(outerLoad(tensor, bytes));
    else {
      const list = layers[layer] ?? [];
      list.push({ tensor, bytes });
      layers[layer] = list;
    }
  }
  return {
    outer,
    layers: layers.map((list) => {
      const bytes = new Map(list.map((each) => [each.tensor, each.bytes]));
      return merge([...bytes.keys()], (tensor) => bytes.get(tensor) ?? 0);
    }),
  };
}

function scaled({ outer, layers }: WeightLoads, scale: number): WeightLoads {
  if (scale === 1) return { outer, layers };
  const times = (list: readonly WeightLoad[]) =>
    list.map((load) => ({ ...load, bytes: load.bytes * scale }));
  return { outer: times(outer), layers: layers.map(times) };
}

const LOADS = new WeakMap<ModelShape, Map<string, WeightLoads>>();

/** The weights by place, in bytes of a format. Kept for each shape and format. */
export function weightLoads(
  shape: ModelShape,
  format: WeightFormat,
  options: WeightOptions = {},
): WeightLoads {
  const known = LOADS.get(shape) ?? new Map<string, WeightLoads>();
  LOADS.set(shape, known);
  const key = weightKey(format, options);
  const found = known.get(key);
  if (found) return found;
  const plain = format.gguf ? ggufLoads(shape, format.gguf) : plainLoads(shape, format, options);
  const made = scaled(plain, exactScale(shape, format, options));
  known.set(key, made);
  return made;
}
