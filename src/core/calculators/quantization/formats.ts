import { blockBits, GGUF_BLOCKS, GGUF_FILE_TYPES, type GgufFileType } from './gguf-blocks.ts';

/**
 * A way to store weights. `bits` is the cost of one quantized weight with its scales; what stays in
 * 16 bit follows from `quantizes`: `all` nothing, `linear` everything but tables, output matrix,
 * norms and routers, `linear-not-latent` also latent attention, `feed-forward` all attention, `experts` all but the experts of a
 * mixture (in a dense model like `linear`).
 */
export type WeightFormat = {
  id: string;
  label: string;
  aliases: readonly string[];
  bits: number;
  quantizes: 'all' | 'linear' | 'linear-not-latent' | 'feed-forward' | 'experts';
  /** The GGUF file type; its mix decides instead of `bits`. */
  gguf?: GgufFileType;
  /** Number formats of the arithmetic: what the GPU's peak is taken for. */
  arithmetic: 'fp32' | 'fp16' | 'fp8' | 'int8' | 'fp4';
  note: string;
  source: string;
};

/** A way to store keys and values. */
export type KvFormat = {
  id: string;
  label: string;
  aliases: readonly string[];
  bytesPerValue: number;
};

const AWQ = 'https://arxiv.org/abs/2306.00978';
const QLORA = 'https://arxiv.org/abs/2305.14314';
const MLX =
  'https://ml-explore.github.io/mlx/build/html/python/nn/_autosummary_functions/mlx.nn.quantize.html';
const OCP = 'OCP Microscaling Formats (MX) specification 1.0';
const SIXTEEN = 'tables, output matrix, norms, and routers stay 16-bit';

