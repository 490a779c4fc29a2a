import { expect, test } from 'vitest';
import { readConfigJson, readGguf } from '../../../../src/core/calculators/models/config-json.ts';
import { isGguf } from '../../../../src/core/calculators/models/gguf-header.ts';
import { countParameters } from '../../../../src/core/calculators/models/parameters.ts';
import { header, LLAMA } from '../../../support/gguf.ts';
import { shape } from './known.ts';

test('a GGUF header is the model that it was made from, in the format of the file', () => {
  const bytes = header(LLAMA, ['token_embd.weight', 'output.weight']);
  const read = readGguf(bytes);

  expect(isGguf(bytes)).toBe(true);
  expect(read.ok && countParameters(read.model.shape).total).toBe(
    countParameters(shape('llama-3.1-8b')).total,
  );
  expect(read.ok && read.model).toMatchObject({ name: 'Llama 3.1 8B Instruct', native: 'q4_k_m' });
});

test('without an output matrix of its own the table of tokens is tied', () => {
  const read = readGguf(header(LLAMA, ['token_embd.weight']));

  expect(read.ok && read.model.shape.tied).toBe(true);
});

test('the beginning alone is enough, and says what it leaves open', () => {
  const bytes = header(LLAMA, ['token_embd.weight', 'output.weight']);
  const read = readGguf(bytes.subarray(0, bytes.length - 4000));

  expect(read.ok && read.model.shape.tied).toBe(false);
  expect(read.ok && read.model.notes.join(' ')).toContain('list of tensors is cut off');
});

test('a header as its config.json keeps the format', () => {
  const read = readGguf(header(LLAMA, ['output.weight']));
  const again = read.ok ? readConfigJson(read.model.asConfig ?? '') : undefined;

  expect(again?.ok && again.model.native).toBe('q4_k_m');
});

test('a mixture has its experts', () => {
  const mixture = {
    'general.architecture': 'qwen3moe',
    'qwen3moe.block_count': 48,
    'qwen3moe.context_length': 40_960,
    'qwen3moe.embedding_length': 2048,
    'qwen3moe.feed_forward_length': 6144,
    'qwen3moe.expert_feed_forward_length': 768,
    'qwen3moe.expert_count': 128,
    'qwen3moe.expert_used_count': 8,
    'qwen3moe.attention.head_count': 32,
    'qwen3moe.attention.head_count_kv': 4,
    'qwen3moe.attention.key_length': 128,
    'qwen3moe.vocab_size': 151_936,
  };

  const read = readGguf(header(mixture, ['output.weight']));

  expect(read.ok && countParameters(read.model.shape).total).toBe(
    countParameters(shape('qwen3-30b-a3b')).total,
  );
});

test('other architectures and broken headers are refused in words', () => {
  const other = readGguf(header({ 'general.architecture': 'newest' }, []));
  const broken = readGguf(Buffer.from('GGUF and nothing else'));

  expect(!other.ok && other.message).toContain('"newest"');
  expect(!broken.ok && broken.message).toContain("Attach the model's config.json");
});

test('an index of safetensors says what it lists, and asks for the config.json', () => {
  const read = readConfigJson(
    JSON.stringify({
      metadata: { total_size: 16_060_522_496 },
      weight_map: {
        'model.layers.0.mlp.up_proj.weight': 'a',
        'model.layers.31.mlp.up_proj.weight': 'b',
      },
    }),
  );

  expect(!read.ok && read.message).toBe(
    "This index of safetensors lists 16.1 GB of weights in 32 layers: 8.03B parameters if they have 16 bits, which it doesn't say. The KV cache needs the sizes of the layers: name the model too, or attach the config.json beside it.",
  );
});
