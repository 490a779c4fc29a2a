import { z } from 'zod';
import { isCpu } from '../hardware/cpu.ts';
import type { Gpu } from '../hardware/gpu.ts';
import { expertCount, type ModelShape } from '../models/model-shape.ts';

/** Kinds of GPUs whose memory and arithmetic come equally close to their peaks. */
export const CARD_KINDS = ['data-center', 'consumer', 'apple', 'unified', 'instinct'] as const;
/** A CPU's shares are not fitted here; see `CPU_SPEED`. */
export type CardKind = (typeof CARD_KINDS)[number] | 'cpu';

/** Engines that spend about the same time between layers: servers, llama.cpp, and compiled loops. */
export const ENGINE_FAMILIES = ['server', 'llama.cpp', 'compiled'] as const;
export type EngineFamily = (typeof ENGINE_FAMILIES)[number];

/** The kind of a GPU, by what it's sold as. */
export function cardKind(gpu: Gpu): CardKind {
  const { name, vendor, unified } = gpu;
  if (isCpu(gpu)) return 'cpu';
  if (vendor === 'Apple') return 'apple';
  if (unified) return 'unified';
  if (name.includes('Instinct')) return 'instinct';
  return /\b(?:RTX|GTX|Titan|Quadro|Radeon|Arc)\b/.test(name) ? 'consumer' : 'data-center';
}

/** How GPUs reach each other; `network` is for more GPUs than one machine holds. */
export type LinkKind = 'direct' | 'pcie' | 'network';

const fitted = z
  .strictObject({
    value: z.number().min(0),
    /** Between which values 8 in 10 fits lie that leave out families of sources by lot. */
    low: z.number().min(0),
    high: z.number().min(0),
    /** Measured rows that depend on it; 0 for one that is taken from a document. */
    rows: z.int().min(0),
  })
  .transform(({ value }) => value);

const CONSTANTS = z.strictObject({
  /** Share of the memory bandwidth that decoding reaches. */
  bandwidthShare: z.record(z.enum(CARD_KINDS), fitted),
  /** Share of the dense peak that prompts reach. */
  promptShare: z.strictObject({
    'data-center': fitted,
    'data-center, llama.cpp': fitted,
    consumer: fitted,
    apple: fitted,
    unified: fitted,
  }),
  /** Share of the dense peak that large batches reach in decoding. */
  stepShare: fitted,
  /** Time of a layer beside its reading and arithmetic, by engine, or by GPU where that decides. */
  layerMicroseconds: z.strictObject({
    server: fitted,
    'llama.cpp': fitted,
    compiled: fitted,
    apple: fitted,
    instinct: fitted,
  }),
  /** The same on a server, in addition, for a layer with latent attention or with experts. */
  latentLayerMicroseconds: fitted,
  expertLayerMicroseconds: fitted,
  /** Share of the time between layers that servers keep from one year to the next. */
  yearlyShare: fitted,
  /** Time of a layer of a prompt, in addition. */
  promptLayerMicroseconds: fitted,
  /** Time of one all-reduce beside its bytes. */
  allReduceMicroseconds: z.strictObject({ direct: fitted, pcie: fitted, network: fitted }),
  /** Share of one direction of the link that all-reduces reach. */
  linkShare: fitted,
  /** Time of a server in each step, for each further sequence, and for each request. */
  stepMilliseconds: fitted,
  sequenceMicroseconds: fitted,
  requestMilliseconds: fitted,
});

const spread = z.strictObject({
  /** What measured times are divided and multiplied by for the two ends of the range. */
  factor: z.number().min(1),
  /** Share of the measured rows inside it, when their family is left out of the fit. */
  coverage: z.number().min(0).max(1),
  rows: z.int().min(1),
});

/** Setups that are estimated about equally well. */
export const SPREAD_KINDS = [
  'dense',
  'dense, consumer',
  'dense, split',
  'mixture',
  'mixture, split',
] as const;
export type SpreadKind = (typeof SPREAD_KINDS)[number];

const LATENCY_FILE = z.strictObject({
  note: z.string(),
  /** The year of the engines that is assumed when none is told. */
  year: z.int(),
  constants: CONSTANTS,
  spreads: z.strictObject({
    perToken: z.record(z.enum(SPREAD_KINDS), spread),
    prompt: spread,
    request: spread,
  }),
  /** How far estimates were from rows whose family was left out of the fit, for the document. */
  leftOut: z.array(
    z.strictObject({
      kind: z.string(),
      rows: z.int().min(1),
      /** Median of estimated / measured speed. */
      ratio: z.number(),
      /** Median of the absolute logarithm of that. */
      error: z.number(),
      withinHalf: z.number(),
      covered: z.number(),
    }),
  ),
});

/** The kind that tells how sure a speed is. */
export function spreadKind(shape: ModelShape, gpu: Gpu, tensor: number): SpreadKind {
  const kind = expertCount(shape) > 0 ? 'mixture' : 'dense';
  if (tensor > 1) return `${kind}, split`;
  const card = cardKind(gpu);
  return kind === 'dense' && (card === 'consumer' || card === 'unified') ? 'dense, consumer' : kind;
}

/** All that the speed of serving is computed with besides the model and the GPUs. */
export type LatencyFacts = z.infer<typeof LATENCY_FILE>;
export type LatencyConstants = LatencyFacts['constants'];

/**
 * The constants of data/latency.json.
 *
 * @throws ZodError naming every field that is wrong.
 */
export function readLatencyFacts(file: unknown): LatencyFacts {
  return LATENCY_FILE.parse(file);
}