const PLAIN: readonly WeightFormat[] = [
  {
    id: 'fp32',
    label: 'FP32',
    aliases: ['float32', 'f32', '32bit'],
    bits: 32,
    quantizes: 'all',
    arithmetic: 'fp32',
    note: '4 bytes per parameter',
    source: 'IEEE 754',
  },
  {
    id: 'bf16',
    label: 'BF16',
    aliases: ['bfloat16', '16bit', 'half'],
    bits: 16,
    quantizes: 'all',
    arithmetic: 'fp16',
    note: '2 bytes per parameter',
    source: 'IEEE 754',
  },
  {
    id: 'fp16',
    label: 'FP16',
    aliases: ['float16', 'f16'],
    bits: 16,
    quantizes: 'all',
    arithmetic: 'fp16',
    note: '2 bytes per parameter',
    source: 'IEEE 754',
  },
  {
    id: 'fp8',
    label: 'FP8',
    aliases: ['float8', 'e4m3', 'w8a8-fp8', 'modelopt', 'ptpc_fp8'],
    bits: 8,
    quantizes: 'linear',
    arithmetic: 'fp8',
    note: SIXTEEN,
    source: 'https://docs.vllm.ai/en/latest/features/quantization/fp8.html',
  },
  {
    id: 'fp8-ffn',
    label: 'FP8 without attention',
    aliases: ['fbgemm_fp8'],
    bits: 8,
    quantizes: 'feed-forward',
    arithmetic: 'fp8',
    note: `only feed-forward matrices are quantized, as in Meta's own files; ${SIXTEEN}`,
    source: 'https://huggingface.co/meta-llama/Llama-3.1-405B-Instruct-FP8',
  },
  {
    id: 'fp8-block',
    label: 'FP8 with 128 × 128 blocks',
    aliases: ['fp8-blockwise', 'deepseek-fp8'],
    bits: 8 + 32 / (128 * 128),
    quantizes: 'linear',
    arithmetic: 'fp8',
    note: `one FP32 scale per block; ${SIXTEEN}`,
    source: 'https://arxiv.org/abs/2412.19437',
  },
  {
    id: 'int8',
    label: 'INT8',
    aliases: ['w8a8', 'w8a16', '8bit', 'llm.int8'],
    bits: 8,
    quantizes: 'linear',
    arithmetic: 'int8',
    note: SIXTEEN,
    source: 'https://arxiv.org/abs/2208.07339',
  },
  {
    id: 'int4',
    label: 'INT4, groups of 128',
    aliases: [
      'awq',
      'gptq',
      'awq_marlin',
      'marlin',
      'moe_wna16',
      'auto_round',
      'gptq_marlin',
      'w4a16',
      '4bit',
      'int4-g128',
      'awq-g128',
      'gptq-g128',
    ],
    bits: 4 + 16 / 128 + 4 / 128,
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `a 16-bit scale and a 4-bit zero point per group; ${SIXTEEN}`,
    source: AWQ,
  },
  {
    id: 'int4-g64',
    label: 'INT4, groups of 64',
    aliases: ['awq-g64', 'gptq-g64'],
    bits: 4 + 16 / 64 + 4 / 64,
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `a 16-bit scale and a 4-bit zero point per group; ${SIXTEEN}`,
    source: AWQ,
  },
  {
    id: 'int4-g32',
    label: 'INT4, groups of 32',
    aliases: ['awq-g32', 'gptq-g32'],
    bits: 4 + 16 / 32 + 4 / 32,
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `a 16-bit scale and a 4-bit zero point per group; ${SIXTEEN}`,
    source: AWQ,
  },
  {
    id: 'nf4',
    label: 'NF4',
    aliases: ['bnb-4bit', 'bnb-nf4', 'bitsandbytes'],
    bits: 4 + 32 / 64,
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `an FP32 scale per 64 weights; ${SIXTEEN}`,
    source: QLORA,
  },
  {
    id: 'nf4-dq',
    label: 'NF4 with double quantization',
    aliases: ['nf4-double', 'qlora', 'bnb-nf4-dq'],
    bits: 4 + 8 / 64 + 32 / (64 * 256),
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `an 8-bit scale per 64 weights and an FP32 scale per 256 of those; ${SIXTEEN}`,
    source: QLORA,
  },
  {
    id: 'mlx-4bit',
    label: 'MLX 4-bit',
    aliases: ['mlx', 'mlx4', 'mlx-q4', '4bit-mlx'],
    bits: 4 + 32 / 64,
    quantizes: 'all',
    arithmetic: 'fp16',
    note: 'a 16-bit scale and a 16-bit bias per 64 weights, in tables too',
    source: MLX,
  },
  {
    id: 'mlx-8bit',
    label: 'MLX 8-bit',
    aliases: ['mlx8', 'mlx-q8', '8bit-mlx'],
    bits: 8 + 32 / 64,
    quantizes: 'all',
    arithmetic: 'fp16',
    note: 'a 16-bit scale and a 16-bit bias per 64 weights, in tables too',
    source: MLX,
  },
  {
    id: 'mxfp4',
    label: 'MXFP4',
    aliases: ['mx4', 'mxfp4-moe'],
    bits: 4 + 8 / 32,
    quantizes: 'experts',
    arithmetic: 'fp4',
    note: 'an 8-bit scale per 32 weights; in a mixture of experts, only for the experts',
    source: OCP,
  },
  {
    id: 'nvfp4',
    label: 'NVFP4',
    aliases: ['fp4', 'nvidia-fp4', 'modelopt_fp4'],
    bits: 4 + 8 / 16,
    quantizes: 'linear-not-latent',
    arithmetic: 'fp4',
    note: `an FP8 scale per 16 weights; ${SIXTEEN}, latent attention too`,
    source:
      'https://developer.nvidia.com/blog/introducing-nvfp4-for-efficient-and-accurate-low-precision-inference/',
  },
];

/** GGUF names that people use without saying which variant; the usual one is meant. */
const GGUF_ALIASES = new Map<GgufFileType, readonly string[]>([
  ['Q4_K_M', ['q4', 'q4_k', 'gguf', 'q4km', 'q4_k_xl', 'ud-q4_k_xl', 'q4_k_l']],
  ['Q5_K_M', ['q5', 'q5_k', 'q5km', 'q5_k_xl', 'ud-q5_k_xl', 'q5_k_l']],
  ['Q3_K_M', ['q3', 'q3_k', 'q3km', 'q3_k_xl', 'ud-q3_k_xl']],
  ['Q2_K', ['q2', 'q2_k_xl', 'ud-q2_k_xl', 'q2_k_l']],
  ['Q6_K', ['q6', 'q6_k_xl', 'ud-q6_k_xl', 'q6_k_l']],
  ['Q8_0', ['q8', 'q8_k_xl', 'ud-q8_k_xl']],
]);

/** File types that only repeat a plain format. */
const PLAIN_GGUF: ReadonlySet<GgufFileType> = new Set(['F32', 'F16', 'BF16']);

