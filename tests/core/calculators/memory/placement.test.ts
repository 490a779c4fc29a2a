import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuWith } from '../../../../src/core/calculators/hardware/cpu.ts';
import { fitOnGpu } from '../../../../src/core/calculators/memory/capacity.ts';
import { kvCacheSize } from '../../../../src/core/calculators/memory/kv-cache.ts';
import { placeLayers } from '../../../../src/core/calculators/memory/placement.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { weightBytes } from '../../../../src/core/calculators/quantization/weights.ts';
import { GIB, GPUS, gpu, shape } from '../models/known.ts';

const LLAMA_8B = { shape: shape('llama-3.1-8b'), format: weightFormat('q4_k_m'), tokens: 8192 };
const LLAMA_70B = { shape: shape('llama-3.3-70b'), format: weightFormat('q4_k_m'), tokens: 8192 };

test.each([
  // 32 layers and the output matrix, two to one.
  [
    ['rtx-3090', 'rtx-3060'],
    [22, 11],
  ],
  [
    ['rtx-3060', 'rtx-3090'],
    [11, 22],
  ],
  [
    ['rtx-3090', 'rtx-3090', 'rtx-4090'],
    [11, 11, 11],
  ],
  // 24, 12 and 16 of 52: 33 × 24 / 52 = 15.2, 33 × 36 / 52 = 22.8.
  [
    ['rtx-3090', 'rtx-3060', 'rtx-4080'],
    [16, 7, 10],
  ],
])('%j hold layers in proportion to their memory', (ids, layers) => {
  const { places, fits } = placeLayers(LLAMA_8B, { gpus: ids.map(gpu) });

  expect(places.map((place) => place.layers)).toEqual(layers);
  expect(fits).toBe(true);
});

test('each GPU is counted by itself: a small one beside a large one may be what is short', () => {
  const machine = { gpus: [gpu('rtx-3090'), gpu('rtx-3060')] };

  const { places, fits } = placeLayers({ ...LLAMA_8B, tokens: 131_072, sequences: 2 }, machine);

  expect(fits).toBe(false);
  expect(places.map((place) => place.total <= place.usable)).toEqual(
    places.map((place) => place.fits),
  );
});

test('what the GPUs have no room for stays in RAM, the first layers and the table of tokens', () => {
  const { places, gpuLayers, layers, fits } = placeLayers(LLAMA_70B, {
    gpus: [gpu('rtx-4090')],
    ram: cpuWith(64),
  });
  const [card, ram] = places;

  expect(layers).toBe(81);
  expect(gpuLayers).toBeGreaterThan(35);
  expect(gpuLayers).toBeLessThan(50);
  expect(card?.fits).toBe(true);
  expect([ram?.from, ram?.to]).toEqual([0, 81 - gpuLayers]);
  // 128,256 × 8,192 weights in Q4_K.
  expect((ram?.weights ?? 0) - (ram?.read ?? 0)).toBe((128_256 * 8192 * 144) / 256);
  expect(fits).toBe(true);
});

test('RAM keeps a share for the operating system', () => {
  const inRam = (GiB: number) => placeLayers(LLAMA_70B, { gpus: [], ram: cpuWith(GiB) });

  // 42.5 GB of weights, 2.7 GB of cache, and half a GiB of buffers are 42.6 GiB.
  expect((inRam(64).places[0]?.total ?? 0) / GIB).toBeCloseTo(42.6, 1);
  expect(inRam(48).fits).toBe(false);
  expect(inRam(51).fits).toBe(true);
});

test('no more layers than asked go to the GPUs', () => {
  const machine = { gpus: [gpu('rtx-4090')], ram: cpuWith(Infinity), mostLayers: 10 };

  expect(placeLayers(LLAMA_8B, machine).gpuLayers).toBe(10);
});

test('more than 256 GB of RAM have the eight channels of a server', () => {
  expect(cpuWith(256).bandwidthGBps).toBe(80);
  expect(cpuWith(512).bandwidthGBps).toBe(320);
  expect(cpuWith(64, 'ddr4').bandwidthGBps).toBe(51.2);
  expect(cpuWith(Infinity).bandwidthGBps).toBe(80);
});

// JEDEC: a channel is 64 bits wide, so 8 bytes a transfer.
test.each([
  [{ mts: 5600, channels: 2 }, 89.6],
  [{ mts: 4800, channels: 12 }, 460.8],
  [{ mts: 6000 }, 96],
  [{ channels: 8 }, 320],
])('%o moves %d GB/s', (told, rate) => {
  expect(cpuWith(96, 'ddr5', told).bandwidthGBps).toBe(rate);
});

test('weights and cache are held once, wherever they are', () => {
  const cards = GPUS.filter(({ unified }) => !unified);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...cards), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 8, max: 2048 }),
      fc.integer({ min: 1, max: 8192 }),
      (gpus, GiB, tokens) => {
        const request = { ...LLAMA_70B, tokens };

        const { places, fits } = placeLayers(request, { gpus, ram: cpuWith(GiB) });

        const sum = (of: (place: (typeof places)[number]) => number) =>
          places.reduce((all, place) => all + of(place), 0);
        const cache = kvCacheSize({ shape: request.shape, tokens, rounding: 'llama.cpp' });
        expect(sum(({ weights }) => weights)).toBeCloseTo(
          weightBytes(request.shape, request.format),
          -2,
        );
        expect(sum(({ kv }) => kv)).toBeCloseTo(cache.bytes, -2);
        expect(sum(({ layers }) => layers)).toBe(81);
        expect(fits).toBe(places.every((place) => place.total <= place.usable));
      },
    ),
    { numRuns: 50 },
  );
});

test('a model that fits one GPU by itself fits it beside RAM, and all of it is on the GPU', () => {
  for (const card of GPUS.filter(({ unified }) => !unified)) {
    const alone = fitOnGpu({ ...LLAMA_8B, engine: 'llama.cpp' }, card);
    const shared = placeLayers(LLAMA_8B, { gpus: [card], ram: cpuWith(16) });

    if (alone.fits) expect(shared.gpuLayers).toBe(33);
  }
});
