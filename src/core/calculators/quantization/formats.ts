import formats from '../../../../data/formats.json' with { type: 'json' };
import { blockBits, GGUF_FILE_TYPES, type GgufFileType } from './gguf-blocks.ts';

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

const PLAIN = formats.weights as WeightFormat[];

/** GGUF names that people use without saying which variant; the usual one is meant. */
const GGUF_ALIASES: Partial<Record<GgufFileType, readonly string[]>> = formats.ggufAliases;

/** File types that only repeat a plain format. */
const PLAIN_GGUF: ReadonlySet<GgufFileType> = new Set(['F32', 'F16', 'BF16']);

function ggufFormat(type: GgufFileType): WeightFormat {
  return {
    id: type.toLowerCase(),
    label: type,
    aliases: GGUF_ALIASES[type] ?? [],
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
    note: 'an average over all matrices, chosen when the file is made; tables, output matrix, norms, and routers stay 16-bit',
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

/** Every format of the KV cache, from large to small. */
export const KV_FORMATS: readonly KvFormat[] = formats.kv;

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
