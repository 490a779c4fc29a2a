import { describe, expect, test } from 'vitest';
import type { Block, Reply } from '../../../../src/spine/reply.ts';
import { header, LLAMA } from '../../../support/gguf.ts';
import { createWorld, runOf, words } from '../../../support/world.ts';
import { typed } from './typed.ts';

// Llama 3.1 8B: 8,030,261,248 parameters × 2 bytes = 14.96 GiB = 16.06 GB. Its KV cache at 8,192
// tokens: 2 × 32 layers × 8 heads × 128 × 8,192 × 2 bytes = 1 GiB.
describe('inference', () => {
  typed([
    [
      'vram llama 8b 4090',
      'Needs 17.7 GiB. Fits on one RTX 4090 with 4.37 GiB free of 22.1 GiB (92% of its memory).',
      'Weights | 15.0 | 16.1',
      'KV cache | 1.0 | 1.07',
    ],
    ['vram Llama 3.1 8B on a 4090?', 'Needs 17.7 GiB. Fits on one RTX 4090'],
    ['vram llama 8b', 'Fits on one 24 GB GPU with 4.37 GiB free of 22.1 GiB (92% of its memory)'],
    // 70,553,706,496 × 2 bytes = 131.4 GiB, half of it on each card.
    [
      'vram llama 70b 2x h100',
      'on each of 2 GPUs. Fits on 2 × H100',
      'Weights | 65.7',
      'Each matrix is split across 2 GPUs (tensor parallelism)',
    ],
    [
      'vram llama 70b 3x h100',
      'on each of 3 GPUs',
      'split into 3 stages',
      "64 attention heads can't be split evenly across 3 GPUs",
    ],
    // 46,702,792,704 parameters; 32 layers × 2 × 8 × 128 × 32,768 × 2 bytes = 4 GiB.
    [
      'vram 4090 mixtral q4_k_m 32k',
      "Doesn't fit on one RTX 4090",
      /\d+ of 33 layers on the GPU/,
      'KV cache | 4.0',
      'All 46.703 billion parameters',
    ],
    ['vram deepseek 8x h200', 'Fits on 8 × H200', "An engine that doesn't absorb the latent"],
    [
      'vram gemma 27b m3 max 64gb',
      'in Q4_K_M',
      '(what macOS allows)',
      'macOS lets the GPU use 48.0 GiB of the 64 GB',
    ],
    ['vram gpt-oss 20b 16gb', 'in MXFP4', 'Fits on one 16 GB GPU'],
    ['vram llama 8b 4090 16 users 8k', '16 × 8,192 tokens', 'KV cache | 16.0'],
    // FP8 halves the cache, and 4.58 GiB is the published size of this file.
    ['vram llama 8b 4090 q4_k_m kv q8_0', 'Weights | 4.58', 'KV cache | 0.53'],
    ['vram llama 8b 4090 tp 2 util 80%', 'on each of 2 GPUs', '(80% of its memory)'],
    ['vram llama-3.1-8b gpu:4090 context:128k', 'KV cache | 16.0', 'Total'],
    [
      'vram llama 8b 4090 context 200000',
      "200,000 tokens exceed the model's context limit of 131,072",
    ],
    ['vram unsloth/Llama-3.1-8B-Instruct-bnb-4bit 3060', 'Llama 3.1 8B in NF4'],
    ['vram bert 4090', 'BERT base in BF16, 512 tokens', "An encoder doesn't have a KV cache"],
    ['vram llama 405b', 'No single GPU holds it. The smallest set is'],
    ['vram mixtral 3090 offload cpu', 'in Q4_K_M', 'stays in CPU memory'],
    ['vram how much memory does llama 70b need on a 4090?', "Doesn't fit on one RTX 4090"],
    ['vram llama 70b 4090 -ngl 20', '20 of 81 layers on the GPU'],
    ['vram llama 8b 4090 q4 -ngl 10', '10 of 33 layers on the GPU (-ngl 10)'],
  ]);
});

describe('training', () => {
  typed([
    // 8,030,261,248 × 16 bytes = 119.7 GiB of states.
    [
      'vram for:train llama 8b 4090',
      "Full fine-tuning needs 123 GiB. Doesn't fit on one RTX 4090: short by",
      'Lighter options: LoRA needs',
      'Weights | 15.0',
      'Optimizer | 89.7',
    ],
    [
      'vram train llama 8b 8x a100',
      'on each of 8 GPUs. Fits',
      'Optimizer | 11.2',
      'ZeRO stage 3 over 8 GPUs',
    ],
    [
      'vram qlora llama 8b 4090',
      'QLoRA needs',
      'Fits on one RTX 4090',
      'Frozen base',
      '41.9M trainable parameters',
    ],
    [
      'vram lora llama 70b h100 rank 32 4k',
      'LoRA of Llama 3.3 70B at rank 32',
      "Doesn't fit",
      'Frozen base | 131',
    ],
    [
      'vram finetune qwen 7b zero3 8x h100 adamw-8bit',
      'Full fine-tuning of Qwen2.5 7B',
      'adamw-8bit',
    ],
    // 16 × (4,096 + 4,096 + 4,096 + 1,024) in each of 32 layers.
    ['vram lora mistral 7b 24gb targets:q,v', '6.82M trainable parameters'],
    ['vram qlora llama 70b 2x 4090 checkpointing:none', 'no checkpointing'],
    ['vram train llama 8b offload:optimizer h100', 'is kept in CPU memory'],
    ['vram lora llama 8b q4_k_m', 'Q4_K_M is a format for serving'],
    ['vram train llama 8b q4', "Every weight is trained, so Q4_K_M doesn't apply"],
    ['vram deepseek-v3 for:lora targets:qv', 'has none of the matrices "qv"', 'targets:o,q_a,q_b,'],
    ['vram qwen3-30b-a3b for:qlora targets:mlp', 'lora with experts:yes', 'targets:q,k,v,o'],
    ['vram lora llama 8b targets:everything', `I don't know the matrices "everything"`],
    ['vram train llama 8b zero:7', 'Zero: must be a whole number from 0 to 3'],
  ]);
});

