import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';
import { typed } from './typed.ts';

// Llama 3.1 8B reads 15.0 GB of weights a step (16.06 GB less the table of 1.05 GB). At 1,008 GB/s
// × 0.93 that takes 16 ms, the cache of about 1,150 tokens (0.15 GB) 0.2 ms more, 32 layers of 20 µs
// 0.65 ms, and the server 1.4 ms: 55 a second.
describe('latency', () => {
  typed([
    [
      'latency llama 8b 4090',
      /^5\d\.\d tokens\/s \(4\d\.\d–6\d\.\d\) · first token \d+ ms \(\d+\.?\d*–\d+ ms\) after/m,
      'limited by memory bandwidth',
    ],
    [
      'latency llama 70b 4x h100 fp8 2k 500',
      'in FP8 on 4 × H100',
      '2,048-token prompt',
      '500 tokens in',
    ],
    ['latency llama 8b 4090 prompt:2k output:500', '500 tokens in'],
    ['latency llama 8b on a 4090 with batch 16', '16 concurrent requests', 'in total'],
    ['latency mistral 7b m3 max q4_k_m', 'M3 Max with 128 GB', 'Each additional token'],
    ['latency deepseek 8x h200', 'reads more experts as the batch grows'],
    ['latency qwen 32b 2x 3090 awq 8k 1k', '8,192-token prompt', '1,024 tokens in'],
    ['latency llama 70b 4090', "It doesn't fit"],
    ['latency llama 8b l4 500 output tokens', '500 tokens in'],
    ['latency llama 8b 4090 tp 2', 'on 2 × RTX 4090'],
    [
      'latency llama 8b 4090',
      '% of measured speeds are within',
      'Engine: a server like vLLM of 2025',
    ],
    [
      'latency llama 8b 4090 year:2023',
      'Year 2023.',
      'Engine: a server like vLLM of 2023',
      'year:2023',
    ],
    [
      'latency llama 8b 4090 year:2020',
      'Engines were measured from 2023 to 2026. Choose one of these years',
    ],
    ['latency llama 8b 4090 int4 engine:exllamav2', 'a compiled loop like ExLlama'],
    ['latency llama 8b titan rtx', 'Recalled and not confirmed by a source for Titan RTX'],
    ['latency llama 8b 4090 q4_k_m', 'Engine: llama.cpp.'],
    ['latency deepseek-v3 8x h200', 'within 2× either way', 'can be twice as fast or half as fast'],
    ['latency llama 8b', 'On which GPU? Try latency'],
    ['latency llama 8b 24gb', "I need the GPU's name"],
    ['latency bert 4090', "is an encoder, so it doesn't generate tokens"],
    ['latency llama 8b 4090 prompt:0', 'Prompt: must be a whole number from 1'],
    ['latency llama 8b 4090 output:1e99', `Output: "1e99" isn't a whole number`],
    ['latency llama 8b 3x h100 tensor:3', "can't be split evenly across 3 GPUs"],
  ]);
});

describe('cost', () => {
  typed([
    [
      'cost llama 70b 2x h100',
      'per million output tokens',
      'at $6/hour and 50% utilization',
      '$3 per GPU-hour (mercatus',
    ],
    ['cost llama 70b 2x h100 price 2', 'at $4/hour'],
    ['cost llama 8b 4090 busy 30%', '30% utilization'],
    ['cost llama 8b', 'on one RTX 4090', 'this is the cheapest one with a known hourly price'],
    ['cost llama 8b 4090 batch 8 prompt:2k output:500', '8 concurrent requests'],
    ['cost llama 70b 2x h100 api-input:0.5 api-output:0.8', 'with the API', '× cheaper'],
    ['cost mixtral 2x a100 fp8', 'Mixtral 8x7B in FP8 on 2 × A100'],
    ['cost qwen 32b h100 price:2.5 32 users', '32 concurrent requests'],
    ['cost llama 8b l4', "I don't have an hourly price for L4. Add one"],
    ['cost llama 8b l4 price:0.7', 'at $0.7/hour'],
    ['cost llama 8b 4090 batch 5000', /Only \d+ concurrent requests of this length fit/],
    ['cost lama', "I don't know the model"],
    ['cost llama 8b 4090 price:-1', 'Price: must be a number'],
    ['cost llama 8b 4090 busy:0', 'Busy: must be a number from 0.001 to 1'],
    ['cost llama 8b 4090 price:lots', `"lots" isn't a number`],
  ]);
});

describe('speculate', () => {
  // (1 - 0.8^6) / 0.2 = 3.69 tokens, as in the paper's table for five drafted tokens.
  typed([
    ['speculate 5 0.8', '3.69 tokens per cycle'],
    // 3.69 / (5 × 0.1 + 1) = 2.46
    ['speculate 5 80% cost:0.1', '2.46× as fast'],
    ['speculate llama 70b llama 1b 5 0.8', 'Llama 3.2 1B drafts for Llama 3.3 70B', 'it reads'],
    ['speculate llama 70b draft llama 1b acceptance 0.6', '60% accepted'],
    ['speculate', 'Speculative decoding', 'A draft step takes 5% of a target step'],
    ['speculate k 8 alpha 0.9', 'per cycle'],
    ['speculate 4 0.3 cost:0.5', 'Slower:', 'No draft length pays off'],
    ['speculate llama 70b', 'Which draft model?'],
    ['speculate llama 1b llama 70b', "isn't smaller than"],
    ['speculate llama 70b llama 8b q4', 'Llama 3.1 8B drafts'],
    ['speculate acceptance:1.5', 'Acceptance: must be a number from 0 to 1'],
    ['speculate 0 0.8', 'Tokens: must be a whole number from 1 to 64'],
    ['speculate tokens:many', `"many" isn't a whole number`],
    ['speculate lama', "I don't know"],
  ]);

  test('the best number of drafted tokens is a button', async () => {
    const world = createWorld();
    const reply = await world.ask('speculate 1 0.9 cost:0.05');

    const better = await world.press(reply, 'Draft');

    expect((better.data as { speedup: number }).speedup).toBeGreaterThan(
      (reply.data as { speedup: number }).speedup,
    );
  });
});
