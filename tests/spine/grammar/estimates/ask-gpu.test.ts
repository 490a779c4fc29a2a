import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

const world = createWorld({ isUnlimited: true });

test.each([
  [
    'how fast is qwen3 8b in q8',
    'On which GPU? Try latency model:"qwen3 8b" format:q8 gpu:h100-sxm.',
  ],
  [
    'qwen3 32b q4 tok/s on 2x 24gb',
    'not just its memory. Try latency model:"qwen3 32b" format:q4 gpu:2xa10.',
  ],
  [
    'cost of llama 3.1 8b on a 24gb card at $0.5/h',
    'not just its memory. Try cost gpu:a10 price:0.5 model:"llama 3.1 8b".',
  ],
])('%s asks for the GPU with its own figures', async (line, asks) => {
  expect(words(await world.ask(line))).toContain(asks);
});

test('a model that is unknown is told before a GPU is asked for', async () => {
  expect(words(await world.ask('tok/s of foobar 12b'))).toContain("I don't know the model");
});

test('a plan finds the GPU by itself', async () => {
  const line = 'need 40 tokens/s of Mistral Small 24B, fp8, 4k context. which gpus and how many';

  expect(words(await world.ask(line))).toContain('The smallest set is');
});

test('a default GPU is not asked for', async () => {
  const owner = createWorld({ isUnlimited: true });
  await owner.ask('gpus 4090 default:me');

  expect(words(await owner.ask('how fast is qwen3 8b in q8'))).toContain('RTX 4090');
});