describe('bad input', () => {
  typed([
    [
      'vram lama 4090',
      `I don't know the model "lama". Did you mean`,
      'You can also paste or attach its config.json',
    ],
    ['vram 4090', 'Which model?', 'fit gpu:4090'],
    ['vram llama 8b 9090', `I don't know the GPU "9090". Did you mean`],
    ['vram llama 8b 2080', `I don't know the GPU "2080"`, 'You can also enter only the memory'],
    ['vram llama 8b 4090 80gb', 'has 24 GB, not 80. Enter 80gb'],
    ['vram llama 8b 4090 q7', `I don't know the number format "q7". Did you mean`],
    ['vram llama 8b 4090 -1', 'Context: must be a whole number from 1'],
    ['vram llama 8b 4090 0', 'Context: must be a whole number from 1'],
    ['vram llama 8b 4090 1e99', `Context: "1e99" isn't a whole number`],
    ['vram llama 8b 4090 context:lots', `Context: "lots" isn't a whole number`],
    [
      'vram llama 8b tensor:3',
      "32 attention heads can't be split evenly across 3 GPUs. Try tensor:1 pipeline:3.",
    ],
    ['vram llama 8b 8x h100 tensor:3', 'makes 3 GPUs, not 8'],
    ['vram llama 8b 99999999x h100', 'GPUs are too many. Enter'],
    ['vram llama 405b 3060', "Doesn't fit on one RTX 3060", 'No supported format makes it fit'],
    ['vram llama 8b 4090 util 0', 'Utilization: must be a number from 0.05 to 1'],
    ['vram llama 8b engine:magic', `I don't know the engine "magic"`],
    ['vram llama 8b sequences:100000000', 'Sequences: must be a whole number from 1 to 65,536'],
    ['vram config:{} 4090', 'The file has no model_type'],
    [
      'vram {"model_type": "mystery"}',
      `I don't know the architecture "mystery", so I can't estimate its memory`,
    ],
    ['vram llama 8b {"model_type": "llama"}', 'not both'],
    ['vram config:@nosuchfilekept 4090', 'I no longer have this config.json'],
  ]);
});

const CONFIG = {
  model_type: 'llama',
  _name_or_path: 'acme/Tiny-1B',
  hidden_size: 2048,
  intermediate_size: 5632,
  num_attention_heads: 32,
  num_key_value_heads: 4,
  num_hidden_layers: 22,
  vocab_size: 32_000,
  max_position_embeddings: 2048,
  tie_word_embeddings: false,
};

/** TinyLlama's shape: 1,100,048,384 parameters, 2.05 GiB in BF16. */
const JSON_TEXT = JSON.stringify(CONFIG, null, 2);

function attached(text: string, bytes = text.length) {
  return { name: 'config.json', bytes, text: async () => text };
}

test('a pasted config.json is estimated, and its buttons bring it along under its hash', async () => {
  const world = createWorld();

  const reply = await world.ask(`vram ${JSON_TEXT} 4090`);
  const steps = await world.press(reply, 'Steps and assumptions');

  expect(words(reply)).toContain('Tiny-1B in BF16, 2,048 tokens');
  expect(words(reply)).toContain('Weights | 2.05');
  expect(runOf(reply, 'Steps and assumptions')).toMatch(/vram config:@[\w-]{32} gpu:rtx-4090/);
  // Discord's slash command takes no text of a file, so no text tells people to type one.
  expect(words(reply)).not.toContain('config:@');
  expect(words(steps)).toContain('1,100,048,384 × 16 / 8');
});

test('an attached config.json is read only when the command asks for it', async () => {
  const world = createWorld();
  const file = attached(JSON_TEXT);

  const step = await world.prepare({
    kind: 'command',
    command: 'vram',
    values: { file, gpu: '3060' },
  });

  expect(step.kind === 'run' && words(await step.run())).toContain('Fits on one RTX 3060 12GB');
});

