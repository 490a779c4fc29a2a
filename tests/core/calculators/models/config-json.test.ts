import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kvBytesPerToken, kvCacheSize } from '../../../../src/core/calculators/memory/kv-cache.ts';
import { readConfigJson } from '../../../../src/core/calculators/models/config-json.ts';
import { countParameters } from '../../../../src/core/calculators/models/parameters.ts';
import { CONFIGS, configOf } from './configs.ts';
import { shape } from './known.ts';

const LLAMA = {
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14_336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 128_256,
  max_position_embeddings: 131_072,
};

const DEEPSEEK_V3 = {
  hidden_size: 7168,
  num_hidden_layers: 61,
  num_attention_heads: 128,
  num_key_value_heads: 128,
  q_lora_rank: 1536,
  kv_lora_rank: 512,
  qk_nope_head_dim: 128,
  qk_rope_head_dim: 64,
  v_head_dim: 128,
  intermediate_size: 18_432,
  moe_intermediate_size: 2048,
  n_routed_experts: 256,
  n_shared_experts: 1,
  num_experts_per_tok: 8,
  first_k_dense_replace: 3,
  moe_layer_freq: 1,
  num_nextn_predict_layers: 1,
  vocab_size: 129_280,
  max_position_embeddings: 163_840,
};

function read(config: object) {
  const result = readConfigJson(JSON.stringify(config));
  if (!result.ok) throw new Error(result.message);
  return result.model;
}

function refusal(config: object): string {
  const result = readConfigJson(JSON.stringify(config));
  return result.ok ? '' : result.message;
}

test.each(CONFIGS)('$name has its parameters and its cache', ({ config, parameters, kv }) => {
  const { shape: found } = read(config);

  expect(countParameters(found).total).toBe(parameters);
  expect(kvBytesPerToken(found).bytesPerToken).toBe(kv);
});

// The same files give the shapes that the data holds, built from other sources.
test.each([
  ['llama-3.1-8b', LLAMA],
  ['deepseek-v3', { model_type: 'deepseek_v3', ...DEEPSEEK_V3 }],
  [
    'deepseek-v3.2',
    {
      model_type: 'deepseek_v32',
      ...DEEPSEEK_V3,
      index_n_heads: 64,
      index_head_dim: 128,
      index_topk: 2048,
    },
  ],
  [
    'llama-4-scout',
    {
      model_type: 'llama4',
      text_config: {
        model_type: 'llama4_text',
        max_position_embeddings: 10_485_760,
        interleave_moe_layer_step: 1,
      },
    },
  ],
  [
    'minimax-m2.5',
    {
      model_type: 'minimax_m2',
      hidden_size: 3072,
      num_hidden_layers: 62,
      num_attention_heads: 48,
      num_key_value_heads: 8,
      head_dim: 128,
      intermediate_size: 1536,
      num_local_experts: 256,
      num_experts_per_tok: 8,
      use_qk_norm: true,
      use_routing_bias: true,
      shared_intermediate_size: 0,
      vocab_size: 200_064,
      max_position_embeddings: 196_608,
    },
  ],
  [
    'minimax-text-01',
    {
      model_type: 'minimax_text_01',
      hidden_size: 6144,
      num_hidden_layers: 80,
      num_attention_heads: 64,
      num_key_value_heads: 8,
      head_dim: 128,
      intermediate_size: 9216,
      num_local_experts: 32,
      num_experts_per_tok: 2,
      attn_type_list: Array.from({ length: 80 }, (_, index) => ((index + 1) % 8 === 0 ? 1 : 0)),
      vocab_size: 200_064,
      max_position_embeddings: 10_240_000,
    },
  ],
  [
    'olmo-3-32b',
    {
      model_type: 'olmo3',
      hidden_size: 5120,
      num_hidden_layers: 64,
      num_attention_heads: 40,
      num_key_value_heads: 8,
      intermediate_size: 27_648,
      sliding_window: 4096,
      vocab_size: 100_278,
      max_position_embeddings: 65_536,
    },
  ],
  [
    'glm-4.5',
    {
      model_type: 'glm4_moe',
      hidden_size: 5120,
      num_hidden_layers: 92,
      num_attention_heads: 96,
      num_key_value_heads: 8,
      head_dim: 128,
      attention_bias: true,
      use_qk_norm: true,
      intermediate_size: 12_288,
      moe_intermediate_size: 1536,
      n_routed_experts: 160,
      n_shared_experts: 1,
      num_experts_per_tok: 8,
      first_k_dense_replace: 3,
      vocab_size: 151_552,
      max_position_embeddings: 131_072,
    },
  ],
])('the config of %s is the shape in the data', (id, config) => {
  const { gguf: _, ...found } = read(config).shape;
  const { gguf: __, extras = [], ...wanted } = shape(id);
  // The copies of Llama 4 leave out the part of the vision tower.
  const kept = id.startsWith('llama-4') ? extras.filter(({ kind }) => kind !== 'vision') : extras;

  expect(found).toEqual({ ...wanted, ...(kept.length > 0 ? { extras: kept } : {}) });
});

