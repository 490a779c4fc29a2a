import { z } from 'zod';
import { LORA_TARGETS } from '../../src/core/calculators/training/lora.ts';

const positive = z.number().positive();
const count = z.int().min(1);

/** A plain decoder by its sizes, for sources that name no model. */
const plainShape = z.strictObject({
  layers: count,
  kvHeads: count,
  headDim: count,
});

const adapter = z.strictObject({ rank: count, targets: z.array(z.enum(LORA_TARGETS)).min(1) });

/** What a published figure is about and what it was found with, one form for each calculator. */
const MEASURE = z.discriminatedUnion('calculator', [
  z.strictObject({
    calculator: z.literal('zero'),
    parameters: positive,
    stage: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    ranks: count,
    bytes: z.strictObject({ weights: positive, gradients: positive, optimizer: positive }),
  }),
  z.strictObject({
    calculator: z.literal('deepspeed'),
    parameters: positive,
    largestLayer: positive,
    gpusPerNode: count,
    stage: z.union([z.literal(2), z.literal(3)]),
    offload: z.enum(['none', 'optimizer', 'all']),
  }),
  z.strictObject({
    calculator: z.literal('attention-scores'),
    answer: z.enum(['ratio', 'saving']),
    heads: count,
    sequence: count,
    hidden: count,
  }),
  z.strictObject({
    calculator: z.literal('gpt-utilisation'),
    batch: count,
    layers: count,
    hidden: count,
    sequence: count,
    vocabulary: count,
    seconds: positive,
    gpus: count,
    peakTflops: positive,
  }),
  z.strictObject({
    calculator: z.literal('utilisation'),
    parameters: positive,
    tokensPerSecond: positive,
    gpus: count,
    peakTflops: positive,
  }),
  z.strictObject({
    calculator: z.literal('training-days'),
    parameters: positive,
    tokens: positive,
    gpus: count,
    tflopsPerGpu: positive,
    recompute: z.boolean(),
  }),
  z.strictObject({
    calculator: z.literal('training-flops'),
    parameters: positive,
    tokens: positive,
  }),
  z.strictObject({
    calculator: z.literal('gpu-hours'),
    gpuHours: positive,
    usdPerGpuHour: positive,
  }),
  z.strictObject({
    calculator: z.literal('lora'),
    model: z.string().optional(),
    layers: count.optional(),
    hidden: count.optional(),
    adapter,
  }),
  z.strictObject({ calculator: z.literal('scale-bits'), format: z.string() }),
  z.strictObject({ calculator: z.literal('kv-per-token'), model: z.string() }),
  z.strictObject({
    calculator: z.literal('kv-cache'),
    model: z.string().optional(),
    shape: plainShape.optional(),
    tokens: count,
    kv: z.string().optional(),
  }),
  z.strictObject({
    calculator: z.literal('paged-tokens'),
    model: z.string(),
    kvGiB: positive,
    tensor: count,
  }),
  z.strictObject({
    calculator: z.literal('concurrency'),
    blocks: count,
    blockTokens: count,
    tokens: count,
  }),
  z.strictObject({
    calculator: z.literal('gguf'),
    model: z.string(),
    type: z.string(),
    answer: z.enum(['weights', 'file', 'bits']),
    imatrix: z.boolean().optional(),
  }),
  z.strictObject({
    calculator: z.literal('weights'),
    model: z.string().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    format: z.string(),
    quantizeHead: z.boolean().optional(),
    /** True for a peak that holds the unpacked copy of the largest 4-bit matrix. */
    unpacked: z.boolean().optional(),
  }),
  z.strictObject({
    calculator: z.literal('training-memory'),
    model: z.string().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    method: z.enum(['lora', 'qlora']),
    adapter,
    base: z.string(),
    sequence: count,
    microBatch: count,
    checkpointing: z.enum(['none', 'full']),
    compiled: z.boolean().optional(),
    chunkedLoss: z.boolean().optional(),
    quantizeHead: z.boolean().optional(),
    dataParallel: count.optional(),
    zero: z.literal(3).optional(),
  }),
  z.strictObject({
    calculator: z.literal('decode-step'),
    model: z.string(),
    format: z.string(),
    kv: z.string(),
    gpu: z.string(),
    tensor: count,
    batch: count,
    tokens: count,
  }),
  z.strictObject({
    calculator: z.literal('critical-batch'),
    tflops: positive,
    bandwidthGBps: positive,
  }),
  z.strictObject({
    calculator: z.literal('reading'),
    bytes: positive,
    bandwidthGBps: positive,
  }),
  z.strictObject({
    calculator: z.literal('decode-speed'),
    model: z.string(),
    format: z.string(),
    gpu: z.string(),
    tokens: count,
  }),
  z.strictObject({
    calculator: z.literal('speculation'),
    acceptance: z.number().min(0).max(1),
    draftTokens: count,
    costRatio: z.number().min(0),
  }),
]);

/** What a published figure is about. */
export type Measure = z.infer<typeof MEASURE>;

const FIGURE = z.strictObject({
  id: z.string().min(1),
  what: z.string().min(1),
  measure: MEASURE,
  published: positive,
  /** What one unit of the published figure is in ours: bytes in a GiB, seconds in a ms. */
  unit: z.strictObject({ name: z.string().min(1), size: positive }),
  tolerancePercent: z.number().min(0),
  source: z.string().min(1),
  kind: z.enum(['paper', 'doc', 'log', 'benchmark']),
  evidence: z.string().min(1),
  note: z.string().optional(),
});

/** A figure that somebody else printed or measured. */
export type PublishedFigure = z.infer<typeof FIGURE>;

const FIGURES_FILE = z.strictObject({ note: z.string(), figures: z.array(FIGURE) });

/**
 * The figures of data/published-figures.json.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export function readFigures(file: unknown): PublishedFigure[] {
  return FIGURES_FILE.parse(file).figures;
}
