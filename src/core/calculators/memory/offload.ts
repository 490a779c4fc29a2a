import { requirePositive } from '../../check.ts';
import { formatPercent } from '../../units.ts';
import { decodingRange, USUAL_BANDWIDTH_SHARE } from '../hardware/efficiency.ts';
import type { Gpu } from '../hardware/gpu.ts';
import { layerOrder, type ModelShape } from '../models/model-shape.ts';
import { type KvFormat, kvFormat, type WeightFormat } from '../quantization/formats.ts';
import { weightLoads } from '../quantization/weight-loads.ts';
import { type Explained, product, type Step, stepNumber } from '../result.ts';
import { weightBytesRead } from '../speed/compute.ts';
import { computeBufferBytes } from './activations.ts';
import { usableBytes } from './capacity.ts';
import { overheadBytes } from './inference-memory.ts';
import { kvLoad, kvOfLayers } from './kv-cache.ts';

/** Decimal GB/s of two channels of DDR5: 2 × 8 bytes × about 5 billion transfers a second. */
const USUAL_CPU_GBPS = 80;

/** What a split between GPU and CPU is asked for. */
export type OffloadRequest = {
  shape: ModelShape;
  format: WeightFormat;
  gpu: Gpu;
  tokens: number;
  sequences?: number;
  kv?: KvFormat;
  /** Decimal GB/s of the CPU's memory; that of a usual desktop when left out. */
  cpuBandwidthGBps?: number;
  utilisation?: number;
  /** Layers that are put on the GPU at the most; as many as fit when left out. */
  mostLayers?: number;
};

/** A split between GPU and CPU, layer by layer from the end as llama.cpp does it. */
export type Offload = {
  /** Layers on the GPU, to be given to llama.cpp; one more than the layers with the output matrix. */
  gpuLayers: number;
  layers: number;
  gpuBytes: number;
  cpuBytes: number;
  /** What one token reads of each: active weights and the cache. */
  gpuRead: number;
  cpuRead: number;
  /** Tokens per second of one sequence. */
  tokensPerSecond: number;
};

type Piece = { weights: number; kv: number };

/** The output matrix first, then the layers from the last to the first. */
function pieces(request: OffloadRequest): { onGpu: Piece[]; alwaysCpu: number } {
  const { shape, format, tokens, sequences = 1 } = request;
  const load = kvLoad({
    shape,
    tokens,
    sequences,
    format: request.kv ?? kvFormat('fp16'),
    rounding: 'llama.cpp',
  });
  const order = layerOrder(shape);
  const loads = weightLoads(shape, format);
  let head = 0;
  let table = 0;
  for (const { role, bytes } of loads.outer) {
    if (role === 'embedding' || role === 'lookup') table += bytes;
    else head += bytes;
    if (shape.tied && role === 'embedding') head += bytes;
  }
  const layers = order
    .map((group, index) => ({
      weights: (loads.layers[index] ?? []).reduce((sum, { bytes }) => sum + bytes, 0),
      kv: kvOfLayers([group], load).bytes,
    }))
    .reverse();
  return { onGpu: [{ weights: head, kv: 0 }, ...layers], alwaysCpu: table };
}

/** Bytes per second that decoding reaches. */
function reached(gbps: number): number {
  return gbps * 1e9 * USUAL_BANDWIDTH_SHARE;
}

/**
 * The most layers that fit on a card, and the speed that results.
 *
 *     seconds of a token = GPU bytes / (GPU bandwidth × share) + CPU bytes / (CPU bandwidth × share)
 *
 * The embedding table stays with the CPU. Experts are spread evenly over the layers.
 *
 * @throws RangeError when a value is out of range.
 */
export function splitOverCpu(request: OffloadRequest): Offload {
  const { shape, format, gpu, mostLayers = Infinity } = request;
  const { cpuBandwidthGBps = USUAL_CPU_GBPS } = request;
  requirePositive({ cpuBandwidthGBps });
  const { onGpu, alwaysCpu } = pieces(request);
  const computed = computeBufferBytes(shape);
  const buffers = computed + overheadBytes('llama.cpp', 0, computed);
  const room = usableBytes(gpu, 'llama.cpp', request.utilisation);
  let gpuLayers = 0;
  let gpuBytes = buffers;
  for (const { weights, kv } of onGpu) {
    if (gpuBytes + weights + kv > room || gpuLayers >= mostLayers) break;
    gpuBytes += weights + kv;
    gpuLayers += 1;
  }
  if (gpuLayers === 0) gpuBytes = 0;
  const all = onGpu.reduce((sum, { weights, kv }) => sum + weights + kv, 0);
  const here = onGpu.slice(0, gpuLayers).reduce((sum, { weights, kv }) => sum + weights + kv, 0);
  const whole = onGpu.reduce((sum, { weights }) => sum + weights, 0);
  const active = weightBytesRead(shape, format, 1) / whole;
  const read = ({ weights, kv }: Piece) => weights * Math.min(1, active) + kv;
  const gpuRead = onGpu.slice(0, gpuLayers).reduce((sum, piece) => sum + read(piece), 0);
  const cpuRead = onGpu.slice(gpuLayers).reduce((sum, piece) => sum + read(piece), 0);
  const seconds = gpuRead / reached(gpu.bandwidthGBps) + cpuRead / reached(cpuBandwidthGBps);
  return {
    gpuLayers,
    layers: onGpu.length,
    gpuBytes,
    cpuBytes: all - here + alwaysCpu,
    gpuRead,
    cpuRead,
    tokensPerSecond: 1 / seconds,
  };
}

/** The split with the steps behind it. */
export function explainOffload(request: OffloadRequest): Offload & Explained {
  const split = splitOverCpu(request);
  const { cpuBandwidthGBps = USUAL_CPU_GBPS, gpu } = request;
  const range = decodingRange();
  const rate = (gbps: number) => product(gbps * 1e9, USUAL_BANDWIDTH_SHARE);
  const source = 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md';
  const step = (label: string, formula: string, value: number): Step => ({
    label,
    formula,
    numbers: '',
    value,
    unit: 'bytes',
    source,
  });
  return {
    ...split,
    steps: [
      step('On the GPU', 'output matrix, the last layers that fit, and buffers', split.gpuBytes),
      step('On the CPU', 'the remaining layers and the embedding table', split.cpuBytes),
      {
        label: 'Speed',
        formula: '1 / (GPU bytes / GPU rate + CPU bytes / CPU rate)',
        numbers: `1 / (${stepNumber(split.gpuRead)} / (${rate(gpu.bandwidthGBps)}) + ${stepNumber(split.cpuRead)} / (${rate(cpuBandwidthGBps)}))`,
        value: split.tokensPerSecond,
        unit: 'tokens/s',
        source,
      },
    ],
    assumptions: [
      `CPU memory moves ${stepNumber(cpuBandwidthGBps)} GB/s and ${gpu.name} ${stepNumber(gpu.bandwidthGBps)} GB/s. Both reach ${formatPercent(USUAL_BANDWIDTH_SHARE)} of that.`,
    ],
    warnings: split.gpuLayers === 0 ? ['No layer fits on the GPU.'] : [],
    band: {
      low: split.tokensPerSecond * range.slowest,
      high: split.tokensPerSecond * range.fastest,
      why: range.why,
    },
  };
}
