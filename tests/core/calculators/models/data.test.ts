import { expect, test } from 'vitest';
import { layerCount, layerOrder } from '../../../../src/core/calculators/models/model-shape.ts';
import { spellingKey } from '../../../../src/core/calculators/names/spellings.ts';
import {
  kvFormat,
  WEIGHT_FORMATS,
  weightFormat,
} from '../../../../src/core/calculators/quantization/formats.ts';
import { GPUS, MODELS, shape } from './known.ts';

test('the data holds the models and GPUs that people ask for', () => {
  expect(MODELS.length).toBeGreaterThanOrEqual(210);
  expect(GPUS.length).toBeGreaterThanOrEqual(44);
});

test.each([
  ['models', MODELS],
  ['GPUs', GPUS],
])('no id or alias of the %s is used twice', (_, rows) => {
  const names = rows.flatMap(({ id, aliases }) => [...new Set([id, ...aliases].map(spellingKey))]);

  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('every row names its source and the day it was checked', () => {
  for (const row of [...MODELS, ...GPUS]) {
    expect(row.sources.length, row.id).toBeGreaterThan(0);
    expect(row.checked, row.id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

// Contexts that were another file's: the first stage of training, the model without pictures.
test.each([
  ['olmo-3-7b', 65_536],
  ['glm-4.5v', 65_536],
  ['phi-3-medium', 131_072],
  ['devstral-2-123b', 262_144],
])('%s takes %i tokens', (id, tokens) => {
  expect(shape(id).maxContext).toBe(tokens);
});

test('the order of mixed layers names every layer', () => {
  for (const { id, shape } of MODELS) {
    expect(layerOrder(shape).length, id).toBe(layerCount(shape));
  }
});

test('the native format of a model is one that we know', () => {
  for (const { native } of MODELS) if (native) expect(() => weightFormat(native)).not.toThrow();
});

test('formats are found by id and unknown ones are refused by name', () => {
  expect(weightFormat('int4').bits).toBe(4.15625);
  expect(kvFormat('q8_0').bytesPerValue).toBe(34 / 32);
  expect(() => weightFormat('int3')).toThrow(/int3/);
  expect(() => kvFormat('int3')).toThrow(/int3/);
});

test('no id or alias of a weight format is used twice', () => {
  const names = WEIGHT_FORMATS.flatMap(({ id, aliases }) => [id, ...aliases]);

  expect(new Set(names).size).toBe(names.length);
});
