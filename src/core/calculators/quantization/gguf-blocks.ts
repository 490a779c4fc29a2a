/** A block format of GGUF: `bytes` hold `values` weights or cache entries. */
export type GgufBlock = { bytes: number; values: number };

/**
 * Block formats of GGUF files.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/ggml-common.h
 */
export const GGUF_BLOCKS = {
  F32: { bytes: 4, values: 1 },
  F16: { bytes: 2, values: 1 },
  Q4_0: { bytes: 18, values: 32 },
  Q4_1: { bytes: 20, values: 32 },
  Q5_0: { bytes: 22, values: 32 },
  Q5_1: { bytes: 24, values: 32 },
  Q8_0: { bytes: 34, values: 32 },
  MXFP4: { bytes: 17, values: 32 },
  IQ4_NL: { bytes: 18, values: 32 },
  Q2_K: { bytes: 84, values: 256 },
  Q3_K: { bytes: 110, values: 256 },
  Q4_K: { bytes: 144, values: 256 },
  Q5_K: { bytes: 176, values: 256 },
  Q6_K: { bytes: 210, values: 256 },
  IQ1_S: { bytes: 50, values: 256 },
  IQ1_M: { bytes: 56, values: 256 },
  IQ2_XXS: { bytes: 66, values: 256 },
  IQ2_XS: { bytes: 74, values: 256 },
  IQ2_S: { bytes: 82, values: 256 },
  IQ3_XXS: { bytes: 98, values: 256 },
  IQ3_S: { bytes: 110, values: 256 },
  IQ4_XS: { bytes: 136, values: 256 },
} as const satisfies Record<string, GgufBlock>;

/** Name of a GGUF block format. */
export type GgufBlockName = keyof typeof GGUF_BLOCKS;

/** File types of llama-quantize and the block format that most of their weights get. */
export const GGUF_FILE_TYPES = {
  F32: 'F32',
  F16: 'F16',
  BF16: 'F16',
  Q8_0: 'Q8_0',
  Q6_K: 'Q6_K',
  Q5_K_M: 'Q5_K',
  Q5_K_S: 'Q5_K',
  Q5_1: 'Q5_1',
  Q5_0: 'Q5_0',
  Q4_K_M: 'Q4_K',
  Q4_K_S: 'Q4_K',
  Q4_1: 'Q4_1',
  Q4_0: 'Q4_0',
  IQ4_NL: 'IQ4_NL',
  IQ4_XS: 'IQ4_XS',
  MXFP4_MOE: 'MXFP4',
  Q3_K_L: 'Q3_K',
  Q3_K_M: 'Q3_K',
  IQ3_M: 'IQ3_S',
  IQ3_S: 'IQ3_S',
  Q3_K_S: 'Q3_K',
  IQ3_XS: 'IQ3_S',
  IQ3_XXS: 'IQ3_XXS',
  Q2_K: 'Q2_K',
  Q2_K_S: 'Q2_K',
  IQ2_M: 'IQ2_S',
  IQ2_S: 'IQ2_XS',
  IQ2_XS: 'IQ2_XS',
  IQ2_XXS: 'IQ2_XXS',
  IQ1_M: 'IQ1_M',
  IQ1_S: 'IQ1_S',
} as const satisfies Record<string, GgufBlockName>;

/** Name of a GGUF file type, such as Q4_K_M. */
export type GgufFileType = keyof typeof GGUF_FILE_TYPES;

/** Block format that llama-quantize takes when a row is not a multiple of the block. */
const FALLBACK = new Map<GgufBlockName, GgufBlockName>([
  ['IQ1_S', 'IQ4_NL'],
  ['IQ1_M', 'IQ4_NL'],
  ['IQ2_XXS', 'IQ4_NL'],
  ['IQ2_XS', 'IQ4_NL'],
  ['IQ2_S', 'IQ4_NL'],
  ['IQ3_XXS', 'IQ4_NL'],
  ['IQ3_S', 'IQ4_NL'],
  ['IQ4_XS', 'IQ4_NL'],
  ['Q2_K', 'Q4_0'],
  ['Q3_K', 'Q4_0'],
  ['Q4_K', 'Q5_0'],
  ['Q5_K', 'Q5_1'],
  ['Q6_K', 'Q8_0'],
]);

/** The block format that a row of `columns` values can really have. */
export function blockThatFits(wanted: GgufBlockName, columns: number): GgufBlockName {
  if (columns % GGUF_BLOCKS[wanted].values === 0) return wanted;
  const second = FALLBACK.get(wanted) ?? 'F16';
  return columns % GGUF_BLOCKS[second].values === 0 ? second : 'F16';
}

/** Bits for each value of a block format. */
export function blockBits(name: GgufBlockName): number {
  return (GGUF_BLOCKS[name].bytes * 8) / GGUF_BLOCKS[name].values;
}
