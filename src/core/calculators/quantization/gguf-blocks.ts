import formats from '../../../../data/formats.json' with { type: 'json' };

/**
 * Block formats of GGUF files: `bytes` hold `values` weights or cache entries.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h
 */
export const GGUF_BLOCKS = formats.ggufBlocks;

/** Name of a GGUF block format. */
export type GgufBlockName = keyof typeof GGUF_BLOCKS;

/** File types of llama-quantize and the block format that most of their weights get. */
export const GGUF_FILE_TYPES = formats.ggufFileTypes as Record<
  keyof typeof formats.ggufFileTypes,
  GgufBlockName
>;

/** Name of a GGUF file type, such as Q4_K_M. */
export type GgufFileType = keyof typeof GGUF_FILE_TYPES;

/** Block format that llama-quantize takes when a row is not a multiple of the block. */
const FALLBACK = formats.ggufFallback as Partial<Record<GgufBlockName, GgufBlockName>>;

/** The block format that a row of `columns` values can really have. */
export function blockThatFits(wanted: GgufBlockName, columns: number): GgufBlockName {
  if (columns % GGUF_BLOCKS[wanted].values === 0) return wanted;
  const second = FALLBACK[wanted] ?? 'F16';
  return columns % GGUF_BLOCKS[second].values === 0 ? second : 'F16';
}

/** Bits for each value of a block format. */
export function blockBits(name: GgufBlockName): number {
  return (GGUF_BLOCKS[name].bytes * 8) / GGUF_BLOCKS[name].values;
}
