import { expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';
import { typed } from './typed.ts';

typed([
  // 2 × 32 layers × 8 heads × 128 × 2 bytes = 131,072 bytes = 128 KiB a token.
  ['kv llama 8b', '1.0 GiB (1.07 GB) in 16-bit: 128 KiB per token', 'FP8 | 64 KiB'],
  ['kv llama-3.1-8b context:32k', '32,768 tokens', '4.0 GiB'],
  ['kv llama 8b 32k 16 users', '16 × 32,768 tokens', '64.0 GiB'],
  ['kv ds v4 flash 128k', 'KV cache of DeepSeek-V4-Flash, 131,072 tokens', '0.78 GiB'],
  ['kv ds v4 128k', 'DeepSeek-V4-Flash', 'not DeepSeek-V4-Pro'],
  ['kv kimi k3 128k', 'Kimi K3, 131,072 tokens', '3.79 GiB', 'the vision tower (not counted)'],
  ['kv devstral 2 32k', 'Devstral 2 123B, 32,768 tokens', '11.0 GiB'],
  // 80 layers instead of 32.
  ['kv llama 70b tokens:32768', '10.0 GiB (10.7 GB)', '320 KiB'],
  // Published: 10.41 GiB in 16 bit, so half of it in FP8.
  ['kv gemma 27b 128k fp8', '5.2 GiB (5.59 GB) in FP8', 'up to 1,024, then'],
  // 61 layers × (512 + 64) values × 2 bytes = 70,272 bytes = 68.6 KiB.
  ['kv deepseek v3 32k', '68.6 KiB per token', "An engine that doesn't absorb the latent"],
  ['kv bert', "so it doesn't need a KV cache"],
  ['kv llama 8b kv q8_0', 'in Q8_0: 68 KiB'],
  [
    'kv llama 8b 128k fp16 vs q8',
    '16.0 GiB (17.2 GB) in 16-bit, 8.5 GiB (9.13 GB) in Q8_0 (0.53×).',
    'format:fp16 other-format:q8_0',
  ],
  ['kv llama 8b fp8 vs q4_0', '0.5 GiB (0.54 GB) in FP8, 0.28 GiB'],
  ['kv llama 8b format:fp8 other-format:fp8', 'in FP8: 64 KiB per token'],
  ['kv minimax-text-01 1m', '1,048,576 tokens', '40.3 GiB'],
  ['kv t5', '512 tokens'],
  ['kv gpt2 5000', "5,000 tokens exceed the model's context limit of 1,024"],
  ['kv lama', `I don't know the model "lama". Did you mean`],
  ['kv llama 8b -1', 'Context: must be a whole number from 1'],
  ['kv llama 8b context:lots', `"lots" isn't a whole number`],
  ['kv llama 8b 1e99', `"1e99" isn't a whole number`],
  ['kv llama 8b format:q7', `I don't know the KV cache format "q7"`],
  ['kv llama 8b --depth 3', `kv doesn't have an option "depth"`],
]);

test('the second format is data too', async () => {
  const { data } = await createWorld().ask('kv llama 8b 128k format:fp16 other-format:q8_0');

  expect(data).toMatchObject({
    bytes: 2 ** 34,
    otherFormat: 'q8_0',
    otherBytes: 2 ** 34 * 0.53125,
  });
});
