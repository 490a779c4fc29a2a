import { requireCount } from '../../check.ts';
import { kvHeadShare } from '../memory/kv-layers.ts';
import {
  isSoftmax,
  type LayerGroup,
  layerCount,
  layerOrder,
  type ModelShape,
} from '../models/model-shape.ts';
import type { TensorRole } from '../models/tensor.ts';
import type { WeightLoad, WeightLoads } from '../quantization/weight-loads.ts';

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
  if (pipeline > layers)
    return `${pipeline} pipeline stages are more than the model's ${layers} layers.`;
  for (const { attention, feedForward } of shape.layers) {
    if (isSoftmax(attention) || attention.kind === 'mla' || attention.kind === 'compressed') {
      if (attention.heads % tensor !== 0) {
        return `${attention.heads} attention heads can't be split evenly across ${tensor} GPUs.`;
      }
    }
    if (isSoftmax(attention)) {
      const { kvHeads } = attention;
      if (kvHeads % tensor !== 0 && tensor % kvHeads !== 0) {
        return `${kvHeads} KV heads can't be split evenly across ${tensor} GPUs.`;
      }
    }
    if (feedForward.kind === 'moe' && expert > 1) {
      if (feedForward.experts % expert !== 0) {
        return `${feedForward.experts} experts can't be split evenly across ${expert} GPUs.`;
      }
      if (expert > tensor * data) {
        return `Expert parallelism of ${expert} needs at least ${expert} GPUs in each stage.`;
      }
    }
  }
  return undefined;
}

/** The share of a weight that one GPU of a stage holds. */
export function tensorShare(
  { split, pieces }: Pick<WeightLoad, 'split' | 'pieces'>,
  { tensor: degree, expert }: Degrees,
): number {
  if (split === 'whole') return 1;
  if (split === 'experts') {
    if (expert <= 1) return 1 / degree;
    const dealt = Math.ceil(pieces / expert) / pieces;
    return degree > expert ? (dealt * expert) / degree : dealt;
  }
  return split === 'kv' ? kvHeadShare(pieces, degree) : 1 / degree;
}

/** First layer of each pipeline stage; earlier stages take the layers that remain. */
export function stageStarts(layers: number, pipeline: number): number[] {
  const even = Math.floor(layers / pipeline);
  const rest = layers % pipeline;
  return Array.from({ length: pipeline }, (_, stage) => stage * even + Math.min(stage, rest));
}

/** The stages that hold a weight outside the layers: tables first, the head last, both when tied. */
function outerStages(role: TensorRole | undefined, last: number, tied: boolean): number[] {
  if (role === 'embedding') return tied && last > 0 ? [0, last] : [0];
  return role === 'head' || role === 'norm' || role === 'bias' ? [last] : [0];
}

/** Bytes of weights on one GPU of each pipeline stage. */
export function stageWeightBytes(
  shape: ModelShape,
  loads: WeightLoads,
  parallel: Parallel,
): number[] {
  const degrees = degreesOf(parallel);
  const starts = stageStarts(loads.layers.length, degrees.pipeline);
  const known = new Map<readonly WeightLoad[], number>();
  const bytesOf = (list: readonly WeightLoad[]) => {
    const bytes =
      known.get(list) ??
      list.reduce((sum, load) => sum + load.bytes * tensorShare(load, degrees), 0);
    known.set(list, bytes);
    return bytes;
  };
  const stages = starts.map((start, stage) =>
    loads.layers.slice(start, starts[stage + 1]).reduce((sum, list) => sum + bytesOf(list), 0),
  );
  for (const load of loads.outer) {
    for (const stage of outerStages(load.role, starts.length - 1, shape.tied)) {
      stages[stage] = (stages[stage] ?? 0) + load.bytes * tensorShare(load, degrees);
    }
  }
  return stages;
}

/** The decoder layers of each pipeline stage. */
export function stageLayers(shape: ModelShape, pipeline: number): LayerGroup[][] {
  const order = layerOrder(shape);
  const starts = stageStarts(order.length, pipeline);
  return starts.map((start, stage) => order.slice(start, starts[stage + 1]));
}

/** What all GPUs hold together beyond one whole copy, and why. */
export type Replication = { bytes: number; parts: { why: string; bytes: number }[] };

function reasonOf(load: WeightLoad, { expert }: Degrees, stages: number): string {
  if (load.split === 'kv') {
    return 'KV projections, copied because there are fewer KV heads than GPUs';
  }
  if (load.split === 'experts') return `experts, spread over ${expert} GPUs`;
  if (stages > 1) return 'tables and output matrix, held by the first and last stage';
  return 'norms, routers, and latent projections, copied to every GPU';
}

/**
 * Weights that are held more often than once.
 * The shares of all GPUs sum to the weights of the model plus these bytes. Experts that are dealt
 * over several copies of the model count as negative, since a copy holds only some of them.
 */
export function replication(
  shape: ModelShape,
  loads: WeightLoads,
  parallel: Parallel,
): Replication {
  const degrees = degreesOf(parallel);
  const parts = new Map<string, number>();
  const add = (why: string, bytes: number) => {
    if (Math.abs(bytes) > 0.5) parts.set(why, (parts.get(why) ?? 0) + bytes);
  };
  const count = (load: WeightLoad, stages: number) => {
    const once = load.bytes * tensorShare(load, degrees) * degrees.tensor * stages;
    const extra = once - load.bytes;
    add(
      extra < 0 ? 'experts that other copies of the model hold' : reasonOf(load, degrees, stages),
      extra,
    );
    add('further copies of the model for data parallelism', once * (degrees.data - 1));
  };
  for (const load of loads.outer) {
    count(load, outerStages(load.role, degrees.pipeline - 1, shape.tied).length);
  }
  for (const list of loads.layers) for (const load of list) count(load, 1);
  const list = [...parts].map(([why, bytes]) => ({ why, bytes }));
  return { bytes: list.reduce((sum, { bytes }) => sum + bytes, 0), parts: list };
}
