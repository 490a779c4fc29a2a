import { requireCount } from '../../check.ts';
import type { FeedForward, ModelShape } from '../models/model-shape.ts';

/** Width of the feed-forward inputs that one token fills, all its experts together. */
export function activeWidth(block: FeedForward): number {
  if (block.kind === 'none') return 0;
  if (block.kind === 'dense') return block.width;
  return block.activeExperts * block.width + (block.sharedWidth ?? 0) + (block.besideWidth ?? 0);
}

/** The widest feed-forward inputs of a layer, as one token fills them. */
export function widestLayer(shape: ModelShape): number {
  return Math.max(...shape.layers.map(({ feedForward }) => activeWidth(feedForward)));
}

/**
 * Bytes of activations while a chunk of a prompt runs through one layer, in 16 bit, with the logits
 * of the last token of each sequence in 32 bit.
 *
 *     bytes = chunk × (4 × hidden + 2 × width / tensor) × 2 + sequences × vocabulary / tensor × 4
 *
 * Our own count of the buffers that live at once; FlashAttention keeps no score matrix.
 *
 * @param chunkTokens Tokens that are computed at once, at most the engine's limit.
 * @throws RangeError when a count is not a whole number of at least 1.
 */
export function prefillActivationBytes({
  shape,
  chunkTokens,
  sequences,
  tensorParallel = 1,
}: {
  shape: ModelShape;
  chunkTokens: number;
  sequences: number;
  tensorParallel?: number;
}): number {
  requireCount({ chunkTokens, sequences, tensorParallel });
  const { hidden, vocabulary } = shape;
  const buffers = 4 * hidden + (2 * widestLayer(shape)) / tensorParallel;
  const logits = shape.kind === 'encoder' ? 0 : (sequences * vocabulary * 4) / tensorParallel;
  return chunkTokens * buffers * 2 + logits;
}

/**
 * Tokens of a prompt that llama.cpp computes at once.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md (ubatch-size)
 */
export const LLAMA_CPP_MICRO_BATCH = 512;

/**
 * Bytes of llama.cpp's compute buffer with flash attention: the logits or the feed-forward inputs
 * of a micro batch in 32 bit, whichever is larger, and the hidden states.
 *
 *     bytes = micro batch × (max(vocabulary, 2 × width) + hidden) × 4
 *
 * Its logs print the same for Llama 2 7B (70.5 MiB) and Llama 3 8B (258.5 MiB) at 512 tokens.
 */
export function computeBufferBytes(shape: ModelShape, microBatch = LLAMA_CPP_MICRO_BATCH): number {
  requireCount({ microBatch });
  const { hidden, vocabulary } = shape;
  const outputs = shape.head === false ? 0 : vocabulary;
  return microBatch * (Math.max(outputs, 2 * widestLayer(shape)) + hidden) * 4;
}
