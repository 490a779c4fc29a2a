import { z } from 'zod';
import type { Model } from './model.ts';

const count = z.int().min(1);
const indexer = z.strictObject({ heads: count, headDim: count });

const softmax = z.strictObject({
  kind: z.enum(['full', 'window', 'chunked']),
  heads: count,
  kvHeads: count,
  keyDim: count,
  valueDim: count.optional(),
  window: count.optional(),
  sharesKv: z.boolean().optional(),
  ownKv: z.boolean().optional(),
  valueFromKey: z.boolean().optional(),
  qkvBias: z.boolean().optional(),
  plainKey: z.boolean().optional(),
  outBias: z.boolean().optional(),
  qkNorm: z.enum(['head', 'full']).optional(),
  outputGate: z.boolean().optional(),
  sinks: z.boolean().optional(),
  fusedQkv: z.boolean().optional(),
  indexer: indexer.optional(),
});

const latent = z.strictObject({
  kind: z.literal('mla'),
  heads: count,
  queryRank: count.optional(),
  kvRank: count,
  nopeDim: count,
  ropeDim: count,
  valueDim: count,
  bias: z.boolean().optional(),
  outputGate: z.boolean().optional(),
  indexer: indexer.optional(),
});

const compressed = z.strictObject({
  kind: z.literal('compressed'),
  heads: count,
  keyDim: count,
  queryRank: count,
  window: count,
  ratio: count.optional(),
  overlaps: z.boolean().optional(),
  topK: count.optional(),
  outGroups: count,
  outRank: count,
  indexer: indexer.optional(),
});

const linear = z.strictObject({
  kind: z.literal('linear'),
  style: z.enum(['gated-deltanet', 'lightning', 'mamba1', 'mamba2', 'kda', 'rwkv4', 'short-conv']),
  keyHeads: count,
  valueHeads: count,
  keyDim: count,
  valueDim: count,
  convKernel: z.int().min(0),
  convBias: z.boolean().optional(),
  stepRank: count.optional(),
  stepNorms: z.boolean().optional(),
  projectionBias: z.boolean().optional(),
  fullGate: z.boolean().optional(),
});

const feedForward = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('dense'),
    width: count,
    gated: z.boolean(),
    bias: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('moe'),
    experts: count,
    activeExperts: count,
    width: count,
    gated: z.boolean(),
    expertBias: z.boolean().optional(),
    routerBias: z.boolean().optional(),
    sharedWidth: count.optional(),
    sharedGate: z.boolean().optional(),
    latent: count.optional(),
    besideWidth: count.optional(),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

const extra = z.strictObject({
  name: z.string().min(1),
  kind: z.enum(['vision', 'audio', 'lookup', 'matrix', 'vector']),
  parameters: count,
  imageTokens: count.optional(),
});

const group = z.strictObject({
  count,
  attention: z.union([
    softmax,
    latent,
    compressed,
    linear,
    z.strictObject({ kind: z.literal('none') }),
  ]),
  feedForward,
  norms: z.int().min(0),
  cross: softmax.optional(),
  extras: z.array(extra).optional(),
});

/** A model's shape, as data/models.json holds it. */
const MODEL_SHAPE = z
  .strictObject({
    kind: z.enum(['decoder', 'encoder', 'encoder-decoder']),
    hidden: count,
    vocabulary: count,
    tied: z.boolean(),
    head: z.boolean().optional(),
    headBias: z.boolean().optional(),
    embeddingDim: count.optional(),
    positions: count.optional(),
    maxContext: count,
    norm: z.enum(['rms', 'layer', 'none']),
    finalNorms: z.int().min(0),
    layers: z.array(group).min(1),
    order: z
      .string()
      .regex(/^[a-z]+$/)
      .optional(),
    encoderLayers: z.array(group).optional(),
    encoderTokens: count.optional(),
    extras: z.array(extra).optional(),
    gguf: z.enum(['falcon', '70b']).optional(),
  })
  .refine(
    ({ order, layers }) =>
      order === undefined ||
      layers.every(
        (each, index) =>
          [...order].filter((letter) => letter.charCodeAt(0) - 97 === index).length === each.count,
      ),
    'order must name each layer group as often as its count',
  );

/** A row of data/models.json. */
const MODEL_ROW = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  name: z.string().min(1),
  family: z.string().min(1),
  hub: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  released: z.string().regex(/^\d{4}(-\d{2})?$/),
  native: z.string().optional(),
  shape: MODEL_SHAPE,
  published: z
    .strictObject({
      parameters: count.optional(),
      kind: z.enum(['document', 'derived', 'fitted', 'recalled']).optional(),
      source: z.string().optional(),
      totalLabelB: z.number().positive().optional(),
      activeLabelB: z.number().positive().optional(),
      stored: count.optional(),
      note: z.string().optional(),
    })
    .optional(),
  trained: z
    .strictObject({
      gpuHours: count,
      gpu: z.string().min(1),
      tokens: count,
      by: z.string().min(1),
      source: z.string().min(1),
    })
    .optional(),
  sources: z.array(z.string().min(1)).min(1),
  checked: z.iso.date(),
  unconfirmed: z.array(z.string()),
});

/** data/models.json as a whole. */
const MODELS_FILE = z.strictObject({ note: z.string(), models: z.array(MODEL_ROW) });

/**
 * The models of data/models.json.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export function readModels(file: unknown): Model[] {
  // zod marks optional fields as possibly undefined; JSON has no undefined, so the types agree.
  return MODELS_FILE.parse(file).models as Model[];
}
