import { z } from 'zod';
import type { Gpu } from './gpu.ts';

const positive = z.number().positive();

/** A row of data/gpus.json. */
const GPU_ROW = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  vendor: z.string().min(1),
  architecture: z.string().min(1),
  year: z.int().min(2010),
  aliases: z.array(z.string().min(1)),
  memoryGiB: positive,
  reportedMiB: positive.optional(),
  bandwidthGBps: positive,
  tflops: z.strictObject({
    fp16: positive,
    fp8: positive.optional(),
    int8: positive.optional(),
    fp4: positive.optional(),
  }),
  link: z.strictObject({ name: z.string().min(1), bothWaysGBps: positive }).optional(),
  watts: positive.optional(),
  unified: z.boolean().optional(),
  rent: z
    .strictObject({ usdPerHour: positive, source: z.string().min(1), date: z.string().min(4) })
    .optional(),
  sources: z.array(z.string().min(1)).min(1),
  checked: z.iso.date(),
  unconfirmed: z.array(z.string()),
  note: z.string().optional(),
});

/** data/gpus.json as a whole. */
const GPUS_FILE = z.strictObject({ note: z.string(), gpus: z.array(GPU_ROW) });

/**
 * The accelerators of data/gpus.json.
 *
 * @throws ZodError naming every row and field that is wrong.
 */
export function readGpus(file: unknown): Gpu[] {
  // zod marks optional fields as possibly undefined; JSON has no undefined, so the types agree.
  return GPUS_FILE.parse(file).gpus as Gpu[];
}
