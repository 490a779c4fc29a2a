import { parallelProblem } from '../../core/calculators/hardware/parallel.ts';
import { type WeightFormat, weightFormat } from '../../core/calculators/quantization/formats.ts';

import {
  type TrainingMethod,
  type TrainingRequest,
  USUAL_UTILISATION,
} from '../../core/calculators/training/memory.ts';
import type { Optimizer, Precision } from '../../core/calculators/training/optimizers.ts';
import type { ZeroStage } from '../../core/calculators/training/zero.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Cards, findCards } from './gpu.ts';
import type { Subject } from './model.ts';
import { pickFormat, type ServingInput } from './serving.ts';
import { pickTargets } from './targets.ts';

/** Options of a training run as commands receive them; see `TRAINING_OPTIONS`. */
export type TrainingInput = Pick<
  ServingInput,
  'gpu' | 'format' | 'context' | 'sequences' | 'tensor' | 'pipeline' | 'data' | 'utilisation'
> & {
  rank?: number | undefined;
  targets?: string | undefined;
  optimizer?: Optimizer | undefined;
  precision?: Precision | undefined;
  checkpointing?: 'full' | 'selective' | 'none' | undefined;
  zero?: number | undefined;
  offload?: 'none' | 'optimizer' | 'all' | undefined;
  savings?: 'compiled' | 'chunked-loss' | 'both' | undefined;
};

/** A training run with everything filled in that was left open. */
export type Training = {
  subject: Subject;
  request: TrainingRequest & { dataParallel: number };
  cards?: Cards;
  gpus: number;
  utilisation: number;
  notes: string[];
  warnings: string[];
  values: Record<string, string | number | undefined>;
};

/** Tokens of a training sequence, when none are told: those of torchtune's measured runs. */
export const USUAL_SEQUENCE = 2048;
/** The rank of an adapter, when none is told. */
export const USUAL_RANK = 16;

/** The methods as they are called. */
export const METHOD_NAMES = { full: 'Full fine-tuning', lora: 'LoRA', qlora: 'QLoRA' } as const;

/** What is to be trained, with everything filled in that was left open. */
export function readTraining(
  subject: Subject,
  method: TrainingMethod,
  input: TrainingInput,
  context: Pick<Context, 'catalog' | 'person' | 'team' | 'locale'>,
): Training {
  const { shape } = subject;
  const cards = findCards(input.gpu, context);
  const { tensor = 1, pipeline = 1 } = input;
  const asked = pickFormat(input.format);
  const data = dataParallel(input, cards?.count);
  const gpus = tensor * pipeline * data;
  const zero = zeroStage(input.zero ?? (data > 1 && method !== 'qlora' ? 3 : 0));
  const problem = parallelProblem(shape, { tensor, pipeline });
  if (problem) throw new UserError(problem);
  // Other formats of 16 bits are what mixed precision trains in.
  const isWide = method === 'full' && asked?.id === 'fp32';
  const precision = input.precision ?? (isWide ? 'fp32' : undefined);
  const base = method === 'full' ? undefined : baseFormat(method, asked);
  return {
    subject,
    request: {
      shape,
      method,
      sequence: input.context ?? Math.min(USUAL_SEQUENCE, shape.maxContext),
      microBatch: input.sequences ?? 1,
      zero,
      dataParallel: data,
      tensorParallel: tensor,
      pipelineParallel: pipeline,
      ...(method === 'full'
        ? {}
        : { lora: { rank: input.rank ?? USUAL_RANK, targets: pickTargets(input.targets, shape) } }),
      ...(base ? { base } : {}),
      ...(input.optimizer ? { optimizer: input.optimizer } : {}),
      ...(precision ? { precision } : {}),
      ...(input.checkpointing ? { checkpointing: input.checkpointing } : {}),
      ...(input.offload ? { offload: input.offload } : {}),
      compiled: input.savings === 'compiled' || input.savings === 'both',
      chunkedLoss: input.savings === 'chunked-loss' || input.savings === 'both',
    },
    ...(cards ? { cards } : {}),
    gpus,
    utilisation: input.utilisation ?? USUAL_UTILISATION,
    notes: [
      ...subject.notes,
      ...(cards?.notes ?? []),
      ...(zero > 0 ? [`ZeRO stage ${zero} over ${data} GPUs.`] : []),
    ],
    warnings:
      method === 'full' && asked && asked.bits < 16
        ? [
            `Every weight is trained, so ${asked.label} doesn't apply. To train on a 4-bit base, use for:qlora.`,
          ]
        : [],
    values: { ...subject.values, gpu: cards?.id, format: asked?.id, ...given(input) },
  };
}

/** The options alone, whatever else stands beside them. */
function given(input: TrainingInput): Training['values'] {
  const { rank, targets, optimizer, precision, checkpointing, zero, offload, savings } = input;
  const { context, sequences, tensor, pipeline, data, utilisation } = input;
  return {
    context,
    sequences,
    tensor,
    pipeline,
    data,
    utilisation,
    rank,
    targets,
    optimizer,
    precision,
    checkpointing,
    zero,
    offload,
    savings,
  };
}

function zeroStage(value: number): ZeroStage {
  const stages: readonly ZeroStage[] = [0, 1, 2, 3];
  return stages.find((stage) => stage === value) ?? 0;
}

function dataParallel({ tensor = 1, pipeline = 1, data }: TrainingInput, count = 1): number {
  if (data !== undefined) return data;
  const copies = count / (tensor * pipeline);
  if (copies < 1 && count === 1) return 1;
  if (!Number.isInteger(copies)) {
    throw new UserError(
      `${count} GPUs can't be divided by tensor ${tensor} × pipeline ${pipeline}.`,
    );
  }
  return copies;
}

function baseFormat(method: 'lora' | 'qlora', asked: WeightFormat | undefined): WeightFormat {
  if (asked?.gguf) {
    throw new UserError(
      `${asked.label} is a format for serving. Train adapters on bf16, int8, or nf4.`,
    );
  }
  return asked ?? weightFormat(method === 'qlora' ? 'nf4-dq' : 'bf16');
}
