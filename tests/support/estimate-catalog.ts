import { createCatalog } from '../../src/core/catalog.ts';
import {
  ENGINE_TABLES,
  FAILURES,
  GPUS,
  LATENCY,
  MODELS,
} from '../core/calculators/models/known.ts';
import { gradeInTests } from './grading.ts';

/** All models and GPUs, and no questions: what estimates are read with. */
export const ESTIMATE_CATALOG = createCatalog({
  questions: [],
  chapters: [],
  paths: [],
  models: MODELS,
  gpus: GPUS,
  latency: LATENCY,
  engines: ENGINE_TABLES,
  failures: FAILURES,
  grade: gradeInTests,
});
