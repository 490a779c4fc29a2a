import { isCpu } from '../hardware/cpu.ts';
import { type Gpu, gpuBytes } from '../hardware/gpu.ts';
import { type LayerGroup, layerOrder, type ModelShape } from '../models/model-shape.ts';
import { kvFormat, type WeightFormat } from '../quantization/formats.ts';
import { weightLoads } from '../quantization/weight-loads.ts';
import type { WeightOptions } from '../quantization/weights.ts';
import { computeBufferBytes } from './activations.ts';
import { type FitOnGpu, usableBytes } from './capacity.ts';
import { adapterBytes, type InferenceRequest, overheadBytes } from './inference-memory.ts';
import { kvLoad, kvOfLayers } from './kv-cache.ts';
import { largest } from './largest.ts';

/** Memories that share the layers of a model: GPUs, perhaps of several kinds, and the computer's own. */
export type Machine = {
  gpus: readonly Gpu[];
  /** The computer as `cpuWith` makes it; undefined where all layers go to the GPUs. */
  ram?: Gpu;
  /** Layers that are put on the GPUs at the most, the output matrix being one; as many as fit when left out. */
  mostLayers?: number;
  utilisation?: number;
};

/** What one memory of a machine holds, in bytes. */
export type Placed = {
  gpu: Gpu;
  /** Layers, where the output matrix counts as the last. */
  layers: number;
  /** The first of them, and the one behind the last. */
  from: number;
  to: number;
  weights: number;
  /** The weights among them that every token reads: all but the table of tokens. */
  read: number;
  kv: number;
  /** Compute buffers and the engine's own. */
  buffers: number;
  total: number;
  usable: number;
  fits: boolean;
};

/** A model on a machine. */
export type Placement = {
  /** GPUs in their order, then the computer's memory where it holds anything. */
  places: readonly Placed[];
  gpuLayers: number;
  /** Layers of the model and one for its output matrix, as llama.cpp counts them. */
  layers: number;
  fits: boolean;
};

type Piece = { weights: number; kv: number };

/** The layers from the first to the last, then the output matrix; and the table of tokens. */
function piecesOf(request: InferenceRequest) {
  const { shape, format, tokens, sequences = 1, kv, weights } = request;
  const load = kvLoad({
    shape,
    tokens,
    sequences,
    format: kv ?? kvFormat('fp16'),
    rounding: 'llama.cpp',
  });
  const { table, head, layers } = weightsByPlace(shape, format, weights);
  const known = new Map<LayerGroup, number>();
  const kvOf = (group: LayerGroup) => {
    const bytes = known.get(group) ?? kvOfLayers([group], load).bytes;
    known.set(group, bytes);
    return bytes;
  };
  const order = layerOrder(shape);
  const adapters = adapterBytes({ ...request, parallel: {} }) / order.length;
  const pieces = order.map(
    (group, index): Piece => ({ weights: (layers[index] ?? 0) + adapters, kv: kvOf(group) }),
  );
  return { pieces: [...pieces, { weights: head, kv: 0 }], table };
}

function weightsByPlace(shape: ModelShape, format: WeightFormat, weights?: WeightOptions) {
  const loads = weightLoads(shape, format, weights);
  let head = 0;
  let table = 0;
  for (const { role, bytes } of loads.outer) {
    if (role === 'embedding' || role === 'lookup') table += bytes;
    else head += bytes;
    if (shape.tied && role === 'embedding') head += bytes;
  }
  const layers = loads.layers.map((list) => list.reduce((sum, { bytes }) => sum + bytes, 0));
  return { head, table, layers };
}

/** First layer of each GPU, when so many layers are divided in proportion to the GPUs' memory. */
function firstLayers(gpus: readonly Gpu[], from: number, to: number): number[] {
  const all = gpus.reduce((sum, gpu) => sum + gpuBytes(gpu), 0);
  let before = 0;
  return gpus.map((gpu) => {
    // Less a hair, since sums of shares aren't exact.
    const first = from + Math.ceil((before / all) * (to - from) - 1e-9);
    before += gpuBytes(gpu);
    return first;
  });
}