test('local and global layers of a file keep their windows', () => {
  const config = configOf('Command R7B');

  const { bytes } = kvCacheSize({ shape: read(config).shape, tokens: 32_768 });

  // 8 global layers keep all tokens, 24 local ones 4,096.
  expect(bytes).toBe(2 * 8 * 128 * 2 * (8 * 32_768 + 24 * 4096));
});

test('a window from a layer on is only in those layers', () => {
  const { shape: found } = read({
    ...LLAMA,
    model_type: 'qwen2',
    use_sliding_window: true,
    sliding_window: 1024,
    max_window_layers: 20,
  });

  const { bytes } = kvCacheSize({ shape: found, tokens: 8192 });

  expect(bytes).toBe(2 * 8 * 128 * 2 * (20 * 8192 + 12 * 1024));
});

test('head_dim counts and not hidden / heads', () => {
  const { shape: found } = read({ ...LLAMA, head_dim: 256 });

  expect(kvBytesPerToken(found).bytesPerToken).toBe(2 * 32 * 8 * 256 * 2);
});

test('the tables are tied when the file says so', () => {
  const tied = countParameters(read({ ...LLAMA, tie_word_embeddings: true }).shape).total;
  const untied = countParameters(read(LLAMA).shape).total;

  expect(untied - tied).toBe(128_256 * 4096);
});

test('the format of the file is read from its quantization', () => {
  const native = (quantization_config: object) => read({ ...LLAMA, quantization_config }).native;

  expect(native({ quant_method: 'fp8', weight_block_size: [128, 128] })).toBe('fp8-block');
  expect(native({ quant_method: 'awq', bits: 4, group_size: 128 })).toBe('int4');
  expect(native({ quant_method: 'gptq', bits: 4, group_size: 32 })).toBe('int4-g32');
  expect(native({ quant_method: 'bitsandbytes', load_in_4bit: true })).toBe('nf4');
  expect(native({ quant_method: 'mxfp4' })).toBe('mxfp4');
  expect(native({ quant_method: 'modelopt', quant_algo: 'NVFP4' })).toBe('nvfp4');
  expect(native({ quant_method: 'compressed-tensors', format: 'float-quantized' })).toBe('fp8');
  expect(
    native({
      quant_method: 'compressed-tensors',
      format: 'pack-quantized',
      config_groups: { group_0: { weights: { num_bits: 4, group_size: 128 } } },
    }),
  ).toBe('int4');
  expect(native({ quant_method: 'something' })).toBeUndefined();
});

test.each([
  [{ quant_method: 'awq', w_bit: 4, q_group_size: 128, version: 'gemm' }, 'int4'],
  [{ quant_method: 'auto-round', bits: 4, group_size: 128 }, 'int4'],
  [{ quant_method: 'quanto', weights: 'int8' }, 'int8'],
  [{ quant_method: 'torchao', quant_type: 'float8_weight_only' }, 'fp8'],
  [{ quant_method: 'bitsandbytes', _load_in_4bit: true }, 'nf4'],
  [{ load_in_4bit: true, bnb_4bit_use_double_quant: true }, 'nf4-dq'],
  [{ group_size: 64, bits: 4 }, 'mlx-4bit'],
  [{ group_size: 64, bits: 8 }, 'mlx-8bit'],
  [{ group_size: 32, bits: 4, mode: 'mxfp4' }, 'mxfp4'],
  [
    { quant_method: 'hqq', quant_config: { weight_quant_params: { nbits: 4, group_size: 64 } } },
    'int4-g64',
  ],
])('the quantization %j is %s', (quantization_config, id) => {
  expect(read({ ...LLAMA, quantization_config }).native).toBe(id);
});

test('the quantization of MLX counts under its other name too', () => {
  expect(read({ ...LLAMA, quantization: { group_size: 64, bits: 4 } }).native).toBe('mlx-4bit');
});

test('a quantization that is not known is named and not passed over', () => {
  const { native, notes } = read({ ...LLAMA, quantization_config: { quant_method: 'aqlm' } });

  expect(native).toBeUndefined();
  expect(notes.join(' ')).toContain('quantized (aqlm)');
});

