import { expect, test } from 'vitest';
import { ENGINES } from '../../../../src/core/calculators/hardware/engines.ts';
import { findFormat } from '../../../../src/core/calculators/names/format-names.ts';
import {
  gpuChoiceId,
  isGpuChoice,
  readGpuChoice,
  shortGpuName,
} from '../../../../src/core/calculators/names/gpu-names.ts';
import { GPUS } from '../models/known.ts';

test.each([
  ['4090', '1 rtx-4090 24'],
  ['RTX 4090', '1 rtx-4090 24'],
  ['2x h100', '2 h100-sxm 80'],
  ['h100 x2', '2 h100-sxm 80'],
  ['8 × A100 80GB', '8 a100-80 80'],
  ['2 4090', '2 rtx-4090 24'],
  ['two 3090s', '2 rtx-3090 24'],
  ['dual 4090', '2 rtx-4090 24'],
  ['a 4090', '1 rtx-4090 24'],
  ['4 a100', '4 a100-80 80'],
  ['4 a100-40g', '4 a100-40 40'],
  ['4 a100s 40gb', '4 a100-40 40'],
  ['5 h100 sxm', '5 h100-sxm 80'],
  ['l40s', '1 l40s 48'],
  ['m3 max', '1 m3-max 128'],
  ['m3 max 64gb', '1 m3-max 64'],
  ['Mac Studio 512GB', '1 m3-ultra 512'],
  ['24gb', '1 24gb 24'],
  ['2x 24 GB', '2 24gb 24'],
])('%s means %s GiB', (text, expected) => {
  const read = readGpuChoice(GPUS, text);

  const said =
    read.found && `${read.choice.count} ${read.choice.gpu.id} ${read.choice.gpu.memoryGiB}`;
  expect(said).toBe(expected);
  expect(isGpuChoice(GPUS, text)).toBe(true);
});

test('another variant of a card is never taken for it', () => {
  // A 2080 is no 2080 Ti; of these the list has a sister only, or nothing.
  for (const text of ['2080', '7900', '2070 super', '1080', '2060 super', 'rx 7800', '9070']) {
    const read = readGpuChoice(GPUS, text);

    expect(read.found, text).toBe(false);
    expect(!read.found && read.suggestions.length, text).toBeGreaterThan(0);
    // It is meant as a card all the same, and not as a number of tokens.
    expect(isGpuChoice(GPUS, text), text).toBe(true);
  }
});

test('a card in a size that it does not have is told, not guessed', () => {
  const read = readGpuChoice(GPUS, '4090 80gb');

  expect(!read.found && read.why).toContain('has 24 GB, not 80');
});

test.each([
  '24',
  '8192',
  '-1',
  '1e99',
  '70b',
  'q8',
  '8x7b',
  '',
  '999999999x h100',
  '0gb',
  '4096',
  '2048',
  '1000',
])('"%s" is no card', (text) => {
  expect(readGpuChoice(GPUS, text).found).toBe(false);
});

test('the id of every choice is read again as the same choice', () => {
  for (const gpu of GPUS) {
    for (const count of [1, 2, 16]) {
      const read = readGpuChoice(
        GPUS,
        gpuChoiceId({ gpu, count, isUsualSize: true, isAnonymous: false }),
      );

      expect(read.found && read.choice.gpu.id, gpu.id).toBe(gpu.id);
      expect(read.found && read.choice.count).toBe(count);
    }
  }
  const sized = readGpuChoice(GPUS, '3x m3 max 64gb');
  if (!sized.found) throw new Error('not found');
  expect(gpuChoiceId(sized.choice)).toBe('3xm3-max-64gb');
  expect(readGpuChoice(GPUS, '3xm3-max-64gb')).toEqual(sized);
});

