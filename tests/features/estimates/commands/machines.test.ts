import { expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';
import { typed } from './typed.ts';

/** GPUs of several kinds, RAM beside them, and computers without one. */
typed([
  [
    'vram llama 3.3 70b q4 4090 with 64gb ram',
    'Fits on one RTX 4090 and 64 GB of RAM: 37 of 81 layers are in RAM.',
    '44 of 81 layers on the GPU (-ngl 44)',
    'RTX 4090 | 44 | 23.2 of 23.3',
    'RAM | 37 |',
  ],
  ['vram llama 3.3 70b q8 4090 with 32gb ram', "Doesn't fit on one RTX 4090", 'short on RAM by'],
  ['vram llama 3.3 70b q4_k_m 2x3090+1x4090', 'Fits on 2 × RTX 3090 + RTX 4090', 'RTX 3090 #2'],
  [
    'vram llama 3.3 70b q4_k_m 3090 + 3060',
    'short on RTX 3090 by',
    'RTX 3060 12GB by',
    'It fits in IQ',
  ],
  ['vram llama 8b fp8 3090 + 3060', 'share a model evenly here, so each counts as one of 12 GB'],
  ['vram llama 8b awq 4090+64gb-ram', "The RAM beside the GPU isn't counted"],
  ['vram llama 8b q4 on my laptop with 32gb ram, no gpu', 'Fits on one CPU and 32 GB of RAM'],
  ['latency llama 8b cpu', 'tokens/s', 'This assumes 32 GB of RAM.', '80 GB/s'],
  ['latency llama 8b q4 cpu with 64gb ddr4', 'on one CPU and 64 GB of DDR4', '51.2 GB/s'],
  [
    'latency qwen3-30b-a3b q4_k_m gpu:cpu-2ch-ddr5-5600',
    'tokens/s',
    '2 channels of DDR5-5600, 89.6 GB/s, of which 70% is reached',
  ],
  [
    'latency model:deepseek-r1 format:q4_k_m gpu:"cpu 12 channel DDR5-4800 768gb"',
    'on one CPU and 768 GB of DDR5-4800 on 12 channels',
    '460.8 GB/s',
  ],
  [
    'latency model:gpt-oss-120b gpu:"3090 with 96gb ddr5-6000"',
    'RTX 3090 and 96 GB of DDR5-6000',
    '2 channels of DDR5-6000, 96 GB/s',
    'gpu:rtx-3090+96gb-ddr5-6000',
  ],
  ['latency llama 3.3 70b q4 4090 with 64gb ram', 'and 64 GB of RAM', 'half as fast'],
  ['latency llama 3.3 70b q4 4090', "It doesn't fit", 'like gpu:rtx-4090+64gb-ram'],
  ['latency llama 8b 4090 -ngl 20', 'in Q4_K_M on one RTX 4090', 'half as fast'],
  ['latency llama 3.3 70b q4 2x3090+4090 show:steps', 'Each additional token: RTX 4090, 27 layers'],
  ['fit llama 8b 3090+3060', 'RTX 3090, 22 layers | fits', 'RTX 3060 12GB, 11 layers | fits'],
  ['fit 8gb vram and 16gb ram', 'What fits on one 8 GB GPU and 16 GB of RAM', 'llama.cpp'],
  ['fit cpu-64gb', 'What fits on one CPU and 64 GB of RAM', 'llama.cpp'],
  ['compare llama 8b 4090 cpu-64gb q4_k_m', 'CPU and 64 GB of RAM'],
  ['vram llama 8b 64gb ram', 'Is that the memory of a GPU or of the computer?', 'cpu-64gb'],
]);

test('memory by memory the data says what the text does, and the line gives it again', async () => {
  const world = createWorld();

  const reply = await world.ask('vram llama 3.3 70b q4 3090+3060+64gb-ram');
  const data = reply.data as {
    command: string;
    bytes: number;
    layers: number;
    memories: { gpu: string | null; layers: number; bytes: number; fits: boolean }[];
  };
  const again = await world.ask(data.command);

  expect(data.command).toBe(
    'vram model:llama-3.3-70b gpu:rtx-3090+rtx-3060+64gb-ram format:q4_k_m',
  );
  expect(again.data).toEqual(data);
  expect(data.memories.map(({ gpu }) => gpu)).toEqual(['rtx-3090', 'rtx-3060', null]);
  expect(data.memories.reduce((sum, { layers }) => sum + layers, 0)).toBe(data.layers);
  expect(
    Math.abs(data.memories.reduce((sum, { bytes }) => sum + bytes, 0) - data.bytes),
  ).toBeLessThan(3);
});

test('the longest context on a machine fits, and one token more does not', async () => {
  const world = createWorld();
  const machine = 'gpu:rtx-3090+rtx-3060 format:q6_k engine:llama.cpp';
  const found = await world.ask(`fit model:qwen3-32b ${machine} want:context`);
  const longest = (found.data as { longestContext: number }).longestContext;

  const fits = async (context: number) =>
    (
      (await world.ask(`vram model:qwen3-32b ${machine} context:${context}`)).data as {
        fits: boolean;
      }
    ).fits;

  expect([await fits(longest), await fits(longest + 1)]).toEqual([true, false]);
});
