import { type Fields, fieldOf, isFields } from './json.ts';

function bitsFormat(bits: unknown, group: unknown): string | undefined {
  if (bits === 8) return 'int8';
  if (bits !== 4) return undefined;
  if (group === 32) return 'int4-g32';
  return group === 64 ? 'int4-g64' : 'int4';
}

function bitsAndBytes(config: Fields): string | undefined {
  if (fieldOf(config, 'load_in_8bit') === true) return 'int8';
  if (fieldOf(config, 'load_in_4bit') !== true) return undefined;
  return fieldOf(config, 'bnb_4bit_use_double_quant') === true ? 'nf4-dq' : 'nf4';
}

/** The formats of the compressed-tensors library. */
function compressed(config: Fields): string | undefined {
  const format = String(fieldOf(config, 'format') ?? '');
  if (format.startsWith('mxfp4')) return 'mxfp4';
  if (format.startsWith('nvfp4')) return 'nvfp4';
  if (format === 'float-quantized' || format === 'naive-quantized') return 'fp8';
  if (format === 'int-quantized') return 'int8';
  if (format !== 'pack-quantized') return undefined;
  const groups = fieldOf(config, 'config_groups');
  const first = isFields(groups) ? Object.values(groups)[0] : undefined;
  const weights = isFields(first) ? fieldOf(first, 'weights') : undefined;
  if (!isFields(weights)) return undefined;
  return bitsFormat(fieldOf(weights, 'num_bits'), fieldOf(weights, 'group_size'));
}

/** Id of the weight format that a config's quantization_config names, if we know it. */
export function nativeFormat(fields: Fields): string | undefined {
  const config = fieldOf(fields, 'quantization_config');
  if (!isFields(config)) return undefined;
  const method = String(fieldOf(config, 'quant_method') ?? '').toLowerCase();
  const algorithm = String(fieldOf(config, 'quant_algo') ?? '').toUpperCase();
  if (algorithm.includes('NVFP4')) return 'nvfp4';
  if (method === 'fp8')
    return Array.isArray(fieldOf(config, 'weight_block_size')) ? 'fp8-block' : 'fp8';
  if (method === 'fbgemm_fp8' || algorithm === 'FP8') return 'fp8';
  if (method === 'mxfp4') return 'mxfp4';
  if (method === 'awq' || method === 'gptq')
    return bitsFormat(fieldOf(config, 'bits'), fieldOf(config, 'group_size'));
  if (method === 'compressed-tensors') return compressed(config);
  return method === 'bitsandbytes' ? bitsAndBytes(config) : undefined;
}
