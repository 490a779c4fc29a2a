import { expect, test } from 'vitest';
import { createWorld } from '../../support/world.ts';
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

test('each side is as data what vram says of it', async () => {
  const world = createWorld();
  const { data } = await world.ask('compare llama 8b qwen3 8b 4090');
  const alone = await world.ask('vram qwen3 8b 4090');

  const [, other] = (data as { sides: { bytes: number }[] }).sides;
  expect(other?.bytes).toBe((alone.data as { bytes: number }).bytes);
});