test('the state of Mamba does not grow and its cache is empty', () => {
  const config = configOf('Mamba 2.8B');

  const { bytes, cacheBytes } = kvCacheSize({ shape: read(config).shape, tokens: 100_000 });

  // 64 layers of 5,120 channels: 16 states in FP32 and 3 inputs of the convolution in 16 bit.
  expect(cacheBytes).toBe(0);
  expect(bytes).toBe(64 * 5120 * (16 * 4 + 3 * 2));
});

test('a decoder for sound keeps its own tokens and those of half a minute', () => {
  const config = configOf('Whisper large v3');

  const { bytes } = kvCacheSize({ shape: read(config).shape, tokens: 448 });

  // 32 layers, 20 heads of 64, keys and values, 448 tokens of text and 1,500 of sound.
  expect(bytes).toBe(32 * 2 * 20 * 64 * 2 * (448 + 1500));
});

test('parts that are not counted are named', () => {
  const { notes } = read({
    model_type: 'llava',
    vision_config: { hidden_size: 1024 },
    text_config: { model_type: 'llama', vocab_size: 32_064 },
  });

  expect(notes.join(' ')).toContain('vision_config');
  expect(notes.join(' ')).toContain('defaults');
  expect(read({ model_type: 'deepseek_v3', ...DEEPSEEK_V3 }).notes.join(' ')).toContain(
    'multi-token prediction',
  );
});

test.each([
  [{ ...LLAMA, model_type: 'brand_new_net' }, '"brand_new_net"'],
  [{ ...LLAMA, model_type: 'constructor' }, '"constructor"'],
  [{ ...LLAMA, model_type: '__proto__' }, '"__proto__"'],
  [{ hidden_size: 8 }, 'model_type'],
  [{ ...LLAMA, architectures: ['FooForCausalLM'], model_type: '' }, 'model_type'],
])('an architecture that is not known is named and refused: %#', (config, part) => {
  expect(refusal(config)).toContain(part);
});

test.each([
  ['hidden_size', -4096],
  ['hidden_size', 0],
  ['hidden_size', 4096.5],
  ['hidden_size', 1e308],
  ['hidden_size', '4096'],
  ['hidden_size', [4096]],
  ['num_hidden_layers', 1e9],
  ['num_hidden_layers', -1],
  ['vocab_size', 1e15],
  ['num_attention_heads', {}],
  ['num_key_value_heads', -8],
  ['intermediate_size', true],
])('%s of %j is refused by name', (field, value) => {
  expect(refusal({ ...LLAMA, [field]: value })).toMatch(
    new RegExp(`${field} must be a whole number`),
  );
});

test.each(['hidden_size', 'num_hidden_layers', 'num_attention_heads', 'vocab_size'])(
  'a file without %s is refused by name',
  (field) => {
    const { [field as keyof typeof LLAMA]: _, ...rest } = LLAMA;

    expect(refusal(rest)).toContain(`${field} is missing.`);
  },
);

test('every problem is told at once', () => {
  const message = refusal({ ...LLAMA, hidden_size: -1, vocab_size: 0.5 });

  expect(message).toContain('hidden_size');
  expect(message).toContain('vocab_size');
});

test.each([
  [{ ...LLAMA, num_key_value_heads: 5 }, "32 attention heads can't be divided by 5 KV heads"],
  [{ ...LLAMA, num_attention_heads: 33 }, "isn't a multiple of 33 heads"],
  [
    {
      ...LLAMA,
      hidden_size: 1e8,
      intermediate_size: 1e8,
      num_hidden_layers: 2000,
      num_attention_heads: 1e8,
      num_key_value_heads: 1e8,
    },
    'more than any model has',
  ],
  [
    { ...LLAMA, model_type: 'mixtral', num_local_experts: 4, num_experts_per_tok: 8 },
    '8 active experts are more than the 4 experts',
  ],
])('sizes that do not go together are refused: %#', (config, part) => {
  expect(refusal(config)).toContain(part);
});

test.each([
  ['', 'empty'],
  ['  \n', 'empty'],
  ['not json', 'not valid JSON'],
  ['{"hidden_size": 4096', 'not valid JSON'],
  ['[1, 2]', 'one JSON object'],
  ['42', 'one JSON object'],
  ['null', 'one JSON object'],
])('the text %j gets a clear error', (text, part) => {
  const result = readConfigJson(text);

  expect(!result.ok && result.message).toContain(part);
});

