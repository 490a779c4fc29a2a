import { describe, expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';
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
    [
      'plan llama 70b',
      'The smallest set is',
      'tokens per second for each request, where you need 20',
      'The cheapest with a known price is',
      '2 × H100 SXM5 80GB | 160 |',
      'Common GPUs: L4,',
    ],
    [
      'plan qwen3-235b-a22b fp8 32k 20 requests rate:30',
      'The smallest set is 4 × H200',
      "It costs $16 per hour, the lowest price that's known here.",
    ],
    [
      'plan llama 405b sequences:2000 rate:1000',
      'No set of up to 64 common GPUs gives each request 1,000 tokens',
    ],
    ['plan llama 70b 24gb', "I need the GPU's name"],
    ['plan bert 4090', "is an encoder, so it doesn't generate tokens"],
    ['plan llama 8b 4090 year:2000', 'Engines were measured from'],
    ['plan llama 8b m3 max', 'M3 Max'],
  ]);

  test('without a GPU the sets are those that plan finds on each, in little time', async () => {
    const world = createWorld();
    const line = 'plan llama 70b fp8 12 users 8k';
    const reply = await world.ask(line);
    const spent: number[] = [];
    for (const _ of [1, 2, 3]) {
      const started = process.cpuUsage();
      await world.ask(line);
      const { user, system } = process.cpuUsage(started);
      spent.push((user + system) / 1000);
    }
    const { plans } = reply.data as {
      plans: { gpu: string; gpus: number; memoryGiB: number; tokensPerSecond: number }[];
    };
    const alone = await world.ask(`${line} gpu:${plans[0]?.gpu}`);

    const sizes = plans.map(({ memoryGiB }) => memoryGiB);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(alone.data).toMatchObject({
      plans: [{ gpus: plans[0]?.gpus, tokensPerSecond: plans[0]?.tokensPerSecond }, {}, {}],
    });
    expect(Math.min(...spent), 'milliseconds of CPU').toBeLessThan(50);
  });

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
