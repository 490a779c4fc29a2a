import type { Gpu } from '../calculators/hardware/gpu.ts';
import { fitOnGpu } from '../calculators/memory/capacity.ts';
import { explainInferenceMemory } from '../calculators/memory/inference-explain.ts';
import type { InferenceRequest } from '../calculators/memory/inference-memory.ts';
import { largest } from '../calculators/memory/largest.ts';
import type { Model } from '../calculators/models/model-schema.ts';
import type { KvFormat, WeightFormat } from '../calculators/quantization/formats.ts';
import { promptFlops } from '../calculators/speed/compute.ts';
import { type Latency, servingLatency } from '../calculators/speed/latency.ts';
import type { LatencyFacts } from '../calculators/speed/latency-constants.ts';
import { latencyBands } from '../calculators/speed/latency-explain.ts';
import type { Verdict } from './checker.ts';

/** What a service has to do. */
export type Target = {
  model: Model;
  /** Dollars for an hour of each GPU that can be had. */
  prices: ReadonlyMap<string, number>;
  /** Requests per second. */
  rate: number;
  promptTokens: number;
  /** Tokens of each prompt that are found in the prefix cache. */
  cachedTokens: number;
  outputTokens: number;
  /** Milliseconds to the first token of a prompt that doesn't wait for another one. */
  firstTokenMs: number;
  /** Mean milliseconds for each output token, the prompts that are computed in between included. */
  perTokenMs: number;
  /** Dollars per hour; no limit when left out. */
  budget?: number;
  /** GPUs that there are; no limit when left out. */
  most?: number;
  /** Copies of the model that may fail while the others carry the load. */
  spare: number;
  adapters?: InferenceRequest['adapters'];
};

/** GPUs of one kind, how the model lies on them, and how many requests each copy takes at once. */
export type Design = {
  gpu: Gpu;
  tensor: number;
  pipeline: number;
  data: number;
  /** GPUs of a copy that the experts are dealt out to. */
  expert: number;
  format: WeightFormat;
  kv: KvFormat;
  batch: number;
};

/** How a design does on one thing, in numbers. */
export type Measured = {
  what: 'memory' | 'throughput' | 'firstToken' | 'latency' | 'budget';
  verdict: Verdict;
  /** Bytes of one GPU, milliseconds to the first token or for each one, requests per second, or dollars per hour. */
  has: number;
  needs: number;
};

/** The GPUs of a design. */
export const gpusOf = ({ tensor, pipeline, data }: Design) => tensor * pipeline * data;

/** One copy of the model with a batch. */
export function copyOf(design: Design, target: Target, facts: LatencyFacts) {
  const { gpu, tensor, pipeline, expert, format, kv } = design;
  const { model, promptTokens, outputTokens, cachedTokens } = target;
  const { shape } = model;
  const parallel = { tensor, pipeline, expert };
  const cached = cachedTokens > 0 ? promptFlops(shape, cachedTokens) : 0;
  const freshShare = 1 - cached / promptFlops(shape, promptTokens);
  const request = (batch: number) => ({
    shape,
    format,
    gpu,
    facts,
    parallel,
    promptTokens,
    outputTokens,
    batch,
    kv,
  });
  /** Stages work on different prompts at the same time; a full pipeline computes one prompt per stage time. */
  const whole = ({ firstTokenOfAll, perToken }: Latency) =>
    (firstTokenOfAll * freshShare) / pipeline + (outputTokens - 1) * perToken;
  const seconds = (batch: number) => whole(servingLatency(request(batch)));
  return {
    seconds,
    /** Requests per second of one copy that holds a batch. */
    carries: (batch: number) => batch / seconds(batch),
    /** Milliseconds to the first token, and what times are multiplied and divided by for the ends of their likely range. */
    alone: () => {
      const latency = servingLatency(request(design.batch));
      const bands = latencyBands(request(design.batch), latency);
      return {
        firstTokenMs: latency.firstToken * freshShare * 1000,
        firstTokenRange: bands.firstToken.high / latency.firstToken,
        range: bands.whole.high / latency.whole,
      };
    },
  };
}

function memoryRequest(design: Design, target: Target, tokens: number): InferenceRequest {
  const { tensor, pipeline, expert, format, kv, batch } = design;
  const { model, adapters } = target;
  return {
    shape: model.shape,
    format,
    kv,
    tokens,
    sequences: batch,
    parallel: { tensor, pipeline, expert },
    ...(adapters ? { adapters } : {}),
  };
}

/** Memory is enough when a full batch of whole requests fits, and close when one of half-done requests may. */
export function memoryFinding(design: Design, target: Target): Measured {
  const { promptTokens, outputTokens } = target;
  const full = memoryRequest(design, target, promptTokens + outputTokens);
  const { fits, usable, spare } = fitOnGpu(full, design.gpu);
  const finding = { what: 'memory' as const, has: usable, needs: usable - spare };
  if (fits) return { ...finding, verdict: 'meets' };
  const middle = promptTokens + Math.ceil(outputTokens / 2);
  const { band } = explainInferenceMemory(memoryRequest(design, target, middle));
  return { ...finding, verdict: band.low <= usable ? 'close' : 'misses' };
}

/** Whether a value may reach what is needed within its range. */
function verdictOf(value: number, needed: number, factor: number): Verdict {
  if (value * factor < needed) return 'misses';
  return value / factor >= needed ? 'meets' : 'close';
}

/**
 * A design measured against a target.
 *
 *     requests per second = copies × batch / seconds of a whole request with the prompts of its batch
 *     time per token      = seconds of a whole request / output tokens
 *
 * The time is that of the smallest batch that carries the load, or of the full one where none does: a limit that is never
 * reached slows nobody down.
 */
export function checkServing(design: Design, target: Target, facts: LatencyFacts): Measured[] {
  const { carries, seconds, alone } = copyOf(design, target, facts);
  const copies = design.data - target.spare;
  const each = copies > 0 ? target.rate / copies : Number.POSITIVE_INFINITY;
  const capacity = Math.max(0, copies) * carries(design.batch);
  const idle = largest(1, design.batch, (batch) => carries(batch) < each) ?? 0;
  const batch = Math.min(design.batch, idle + 1);
  const perTokenMs = (seconds(batch) / target.outputTokens) * 1000;
  const { firstTokenMs, firstTokenRange, range } = alone();
  const price = target.prices.get(design.gpu.id) ?? Number.POSITIVE_INFINITY;
  // Whole cents, so that a sum of floats never decides.
  const usd = Math.round(gpusOf(design) * price * 100) / 100;
  const { budget } = target;
  return [
    memoryFinding(design, target),
    {
      what: 'throughput',
      has: capacity,
      needs: target.rate,
      verdict: verdictOf(capacity, target.rate, range),
    },
    {
      what: 'firstToken',
      has: firstTokenMs,
      needs: target.firstTokenMs,
      verdict: verdictOf(1 / firstTokenMs, 1 / target.firstTokenMs, firstTokenRange),
    },
    {
      what: 'latency',
      has: perTokenMs,
      needs: target.perTokenMs,
      verdict: verdictOf(1 / perTokenMs, 1 / target.perTokenMs, range),
    },
    ...(budget === undefined
      ? []
      : [
          {
            what: 'budget' as const,
            has: usd,
            needs: budget,
            verdict: usd <= budget ? ('meets' as const) : ('misses' as const),
          },
        ]),
  ];
}
