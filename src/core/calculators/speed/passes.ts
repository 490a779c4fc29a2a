import { requireCount } from '../../check.ts';
import { collectiveSeconds } from '../hardware/communication.ts';
import { CPU_SPEED } from '../hardware/cpu.ts';
import { type Gpu, peakFlops } from '../hardware/gpu.ts';
import { degreesOf, type Parallel } from '../hardware/parallel.ts';
import { kvLoad, kvOfLayers } from '../memory/kv-cache.ts';
import type { Placement } from '../memory/placement.ts';
import { layerCount, layerOrder, type ModelShape } from '../models/model-shape.ts';
import { type KvFormat, kvFormat, type WeightFormat } from '../quantization/formats.ts';
import type { WeightOptions } from '../quantization/weights.ts';
import { promptFlops, stepFlops, weightBytesRead } from './compute.ts';
import {
  cardKind,
  type EngineFamily,
  type LatencyConstants,
  type LatencyFacts,
  type LinkKind,
} from './latency-constants.ts';

/** What the speed of serving is asked for. */
export type LatencyRequest = {
  shape: ModelShape;
  format: WeightFormat;
  gpu: Gpu;
  facts: LatencyFacts;
  parallel?: Parallel;
  promptTokens: number;
  outputTokens: number;
  /** Sequences that decode at once; 1 when left out. */
  batch?: number;
  kv?: KvFormat;
  weights?: WeightOptions;
  /** A server when left out. */
  engine?: EngineFamily;
  /** The year of the engine; that of most measurements when left out. */
  year?: number;
  /** Where the layers are, when different memories share them; `gpu` is then the first of these. */
  placement?: Placement;
};

/** What a decode step or a prompt spends its time on, in seconds. */
export type Parts = {
  memory: number;
  compute: number;
  /** Launches and waiting between layers. */
  layers: number;
  communication: number;
  /** What the server does beside the GPU. */
  server: number;
};

/** The request with its defaults filled in. */
export function latencyDefaults(request: LatencyRequest) {
  const filled = {
    ...request,
    batch: request.batch ?? 1,
    kv: request.kv ?? kvFormat('fp16'),
    engine: request.engine ?? 'server',
    year: request.year ?? request.facts.year,
    degrees: degreesOf(request.parallel),
  };
  const { batch, promptTokens, outputTokens } = filled;
  requireCount({ batch, promptTokens, outputTokens });
  return filled;
}

/** A request with its defaults. */
export type FilledRequest = ReturnType<typeof latencyDefaults>;

/** PCIe 3.0 ×16, the slowest link that cards without one of their own usually have. */
export const PCIE_BOTH_WAYS_GBPS = 32;

/** A 400 Gb/s adapter for each GPU, as machines with eight of them have it; both directions. */
const NETWORK_GBPS = 100;

/** GPUs that one machine connects; a rack of GB200 or GB300 connects 72. */
const MACHINE_GPUS = { usual: 8, rack: 72 };

/** The link over which GPUs that share each matrix meet. */
export function linkOf(gpu: Gpu, tensor: number): { kind: LinkKind; bothWaysGBps: number } {
  const reach = /^GB\d|\bGB\d{3}\b|TPU/.test(gpu.name) ? MACHINE_GPUS.rack : MACHINE_GPUS.usual;
  if (tensor > reach) return { kind: 'network', bothWaysGBps: NETWORK_GBPS };
  const { name = 'PCIe', bothWaysGBps = PCIE_BOTH_WAYS_GBPS } = gpu.link ?? {};
  return { kind: name.startsWith('PCIe') ? 'pcie' : 'direct', bothWaysGBps };
}

/** What the GPUs that share each matrix reach, and what an engine adds. */
export function systemOf({ gpu, format, degrees, engine, year, facts, shape }: FilledRequest) {
  return {
    kind: cardKind(gpu),
    engine,
    /** Years after the one that the constants are for. */
    years: year - facts.year,
    tensor: degrees.tensor,
    bytesPerSecond: gpu.bandwidthGBps * 1e9,
    peak: peakFlops(gpu, format.arithmetic),
    link: linkOf(gpu, degrees.tensor),
    layers: layerCount(shape),
    latentLayers: countLayers(
      shape,
      ({ attention: { kind } }) => kind === 'mla' || kind === 'compressed',
    ),
    expertLayers: countLayers(shape, ({ feedForward }) => feedForward.kind === 'moe'),
  };
}

/** What runs a pass. */
export type System = ReturnType<typeof systemOf>;

function countLayers(
  { layers }: ModelShape,
  is: (group: ModelShape['layers'][number]) => boolean,
): number {
  return layers.reduce((sum, group) => sum + (is(group) ? group.count : 0), 0);
}

/** Bytes and operations of a pass through the model. */
export type Load = {
  /** Sequences whose next token is computed, or 1 for a prompt. */
  sequences: number;
  /** Bytes of weights on all GPUs of a stage. */
  weights: number;
  /** Bytes of the cache on one GPU. */
  kv: number;
  flops: number;
  /** Bytes of the hidden states that each all-reduce sums. */
  hiddenBytes: number;
  /** Tokens that are computed. */
  tokens: number;
  /** Times that the layers are passed. */
  passes: number;
};

/** Tokens of prompts that a server computes at once. */
const PROMPT_CHUNK = 8192;

