import { describe, expect, test } from 'vitest';
import { createWorld, words } from '../../support/world.ts';
import { typed } from './typed.ts';

describe('plan', () => {
  typed([
    [
      'plan llama 70b h100',
      '2 × H100 SXM5 80GB (tensor 2)',
      'where you need 20',
      'the speed and',
      'Too small: one H100 SXM5 80GB: short by',
      'must divide by the tensor size',
    ],
    ['plan llama 8b 4090', 'One RTX 4090:', 'not split'],
    ['plan llama 8b l4 rate:40', 'tokens per second', 'Too small: one L4 (not split):'],
    ['plan llama 70b h100 fp8 32 users 8k', '32 concurrent requests of 8,192 tokens'],
    ['plan llama 70b 4090 rate:5000', 'reaches 5,000 tokens per second'],
    ['plan llama 405b 2x l4', 'Not even 2 × L4 hold this'],
    ['plan llama 70b', 'On which GPU? Try plan'],
    ['plan llama 70b 24gb', "I need the GPU's name"],
    ['plan bert 4090', "is an encoder, so it doesn't generate tokens"],
    ['plan llama 8b 4090 year:2000', 'Engines were measured from'],
    ['plan llama 8b m3 max', 'M3 Max'],
  ]);

  test('its buttons lead to the memory and the speed of the same layout', async () => {
    const world = createWorld();
    const reply = await world.ask('plan llama 70b h100 16 users');
    const [best] = (reply.data as { plans: { tokensPerSecond: number; gpus: number }[] }).plans;

    const memory = words(await world.press(reply, 'Show memory'));
    const speed = await world.press(reply, 'Show speed');

    expect(memory).toContain(`on ${best?.gpus} × H100`);
    expect(words(speed)).toContain('16 concurrent requests');
  });
});
