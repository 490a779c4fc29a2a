import { expect } from 'vitest';
import type { Machine } from '../support/machine.ts';
import type { Message, Seen } from '../support/stage.ts';

type Values = Record<string, string | number | boolean>;

/** Every calculator once, with what its answer must say. */
const QUESTIONS: readonly [command: string, values: Values, says: string][] = [
  [
    'vram',
    { model: 'llama 8b', gpu: '4090' },
    'Needs 17.7 GiB. Fits on one RTX 4090 with 4.37 GiB free',
  ],
  [
    'vram',
    { model: 'llama 8b', gpu: '4090', for: 'qlora' },
    'QLoRA needs 9.85 GiB. Fits on one RTX 4090',
  ],
  [
    'estimate kv',
    { model: 'llama-3.1-8b', context: '32k' },
    '4.0 GiB (4.29 GB) in 16-bit: 128 KiB per token',
  ],
  ['estimate fit', { model: 'llama 8b', gpu: '24gb' }, 'It fits: up to 44,016 tokens'],
  ['estimate fit', { gpu: '4090' }, 'models fit. The largest is'],
  [
    'estimate compare',
    { model: 'llama 8b', 'other-model': 'qwen3 8b', gpu: '4090' },
    'Llama 3.1 8B needs',
  ],
  ['estimate latency', { model: 'llama 8b', gpu: '4090', prompt: '2k' }, 'tokens/s'],
  ['estimate cost', { model: 'llama 70b', gpu: '2x h100', price: 3 }, 'per million output tokens'],
  [
    'estimate plan',
    { model: 'llama 70b', gpu: 'h100', sequences: 8 },
    'tokens per second for each request',
  ],
  ['estimate lora', { model: 'llama 8b', rank: 16 }, '41,943,040 trainable parameters'],
  [
    'estimate train',
    { model: 'llama 8b', tokens: '15t', gpu: '1024x h100' },
    '23.4 days on 1,024 × H100',
  ],
  ['estimate speculate', { tokens: 5, acceptance: 0.8 }, '3.69 tokens per cycle'],
  ['estimate models', { name: 'llama 8b' }, '8,030,261,248 parameters'],
  ['estimate gpus', { name: '4090' }, '1,008 GB/s'],
];

function message(seen: Seen): Message {
  if (seen.kind !== 'message') throw new Error(`A form came instead of a message: ${seen.title}`);
  return seen;
}

/** Asks every calculator on any platform; returns the verdicts, for comparison between platforms. */
export async function playCalculators(machine: Machine): Promise<string[]> {
  const { stage } = machine;
  const ana = stage.actor('ana');
  const verdicts: string[] = [];
  for (const [command, values, says] of QUESTIONS) {
    const answer = message(await ana.command(command, values));
    expect(answer.text, command).toContain(says);
    expect(answer.isPrivate, command).toBe(true);
    const line = answer.text.split('\n').find((each) => each.includes(says)) ?? '';
    // A platform writes a label and its value in a way of its own.
    verdicts.push(line.replaceAll(':', ''));
  }

  const memory = message(await ana.command('vram', { model: 'llama 8b', gpu: '4090' }));
  const steps = message(await ana.press(memory, 'Steps and assumptions'));
  expect(steps.isPrivate).toBe(true);
  expect(steps.text).toContain('8,030,261,248 × 16 / 8');
  const sweep = message(await ana.press(memory, 'Sweep context'));
  expect(sweep.text).toContain('memory by context');
  const others = message(await ana.press(memory, 'See what fits'));
  expect(others.text).toContain('Longest context in BF16');

  // Without a word, the form asks.
  const form = await ana.command('vram');
  if (form.kind !== 'form') throw new Error('vram alone must ask');
  const filled = message(
    await ana.fill(form, { model: 'llama 8b', gpu: '2x 4090', context: '16k' }),
  );
  expect(filled.text).toContain('on each of 2 GPUs. Fits on 2 × RTX 4090');

  // A default is set with a button and assumed from then on.
  const card = message(await ana.command('estimate gpus', { name: '4090' }));
  await ana.press(card, 'Set my default');
  const assumed = message(await ana.command('vram', { model: 'mistral 7b' }));
  expect(assumed.text).toContain('On your default GPU');

  for (const [values, says] of BAD_INPUT) {
    const refusal = message(await ana.command('vram', values));
    expect(refusal.isPrivate).toBe(true);
    expect(refusal.text).toContain(says);
  }
  expect(stage.complaints()).toEqual([]);
  return verdicts;
}

const BAD_INPUT: readonly [Values, string][] = [
  [{ model: 'lama' }, 'Did you mean'],
  [{ model: 'llama 8b', gpu: '2080' }, `I don't know the GPU "2080"`],
  [{ model: 'llama 8b', context: '-1' }, 'must be a whole number from 1'],
  [{ model: 'llama 8b', context: 'lots' }, `"lots" isn't a whole number`],
  [{ model: 'llama 8b', tensor: 3 }, "can't be split evenly across 3 GPUs"],
];
