import { readFileSync } from 'node:fs';
import { readFigures } from '../../../../lab/figures/published-schema.ts';
import type { Gpu } from '../../../../src/core/calculators/hardware/gpu.ts';
import { readGpus } from '../../../../src/core/calculators/hardware/gpu-schema.ts';
import type { Model } from '../../../../src/core/calculators/models/model-schema.ts';
import { readModels } from '../../../../src/core/calculators/models/model-schema.ts';
import type { ModelShape } from '../../../../src/core/calculators/models/model-shape.ts';
import {
  readEngineTable,
  SERVING_ENGINES,
} from '../../../../src/core/calculators/serving/engine-flags.ts';
import { readFailures } from '../../../../src/core/calculators/serving/failure-log.ts';
import { readLatencyFacts } from '../../../../src/core/calculators/speed/latency-constants.ts';

function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../data/${name}`, import.meta.url), 'utf8'));
}

export const MODELS = readModels(readData('models.json'));
export const GPUS = readGpus(readData('gpus.json'));
export const LATENCY = readLatencyFacts(readData('latency.json'));
export const ENGINE_TABLES = SERVING_ENGINES.map((name) =>
  readEngineTable(readData(`engines/${name}.json`)),
);
export const FAILURES = readFailures(readData('engines/failures.json'));
export const FIGURES = readFigures(readData('published-figures.json'));

/** The model with an id, which must exist. */
export function model(id: string): Model {
  const found = MODELS.find((each) => each.id === id);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

/** The shape of the model with an id. */
export function shape(id: string): ModelShape {
  return model(id).shape;
}

/** The GPU with an id, which must exist. */
export function gpu(id: string): Gpu {
  const found = GPUS.find((each) => each.id === id);
  if (!found) throw new Error(`no GPU ${id}`);
  return found;
}

export const GIB = 1024 ** 3;
