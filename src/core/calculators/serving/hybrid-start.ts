import { GIB } from '../../units.ts';
import type { Gpu } from '../hardware/gpu.ts';
import { computeBufferBytes, LLAMA_CPP_MICRO_BATCH } from '../memory/activations.ts';
import { kvLoad, kvOfLayers } from '../memory/kv-cache.ts';
import { largest } from '../memory/largest.ts';
import { layerOrder } from '../models/model-shape.ts';
import { weightLoads } from '../quantization/weight-loads.ts';
import type { ServingEngine, Setting } from './engine-flags.ts';
import { type EngineRequest, offeredBytes } from './engine-start.ts';

/** How llama.cpp, alone or in Ollama, puts a model on GPUs, in bytes of all GPUs together. */
export type HybridStart = {
  weights: number;
  kv: number;
  buffers: number;
  usable: number;
  /** Tokens of the cache, and slots that share them. */
  tokens: number;
  slots: number;
  /** Layers on the GPUs of all layers. */
  gpuLayers: number;
  layers: number;
  ramBytes: number;
  outcome: { verdict: 'starts' | 'but' | 'no'; isClose: boolean; why: string };
};

/** True for engines that may leave layers with the CPU. */
export const isHybridEngine = (engine: ServingEngine): boolean =>
  engine === 'llamacpp' || engine === 'ollama';

/** What a process takes of each GPU beside its buffers. */
const CONTEXT_BYTES = 0.4 * GIB;

/** What llama.cpp leaves free of each GPU where it chooses the layers itself. */
const MARGIN_BYTES = GIB;

/** Experts that a pattern of `-ot` sends to the CPU. */
const EXPERTS_TO_CPU = /exps?[^=]*=\s*CPU/i;

/** Ollama's own context by the memory of all GPUs. */
const ollamaContext = (totalBytes: number) => {
  const GiB = totalBytes / GIB;
  return GiB < 23 ? 4096 : GiB < 47 ? 32_768 : 262_144;
};

/**
 * What llama.cpp's flags make of a model: `-c` is the context of all slots, `-ngl` counts layers from the end, and
 * `--n-cpu-moe` keeps the experts of the first layers in RAM. Without `-ngl` it takes as many layers as fit.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/common/fit.cpp
 */
export function hybridStart(
  request: EngineRequest,
  settings: ReadonlyMap<Setting, string>,
  { gpu, count }: { gpu: Gpu; count: number },
): HybridStart {
  const { shape, format, kv, engine } = request;
  const loads = weightLoads(shape, format);
  const order = layerOrder(shape);
  const usable = (offeredBytes(gpu) - CONTEXT_BYTES) * count;
  const slots = Math.max(1, Number(settings.get('slots') ?? 1) || 1);
  const microBatch = Number(settings.get('microBatch') ?? LLAMA_CPP_MICRO_BATCH) || 512;
  const buffers = computeBufferBytes(shape, microBatch) * count;
  const cpuMoe =
    settings.has('cpuMoe') || EXPERTS_TO_CPU.test(settings.get('overrideTensor') ?? '');
  const cpuExperts = cpuMoe ? order.length : Number(settings.get('nCpuMoe') ?? 0) || 0;
  const head = loads.outer
    .filter(({ role }) => role !== 'embedding' || shape.tied)
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const asked = settings.get('gpuLayers');
  const isFixed = asked !== undefined && !/^(?:auto|-1)$/.test(asked);
  const room = usable - (isFixed ? 0 : MARGIN_BYTES * count);
  const most = order.length;
  const layersWith = (tokens: number) => {
    const load = kvLoad({ shape, tokens, format: kv, rounding: 'llama.cpp', microBatch });
    return loads.layers.map((list, at) => {
      const all = list.reduce((sum, { bytes }) => sum + bytes, 0);
      const experts = list
        .filter(({ split }) => split === 'experts')
        .reduce((sum, { bytes }) => sum + bytes, 0);
      const cache = settings.has('noKvOffload')
        ? 0
        : kvOfLayers(order.slice(at, at + 1), load).bytes;
      return { weights: at < cpuExperts ? all - experts : all, cache, all };
    });
  };
  const totalOf = (perLayer: ReturnType<typeof layersWith>, gpuLayers: number) => {
    const on = perLayer.slice(Math.max(0, perLayer.length - gpuLayers));
    const kvBytes = on.reduce((sum, { cache }) => sum + cache, 0);
    const weights = on.reduce((sum, each) => sum + each.weights, 0) + (gpuLayers > 0 ? head : 0);
    return { weights, kv: kvBytes, total: weights + kvBytes + (gpuLayers > 0 ? buffers : 0) };
  };
  const tokens = settings.has('context')
    ? request.context * (engine === 'ollama' ? slots : 1)
    : ownContext(
        request,
        usable,
        slots,
        isFixed,
        (each) => totalOf(layersWith(each), most).total <= room,
      );
  const perLayer = layersWith(tokens);
  const at = (gpuLayers: number) => totalOf(perLayer, gpuLayers);
  const wanted = isFixed && asked !== 'all' ? Math.min(most, Number(asked) || 0) : most;
  const gpuLayers = isFixed ? wanted : largestThatFits(most, (layers) => at(layers).total <= room);
  const { weights, kv: kvBytes, total } = at(gpuLayers);
  const ramBytes = perLayer.reduce((sum, { all }) => sum + all, 0) + head - weights;
  const isClose = Math.abs(usable - total) < 0.03 * usable && isFixed;
  return {
    weights,
    kv: kvBytes,
    buffers,
    usable,
    tokens,
    slots,
    gpuLayers,
    layers: most,
    ramBytes,
    outcome: { isClose, ...verdictOf({ total, usable, gpuLayers, most, isFixed }) },
  };
}

function verdictOf({
  total,
  usable,
  gpuLayers,
  most,
  isFixed,
}: {
  total: number;
  usable: number;
  gpuLayers: number;
  most: number;
  isFixed: boolean;
}): { verdict: 'starts' | 'but' | 'no'; why: string } {
  if (total > usable)
    return { verdict: 'no', why: 'Weights, cache, and buffers are larger than the GPU memory.' };
  if (gpuLayers < most)
    return {
      verdict: 'but',
      why: `Only ${gpuLayers} of ${most} layers are on the GPU${isFixed ? ', as -ngl says' : ''}. The CPU runs the rest, which is slow.`,
    };
  return { verdict: 'starts', why: '' };
}

/** llama.cpp shrinks to no less where it chooses the context. */
const LEAST_CONTEXT = 4096;

/** llama.cpp takes the model's own context, and shrinks it where not all layers fit and it chooses them itself. */
function ownContext(
  { shape, engine }: EngineRequest,
  usable: number,
  slots: number,
  isFixed: boolean,
  fits: (tokens: number) => boolean,
): number {
  if (engine === 'ollama') return Math.min(shape.maxContext, ollamaContext(usable)) * slots;
  if (isFixed || fits(shape.maxContext)) return shape.maxContext;
  const most = Math.floor(shape.maxContext / 256);
  const steps = largest(Math.min(most, LEAST_CONTEXT / 256), most, (step) => fits(step * 256));
  return (steps ?? LEAST_CONTEXT / 256) * 256;
}

function largestThatFits(most: number, fits: (layers: number) => boolean): number {
  for (let layers = most; layers > 0; layers -= 1) if (fits(layers)) return layers;
  return 0;
}
