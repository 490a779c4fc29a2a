import type { Tensor } from '../models/tensor.ts';
import {
  blockThatFits,
  GGUF_FILE_TYPES,
  type GgufBlockName,
  type GgufFileType,
} from './gguf-blocks.ts';

/** What the mix of a GGUF file depends on besides the tensor. */
export type MixContext = {
  fileType: GgufFileType;
  /** Query heads for each KV head. */
  groupedBy: number;
  experts: number;
  tied: boolean;
  falcon: boolean;
  seventyB: boolean;
  /** True when the file was made with an importance matrix, as most published ones are. */
  imatrix: boolean;
  layer: number;
  layers: number;
  /** Position of this layer's value matrix among all value matrices. */
  valueIndex: number;
  valueCount: number;
};

/** Half of the layers get more bits: the first and last eighth and every third one between. */
function isImportant(index: number, count: number): boolean {
  const eighth = Math.floor(count / 8);
  return index < eighth || index >= Math.floor((7 * count) / 8) || (index - eighth) % 3 === 2;
}

const VERY_LOW: ReadonlySet<GgufFileType> = new Set([
  'IQ1_S',
  'IQ1_M',
  'IQ2_XXS',
  'IQ2_XS',
  'IQ2_S',
  'IQ2_M',
]);

function isTwoBitMedium(type: GgufFileType): boolean {
  return type === 'IQ2_S' || type === 'IQ2_M';
}

function headType(context: MixContext, base: GgufBlockName, columns: number): GgufBlockName {
  const { fileType } = context;
  if (fileType === 'MXFP4_MOE' || context.falcon) return 'Q8_0';
  if (blockThatFits(base, columns) !== base) return 'Q8_0';
  if (VERY_LOW.has(fileType) || fileType === 'IQ3_XXS') return 'Q5_K';
  return base === 'Q8_0' ? base : 'Q6_K';
}

function tableType({ fileType }: MixContext, base: GgufBlockName): GgufBlockName {
  if (isTwoBitMedium(fileType) || fileType === 'IQ3_XXS') return 'IQ3_S';
  if (VERY_LOW.has(fileType)) return 'Q2_K';
  return base;
}

function lowBitValueType(context: MixContext): GgufBlockName {
  if (context.groupedBy >= 4 || context.experts >= 4) return 'Q4_K';
  return isTwoBitMedium(context.fileType) ? 'IQ3_S' : 'Q2_K';
}

function mixedValueType(context: MixContext, base: GgufBlockName): GgufBlockName {
  const { fileType, groupedBy, valueIndex, valueCount, imatrix } = context;
  const isGrouped = groupedBy >= 4;
  switch (fileType) {
    case 'Q2_K':
      return isGrouped ? 'Q4_K' : 'Q3_K';
    case 'Q2_K_S':
    case 'IQ3_XS':
    case 'IQ3_S':
      return isGrouped ? 'Q4_K' : base;
    case 'IQ3_XXS':
      return isGrouped ? 'Q4_K' : imatrix ? 'IQ3_XXS' : 'IQ3_S';
    case 'IQ3_M':
      return 'Q4_K';
    case 'Q3_K_M':
      return valueIndex < 2 ? 'Q5_K' : 'Q4_K';
    case 'Q3_K_L':
      return 'Q5_K';
    case 'IQ4_NL':
    case 'IQ4_XS':
      return isGrouped ? 'Q5_K' : base;
    case 'Q4_K_M':
    case 'Q5_K_M':
      return isImportant(valueIndex, valueCount) ? 'Q6_K' : base;
    case 'Q4_K_S':
      return valueIndex < 4 ? 'Q5_K' : base;
    default:
      return base;
  }
}

function valueType(context: MixContext, base: GgufBlockName): GgufBlockName {
  if (VERY_LOW.has(context.fileType)) return lowBitValueType(context);
  if (context.experts === 8) return 'Q8_0';
  const type = mixedValueType(context, base);
  return context.seventyB && (type === 'Q3_K' || type === 'Q4_K') ? 'Q5_K' : type;
}

function queryKeyType(
  context: MixContext,
  base: GgufBlockName,
  role: 'query' | 'key',
): GgufBlockName {
  if (role === 'key' && context.experts === 8) {
    return VERY_LOW.has(context.fileType) ? 'Q4_K' : 'Q8_0';
  }
  if (context.fileType === 'IQ3_XS') return 'IQ3_XXS';
  return context.fileType === 'IQ3_XXS' ? 'IQ2_S' : base;
}