test('the beginning of a GGUF file is estimated in its format, and its buttons keep that', async () => {
  const world = createWorld();
  const bytes = header(LLAMA, ['token_embd.weight', 'output.weight']);
  const file = { ...attached('', bytes.length), name: 'llama.gguf', content: async () => bytes };

  const step = await world.prepare({
    kind: 'command',
    command: 'vram',
    values: { file, gpu: '3060' },
  });
  const reply = step.kind === 'run' ? await step.run() : { blocks: [] };

  expect(words(reply)).toContain('Llama 3.1 8B Instruct in Q4_K_M');
  expect(words(reply)).toContain('Read from the header of a GGUF file.');
  expect(words(await world.press(reply, 'Steps and assumptions'))).toContain('Q4_K_M');
});

test('a file of 11 MB, one that is no JSON and one nested too deeply are refused', async () => {
  const world = createWorld();
  const ask = async (file: ReturnType<typeof attached>) => {
    const step = await world.prepare({ kind: 'command', command: 'vram', values: { file } });
    return step.kind === 'run' ? words(await step.run()) : '';
  };

  expect(await ask(attached('{}', 11 * 1024 ** 2))).toContain('larger than 10 MB');
  expect(await ask(attached('not json'))).toContain('not valid JSON');
  expect(await ask(attached('['.repeat(60)))).toContain('more than 50 levels deep');
  expect(await ask(attached(JSON.stringify({ ...CONFIG, hidden_size: -5 })))).toContain(
    'hidden_size',
  );
  expect(await ask(attached(JSON.stringify({ ...CONFIG, num_hidden_layers: 1e308 })))).toContain(
    'num_hidden_layers',
  );
});

test('a large config.json is estimated without buttons that would have to keep it', async () => {
  const world = createWorld();
  const labels = Object.fromEntries(Array.from({ length: 9000 }, (_, id) => [id, `label ${id}`]));

  const step = await world.prepare({
    kind: 'command',
    command: 'vram',
    values: { file: attached(JSON.stringify({ ...CONFIG, id2label: labels })) },
  });
  const reply = step.kind === 'run' ? await step.run() : { blocks: [] };

  expect(words(reply)).toContain('Needs 3.19 GiB');
  expect(words(reply)).not.toContain('[');
});

function blockOf<K extends Block['kind']>(reply: Reply, kind: K): Extract<Block, { kind: K }> {
  const found = reply.blocks.find((block) => block.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  // The kind that was looked for is the kind that was found.
  return found as Extract<Block, { kind: K }>;
}

test('the picture stacks the parts against the card, and its alt text says the numbers', async () => {
  const reply = await createWorld().ask('vram llama 8b 4090');

  const { chart, alt } = blockOf(reply, 'chart');
  if (chart.shape !== 'bars') throw new Error('bars expected');
  expect(chart.bars[0]?.segments.map(({ label }) => label)).toEqual([
    'Weights',
    'KV cache',
    'Activations',
    'Engine overhead',
  ]);
  // 24 GiB × 0.92
  expect(chart.limit?.value).toBeCloseTo(22.08, 10);
  for (const number of ['15.0 GiB', '1.0 GiB', '17.7 GiB', '22.1 GiB'])
    expect(alt).toContain(number);
});

test('the line under an answer gives the same answer to somebody else', async () => {
  const world = createWorld();
  const reply = await world.ask('vram mixtral 2x 4090 q5 16k batch 2');
  const steps = words(await world.press(reply, 'Steps and assumptions'));
  const line = /Run again: (.+)$/m.exec(steps)?.[1] ?? '';

  const again = await createWorld().ask(line);

  expect(line).toBe('vram model:mixtral-8x7b gpu:2xrtx-4090 format:q5_k_m context:16k sequences:2');
  // Only a sentence is read back.
  expect(words(again)).toBe(words(reply).replace(/^Read as: .*\n/m, ''));
});

test('the data has the numbers, the steps and how sure they are', async () => {
  const { data } = await createWorld().ask('vram llama 8b 4090');

  expect(data).toMatchObject({
    model: 'llama-3.1-8b',
    format: 'bf16',
    fits: true,
    breakdown: { Weights: 16_060_522_496, 'KV cache': 1_073_741_824 },
    command: 'vram model:llama-3.1-8b gpu:rtx-4090',
  });
  expect(Object.keys(data as object)).toEqual(
    expect.arrayContaining(['verdict', 'bytes', 'steps', 'assumptions', 'warnings', 'band']),
  );
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

test('the sweep says where the limit cuts, in the table and in the picture', async () => {
  const world = createWorld();
  const reply = await world.ask('vram llama 8b 4090 show:sweep');

  const table = blockOf(reply, 'table');
  expect(table.caption).toBe('Longest context that fits on RTX 4090');
  expect(table.rows).toEqual([
    ['1', '44,016 tokens'],
    // A share of 44,016, in whole pages of 16.
    ['4', '10,992 tokens'],
    ['16', '2,736 tokens'],
    ['64', '672 tokens'],
  ]);
  const { chart } = blockOf(reply, 'chart');
  if (chart.shape !== 'lines') throw new Error('lines expected');
  expect(chart.series.map(({ note }) => note)[0]).toBe('to 44,016');
  expect(chart.title).toBe('1 sequence fits up to 44,016 tokens');
});
