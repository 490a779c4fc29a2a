import { requireFraction, requirePositive } from '../../check.ts';
import {
  type Attention,
  isSoftmax,
  type ModelShape,
  pooledEntries,
} from '../models/model-shape.ts';

/**
 * Arithmetic of a training run.
 *
 *     FLOPs = 6 × parameters × tokens      8 with full recomputation
 *
 * @param parameters Active parameters in a mixture of experts.
 * @see https://arxiv.org/abs/2001.08361
 */
export function trainingFlops({
  parameters,
  tokens,
  recompute = false,
}: {
  parameters: number;
  tokens: number;
  recompute?: boolean;
}): number {
  requirePositive({ parameters, tokens });
  return (recompute ? 8 : 6) * parameters * tokens;
}

/**
 * The attention scores on top: forward and backward over the full square.
 *
 *     FLOPs = 12 × layers × heads × head size × sequence × tokens
 *
 * @see https://arxiv.org/abs/2204.02311 (appendix B)
 */
export function attentionTrainingFlops({
  layers,
  heads,
  headDim,
  sequence,
  tokens,
}: {
  layers: number;
  heads: number;
  headDim: number;
  sequence: number;
  tokens: number;
}): number {
  requirePositive({ layers, heads, headDim, sequence, tokens });
  return 12 * layers * heads * headDim * sequence * tokens;
}

/** Width of the scores and of the values of one layer's heads; 0 without a score for each pair. */
function scoreWidth(attention: Attention): number {
  if (attention.kind === 'mla') {
    const { heads, nopeDim, ropeDim, valueDim } = attention;
    return (heads * (nopeDim + ropeDim + valueDim)) / 2;
  }
  if (attention.kind === 'compressed') return attention.heads * attention.keyDim;
  if (!isSoftmax(attention)) return 0;
  const { heads, keyDim, valueDim = keyDim } = attention;
  return (heads * (keyDim + valueDim)) / 2;
}

/** Keys that a token scores at most: the window in a local layer, with the entries of older tokens. */
function keysSeen(attention: Attention, sequence: number): number {
  if (attention.kind === 'compressed') {
    return Math.min(sequence, attention.window + pooledEntries(attention, sequence));
  }
  return isSoftmax(attention) ? Math.min(sequence, attention.window ?? sequence) : sequence;
}

/**
 * Arithmetic of the attention scores of one token of a model, as `attentionTrainingFlops` counts it;
 * a local layer scores at most its window.
 */
export function attentionFlopsPerToken(shape: ModelShape, sequence: number): number {
  return shape.layers.reduce((sum, { attention, count: layers }) => {
    const width = scoreWidth(attention);
    if (width === 0) return sum;
    const seen = keysSeen(attention, sequence);
    const heads = { layers, heads: 1, headDim: width, sequence: seen, tokens: 1 };
    return sum + attentionTrainingFlops(heads);
  }, 0);
}

/** Seconds of a run at a share of the peak: FLOPs / (GPUs × peak × utilisation). */
export function trainingSeconds({
  flops,
  gpus,
  peakFlops,
  utilisation,
}: {
  flops: number;
  gpus: number;
  peakFlops: number;
  utilisation: number;
}): number {
  requirePositive({ flops, gpus, peakFlops });
  requireFraction({ utilisation });
  return flops / (gpus * peakFlops * utilisation);
}

/** Share of the peak that useful arithmetic reaches: 6 × parameters × tokens per second / peak. */
export function modelFlopsUtilisation({
  flopsPerSecond,
  gpus,
  peakFlops,
}: {
  flopsPerSecond: number;
  gpus: number;
  peakFlops: number;
}): number {
  requirePositive({ flopsPerSecond, gpus, peakFlops });
  return flopsPerSecond / (gpus * peakFlops);
}

/** Tokens for each parameter that Hoffmann et al. found to be best (approaches 1 and 2). */
export const TOKENS_PER_PARAMETER = 20;

/**
 * Parameters and tokens that use a budget of arithmetic best.
 *
 *     parameters = √(FLOPs / 120), tokens = 20 × parameters
 *
 * @see https://arxiv.org/abs/2203.15556
 */
export function chinchillaOptimal(flops: number): { parameters: number; tokens: number } {
  requirePositive({ flops });
  const parameters = Math.sqrt(flops / (6 * TOKENS_PER_PARAMETER));
  return { parameters, tokens: TOKENS_PER_PARAMETER * parameters };
}

/** Constants of the loss law: Hoffmann et al., approach 3, and the fit of Epoch AI to the same data. */
const LOSS_FITS = {
  hoffmann: { base: 1.69, a: 406.4, alpha: 0.34, b: 410.7, beta: 0.28 },
  epoch: { base: 1.82, a: 482.01, alpha: 0.3478, b: 2085.43, beta: 0.3658 },
} as const;

/**
 * Loss that a parametric law predicts.
 *
 *     loss = base + a / parameters^alpha + b / tokens^beta
 *
 * @see https://arxiv.org/abs/2203.15556 and https://arxiv.org/abs/2404.10102
 */
export function chinchillaLoss(
  parameters: number,
  tokens: number,
  fit: keyof typeof LOSS_FITS = 'hoffmann',
): number {
  requirePositive({ parameters, tokens });
  const { base, a, alpha, b, beta } = LOSS_FITS[fit];
  return base + a / parameters ** alpha + b / tokens ** beta;
}

/** Share of the time that pipeline stages wait: (p - 1) / (v × m + p - 1). */
export function pipelineBubble(stages: number, microBatches: number, interleaved = 1): number {
  requirePositive({ stages, microBatches, interleaved });
  return (stages - 1) / (interleaved * microBatches + stages - 1);
}
