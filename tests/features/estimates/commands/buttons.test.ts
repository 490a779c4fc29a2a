import { expect, test } from 'vitest';
import type { Reply } from '../../../../src/spine/reply.ts';
import { createWorld, words } from '../../../support/world.ts';

const ANSWERS = [
  'vram llama 8b 4090',
  'vram mixtral 2x 4090 q5 16k kv q8_0',
  'vram llama 70b 4090',
  'vram llama 405b',
  'vram m3 max mistral 7b',
  'vram qlora llama 8b 24gb rank 8 targets:q,v',
  'vram train llama 8b 8x a100 zero 2',
  'vram bert',
  'vram {"model_type": "qwen2", "hidden_size": 896, "intermediate_size": 4864, "num_attention_heads": 14, "num_key_value_heads": 2, "num_hidden_layers": 24, "vocab_size": 151936, "max_position_embeddings": 32768} 4090 4 users',
  'kv gemma 27b fp8 32k',
  'fit 2x 24gb 16k ollama',
  'fit llama 70b 4090',
  'fit llama 8b 4090 users',
  'fit llama 70b cheapest h100=2',
  'compare llama 8b qwen3 8b 2x 4090 q4',
  'compare llama 8b 4090 m3 max 64gb',
  'compare 24gb 4090',
  'latency deepseek 8x h200 2k 100 batch 8',
  'cost llama 8b 4090 busy 20%',
  'lora mixtral h100 experts:yes dora',
  'train llama 8b 1t 64x h100 price:2',
  'train 7b 1t 64x h100',
  'speculate llama 70b llama 1b 2 0.9',
  'models mixtral 8x7b',
  'gpus m3 max 36gb',
];

function buttonsOf(reply: Reply): string[] {
  return reply.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
  );
}

test.each(ANSWERS)('every button of "%s" leads to an answer', async (line) => {
  const world = createWorld();
  const reply = await world.ask(line);
  expect(reply.data).not.toHaveProperty('error');

  const buttons = buttonsOf(reply);
  expect(buttons.length).toBeGreaterThan(0);
  for (const label of buttons) {
    const next = await world.press(reply, label);
    expect(next.data, `${label}: ${words(next)}`).not.toHaveProperty('error');
  }
  expect(world.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
});
