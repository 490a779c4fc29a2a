import { transferSeconds } from '../../src/core/calculators/hardware/communication.ts';
import type { Gpu } from '../../src/core/calculators/hardware/gpu.ts';
import { maximumConcurrency, pagedTokens } from '../../src/core/calculators/memory/capacity.ts';
import {
  kvBytesPerToken,
  kvCacheSize,
  kvLoad,
  kvOfLayers,
} from '../../src/core/calculators/memory/kv-cache.ts';
import { readConfigJson } from '../../src/core/calculators/models/config-json.ts';
import type { Model } from '../../src/core/calculators/models/model-schema.ts';
import { layerOrder, type ModelShape } from '../../src/core/calculators/models/model-shape.ts';
import { countParameters } from '../../src/core/calculators/models/parameters.ts';
import { kvFormat, weightFormat } from '../../src/core/calculators/quantization/formats.ts';
import {
  GGUF_FILE_TYPES,
  type GgufFileType,
} from '../../src/core/calculators/quantization/gguf-blocks.ts';
import { unpackBufferBytes, weightBytes } from '../../src/core/calculators/quantization/weights.ts';
import { criticalBatch, servingLatency } from '../../src/core/calculators/speed/latency.ts';
import type { LatencyFacts } from '../../src/core/calculators/speed/latency-constants.ts';
import { decodeLoad, latencyDefaults } from '../../src/core/calculators/speed/passes.ts';
import { speculativeSpeedup } from '../../src/core/calculators/speed/speculative.ts';
import { gptActivationBytes } from '../../src/core/calculators/training/activations.ts';
import {
  modelFlopsUtilisation,
  trainingFlops,
  trainingSeconds,
} from '../../src/core/calculators/training/compute.ts';
import { loraParameters } from '../../src/core/calculators/training/lora.ts';
import { trainingMemory } from '../../src/core/calculators/training/memory.ts';
import { zeroStates } from '../../src/core/calculators/training/zero.ts';
import {
  deepSpeedEstimate,
  ggufBytes,
  ggufFileBytes,
  gptIterationFlops,
  gpuHoursUsd,
} from './formulas.ts';
import type { Measure, PublishedFigure } from './published-schema.ts';

/** The models and GPUs that figures refer to by id. */
export type Known = { models: readonly Model[]; gpus: readonly Gpu[]; latency: LatencyFacts };

/** Our value beside a published one. */
export type Comparison = { figure: PublishedFigure; ours: number; errorPercent: number };

type Of<K extends Measure['calculator']> = Extract<Measure, { calculator: K }>;

/** A decoder of which only the attention matters. */
function plainDecoder(layers: number, heads: number, keyDim: number, hidden: number): ModelShape {
  return {
    kind: 'decoder',
    hidden,
    vocabulary: 1,
    tied: true,
    maxContext: 1_000_000,
    norm: 'rms',
    finalNorms: 0,
    layers: [
      {
        count: layers,
        norms: 0,
        attention: { kind: 'full', heads, kvHeads: heads, keyDim },
        feedForward: { kind: 'none' },
      },
    ],
  };
}

function shapeOf(
  known: Known,
  { model, config }: { model?: string | undefined; config?: object | undefined },
): ModelShape {
  if (config) {
    const read = readConfigJson(JSON.stringify(config));
    if (!read.ok) throw new RangeError(read.message);
    return read.model.shape;
  }
  const found = known.models.find(({ id }) => id === model);
  if (!found) throw new RangeError(`no model ${model}`);
  return found.shape;
}

function gpuOf(known: Known, id: string): Gpu {
  const found = known.gpus.find((gpu) => gpu.id === id);
  if (!found) throw new RangeError(`no GPU ${id}`);
  return found;
}

function fileType(name: string): GgufFileType {
  const found = (Object.keys(GGUF_FILE_TYPES) as GgufFileType[]).find((type) => type === name);
  if (!found) throw new RangeError(`no GGUF type ${name}`);
  return found;
}

function scores({ answer, heads, sequence, hidden }: Of<'attention-scores'>): number {
  const block = { layers: 1, hidden, heads, sequence, microBatch: 1 };
  const all = gptActivationBytes({ ...block, checkpointing: 'none' });
  const selective = gptActivationBytes({ ...block, checkpointing: 'selective' });
  return answer === 'ratio' ? (all - selective) / (sequence * hidden) : 1 - selective / all;
}

function ggufAnswer(measure: Of<'gguf'>, known: Known): number {
  const shape = shapeOf(known, measure);
  const type = fileType(measure.type);
  const imatrix = measure.imatrix ?? true;
  if (measure.answer === 'file') return ggufFileBytes(shape, type, imatrix);
  const bytes = ggufBytes(shape, type, imatrix);
  return measure.answer === 'weights' ? bytes : (bytes * 8) / countParameters(shape).text;
}

function loraAnswer({ model, layers = 1, hidden = 1, adapter }: Of<'lora'>, known: Known): number {
  const shape = model ? shapeOf(known, { model }) : plainDecoder(layers, 1, hidden, hidden);
  return loraParameters({ shape, ...adapter });
}

function trainingAnswer(measure: Of<'training-memory'>, known: Known): number {
  const { adapter, base, method, sequence, microBatch, checkpointing } = measure;
  return trainingMemory({
    shape: shapeOf(known, measure),
    method,
    lora: adapter,
    base: weightFormat(base),
    sequence,
    microBatch,
    checkpointing,
    compiled: measure.compiled ?? false,
    chunkedLoss: measure.chunkedLoss ?? false,
    quantizeHead: measure.quantizeHead ?? false,
    zero: measure.zero ?? 0,
    dataParallel: measure.dataParallel ?? 1,
  }).allocated;
}

