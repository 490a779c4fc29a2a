import { z } from 'zod';
import type { Gpu } from '../../src/core/calculators/hardware/gpu.ts';
import type { Model } from '../../src/core/calculators/models/model-schema.ts';
import { expertCount } from '../../src/core/calculators/models/model-shape.ts';
import { kvFormat, weightFormat } from '../../src/core/calculators/quantization/formats.ts';
import { latencyLoads, loadTimes } from '../../src/core/calculators/speed/latency.ts';
import {
  type CardKind,
  cardKind,
  type EngineFamily,
  type LatencyConstants,
  type LatencyFacts,
  spreadKind,
} from '../../src/core/calculators/speed/latency-constants.ts';
import { type LatencyRequest, latencyDefaults } from '../../src/core/calculators/speed/passes.ts';

const count = z.int().min(1);

const ROW = z.strictObject({
  id: z.string(),
  model: z.string(),
  format: z.string(),
  gpu: z.string(),
  tensor: count.optional(),
  pipeline: count.optional(),
  data: count.optional(),
  kv: z.string().optional(),
  engine: z.string(),
  date: z.string().regex(/^20\d\d-\d\d$/),
  batch: count,
  prompt: count.optional(),
  output: count.optional(),
  metric: z.enum([
    'decode_tps',
    'tpot_ms',
    'ttft_ms',
    'prefill_tps',
    'total_output_tps',
    'request_output_tps',
    'e2e_s',
  ]),
  value: z.number().positive(),
  source: z.string().min(1),
  quote: z.string().min(1),
});

/** A speed that somebody measured, as data/measured-latency.json has it. */
export type MeasuredRow = z.infer<typeof ROW>;

/**
 * The rows of data/measured-latency.json.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export function readMeasuredRows(file: unknown): MeasuredRow[] {
  return z.strictObject({ note: z.string(), rows: z.array(ROW) }).parse(file).rows;
}

/** The family of sources that a row belongs to. */
export const familyOf = ({ id }: MeasuredRow): string => id.replace(/-[0-9a-f]+$/, '');

/** What spends its time between layers like the engine that a source names. */
export function engineFamily(engine: string): EngineFamily {
  if (/llama\.cpp|ollama/i.test(engine)) return 'llama.cpp';
  return /gpt-fast|exllama|mlc|mlx/i.test(engine) ? 'compiled' : 'server';
}

/** A measured row with what its setup reads and computes; the constants alone make it a time. */
export type PreparedRow = {
  row: MeasuredRow;
  request: LatencyRequest;
  loads: ReturnType<typeof latencyLoads>;
};

/** llama.cpp's files of such a mixture keep everything beside the experts in Q8_0. */
const formatOf = ({ format }: MeasuredRow, engine: EngineFamily) =>
  weightFormat(format === 'mxfp4' && engine === 'llama.cpp' ? 'mxfp4_moe' : format);

/** What a row's model and GPU are looked up in. */
export type KnownFacts = { models: readonly Model[]; gpus: readonly Gpu[]; facts: LatencyFacts };

/** The engine that the bot takes when none is named. */
const usualFamily = ({ format }: MeasuredRow, { vendor }: Gpu): EngineFamily =>
  weightFormat(format).gguf || vendor === 'Apple' ? 'llama.cpp' : 'server';

/** Prepares a row with the engine and year that it names, or with those that the bot assumes. */
export function prepareRow(row: MeasuredRow, known: KnownFacts, isNamed = true): PreparedRow {
  const model = known.models.find(({ id }) => id === row.model);
  const gpu = known.gpus.find(({ id }) => id === row.gpu);
  if (!model || !gpu) throw new RangeError(`${row.id}: no ${model ? row.gpu : row.model}`);
  const engine = isNamed ? engineFamily(row.engine) : usualFamily(row, gpu);
  const { tensor = 1, pipeline = 1, data = 1 } = row;
  const request: LatencyRequest = {
    shape: model.shape,
    format: formatOf(row, engine),
    gpu,
    facts: known.facts,
    parallel: { tensor, pipeline, data },
    promptTokens: row.prompt ?? 64,
    outputTokens: row.output ?? 256,
    batch: row.batch,
    engine,
    year: isNamed ? Number(row.date.slice(0, 4)) : known.facts.year,
    ...(row.kv ? { kv: kvFormat(row.kv) } : {}),
  };
  return { row, request, loads: latencyLoads(latencyDefaults(request)) };
}

/** The figure that the row measured, in its unit. */
export function estimateRow({ row, request, loads }: PreparedRow, constants: LatencyConstants) {
  const { promptTokens, outputTokens, batch = 1 } = request;
  const times = loadTimes(loads, outputTokens, constants);
  switch (row.metric) {
    case 'decode_tps':
      return 1 / times.perToken;
    case 'tpot_ms':
      return times.perToken * 1e3;
    case 'ttft_ms':
      return times.firstToken * 1e3;
    case 'prefill_tps':
      return promptTokens / times.firstToken;
    case 'total_output_tps':
      return (batch * outputTokens) / times.whole;
    case 'request_output_tps':
      return outputTokens / times.whole;
    case 'e2e_s':
      return times.whole;
  }
}

/** How much slower (above 1) the estimate is than what was measured. */
export function slowness(prepared: PreparedRow, constants: LatencyConstants): number {
  const { metric, value } = prepared.row;
  const ratio = estimateRow(prepared, constants) / value;
  return metric.endsWith('_tps') ? 1 / ratio : ratio;
}

/** The kind of figure and of setup that a row stands for, as the document's table names it. */
export function kindOf({ row, request }: PreparedRow): string {
  const { shape, gpu } = request;
  if (row.metric === 'ttft_ms' || row.metric === 'prefill_tps') return 'Prompts';
  if (/^(?:total|request|e2e)/.test(row.metric)) return 'Whole requests and batches';
  const split = (row.tensor ?? 1) > 1;
  if (expertCount(shape) > 0) {
    if (!split) return 'Mixture, one GPU';
    return `Mixture, several GPUs, batch ${row.batch > 8 ? 'over 8' : 'up to 8'}`;
  }
  if (split) return 'Dense, several GPUs';
  return DENSE_KINDS[cardKind(gpu)];
}

const DENSE_KINDS: Readonly<Record<CardKind, string>> = {
  'data-center': 'Dense, data-center GPU',
  instinct: 'Dense, data-center GPU',
  consumer: 'Dense, consumer GPU',
  apple: 'Apple',
  unified: 'DGX Spark and Strix Halo',
  cpu: 'CPU',
};

/** The factor that the row's figure may be off, as replies state it. */
export function spreadOf({ row, request }: PreparedRow, spreads: LatencyFacts['spreads']): number {
  if (row.metric === 'ttft_ms' || row.metric === 'prefill_tps') return spreads.prompt.factor;
  const token = spreads.perToken[spreadKind(request.shape, request.gpu, row.tensor ?? 1)].factor;
  if (row.metric === 'decode_tps' || row.metric === 'tpot_ms') return token;
  return Math.max(token, spreads.request.factor);
}
