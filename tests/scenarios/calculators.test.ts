import { expect, test } from 'vitest';
import { startDiscord } from '../../src/adapters/discord/index.ts';
import { createDraw } from '../../src/pictures/png.ts';
import { createDiscordStage } from '../support/discord/stage.ts';
import { startMachine } from '../support/machine.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { playCalculators } from './calculators.ts';

const results = new Map<string, string[]>();

test.each(STAGES)('every calculator: %s', async (name) => {
  const { machine, stop } = await machineOn(name);

  results.set(name, await playCalculators(machine));

  await stop();
});

test('the same verdicts were given everywhere', () => {
  const [first, ...others] = [...results.values()];

  expect(results.size).toBe(STAGES.length);
  for (const verdicts of others) expect(verdicts).toEqual(first);
});

const CONFIG = JSON.stringify({
  model_type: 'llama',
  hidden_size: 2048,
  intermediate_size: 5632,
  num_attention_heads: 32,
  num_key_value_heads: 4,
  num_hidden_layers: 22,
  vocab_size: 32_000,
  max_position_embeddings: 2048,
});

test('Discord takes a config.json as an attachment and shows the drawn chart', async () => {
  const { stage, url, token, stop } = await createDiscordStage();
  const failures: unknown[] = [];
  const draw = await createDraw((error) => failures.push(error));
  const machine = await startMachine({
    platform: 'discord',
    stage,
    start: ({ bot, emit, clock }) => startDiscord({ bot, token, apiUrl: url, emit, clock, draw }),
  });

  const answer = await stage.actor('ana').command('vram', { file: CONFIG, gpu: '4090' });
  const steps =
    answer.kind === 'message'
      ? await stage.actor('ana').press(answer, 'Steps and assumptions')
      : answer;

  if (answer.kind !== 'message') throw new Error('A message was expected');
  expect(answer.text).toContain('Your llama model in BF16, 2,048 tokens');
  expect(answer.files.some((name) => name.endsWith('chart.png'))).toBe(true);
  expect(steps.kind === 'message' && steps.text).toContain('1,100,048,384 × 16 / 8');
  expect(failures).toEqual([]);
  expect(stage.complaints()).toEqual([]);
  await machine.stop();
  await stop();
});

test.each(['slack socket', 'terminal'] as const)(
  'a config.json is pasted as text: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);

    const answer = await machine.stage
      .actor('ana')
      .command('vram', { config: CONFIG, gpu: '4090' });

    expect(answer.kind === 'message' && answer.text).toContain('Your llama model in BF16');
    await stop();
  },
);