test.each([
  ['cpu', 'cpu', 'CPU and 32 GB of RAM'],
  ['cpu-64gb', 'cpu-64gb', 'CPU and 64 GB of RAM'],
  ['cpu 64gb ram', 'cpu-64gb', 'CPU and 64 GB of RAM'],
  ['cpu with 128 gb of ddr4', 'cpu-ddr4-128gb', 'CPU and 128 GB of DDR4'],
  ['cpu-ddr4-128gb', 'cpu-ddr4-128gb', 'CPU and 128 GB of DDR4'],
  ['cpu-ddr5-6000-96gb', 'cpu-ddr5-6000-96gb', 'CPU and 96 GB of DDR5-6000'],
  ['cpu 96gb ddr5-6000', 'cpu-ddr5-6000-96gb', 'CPU and 96 GB of DDR5-6000'],
  [
    'cpu only, ddr5 5600 dual channel',
    'cpu-2ch-ddr5-5600',
    'CPU and 32 GB of DDR5-5600 on 2 channels',
  ],
  ['cpu ddr4-2048gb', 'cpu-ddr4-2048gb', 'CPU and 2048 GB of DDR4'],
  ['cpu 12-channel 768 GB', 'cpu-12ch-768gb', 'CPU and 768 GB of RAM on 12 channels'],
  [
    'cpu with 12 channel DDR5-4800 768gb',
    'cpu-12ch-ddr5-4800-768gb',
    'CPU and 768 GB of DDR5-4800 on 12 channels',
  ],
])('"%s" is a computer without a GPU', (text, id, name) => {
  const read = readGpuChoice(GPUS, text);
  if (!read.found) throw new Error('not found');

  expect(gpuChoiceId(read.choice)).toBe(id);
  expect(shortGpuName(read.choice.gpu)).toBe(name);
  expect(readGpuChoice(GPUS, id)).toEqual(read);
});

test.each([
  ['2x3090+1x4090', '2xrtx-3090+rtx-4090', [2, 1], undefined],
  ['3090 and 3060 with 64gb ram', 'rtx-3090+rtx-3060+64gb-ram', [1, 1], { GiB: 64, kind: 'ddr5' }],
  [
    '3090 with 96gb ddr5-6000',
    'rtx-3090+96gb-ddr5-6000',
    undefined,
    { GiB: 96, kind: 'ddr5', mts: 6000 },
  ],
  [
    '3090 + 96gb ddr5-6000',
    'rtx-3090+96gb-ddr5-6000',
    undefined,
    { GiB: 96, kind: 'ddr5', mts: 6000 },
  ],
  [
    '4090 and 8 channel ddr4 3200 512 gb of ram',
    'rtx-4090+512gb-8ch-ddr4-3200',
    undefined,
    { GiB: 512, kind: 'ddr4', mts: 3200, channels: 8 },
  ],
  ['3090 24gb 64gb ram', 'rtx-3090+64gb-ram', undefined, { GiB: 64, kind: 'ddr5' }],
  ['4090+128gb-ddr4', 'rtx-4090+128gb-ddr4', undefined, { GiB: 128, kind: 'ddr4' }],
])('"%s" keeps each kind of memory', (text, id, counts, ram) => {
  const read = readGpuChoice(GPUS, text);
  if (!read.found) throw new Error('not found');

  expect(read.choice.parts?.map(({ count }) => count)).toEqual(counts);
  expect(read.choice.ram).toEqual(ram);
  expect(gpuChoiceId(read.choice)).toBe(id);
  expect(readGpuChoice(GPUS, id)).toEqual(read);
});

test('short names leave out the maker and say the memory where it varies', () => {
  const names = ['4090', 'm3 max 64gb', 'tpu v5e'].map((text) => {
    const read = readGpuChoice(GPUS, text);
    return read.found ? shortGpuName(read.choice.gpu) : '';
  });

  expect(names).toEqual(['RTX 4090', 'M3 Max with 64 GB', 'TPU v5e']);
});

test.each([
  ['vLLM', 'vllm'],
  ['sglang', 'vllm'],
  ['ollama', 'llama.cpp'],
  ['LM Studio', 'llama.cpp'],
])('%s lays out memory like %s', (text, id) => {
  const found = findFormat(ENGINES, text);

  expect(found.found && found.item.memory).toBe(id);
});