/** What some prompts of the same length read and compute together. */
export function promptLoad(request: FilledRequest, prompts: number): Load {
  const { shape, format, promptTokens } = request;
  const tokens = prompts * promptTokens;
  return {
    sequences: 1,
    weights: weightBytesRead(shape, format, tokens, request.weights),
    kv: 0,
    flops: prompts * promptFlops(shape, promptTokens),
    hiddenBytes: tokens * shape.hidden * 2,
    tokens,
    passes: Math.ceil(tokens / PROMPT_CHUNK),
  };
}

/**
 * What a decode step reads and computes at a context, all stages together. Each copy of the model
 * has a share of the batch, and each stage works on a share of that while the others do the rest.
 */
export function decodeLoad(request: FilledRequest, context: number): Load {
  const { shape, format, kv, degrees, batch } = request;
  const sequences = Math.ceil(batch / (degrees.data * degrees.pipeline));
  const load = kvLoad({ shape, tokens: context, sequences, format: kv });
  return {
    sequences,
    weights: weightBytesRead(shape, format, sequences, request.weights),
    kv: kvOfLayers(layerOrder(shape), load, degrees.tensor).bytes,
    flops: sequences * stepFlops(shape, context),
    hiddenBytes: sequences * shape.hidden * 2,
    tokens: sequences,
    passes: 1,
  };
}

/** The share of the peak that prompts reach on a kind of GPU. */
export function promptShareOf({ kind, engine }: System, { promptShare }: LatencyConstants): number {
  if (kind === 'cpu') return CPU_SPEED.promptShare;
  if (kind === 'consumer' || kind === 'apple' || kind === 'unified') return promptShare[kind];
  return promptShare[engine === 'llama.cpp' ? 'data-center, llama.cpp' : 'data-center'];
}

/** The share of the bandwidth that decoding reaches on a kind of GPU. */
export function bandwidthShareOf({ kind }: System, { bandwidthShare }: LatencyConstants): number {
  return kind === 'cpu' ? CPU_SPEED.bandwidthShare : bandwidthShare[kind];
}

/** Seconds that one layer takes beside its reading and arithmetic. */
function layerSeconds(system: System, constants: LatencyConstants): number {
  const { kind, engine, years, layers, latentLayers, expertLayers } = system;
  const { layerMicroseconds } = constants;
  // A CPU waits for nobody between layers.
  if (kind === 'cpu') return 0;
  if (kind === 'apple') return layerMicroseconds.apple * 1e-6;
  if (engine !== 'server') return layerMicroseconds[engine] * 1e-6;
  const plain = layerMicroseconds[kind === 'instinct' ? 'instinct' : 'server'];
  const special =
    constants.latentLayerMicroseconds * (latentLayers / layers) +
    constants.expertLayerMicroseconds * (expertLayers / layers);
  return (plain + special) * constants.yearlyShare ** years * 1e-6;
}

/** Two all-reduces of the hidden states for each layer, over the link of the GPUs. */
function trafficSeconds({ hiddenBytes }: Load, system: System, constants: LatencyConstants) {
  const { tensor, link, layers } = system;
  const once = collectiveSeconds('all-reduce', {
    bytes: hiddenBytes,
    ranks: tensor,
    bothWaysGBps: link.bothWaysGBps,
    efficiency: constants.linkShare,
    latencySeconds: constants.allReduceMicroseconds[link.kind] * 1e-6,
  });
  return 2 * layers * once;
}

/** Seconds of the parts of a prompt. */
export function promptParts(load: Load, system: System, constants: LatencyConstants): Parts {
  const { engine, tensor, bytesPerSecond, peak, layers } = system;
  const layer = layerSeconds(system, constants) + constants.promptLayerMicroseconds * 1e-6;
  return {
    memory: load.weights / (tensor * bytesPerSecond * bandwidthShareOf(system, constants)),
    compute: load.flops / (tensor * peak * promptShareOf(system, constants)),
    layers: layers * layer * load.passes,
    communication: trafficSeconds(load, system, constants),
    server: engine === 'server' ? constants.requestMilliseconds * 1e-3 : 0,
  };
}

/** Seconds of the parts of a decode step. */
export function stepParts(load: Load, system: System, constants: LatencyConstants): Parts {
  const { engine, tensor, bytesPerSecond, peak, layers } = system;
  const { stepMilliseconds, sequenceMicroseconds } = constants;
  return {
    memory:
      (load.weights / tensor + load.kv) / (bytesPerSecond * bandwidthShareOf(system, constants)),
    compute: load.flops / (tensor * peak * constants.stepShare),
    layers: layers * layerSeconds(system, constants),
    communication: trafficSeconds(load, system, constants),
    server:
      engine === 'server'
        ? stepMilliseconds * 1e-3 + (load.sequences - 1) * sequenceMicroseconds * 1e-6
        : 0,
  };
}

/** Seconds of all parts, of which reading and arithmetic overlap. */
export function partsSeconds({ memory, compute, layers, communication, server }: Parts): number {
  return Math.max(memory, compute) + layers + communication + server;
}

/** Tokens before the middle of the answer, where a decode step is timed. */
export function middleContext({
  promptTokens,
  outputTokens,
}: Pick<LatencyRequest, 'promptTokens' | 'outputTokens'>): number {
  return promptTokens + Math.max(1, Math.round(outputTokens / 2));
}
