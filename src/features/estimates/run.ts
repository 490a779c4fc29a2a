import { peakFlops } from '../../core/calculators/hardware/gpu.ts';
import type { Model } from '../../core/calculators/models/model-schema.ts';
import type { ModelShape } from '../../core/calculators/models/model-shape.ts';
import { countParameters } from '../../core/calculators/models/parameters.ts';
import { shortGpuName } from '../../core/calculators/names/gpu-names.ts';
import {
  attentionFlopsPerToken,
  chinchillaLoss,
  chinchillaOptimal,
  TOKENS_PER_PARAMETER,
  trainingFlops,
} from '../../core/calculators/training/compute.ts';
import { USUAL_TRAINING_SHARE } from '../../core/calculators/training/run.ts';
import { formatCount, formatNumber, formatPercent, parseCount } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { estimateLine, formatValue } from './card.ts';
import { type Cards, findCards } from './gpu.ts';
import { findSubject, type SubjectInput } from './model.ts';
import { namelessGpu } from './speed.ts';

/** Options of a training run as the command receives them. */
export type RunInput = SubjectInput & {
  parameters?: string | undefined;
  tokens?: string | undefined;
  gpu?: string | undefined;
  utilisation: number;
  price?: number | undefined;
  sequence?: number | undefined;
  show?: string | undefined;
};

/** A training run with everything filled in that was left open. */
export type Run = {
  name: string;
  parameters: number;
  tokens: number;
  /** Absent when only a size was told. */
  shape?: ModelShape;
  /** Tokens of a sequence, and the arithmetic of a token's attention scores; absent without a shape. */
  scores?: { sequence: number; flopsPerToken: number };
  cards: Cards | undefined;
  given: RunInput;
  notes: string[];
  line: string | undefined;
  values: Record<string, string | number | undefined>;
};

/** Above this no run is meant. */
const MOST = 1e18;

function amount(text: string, what: string): number {
  const value = parseCount(text.replace(/\s*tokens?$/i, ''));
  if (value !== undefined && value >= 1 && value <= MOST) return value;
  throw new UserError(
    `"${text.slice(0, 40)}" isn't a number of ${what}. Enter it like 7b, 300b, or 15t.`,
  );
}

/**
 * What is to be trained, on how many tokens and on what.
 *
 * @throws UserError when neither a model nor a size is named.
 */
export async function readRun(given: RunInput, context: Context, example: string): Promise<Run> {
  const subject = await findSubject(given, context);
  if (!subject && given.parameters === undefined)
    throw new UserError(['Which model, or what size? Try ', { command: example }, '.'], {
      option: 'model',
    });
  if (subject && given.parameters !== undefined)
    throw new UserError('Enter a model or a size, not both.', { option: 'parameters' });
  const parameters = subject
    ? countParameters(subject.shape).active
    : amount(given.parameters ?? '', 'parameters');
  const tokens =
    given.tokens === undefined ? TOKENS_PER_PARAMETER * parameters : amount(given.tokens, 'tokens');
  const cards = findCards(given.gpu, context);
  if (cards?.isAnonymous) throw new UserError(namelessGpu(example));
  const values = {
    ...(subject?.values ?? { parameters: given.parameters }),
    tokens: given.tokens?.replaceAll(/\s+/g, '').replace(/tokens?$/i, ''),
    gpu: cards?.id,
    utilisation: given.utilisation === USUAL_TRAINING_SHARE ? undefined : given.utilisation,
    price: given.price,
    sequence: given.sequence,
  };
  const isRepeatable = subject === undefined || subject.values !== undefined;
  return {
    name: subject?.name ?? sizedModel(formatCount(parameters, context.locale)),
    parameters,
    tokens,
    ...(subject ? { shape: subject.shape, scores: scoresOf(subject.shape, given.sequence) } : {}),
    cards,
    given,
    notes: [
      ...(subject?.notes ?? []),
      ...(cards?.notes ?? []),
      ...trainedNotes(subject?.model, context),
      ...(given.tokens === undefined
        ? [`${TOKENS_PER_PARAMETER} tokens per parameter, since you didn't enter an amount.`]
        : []),
      ...(subject && countParameters(subject.shape).active < countParameters(subject.shape).total
        ? [`Only the ${formatCount(parameters, context.locale)} active parameters count.`]
        : []),
    ],
    line: isRepeatable ? estimateLine('train', values) : undefined,
    values,
  };
}

/** What the makers of a model report beside what is computed here, and why it is more. */
function trainedNotes(model: Model | undefined, { catalog, locale }: Context): string[] {
  const { trained, shape } = model ?? {};
  const gpu = catalog.gpus.find(({ id }) => id === trained?.gpu);
  if (!trained || !shape || !gpu) return [];
  const { gpuHours, tokens, by } = trained;
  const flops = trainingFlops({ parameters: countParameters(shape).active, tokens });
  const used = flops / (gpuHours * 3600 * peakFlops(gpu, 'fp16'));
  return [
    `${by} reports ${formatNumber(gpuHours, locale)} GPU-hours on ${shortGpuName(gpu)} for about ${formatCount(tokens, locale)} tokens: ${formatPercent(used, locale)} utilization.`,
    'Reported hours are all GPU time of the model, not only the math of pretraining.',
  ];
}

/** Tokens of a training sequence when none are told, as many models were pre-trained. */
const SEQUENCE = 4096;

/** The attention scores of a token, which the rule of six leaves out. */
function scoresOf(shape: ModelShape, asked: number | undefined): NonNullable<Run['scores']> {
  const sequence = asked ?? Math.min(SEQUENCE, shape.maxContext);
  return { sequence, flopsPerToken: attentionFlopsPerToken(shape, sequence) };
}

/** What is known without knowing on what it runs. */
export function flopsRows({ parameters, tokens, scores }: Run, locale: string): [string, string][] {
  const flops = trainingFlops({ parameters, tokens });
  const best = chinchillaOptimal(flops);
  const attention = (scores?.flopsPerToken ?? 0) * tokens;
  return [
    ['Compute', formatValue(flops + attention, 'FLOPs', locale)],
    ...(scores && attention > 0
      ? [
          [
            `Of these, attention scores at ${formatNumber(scores.sequence, locale)} tokens`,
            formatPercent(attention / (flops + attention), locale, 1),
          ] as [string, string],
        ]
      : []),
    ['Tokens per parameter', formatNumber(tokens / parameters, locale, 1)],
    [
      'Chinchilla-optimal',
      `${formatCount(best.parameters, locale)} parameters, ${formatCount(best.tokens, locale)} tokens`,
    ],
    ['Chinchilla loss', formatNumber(chinchillaLoss(parameters, tokens, 'epoch'), locale, 2)],
  ];
}

/** `a 13.0B model`, `an 8.0B model`. */
const sizedModel = (size: string) => `${/^(?:8|1[18]\D)/.test(size) ? 'an' : 'a'} ${size} model`;
