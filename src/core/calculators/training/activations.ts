import { requireCount } from '../../check.ts';
import { activeWidth } from '../memory/activations.ts';
import type { Attention, LayerGroup, ModelShape } from '../models/model-shape.ts';

/** What is kept for the backward pass: all, all but the attention scores, or only layer inputs. */
export type Checkpointing = 'none' | 'selective' | 'full';

/** What the activations of a training step depend on. */
export type ActivationRequest = {
  shape: ModelShape;
  /** Tokens of one sequence. */
  sequence: number;
  /** Sequences of one GPU's step. */
  microBatch: number;
  checkpointing: Checkpointing;
  tensorParallel?: number;
  /** True when norms and residuals are divided by the tensor degree too. */
  sequenceParallel?: boolean;
  /** True without FlashAttention: score matrices are kept. */
  plainAttention?: boolean;
  /** True with torch.compile, which fuses norms and activation functions. */
  compiled?: boolean;
  /** True when the loss is computed in eight pieces. */
  chunkedLoss?: boolean;
  /** True when 4-bit layers keep their inputs, as bitsandbytes does. */
  keepsInputs?: boolean;
};

/** Pieces that a chunked loss is computed in (torchtune). */
export const LOSS_CHUNKS = 8;

/** Bytes of logits for each token and vocabulary entry: 16-bit logits, an FP32 copy, its gradient. */
export const LOGIT_BYTES = 10;

function attentionValues(attention: Attention): number {
  switch (attention.kind) {
    case 'none':
      return 0;
    case 'linear':
      return (
        4 * attention.keyHeads * attention.keyDim + 4 * attention.valueHeads * attention.valueDim
      );
    case 'mla': {
      const { heads, nopeDim, ropeDim, valueDim, kvRank, queryRank = 0 } = attention;
      return heads * (2 * (nopeDim + ropeDim) + 2 * valueDim) + 2 * (kvRank + queryRank);
    }
    case 'compressed':
      return 2 * (attention.heads + 1) * attention.keyDim + 2 * attention.queryRank;
    default: {
      const { heads, kvHeads, keyDim, valueDim = keyDim } = attention;
      return (heads + kvHeads) * (keyDim + valueDim);
    }
  }
}

/**
 * Bytes that one layer keeps for each token.
 *
 *     norms       6 × hidden each (RMS, with an FP32 copy), 4 × hidden (LayerNorm or compiled)
 *     attention   2 bytes × (query + output + key + value)
 *     feed-forward 8 × width (gated), 4 × width (plain or compiled)
 *     scores      5 × heads × tokens without FlashAttention
 */
export function layerBytesPerToken(group: LayerGroup, request: ActivationRequest): number {
  const { shape, tensorParallel = 1, compiled, checkpointing, sequence } = request;
  const { hidden } = shape;
  const { attention, feedForward } = group;
  const isGated = feedForward.kind !== 'none' && feedForward.gated;
  const norm = (shape.norm === 'rms' && !compiled ? 6 : 4) * hidden * Math.max(1, group.norms);
  const width = activeWidth(feedForward);
  const scores =
    request.plainAttention && checkpointing === 'none' && 'heads' in attention
      ? 5 * attention.heads * sequence
      : 0;
  const inputs = request.keepsInputs ? 4 * hidden + 2 * width : 0;
  const inner = 2 * attentionValues(attention) + (isGated && !compiled ? 8 : 4) * width;
  const outer = request.sequenceParallel ? norm / tensorParallel : norm;
  return outer + (inner + scores + inputs) / tensorParallel;
}

/** The layers of the model, those of a separate encoder too. */
export function trainedLayers(shape: ModelShape): readonly LayerGroup[] {
  return [...shape.layers, ...(shape.encoderLayers ?? [])];
}

/** Activations of a training step on one GPU. */
export type TrainingActivations = {
  /** Kept from the forward to the backward pass. */
  stored: number;
  /** The layer that is computed again, with checkpointing. */
  recomputed: number;
  /** Logits and their gradient. */
  loss: number;
  /** What lives at once at the worst moment. */
  peak: number;
};

/**
 * Bytes of activations of one training step, in 16 bit.
 *
 *     no checkpointing    tokens × Σ layers: bytes for each token, and the loss
 *     full checkpointing  tokens × layers × 2 × hidden, and the larger of one layer and the loss
 *     loss                tokens × vocabulary × 10
 *
 * The terms are our own count of saved tensors, within about 15 % of measured runs.
 *
 * @throws RangeError when a count is not a whole number of at least 1.
 * @see https://arxiv.org/abs/2205.05198 (the same count for a GPT block)
 */
export function trainingActivations(request: ActivationRequest): TrainingActivations {
  const { shape, sequence, microBatch, checkpointing, tensorParallel = 1 } = request;
  requireCount({ sequence, microBatch, tensorParallel });
  const tokens = sequence * microBatch;
  const groups = trainedLayers(shape);
  const each = groups.map((group) => tokens * layerBytesPerToken(group, request));
  const lossTokens = request.chunkedLoss ? tokens / LOSS_CHUNKS : tokens;
  const loss =
    shape.head === false ? 0 : (lossTokens * shape.vocabulary * LOGIT_BYTES) / tensorParallel;
  if (checkpointing !== 'full') {
    const stored = groups.reduce((sum, { count }, index) => sum + count * (each[index] ?? 0), 0);
    return { stored, recomputed: 0, loss, peak: stored + loss };
  }
  const layers = groups.reduce((sum, { count }) => sum + count, 0);
  const split = request.sequenceParallel ? tensorParallel : 1;
  const stored = (tokens * layers * 2 * shape.hidden) / split;
  const recomputed = Math.max(...each);
  return { stored, recomputed, loss, peak: stored + Math.max(recomputed, loss) };
}

/**
 * Bytes of activations of a GPT block stack with dropout and without FlashAttention, in 16 bit.
 *
 *     none       s b h L × (10 + 24 / t + 5 a s / (h t))
 *     selective  s b h L × (10 + 24 / t)
 *     full       s b h L × 2
 *
 * With sequence parallelism the 10 is divided by t too.
 *
 * @see https://arxiv.org/abs/2205.05198 (Table 2)
 */
export function gptActivationBytes({
  layers,
  hidden,
  heads,
  sequence,
  microBatch,
  tensorParallel = 1,
  sequenceParallel = false,
  checkpointing,
}: {
  layers: number;
  hidden: number;
  heads: number;
  sequence: number;
  microBatch: number;
  tensorParallel?: number;
  sequenceParallel?: boolean;
  checkpointing: Checkpointing;
}): number {
  requireCount({ layers, hidden, heads, sequence, microBatch, tensorParallel });
  const base = sequence * microBatch * hidden * layers;
  if (checkpointing === 'full') return 2 * base;
  const outer = sequenceParallel ? 10 / tensorParallel : 10;
  const scores = checkpointing === 'none' ? (5 * heads * sequence) / hidden : 0;
  return base * (outer + (24 + scores) / tensorParallel);
}
