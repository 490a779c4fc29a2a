import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitOnGpu } from '../../../../src/core/calculators/memory/capacity.ts';
import {
  bestFormat,
  fewestGpus,
  gpuSets,
  layoutFor,
  longestContext,
  modelsThatFit,
  mostSequences,
  servedFormats,
} from '../../../../src/core/calculators/memory/fit.ts';
import { weightFormat } from '../../../../src/core/calculators/quantization/formats.ts';
import { GPUS, gpu, MODELS, shape } from '../models/known.ts';

const ENGINES = fc.constantFrom('vllm' as const, 'llama.cpp' as const);
const FORMATS = fc.constantFrom('bf16', 'int4', 'q4_k_m', 'fp8').map(weightFormat);
const QUESTION = fc.record({
  model: fc.constantFrom(...MODELS),
  card: fc.constantFrom(...GPUS),
  engine: ENGINES,
  format: FORMATS,
  tokens: fc.integer({ min: 1, max: 32_768 }),
});

test('the longest context fits and one token more does not', () => {
  fc.assert(
    fc.property(QUESTION, ({ model, card, engine, format }) => {
      const request = { shape: model.shape, format, tokens: 1, engine };

      const answer = longestContext({ request, gpu: card });

      const fits = (tokens: number) => fitOnGpu({ ...request, tokens }, card).fits;
      if (!answer) expect(fits(1)).toBe(false);
      else {
        expect(fits(answer.tokens)).toBe(true);
        if (answer.limitedBy === 'model') expect(answer.tokens).toBe(model.shape.maxContext);
        else expect(fits(answer.tokens + 1)).toBe(false);
      }
    }),
  );
});

test('the most sequences fit and one more does not', () => {
  fc.assert(
    fc.property(QUESTION, ({ model, card, engine, format, tokens }) => {
      const request = { shape: model.shape, format, tokens, engine };

      const answer = mostSequences({ request, gpu: card });

      const fits = (sequences: number) => fitOnGpu({ ...request, sequences }, card).fits;
      if (answer === undefined) expect(fits(1)).toBe(false);
      else {
        expect(fits(answer)).toBe(true);
        if (answer < 65_536) expect(fits(answer + 1)).toBe(false);
      }
    }),
  );
});

test('the best format fits and none with more bits does', () => {
  fc.assert(
    fc.property(QUESTION, ({ model, card, engine, tokens }) => {
      const request = { shape: model.shape, format: weightFormat('bf16'), tokens, engine };

      const answer = bestFormat({ request, gpu: card });

      const better = servedFormats(engine).filter(({ bits }) => bits > (answer?.bits ?? 0));
      if (answer) expect(fitOnGpu({ ...request, format: answer }, card).fits).toBe(true);
      for (const format of better) expect(fitOnGpu({ ...request, format }, card).fits).toBe(false);
    }),
  );
});

test('the fewest GPUs hold the model and half of them do not', () => {
  fc.assert(
    fc.property(QUESTION, ({ model, card, engine, format, tokens }) => {
      const request = { shape: model.shape, format, tokens, engine };

      const set = fewestGpus(request, card);

      if (!set) return;
      expect(fitOnGpu({ ...request, parallel: set.parallel }, card).fits).toBe(true);
      const isEven = set.count > 1 && set.count % 2 === 0;
      const half = isEven ? layoutFor(request, set.count / 2) : undefined;
      if (half) expect(fitOnGpu({ ...request, parallel: half }, card).fits).toBe(false);
    }),
  );
});

test('the first set has the least memory, the cheapest the lowest rent', () => {
  const request = {
    shape: shape('llama-3.3-70b'),
    format: weightFormat('bf16'),
    tokens: 8192,
  };

  const smallest = gpuSets(request, GPUS);
  const cheapest = gpuSets(request, GPUS, {
    order: 'cheapest',
    prices: new Map([['l40s', 0.1]]),
  });

  expect(smallest[0]?.memoryGiB).toBe(160);
  expect(smallest[0]?.count).toBe(2);
  expect(cheapest[0]?.gpu.id).toBe('l40s');
  expect(cheapest[0]?.usdPerHour).toBeCloseTo(0.4, 10);
  expect(cheapest.every(({ usdPerHour }) => usdPerHour !== undefined)).toBe(true);
});

test('no set of more than one server has GPUs without a fabric', () => {
  const request = {
    shape: shape('llama-3.1-405b'),
    format: weightFormat('bf16'),
    tokens: 8192,
  };

  const large = gpuSets(request, GPUS).filter(({ count }) => count > 8);

  expect(large.length).toBeGreaterThan(0);
  expect(large.filter(({ gpu }) => (gpu.link?.bothWaysGBps ?? 0) < 200)).toEqual([]);
});

test('models that fit really do, each in its best format', () => {
  const request = { tokens: 4096, engine: 'llama.cpp' } as const;

  const list = modelsThatFit(MODELS, gpu('rtx-3060'), request);

  expect(list.length).toBeGreaterThan(30);
  for (const { model, format } of list) {
    const tokens = Math.min(4096, model.shape.maxContext);
    const fit = fitOnGpu({ ...request, tokens, shape: model.shape, format }, gpu('rtx-3060'));
    expect(fit.fits, model.id).toBe(true);
  }
  expect(list.some(({ model }) => model.id === 'llama-3.1-405b')).toBe(false);
});

test('a number of GPUs that heads cannot share becomes pipeline stages', () => {
  const request = { shape: shape('llama-3.1-8b'), format: weightFormat('bf16'), tokens: 8192 };

  // 32 query and 8 KV heads: 3 and 5 divide neither, 6 only by twos, 12 by fours.
  expect(layoutFor(request, 3)).toEqual({ tensor: 1, pipeline: 3 });
  expect(layoutFor(request, 5)).toEqual({ tensor: 1, pipeline: 5 });
  expect(layoutFor(request, 6)).toEqual({ tensor: 2, pipeline: 3 });
  expect(layoutFor(request, 12)).toEqual({ tensor: 4, pipeline: 3 });
});

test('formats come from the most to the fewest bits, and a quantized model is not unpacked', () => {
  for (const engine of ['vllm', 'llama.cpp'] as const) {
    const bits = servedFormats(engine).map((format) => format.bits);
    expect(bits).toEqual([...bits].sort((a, b) => b - a));
  }
  expect(servedFormats('vllm', 'mxfp4').map(({ id }) => id)).toEqual(['mxfp4', 'int4']);
  const [found] = modelsThatFit(
    MODELS.filter(({ id }) => id === 'gpt-oss-20b'),
    gpu('rtx-4090'),
    { tokens: 8192 },
  );
  expect(found?.format.id).toBe('mxfp4');
});

test('several cards share the models that fit on them', () => {
  const seventy = MODELS.filter(({ id }) => id === 'llama-3.3-70b');

  expect(modelsThatFit(seventy, gpu('rtx-4090'), { tokens: 8192 })).toEqual([]);
  const [found] = modelsThatFit(seventy, gpu('rtx-4090'), { tokens: 8192 }, { gpus: 2 });
  expect(found?.format.id).toBe('int4');
});