/** What comes before each piece, so that a run of them is a difference. */
function runningSums(pieces: readonly Piece[], of: (piece: Piece) => number): number[] {
  const sums = [0];
  for (const piece of pieces) sums.push((sums.at(-1) ?? 0) + of(piece));
  return sums;
}

/**
 * Places the layers of a model as llama.cpp does. The last layers and the output matrix go to the GPUs, divided in
 * proportion to each GPU's memory; the first ones, as many as don't fit, stay in the computer's memory, where the table
 * of tokens always is. Each layer's cache is where the layer is, and each GPU has buffers of its own.
 *
 *     layers of GPU i ∝ memory of GPU i
 *     memory of GPU i = Σ its layers: weights + KV cache, + compute buffer + engine overhead
 *
 * @throws RangeError when a count is not a whole number of at least 1.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md (n-gpu-layers, split-mode, tensor-split)
 */
export function placeLayers(request: InferenceRequest, machine: Machine): Placement {
  const { gpus, ram, mostLayers = Infinity, utilisation } = machine;
  const { towerBytes = 0 } = request;
  const { pieces, table } = piecesOf(request);
  const all = pieces.length;
  const weightsBefore = runningSums(pieces, ({ weights }) => weights);
  const kvBefore = runningSums(pieces, ({ kv }) => kv);
  const computed = computeBufferBytes(request.shape);
  const buffers = computed + overheadBytes('llama.cpp', 0, computed);
  const place = (gpu: Gpu, from: number, to: number, beside = 0): Placed => {
    const read = (weightsBefore[to] ?? 0) - (weightsBefore[from] ?? 0);
    const kv = (kvBefore[to] ?? 0) - (kvBefore[from] ?? 0);
    const own = to > from ? buffers : 0;
    const parts = { weights: read + beside, read, kv, buffers: own };
    const total = parts.weights + kv + own;
    const usable = usableBytes(gpu, 'llama.cpp', isCpu(gpu) ? undefined : utilisation);
    return { gpu, from, to, layers: to - from, ...parts, total, usable, fits: total <= usable };
  };
  const onGpus = (count: number) => {
    const firsts = firstLayers(gpus, all - count, all);
    return gpus.map((gpu, index) =>
      place(gpu, firsts[index] ?? 0, firsts[index + 1] ?? all, index === 0 ? towerBytes : 0),
    );
  };
  const most = gpus.length > 0 ? Math.min(mostLayers, all) : 0;
  const gpuLayers = ram
    ? (largest(0, most, (count) => onGpus(count).every(({ fits }) => fits)) ?? 0)
    : most;
  const places = onGpus(gpuLayers);
  const held = ram ? [...places, place(ram, 0, all - gpuLayers, table)] : places;
  return { places: held, gpuLayers, layers: all, fits: held.every(({ fits }) => fits) };
}

/** Bytes that all memories of a machine offer together. */
export function roomOf({ gpus, ram, utilisation }: Machine): number {
  const room = gpus.reduce((sum, gpu) => sum + usableBytes(gpu, 'llama.cpp', utilisation), 0);
  return room + (ram ? usableBytes(ram, 'llama.cpp') : 0);
}

/** Whether all of a request fits on a machine; what is short is summed over the memories that are. */
export function fitOnMachine(request: InferenceRequest, machine: Machine): FitOnGpu {
  const { places, fits } = placeLayers(request, machine);
  const usable = places.reduce((sum, place) => sum + place.usable, 0);
  const total = places.reduce((sum, place) => sum + place.total, 0);
  const short = places.reduce((sum, place) => sum + Math.max(0, place.total - place.usable), 0);
  return { fits, usable, spare: fits ? usable - total : -short, used: total / usable };
}