test('a Nemotron of a searched Llama has layers without attention and of several widths', () => {
  const block = (attention: object, mult: number) => ({ attention, ffn: { ffn_mult: mult } });
  const config = {
    ...LLAMA,
    model_type: 'nemotron-nas',
    hidden_size: 8192,
    num_attention_heads: 64,
    num_key_value_heads: null,
    intermediate_size: null,
    num_hidden_layers: 2,
    block_configs: [block({ n_heads_in_group: 8 }, 5.25), block({ no_op: true }, 0.5)],
  };
  const read = readConfigJson(JSON.stringify(config));

  expect(read).toMatchObject({
    model: {
      shape: {
        layers: [
          { attention: { kvHeads: 8 }, feedForward: { width: 28_672 } },
          { attention: { kind: 'none' }, feedForward: { width: 2816 }, norms: 1 },
        ],
      },
    },
  });
  expect(readConfigJson(JSON.stringify({ ...config, block_configs: [] }))).toMatchObject({
    message: expect.stringContaining('block_configs must name every layer.'),
  });
});

test('MiniMax-M3 keeps a key of its indexer for each token of a sparse layer', () => {
  const read = readConfigJson(
    JSON.stringify({
      model_type: 'minimax_m3',
      hidden_size: 6144,
      num_attention_heads: 64,
      num_key_value_heads: 4,
      head_dim: 128,
      num_hidden_layers: 2,
      vocab_size: 200_064,
      max_position_embeddings: 1_048_576,
      dense_intermediate_size: 12_288,
      moe_intermediate_size: 3072,
      shared_intermediate_size: 3072,
      num_local_experts: 128,
      num_experts_per_tok: 4,
      moe_layer_freq: [0, 1],
      sparse_attention_config: {
        sparse_attention_freq: [0, 1],
        sparse_num_index_heads: 4,
        sparse_index_dim: 128,
      },
    }),
  );
  if (!read.ok) throw new Error(read.message);

  const { bytes, indexerBytes } = kvCacheSize({
    shape: read.model.shape,
    tokens: 16,
    sequences: 1,
  });
  expect(read.model.shape.layers).toMatchObject([
    { feedForward: { kind: 'dense', width: 12_288 } },
    { feedForward: { kind: 'moe', experts: 128, sharedWidth: 3072 } },
  ]);
  expect(indexerBytes).toBe(16 * (128 + 4));
  expect(bytes).toBe(2 * 16 * 2 * 4 * 128 * 2 + indexerBytes);
});

test('NaN and Infinity are refused where they count and harmless elsewhere', () => {
  const text = JSON.stringify(LLAMA);

  const inSize = readConfigJson(text.replace('4096', 'NaN'));
  const elsewhere = readConfigJson(text.replace('{', '{"time_step_limit": [0.0, Infinity], '));

  expect(!inSize.ok && inSize.message).toContain('hidden_size must be a whole number');
  expect(elsewhere.ok).toBe(true);
});

test('fifty levels are read and fifty-one are not', () => {
  const nested = (levels: number) =>
    `{"model_type": "llama", "x": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  const deep = readConfigJson(nested(50));
  const deeper = readConfigJson(nested(51));

  expect(!deep.ok && deep.message).toContain('hidden_size');
  expect(!deeper.ok && deeper.message).toContain('50 levels');
});

test('brackets inside text do not count as levels', () => {
  const { shape: found } = read({ ...LLAMA, note: `"${'['.repeat(100)}\\` });

  expect(countParameters(found).total).toBe(8_030_261_248);
});

test('more than 10 MB are refused before anything is read', () => {
  const big = `{"model_type": "llama", "x": "${'a'.repeat(10 * 1024 * 1024)}"}`;

  const result = readConfigJson(big);

  expect(!result.ok && result.message).toContain('10 MB');
});

test('a hundred thousand levels do not overflow the stack', () => {
  const result = readConfigJson('['.repeat(100_000));

  expect(!result.ok && result.message).toContain('levels');
});

test('any text gets an answer, never an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const result = readConfigJson(text);

      expect(result.ok || result.message.length > 0).toBe(true);
    }),
  );
});

test('any values under the names of a known family get an answer', () => {
  const families = fc.constantFrom(...CONFIGS.map(({ config }) => config));
  const value = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constant(null),
    fc.string(),
    fc.boolean(),
    fc.array(fc.integer({ min: -2, max: 9 })),
  );

  fc.assert(
    fc.property(families, fc.nat(), value, (config, index, wrong) => {
      const names = Object.keys(config);
      const name = names[index % names.length] ?? 'hidden_size';

      const result = readConfigJson(JSON.stringify({ ...config, [name]: wrong }));

      if (result.ok) expect(countParameters(result.model.shape).total).toBeGreaterThan(0);
      else expect(result.message).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
