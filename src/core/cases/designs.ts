import type { Gpu } from '../calculators/hardware/gpu.ts';
import { parallelProblem } from '../calculators/hardware/parallel.ts';
import { readGpuChoice, shortGpuName } from '../calculators/names/gpu-names.ts';
import { kvFormat, weightFormat } from '../calculators/quantization/formats.ts';
import { type Design, gpusOf, type Target } from './serving.ts';

/** A design as somebody enters it in a form. */
export type TypedDesign = {
  gpus: string;
  layout: string;
  weights: string;
  cache: string;
  batch: number;
};

/** What a typed design comes to, or what is wrong with it and in which field. */
export type ReadDesign = { design: Design } | { why: string; field: keyof TypedDesign };

const DEGREES = { tp: 'tensor', pp: 'pipeline', dp: 'data', ep: 'expert' } as const;

type Degrees = { [name in (typeof DEGREES)[keyof typeof DEGREES]]?: number };

/** `TP 4 PP 2 DP 3` in any order; undefined for anything else. */
export function readLayout(text: string): Degrees | undefined {
  const degrees: Degrees = {};
  const rest = text.replace(/\b(tp|pp|dp|ep)\s*[=:×x]?\s*(\d{1,4})\b/gi, (_, name, count) => {
    const key = DEGREES[String(name).toLowerCase() as keyof typeof DEGREES];
    degrees[key] = Number(count);
    return '';
  });
  const isRead = /^[\s,;+×x]*$/.test(rest) && Object.values(degrees).every((count) => count > 0);
  return isRead && Object.keys(degrees).length > 0 ? degrees : undefined;
}

/** Reads GPUs that can be had, and how many of them. */
export function readGpus(
  typed: string,
  { prices, most = Number.POSITIVE_INFINITY }: Pick<Target, 'prices' | 'most'>,
  gpus: readonly Gpu[],
): { gpu: Gpu; count: number } | { why: string; field: 'gpus' } {
  const offered = gpus.filter(({ id }) => prices.has(id));
  const found = readGpuChoice(gpus, typed);
  const choice = found.found ? found.choice : undefined;
  if (!choice || choice.parts || !prices.has(choice.gpu.id))
    return {
      field: 'gpus',
      why: `Enter a number and one of ${offered.map(shortGpuName).join(', ')}, like 16 x ${offered[0] ? shortGpuName(offered[0]) : 'H100'}.`,
    };
  if (choice.count > most) return { field: 'gpus', why: `You can have up to ${most} GPUs.` };
  return choice;
}

/** Reads a form's design: GPUs that can be had, and a layout that uses all of them and divides the heads. */
export function readDesign(
  typed: TypedDesign,
  target: Pick<Target, 'model' | 'prices' | 'most'>,
  gpus: readonly Gpu[],
): ReadDesign {
  const read = readGpus(typed.gpus, target, gpus);
  if ('why' in read) return read;
  const { gpu, count } = read;
  const degrees = readLayout(typed.layout);
  if (!degrees)
    return {
      field: 'layout',
      why: 'Enter the layout like TP 4 PP 1 DP 2: GPUs per matrix, stages, and copies.',
    };
  const { tensor = 1, pipeline = 1, expert = 1 } = degrees;
  const data = degrees.data ?? count / (tensor * pipeline);
  if (tensor * pipeline * data !== count)
    return {
      field: 'layout',
      why: `TP × PP × DP must use all ${count} GPUs. ${tensor} × ${pipeline}${degrees.data ? ` × ${data} is ${tensor * pipeline * data}` : " doesn't divide them"}.`,
    };
  const problem = parallelProblem(target.model.shape, { tensor, pipeline, expert });
  if (problem) return { field: 'layout', why: problem };
  return {
    design: {
      gpu,
      tensor,
      pipeline,
      data,
      expert,
      format: weightFormat(typed.weights),
      kv: kvFormat(typed.cache),
      batch: typed.batch,
    },
  };
}

/** A design as an answer is stored. */
export const storedDesign = (design: Design): string => {
  const { gpu, tensor, pipeline, data, expert, format, kv, batch } = design;
  return [gpu.id, tensor, pipeline, data, expert, format.id, kv.id, batch].join(' ');
};

/**
 * A stored design.
 *
 * @throws RangeError when its GPU is no longer known.
 */
export function readStoredDesign(stored: string, gpus: readonly Gpu[]): Design {
  const [id, tensor, pipeline, data, expert, format = '', kv = '', batch] = stored.split(' ');
  const gpu = gpus.find((each) => each.id === id);
  if (!gpu) throw new RangeError(`no GPU ${id}`);
  return {
    gpu,
    tensor: Number(tensor),
    pipeline: Number(pipeline),
    data: Number(data),
    expert: Number(expert),
    format: weightFormat(format),
    kv: kvFormat(kv),
    batch: Number(batch),
  };
}

/** A layout as it is entered. */
export const layoutWords = ({ tensor, pipeline, data, expert }: Design): string =>
  `TP ${tensor} PP ${pipeline} DP ${data}${expert > 1 ? ` EP ${expert}` : ''}`;

/** `16 × H100 SXM, TP 4 PP 1 DP 4, FP8 weights, FP8 cache, batch 64`. */
export function designWords(design: Design): string {
  const { gpu, format, kv, batch } = design;
  return `${gpusOf(design)} × ${shortGpuName(gpu)}, ${layoutWords(design)}, ${format.label} weights, ${kv.label} cache, batch ${batch}`;
}
