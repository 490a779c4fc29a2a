import { requireCount } from '../check.ts';
import { kvHeadShare } from './kv-layers.ts';
import {
  isSoftmax,
  type LayerGroup,
  layerCount,
  layerOrder,
  type ModelShape,
} from './model-shape.ts';
import { placedLayers } from './placed.ts';
import type { Tensor } from './tensor.ts';
import type { WeighedTensor } from './weights.ts';

/** How a model is spread over GPUs; everything is 1 when left out. */
export type Parallel = {
  /** GPUs that share each matrix. */
  tensor?: number;
  /** Stages that the layers are cut into. */
  pipeline?: number;
  /** Copies of the model, each with its own sequences. */
  data?: number;
  /** GPUs that the experts are dealt out to, within one copy or over several. */
  expert?: number;
};

/** The degrees with 1 where nothing was asked. */
export type Degrees = Required<Parallel>;

/** The degrees, checked. */
export function degreesOf(parallel: Parallel = {}): Degrees {
  const { tensor = 1, pipeline = 1, data = 1, expert = 1 } = parallel;
  requireCount({ tensor, pipeline, data, expert });
  return { tensor, pipeline, data, expert };
}

/** GPUs that a layout needs. */
export function gpuCount(parallel: Parallel = {}): number {
  const { tensor, pipeline, data } = degreesOf(parallel);
  return tensor * pipeline * data;
}

/** A sentence that says why a layout does not suit a model, or nothing when it does. */
export function parallelProblem(shape: ModelShape, parallel: Parallel): string | undefined {
  const { tensor, pipeline, data, expert } = degreesOf(parallel);
  const layers = layerCount(shape);
  if (pipeline > layers) return `${pipeline} pipeline stages are more than the ${layers} layers.`;
  for (const { attention, feedForward } of shape.layers) {
    if (isSoftmax(attention) || attention.kind === 'mla') {
      if (attention.heads % tensor !== 0) {
        return `${attention.heads} attention heads cannot be shared evenly by ${tensor} GPUs.`;
      }
    }
    if (isSoftmax(attention)) {
      const { kvHeads } = attention;
      if (kvHeads % tensor !== 0 && tensor % kvHeads !== 0) {
        return `${kvHeads} KV heads cannot be shared evenly by ${tensor} GPUs.`;
      }
    }
    if (feedForward.kind === 'moe' && expert > 1) {
      if (feedForward.experts % expert !== 0) {
        return `${feedForward.experts} experts cannot be dealt evenly to ${expert} GPUs.`;
      }
      if (expert > tensor * data) {
        return `Expert parallelism of ${expert} needs at least ${expert} GPUs in each stage.`;
      }
    }
  }
  return undefined;
}

/** The share of a weight that one GPU of a stage holds. */
export function tensorShare(tensor: Tensor, { tensor: degree, expert }: Degrees): number {
  if (tensor.split === 'whole') return 1;
  if (tensor.split === 'experts') {
    if (expert <= 1) return 1 / degree;
    const dealt = Math.ceil(tensor.copies / expert) / tensor.copies;
    return degree > expert ? (dealt * expert) / degree : dealt;
  }
  if (tensor.split === 'kv') return kvHeadShare(tensor.pieces ?? 1, degree);
  return 1 / degree;
}

/** First layer of each pipeline stage; earlier stages take the layers that remain. */
export function stageStarts(layers: number, pipeline: number): number[] {
  const even = Math.floor(layers / pipeline);
  const rest = layers % pipeline;
  return Array.from({ length: pipeline }, (_, stage) => stage * even + Math.min(stage, rest));
}

/** The stages that hold a weight: the first for tables, the last for the head, both when tied. */
function stagesOf(placed: WeighedTensor, starts: readonly number[], tied: boolean): number[] {
  const last = starts.length - 1;
  if (placed.layer !== undefined) {
    const { layer } = placed;
    return [starts.findLastIndex((start) => start <= layer)];
  }
  const { role } = placed.tensor;
  if (role === 'embedding') return tied && last > 0 ? [0, last] : [0];
  if (role === 'head' || role === 'norm' || role === 'bias') return [last];
  return [0];
}

/** Bytes of weights on one GPU of each pipeline stage. */
export function stageWeightBytes(
  shape: ModelShape,
  weighed: readonly WeighedTensor[],
  parallel: Parallel,
): number[] {
  const degrees = degreesOf(parallel);
  const starts = stageStarts(placedLayers(shape), degrees.pipeline);
  const bytes = starts.map(() => 0);
  for (const placed of weighed) {
    const share = placed.bytes * tensorShare(placed.tensor, degrees);
    for (const stage of stagesOf(placed, starts, shape.tied)) {
      bytes[stage] = (bytes[stage] ?? 0) + share;
    }
  }
  return bytes;
}

/** The decoder layers of each pipeline stage. */
export function stageLayers(shape: ModelShape, pipeline: number): LayerGroup[][] {
  const order = layerOrder(shape);
  const starts = stageStarts(order.length, pipeline);
  return starts.map((start, stage) => order.slice(start, starts[stage + 1]));
}

/** What all GPUs hold together beyond one whole copy, and why. */
export type Replication = { bytes: number; parts: { why: string; bytes: number }[] };

function reasonOf(placed: WeighedTensor, { expert }: Degrees, stages: number): string {
  const { split } = placed.tensor;
  if (split === 'kv') return 'KV projections, copied because there are fewer KV heads than GPUs';
  if (split === 'experts') return `experts, dealt to ${expert} GPUs`;
  if (stages > 1) return 'tables and output matrix, held by the first and last stage';
  return 'norms, routers and latent projections, copied on each GPU';
}

/**
 * Weights that are held more often than once.
 * The shares of all GPUs sum to the weights of the model plus these bytes.
 */
export function replication(
  shape: ModelShape,
  weighed: readonly WeighedTensor[],
  parallel: Parallel,
): Replication {
  const degrees = degreesOf(parallel);
  const starts = stageStarts(placedLayers(shape), degrees.pipeline);
  const parts = new Map<string, number>();
  const ranks = degrees.tensor * degrees.data;
  for (const placed of weighed) {
    const stages = stagesOf(placed, starts, shape.tied).length;
    const once = placed.bytes * tensorShare(placed.tensor, degrees) * degrees.tensor * stages;
    const extra = once - placed.bytes;
    if (extra > 0.5) {
      const why = reasonOf(placed, degrees, stages);
      parts.set(why, (parts.get(why) ?? 0) + extra);
    }
    const copies = placed.bytes * tensorShare(placed.tensor, degrees) * ranks * stages - once;
    if (copies > 0.5) {
      const why = 'further copies of the model for data parallelism';
      parts.set(why, (parts.get(why) ?? 0) + copies);
    }
    if (extra < -0.5) {
      const why = 'experts that other copies of the model hold';
      parts.set(why, (parts.get(why) ?? 0) + extra);
    }
  }
  const list = [...parts].map(([why, bytes]) => ({ why, bytes }));
  return { bytes: list.reduce((sum, { bytes }) => sum + bytes, 0), parts: list };
}
