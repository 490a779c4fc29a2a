import { requireCount } from '../../check.ts';
import {
  type Attention,
  type CompressedAttention,
  type ModelShape,
  pooledEntries,
} from '../models/model-shape.ts';
import { tensorSize } from '../models/tensor.ts';
import { allTensors } from '../models/tensors.ts';
import type { WeightFormat } from '../quantization/formats.ts';
import { type WeightOptions, weighTensors } from '../quantization/weights.ts';

/** Tables of which a token reads one row. */
const LOOKED_UP: ReadonlySet<string> = new Set(['lookup', 'position', 'vision', 'audio']);

/**
 * Experts of one layer that a batch is expected to touch.
 *
 *     experts × (1 - (1 - active / experts)^tokens)
 */
export function expectedExperts(experts: number, active: number, tokens: number): number {
  requireCount({ experts, active, tokens });
  return experts * (1 - (1 - active / experts) ** tokens);
}

/**
 * Bytes of weights that one decode step reads: everything once, the experts that the batch touches,
 * and of input tables only rows, which are left out.
 */
export function weightBytesRead(
  shape: ModelShape,
  format: WeightFormat,
  batch: number,
  options: WeightOptions = {},
): number {
  requireCount({ batch });
  let bytes = 0;
  for (const { tensor, bytes: size } of weighTensors(shape, format, options)) {
    if (LOOKED_UP.has(tensor.role) || (tensor.role === 'embedding' && !shape.tied)) continue;
    const { copies, activeCopies } = tensor;
    const share =
      activeCopies === undefined ? 1 : expectedExperts(copies, activeCopies, batch) / copies;
    bytes += size * share;
  }
  return bytes;
}

/** Parameters that one token is multiplied with, and how many of them are the output matrix. */
export function multipliedParameters(shape: ModelShape): { body: number; head: number } {
  let body = 0;
  let head = 0;
  for (const { tensor, times } of allTensors(shape)) {
    const size = tensorSize(tensor) * times;
    if (LOOKED_UP.has(tensor.role)) continue;
    if (tensor.role === 'head' || (tensor.role === 'embedding' && shape.tied)) head += size;
    else if (tensor.role !== 'embedding') {
      body += (size * (tensor.activeCopies ?? tensor.copies)) / tensor.copies;
    }
  }
  return { body, head };
}

/** Pairs of a query and a key that a causal layer scores over a prompt. */
function pairs(tokens: number, window: number | undefined): number {
  if (window === undefined || tokens <= window) return (tokens * tokens) / 2;
  return tokens * window - (window * window) / 2;
}

/** Keys that the last of some tokens reads: the window, and the entries that the indexer picks. */
function keysRead(attention: CompressedAttention, context: number): number {
  const entries = pooledEntries(attention, context);
  return Math.min(context, attention.window) + Math.min(entries, attention.topK ?? entries);
}

function compressedPrompt(attention: CompressedAttention, tokens: number): number {
  const { heads, keyDim, window, ratio, topK, indexer } = attention;
  const longest = topK === undefined ? undefined : topK * (ratio ?? 1);
  const pooled = ratio === undefined ? 0 : pairs(tokens, longest) / ratio;
  const indexed = indexer && ratio ? indexer.heads * indexer.headDim * (tokens ** 2 / ratio) : 0;
  return 4 * heads * keyDim * (pairs(tokens, window) + pooled) + indexed;
}

function promptAttentionFlops(attention: Attention, tokens: number): number {
  switch (attention.kind) {
    case 'none':
      return 0;
    case 'linear':
      return 4 * tokens * attention.valueHeads * attention.keyDim * attention.valueDim;
    case 'mla': {
      const { heads, nopeDim, ropeDim, valueDim } = attention;
      return 2 * heads * (nopeDim + ropeDim + valueDim) * pairs(tokens, undefined);
    }
    case 'compressed':
      return compressedPrompt(attention, tokens);
    default: {
      const { heads, keyDim, valueDim = keyDim, window } = attention;
      return 2 * heads * (keyDim + valueDim) * pairs(tokens, window);
    }
  }
}

function stepAttentionFlops(attention: Attention, context: number): number {
  switch (attention.kind) {
    case 'none':
      return 0;
    case 'linear':
      return promptAttentionFlops(attention, 1);
    case 'mla':
      return 2 * attention.heads * (2 * attention.kvRank + attention.ropeDim) * context;
    case 'compressed': {
      const { heads, keyDim, indexer } = attention;
      const scored = indexer ? 2 * indexer.heads * indexer.headDim : 0;
      return (
        4 * heads * keyDim * keysRead(attention, context) +
        scored * pooledEntries(attention, context)
      );
    }
    default: {
      const { heads, keyDim, valueDim = keyDim, window = context } = attention;
      return 2 * heads * (keyDim + valueDim) * Math.min(context, window);
    }
  }
}

/**
 * Arithmetic of a prompt.
 *
 *     FLOPs = 2 × active parameters × tokens + 4 × layers × heads × head size × tokens² / 2
 *
 * The output matrix runs for the last token only; local layers score at most their window.
 */
export function promptFlops(shape: ModelShape, tokens: number): number {
  requireCount({ tokens });
  const { body, head } = multipliedParameters(shape);
  const attention = shape.layers.reduce(
    (sum, group) => sum + group.count * promptAttentionFlops(group.attention, tokens),
    0,
  );
  return 2 * body * tokens + 2 * head + attention;
}

/** Arithmetic of one new token after `context` tokens. */
export function stepFlops(shape: ModelShape, context: number): number {
  requireCount({ context });
  const { body, head } = multipliedParameters(shape);
  const attention = shape.layers.reduce(
    (sum, group) => sum + group.count * stepAttentionFlops(group.attention, context),
    0,
  );
  return 2 * (body + head) + attention;
}
