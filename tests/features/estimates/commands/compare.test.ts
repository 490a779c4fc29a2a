import { expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';
import { typed } from './typed.ts';

typed([
  [
    'compare llama 8b qwen3 8b 4090',
    'Llama 3.1 8B needs',
    'less than Qwen3 8B',
    'Parameters | 8.03B | 8.19B',
  ],
  ['compare llama 8b vs qwen3 8b', 'KV per token | 128 KiB | 144 KiB'],
  ['compare llama 8b 4090 5090', 'Both need the same memory. RTX 5090 is', 'Free | 4.37 GiB'],
  // 1,792 GB/s against 1,008.
  ['compare 4090 5090', 'RTX 5090 moves 1.78× as many bytes', 'Memory, GiB | 24 | 32'],
  ['compare 2x 3090 1x a6000', 'Memory, GiB | 48 | 48'],
  ['compare llama 8b q4 q8 4090', 'Q4_K_M needs', 'Weights | 4.58 GiB | 7.95 GiB'],
  ['compare mixtral with llama 70b on h100 fp8', 'Active | 12.9B | 70.6B'],
  ['compare deepseek v3 llama 405b 8x h200 fp8 32k', 'KV cache | 2.14 GiB | 1.97 GiB'],
  ['compare llama 8b llama 70b 4x h100 16 users', 'KV cache | 4.0 GiB | 10.0 GiB'],
  ['compare gemma 27b gemma 2 27b', 'Gemma 3 27B', 'Gemma 2 27B'],
  ['compare llama 8b', 'Compare with what?'],
  ['compare 24gb 4090', 'Only memory can be compared'],
  ['compare llama 8b lama', "I don't know"],
  ['compare llama 8b qwen 8b context:0', 'Context: must be a whole number'],
]);

typed([
  [
    'compare qwen3 32b bf16 32k gpu:rtx-pro-6000 other-gpu:2x5090',
    'Only RTX PRO 6000 Blackwell Server fits: 2 × RTX 5090 is short by 7.6 GiB on each GPU. RTX PRO 6000 Blackwell Server generates 21.8 tokens per second.',
    'Needs in total | 73.1 GiB | 74.1 GiB',
    "Tokens/s | 21.8 | doesn't fit",
    'Memory on the fullest GPU',
  ],
  ['compare phi-4 q8_0 q6_k 16gb 16k', 'Only Q6_K fits: Q8_0 is short by 2.61 GiB.'],
  ['compare qwen3 8b fp16 int4 t4', 'Only INT4 fits: FP16 is short by 4.34 GiB. INT4 generates'],
  [
    'compare llama 405b fp8 h100 mi300x',
    'Neither fits: H100 SXM5 80GB is short by 333 GiB, MI300X is short by 229 GiB.',
    'H100 SXM5 80GB needs 6 GPUs, MI300X needs 3 GPUs.',
  ],
  ['compare llama 405b fp8 q8_0 h100', 'Neither fits: FP8 is short by'],
  [
    'compare gpt-oss-120b gpu:m4-max-64gb other-gpu:dgx-spark',
    'Only DGX Spark with 128 GB, MXFP4 fits: M4 Max with 64 GB, MXFP4_MOE is short by 12.0 GiB.',
  ],
  ['compare llama 8b llama 70b 4x h100 16 users', 'less per GPU than'],
  ['compare llama 8b 1x h100 2x h100', 'H100 SXM5 80GB needs', 'less in total than 2 × H100'],
]);

test('each side is as data what vram says of it', async () => {
  const world = createWorld();
  const { data } = await world.ask('compare llama 8b qwen3 8b 4090');
  const alone = await world.ask('vram qwen3 8b 4090');

  const [, other] = (data as { sides: { bytes: number; totalBytes: number }[] }).sides;
  expect(other?.totalBytes).toBe(other?.bytes);
  expect(other?.bytes).toBe((alone.data as { bytes: number }).bytes);
});