function downType(context: MixContext, base: GgufBlockName): GgufBlockName {
  const { fileType, layer, layers, falcon, imatrix, experts } = context;
  const isFirst = layer < Math.floor(layers / 8);
  const isVeryFirst = layer < Math.floor(layers / 16);
  const matters = isImportant(layer, layers);
  switch (fileType) {
    case 'Q2_K':
      return 'Q3_K';
    case 'Q2_K_S':
      return isFirst ? 'Q4_K' : base;
    case 'IQ3_XXS':
      return imatrix ? base : isFirst ? 'Q4_K' : 'Q3_K';
    case 'Q3_K_M':
      return isVeryFirst ? 'Q5_K' : !falcon || matters ? 'Q4_K' : 'Q3_K';
    case 'IQ3_M':
      return isFirst || (experts === 8 && matters) ? 'Q4_K' : base;
    case 'Q3_K_L':
      return falcon ? 'Q4_K' : 'Q5_K';
    case 'Q4_K_M':
      if (falcon) return isVeryFirst ? 'Q6_K' : matters ? 'Q5_K' : 'Q4_K';
      return matters ? 'Q6_K' : base;
    case 'Q5_K_M':
      return matters ? 'Q6_K' : base;
    case 'Q4_K_S':
      return isFirst && !falcon ? 'Q5_K' : base;
    case 'IQ4_NL':
    case 'IQ4_XS':
      return isFirst && !imatrix ? 'Q5_K' : base;
    case 'Q4_0':
      return isFirst && imatrix ? 'Q4_1' : base;
    case 'Q5_0':
      return isFirst && imatrix ? 'Q5_1' : base;
    default:
      if (!VERY_LOW.has(fileType) || !isFirst) return base;
      return isTwoBitMedium(fileType) ? 'IQ3_S' : 'Q2_K';
  }
}

const OUTPUT_OF_EIGHT: ReadonlySet<GgufFileType> = new Set([
  'Q2_K',
  'IQ3_XS',
  'IQ3_XXS',
  'Q3_K_S',
  'Q3_K_M',
  'IQ4_NL',
  'Q4_K_S',
  'Q4_K_M',
  'IQ3_S',
  'IQ3_M',
  'IQ4_XS',
]);

const OUTPUT_TYPES = new Map<GgufFileType, GgufBlockName>([
  ['Q2_K', 'Q3_K'],
  ['IQ3_XXS', 'IQ3_S'],
  ['Q3_K_M', 'Q4_K'],
  ['Q3_K_L', 'Q5_K'],
  ['IQ3_M', 'Q4_K'],
  ['IQ1_S', 'IQ2_XXS'],
  ['IQ1_M', 'IQ2_XXS'],
  ['IQ2_S', 'IQ3_S'],
  ['IQ2_M', 'IQ3_S'],
]);

function outputType(context: MixContext, base: GgufBlockName): GgufBlockName {
  const { fileType, experts, falcon } = context;
  if (falcon) return fileType === 'Q3_K_L' ? 'Q4_K' : base;
  if (experts === 8) {
    return OUTPUT_OF_EIGHT.has(fileType) || VERY_LOW.has(fileType) ? 'Q5_K' : base;
  }
  return OUTPUT_TYPES.get(fileType) ?? base;
}

function gateUpType(context: MixContext, base: GgufBlockName): GgufBlockName {
  const { fileType, layer, layers } = context;
  const isMiddle = layer >= Math.floor(layers / 8) && layer < Math.floor((7 * layers) / 8);
  return fileType === 'IQ3_XS' && isMiddle ? 'IQ3_XXS' : base;
}

/** Weights that llama-quantize leaves in 32 bit. */
const KEPT_32: ReadonlySet<string> = new Set([
  'norm',
  'bias',
  'small',
  'expert-bias',
  'router',
  'position',
  'convolution',
]);

/** Weights that llama-quantize leaves in 16 bit. */
const KEPT_16: ReadonlySet<string> = new Set(['matrix', 'vision', 'audio']);

function wantedType(tensor: Tensor, context: MixContext, base: GgufBlockName): GgufBlockName {
  const { role } = tensor;
  if (role === 'head' || (context.tied && (role === 'embedding' || role === 'lookup'))) {
    return headType(context, base, tensor.columns);
  }
  if (context.fileType === 'MXFP4_MOE') return role.startsWith('expert-') ? 'MXFP4' : 'Q8_0';
  if (role === 'embedding' || role === 'lookup') return tableType(context, base);
  if (tensor.fused || role === 'linear-in' || role === 'value') return valueType(context, base);
  if (role === 'query' || role === 'key') return queryKeyType(context, base, role);
  if (role === 'output') return outputType(context, base);
  if (role === 'down' || role === 'expert-down') return downType(context, base);
  const isGateUp = ['gate', 'up', 'expert-gate', 'expert-up'].includes(role);
  return isGateUp ? gateUpType(context, base) : base;
}

/**
 * The block format that llama-quantize gives to a tensor.
 *
 * @see https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp
 */
export function mixedType(tensor: Tensor, context: MixContext): GgufBlockName {
  if (KEPT_32.has(tensor.role)) return 'F32';
  const base = GGUF_FILE_TYPES[context.fileType];
  if (base === 'F32' || base === 'F16') return base;
  if (KEPT_16.has(tensor.role)) return 'F16';
  return blockThatFits(wantedType(tensor, context, base), tensor.columns);
}
