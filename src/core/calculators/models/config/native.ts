import { type Fields, fieldOf, isFields } from './json.ts';

function bitsFormat(bits: unknown, group: unknown): string | undefined {
  if (bits === 8) return 'int8';
  if (bits !== 4) return undefined;
  if (group === 32) return 'int4-g32';
  return group === 64 ? 'int4-g64' : 'int4';
}

function bitsAndBytes(config: Fields): string | undefined {
  const isOn = (name: string) =>
    fieldOf(config, name) === true || fieldOf(config, `_${name}`) === true;
  if (isOn('load_in_8bit')) return 'int8';
  if (!isOn('load_in_4bit')) return undefined;
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

/** MLX names bits and a group, and no method. */
function mlx(config: Fields): string | undefined {
  if (fieldOf(config, 'mode') === 'mxfp4') return 'mxfp4';
  const bits = fieldOf(config, 'bits');
  if (fieldOf(config, 'group_size') !== 64) return undefined;
  return bits === 4 || bits === 8 ? `mlx-${bits}bit` : undefined;
}

/** Libraries that name a type of number: `int8`, `float8_weight_only`. */
function typed(config: Fields): string | undefined {
  const type = String(fieldOf(config, 'weights') ?? fieldOf(config, 'quant_type') ?? '');
  if (/^(q?float8|fp8)/.test(type)) return 'fp8';
  if (/^q?int8/.test(type)) return 'int8';
  return /^q?int4/.test(type) ? bitsFormat(4, fieldOf(config, 'group_size')) : undefined;
}

function hqq(config: Fields): string | undefined {
  const own = fieldOf(config, 'quant_config');
  const weights = isFields(own) ? fieldOf(own, 'weight_quant_params') : undefined;
  if (!isFields(weights)) return undefined;
  return bitsFormat(fieldOf(weights, 'nbits'), fieldOf(weights, 'group_size'));
}

/** Methods that name their bits and the size of a group. */
const GROUPED: ReadonlySet<string> = new Set(['awq', 'gptq', 'auto-round', 'intel/auto-round']);

const TYPED: ReadonlySet<string> = new Set(['quanto', 'eetq', 'torchao']);

function formatOf(config: Fields, method: string): string | undefined {
  const algorithm = String(fieldOf(config, 'quant_algo') ?? '').toUpperCase();
  if (algorithm.includes('NVFP4')) return 'nvfp4';
  if (method === 'fp8')
    return Array.isArray(fieldOf(config, 'weight_block_size')) ? 'fp8-block' : 'fp8';
  if (method === 'fbgemm_fp8' || algorithm === 'FP8') return 'fp8';
  if (method === 'mxfp4') return 'mxfp4';
  if (method === 'gguf') return String(fieldOf(config, 'file_type')).toLowerCase();
  if (method === 'compressed-tensors') return compressed(config);
  if (method === 'hqq') return hqq(config);
  if (TYPED.has(method)) return typed(config);
  if (method === 'bitsandbytes' || method === '') return bitsAndBytes(config) ?? mlx(config);
  if (!GROUPED.has(method)) return undefined;
  const bits = fieldOf(config, 'bits') ?? fieldOf(config, 'w_bit');
  return bitsFormat(bits, fieldOf(config, 'group_size') ?? fieldOf(config, 'q_group_size'));
}

/** How a file is quantized: the id of the format if we know it, and the name that the file gives it. */
export type Native = { id?: string; name: string };

/** What a config's quantization says, `undefined` where it says nothing. */
export function nativeFormat(fields: Fields): Native | undefined {
  const found = ['quantization_config', 'compression_config', 'quantization']
    .map((name) => fieldOf(fields, name))
    .find(isFields);
  if (!found) return undefined;
  // DeepSeek-V4 names the format of its experts beside that of the rest.
  if (fieldOf(fields, 'expert_dtype') === 'fp4') return { id: 'mxfp4', name: 'fp4 experts' };
  const method = String(fieldOf(found, 'quant_method') ?? '').toLowerCase();
  const id = formatOf(found, method);
  return { ...(id ? { id } : {}), name: method.slice(0, 40) || 'an unknown method' };
}
