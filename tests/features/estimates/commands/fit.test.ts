import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';
import { typed } from './typed.ts';

typed([
  ['fit 4090', 'models fit. The largest is', '| INT4 |', '[Use llama.cpp]'],
  ['what fits on a 4090', 'What fits on one RTX 4090'],
  ['fit on 2x 24gb 32k', 'What fits on 2 × 24 GB GPUs at 32,768 tokens'],
  ['fit m3 max 64gb', 'macOS lets the GPU use 48.0 GiB'],
  ['fit 4090 ollama', 'llama.cpp, one sequence'],
  ['fit llama 8b 4090', 'It fits:', 'Longest context in BF16'],
  ['fit llama 8b 4090 context', 'It fits: up to'],
  ['fit llama 8b 24gb users 4k', 'concurrent requests of 4,096 tokens.'],
  ['fit llama 70b 2x 4090 best quant', 'INT4, groups of 128 is the best format that fits'],
  ['fit llama 70b 4090', 'but IQ2_XXS does', 'No vLLM format of Llama 3.3 70B fits here'],
  // 141 GB of weights: two cards of 80 GB are the smallest set.
  ['fit llama 70b', 'The smallest set is 2 × A100', '| 160 |'],
  ['fit llama 70b cheapest', 'The cheapest set is 2 × A100 SXM4 80GB at $2.60/hour'],
  ['fit llama 70b cheapest h100=0.5', 'The cheapest set is 2 × H100 SXM5 80GB at $1/hour'],
  ['fit llama 70b q4_k_m', 'GPUs for Llama 3.3 70B in Q4_K_M'],
  ['fit deepseek 8x h100', "doesn't fit", 'Fewest H100'],
  ['fit 3060 models 2k', 'models fit'],
  ['fit llama 405b 3060', "Llama 3.1 405B doesn't fit in any format, even with a 1-token context"],
  ['fit lama', `I don't know the model "lama"`],
  ['fit llama 8b 9090', `I don't know the GPU "9090"`],
  ['fit 4090 users', 'For which model?'],
  ['fit llama 8b users', 'On which GPU?'],
  ['fit 4090 -1', 'Context: must be a whole number from 1'],
  ['fit 4090 context:lots', `"lots" isn't a whole number`],
  ['fit llama 8b cheapest prices:h100=free', "isn't a price"],
]);

test('the longest context fits and one token more does not, as vram says itself', async () => {
  const world = createWorld();
  const { data } = await world.ask('fit llama 8b 4090');
  const longest = (data as { longestContext: number }).longestContext;

  const at = await world.ask(`vram llama 8b 4090 context:${longest}`);
  const beyond = await world.ask(`vram llama 8b 4090 context:${longest + 1}`);

  expect((at.data as { fits: boolean }).fits).toBe(true);
  expect((beyond.data as { fits: boolean }).fits).toBe(false);
});

test('the most sequences fit and one more does not, as vram says itself', async () => {
  const world = createWorld();
  const { data } = await world.ask('fit mistral 7b 4090 4k');
  const most = (data as { mostSequences: number }).mostSequences;

  const fits = async (count: number) =>
    (await world.ask(`vram mistral 7b 4090 4k sequences:${count}`)).data as { fits: boolean };

  expect((await fits(most)).fits).toBe(true);
  expect((await fits(most + 1)).fits).toBe(false);
});

test('what else fits leads from a memory to contexts, models and GPUs', async () => {
  const world = createWorld();

  const fit = await world.press(await world.ask('vram llama 8b 4090 q8_0'), 'See what fits');
  const others = await world.press(fit, 'See other GPUs');

  expect(words(fit)).toContain('What fits: Llama 3.1 8B on one RTX 4090');
  expect(words(fit)).toContain('Longest context in Q8_0');
  expect(words(others)).toContain('GPUs for Llama 3.1 8B in Q8_0');
});

test('nothing at all asks for a model or a GPU', async () => {
  const form = await createWorld().form('fit');

  expect(form.fields.map(({ name }) => name)).toContain('gpu');
});

test('a stated format is the only one that models are tried in', async () => {
  const reply = await createWorld().ask('fit 4090 want:models format:q4_k_m');

  const { models } = reply.data as { models: { format: string }[] };
  expect(models.length).toBeGreaterThan(20);
  expect(new Set(models.map(({ format }) => format))).toEqual(new Set(['q4_k_m']));
});

test('a stated share of the memory counts where no GPU is told, and in what models fit', async () => {
  const world = createWorld();
  const size = words(await world.ask('vram llama-3.1-8b utilisation:0.5'));
  const set = words(await world.ask('vram deepseek-v3 utilisation:0.5'));
  const all = (await world.ask('fit 4090 want:models')).data as { models: unknown[] };
  const half = (await world.ask('fit 4090 want:models utilisation:0.5')).data as typeof all;

  expect(size).toContain('(50% of its memory)');
  expect(set).not.toBe(words(await world.ask('vram deepseek-v3')));
  expect(half.models.length).toBeLessThan(all.models.length);
});