function pagedAnswer({ model, kvGiB, tensor }: Of<'paged-tokens'>, known: Known): number {
  const shape = shapeOf(known, { model });
  const load = kvLoad({ shape, tokens: 1 });
  return pagedTokens(kvGiB * 1024 ** 3, kvOfLayers(layerOrder(shape), load, tensor).bytes);
}

/** A step as published figures have it: what is read alone, or as llama.cpp runs it. */
function decodeAnswer(measure: Of<'decode-step'> | Of<'decode-speed'>, known: Known): number {
  const isStep = measure.calculator === 'decode-step';
  const request = {
    shape: shapeOf(known, measure),
    format: weightFormat(measure.format),
    gpu: gpuOf(known, measure.gpu),
    facts: known.latency,
    engine: 'llama.cpp' as const,
    promptTokens: measure.tokens,
    outputTokens: 1,
    ...(isStep
      ? {
          kv: kvFormat(measure.kv),
          parallel: { tensor: measure.tensor },
          batch: measure.batch,
        }
      : {}),
  };
  if (!isStep) return 1 / servingLatency(request).perToken;
  const { weights, kv } = decodeLoad(latencyDefaults(request), measure.tokens);
  return (weights / measure.tensor + kv) / (request.gpu.bandwidthGBps * 1e9);
}

/** Our value for a published figure, in bytes, seconds, shares or plain numbers. */
export function measureFigure(measure: Measure, known: Known): number {
  switch (measure.calculator) {
    case 'zero':
      return zeroStates(measure).total;
    case 'deepspeed':
      return deepSpeedEstimate(measure).gpuBytes;
    case 'attention-scores':
      return scores(measure);
    case 'gpt-utilisation': {
      const flopsPerSecond = gptIterationFlops(measure) / measure.seconds;
      const peakFlops = measure.peakTflops * 1e12;
      return modelFlopsUtilisation({ flopsPerSecond, gpus: measure.gpus, peakFlops });
    }
    case 'utilisation': {
      const { parameters, tokensPerSecond, gpus, peakTflops } = measure;
      const flopsPerSecond = trainingFlops({ parameters, tokens: tokensPerSecond });
      return modelFlopsUtilisation({ flopsPerSecond, gpus, peakFlops: peakTflops * 1e12 });
    }
    case 'training-days': {
      const { gpus, tflopsPerGpu } = measure;
      const flops = trainingFlops(measure);
      return trainingSeconds({ flops, gpus, peakFlops: tflopsPerGpu * 1e12, utilisation: 1 });
    }
    case 'training-flops':
      return trainingFlops(measure);
    case 'gpu-hours':
      return gpuHoursUsd(measure.gpuHours, measure.usdPerGpuHour);
    case 'lora':
      return loraAnswer(measure, known);
    case 'scale-bits':
      return weightFormat(measure.format).bits - 4;
    default:
      return measureServing(measure, known);
  }
}

type Serving = Of<
  | 'kv-per-token'
  | 'kv-cache'
  | 'paged-tokens'
  | 'concurrency'
  | 'gguf'
  | 'weights'
  | 'training-memory'
  | 'decode-step'
  | 'decode-speed'
  | 'critical-batch'
  | 'reading'
  | 'speculation'
>;

function kvAnswer({ model, shape, tokens, kv }: Of<'kv-cache'>, known: Known): number {
  const decoder = shape
    ? plainDecoder(shape.layers, shape.kvHeads, shape.headDim, shape.kvHeads * shape.headDim)
    : shapeOf(known, { model });
  return kvCacheSize({ shape: decoder, tokens, format: kvFormat(kv ?? 'fp16') }).bytes;
}

function measureServing(measure: Serving, known: Known): number {
  switch (measure.calculator) {
    case 'kv-per-token':
      return kvBytesPerToken(shapeOf(known, measure)).bytesPerToken;
    case 'kv-cache':
      return kvAnswer(measure, known);
    case 'paged-tokens':
      return pagedAnswer(measure, known);
    case 'concurrency':
      return maximumConcurrency(measure.blocks * measure.blockTokens, measure.tokens);
    case 'gguf':
      return ggufAnswer(measure, known);
    case 'weights': {
      const shape = shapeOf(known, measure);
      const options = { quantizeHead: measure.quantizeHead ?? false };
      const format = weightFormat(measure.format);
      const buffer = measure.unpacked ? unpackBufferBytes(shape, format, options) : 0;
      return weightBytes(shape, format, options) + buffer;
    }
    case 'training-memory':
      return trainingAnswer(measure, known);
    case 'decode-step':
    case 'decode-speed':
      return decodeAnswer(measure, known);
    case 'critical-batch':
      return criticalBatch({
        peakFlops: measure.tflops * 1e12,
        bytesPerSecond: measure.bandwidthGBps * 1e9,
        bytesPerWeight: 2,
      });
    case 'reading':
      return transferSeconds(measure.bytes, measure.bandwidthGBps);
    case 'speculation':
      return speculativeSpeedup(measure);
  }
}

/** Our value beside the published one, in its unit. */
export function compareFigure(figure: PublishedFigure, known: Known): Comparison {
  const ours = measureFigure(figure.measure, known) / figure.unit.size;
  return { figure, ours, errorPercent: (ours / figure.published - 1) * 100 };
}