function ggufFormat(type: GgufFileType): WeightFormat {
  return {
    id: type.toLowerCase(),
    label: type,
    aliases: GGUF_ALIASES.get(type) ?? [],
    bits: blockBits(GGUF_FILE_TYPES[type]),
    quantizes: 'all',
    gguf: type,
    arithmetic: 'fp16',
    note: 'a mix of block formats, chosen per tensor; norms, biases, and routers stay 32-bit',
    source: 'https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp',
  };
}

/** ExLlama's files are made for any average; these are the usual ones. */
const EXL_BITS = [8, 6, 5, 4.65, 4.5, 4.25, 4, 3.5, 3, 2.5];

function exlFormat(bits: number): WeightFormat {
  const spelled = [`${bits}bpw`, ...(Number.isInteger(bits) ? [`${bits}.0bpw`] : [])];
  return {
    id: `exl-${bits}bpw`,
    label: `EXL ${bits} bpw`,
    aliases: [
      ...spelled,
      ...['exl2', 'exl3'].flatMap((name) =>
        spelled.flatMap((each) => [`${name} ${each}`, `${each} ${name}`]),
      ),
      ...(bits === 4 ? ['exl2', 'exl3', 'exllama', 'exllamav2'] : []),
    ],
    bits,
    quantizes: 'linear',
    arithmetic: 'fp16',
    note: `an average over all matrices, chosen when the file is made; ${SIXTEEN}`,
    source: 'https://github.com/turboderp-org/exllamav2',
  };
}

/** Every weight format, plain ones first, then GGUF from large to small. */
export const WEIGHT_FORMATS: readonly WeightFormat[] = [
  ...PLAIN,
  ...EXL_BITS.map(exlFormat),
  ...(Object.keys(GGUF_FILE_TYPES) as GgufFileType[])
    .filter((type) => !PLAIN_GGUF.has(type))
    .map(ggufFormat),
];

const WEIGHT_FORMATS_BY_ID = new Map(WEIGHT_FORMATS.map((format) => [format.id, format]));

/**
 * The weight format with an id.
 *
 * @throws RangeError when there is none.
 */
export function weightFormat(id: string): WeightFormat {
  const format = WEIGHT_FORMATS_BY_ID.get(id);
  if (!format) throw new RangeError(`unknown weight format ${id}`);
  return format;
}

function ggufKv(name: 'Q8_0' | 'Q5_1' | 'Q5_0' | 'Q4_1' | 'Q4_0', aliases: string[]): KvFormat {
  const bytesPerValue = GGUF_BLOCKS[name].bytes / GGUF_BLOCKS[name].values;
  return { id: name.toLowerCase(), label: name, aliases, bytesPerValue };
}

/** Every format of the KV cache, from large to small. */
export const KV_FORMATS: readonly KvFormat[] = [
  { id: 'fp32', label: 'FP32', aliases: ['f32', 'float32'], bytesPerValue: 4 },
  {
    id: 'fp16',
    label: '16-bit',
    aliases: ['bf16', 'f16', 'auto', '16bit', 'float16', 'bfloat16'],
    bytesPerValue: 2,
  },
  ggufKv('Q8_0', ['q8']),
  { id: 'fp8', label: 'FP8', aliases: ['fp8_e4m3', 'fp8_e5m2', 'f8', '8bit'], bytesPerValue: 1 },
  { id: 'int8', label: 'INT8', aliases: ['i8'], bytesPerValue: 1 },
  ggufKv('Q5_1', []),
  ggufKv('Q5_0', ['q5']),
  ggufKv('Q4_1', []),
  ggufKv('Q4_0', ['q4']),
  { id: 'nvfp4', label: 'NVFP4', aliases: ['fp4'], bytesPerValue: 4.5 / 8 },
  { id: 'int4', label: 'INT4', aliases: ['4bit', 'i4'], bytesPerValue: 0.5 },
];

const KV_FORMATS_BY_ID = new Map(KV_FORMATS.map((format) => [format.id, format]));

/**
 * The KV cache format with an id.
 *
 * @throws RangeError when there is none.
 */
export function kvFormat(id: string): KvFormat {
  const format = KV_FORMATS_BY_ID.get(id);
  if (!format) throw new RangeError(`unknown KV cache format ${id}`);
  return format;
}
