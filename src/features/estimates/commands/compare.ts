import { z } from 'zod';
import { formatNumber, formatUsd } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply } from '../card.ts';
import {
  compareChart,
  compareRows,
  hasSeveralGpus,
  makeSide,
  sideData,
  sideNames,
} from '../compare.ts';
import { compareVerdict } from '../compare-verdict.ts';
import { type Cards, readCards } from '../gpu.ts';
import { findSubject, readSubject } from '../model.ts';
import {
  contextOption,
  formatOption,
  gpuOption,
  kvOption,
  MODEL_OPTIONS,
  SERVING_OPTIONS,
  sequencesOption,
} from '../options.ts';
import { readServing, type Serving } from '../serving.ts';

const EXAMPLE = 'compare llama-3.1-8b qwen3-8b 4090';

const input = z.object({
  ...MODEL_OPTIONS,
  'other-model': z
    .string()
    .max(120)
    .meta({ suggests: 'models', inForm: true })
    .optional()
    .describe('Second model'),
  gpu: gpuOption,
  'other-gpu': z
    .string()
    .max(80)
    .meta({ label: 'Other GPU', suggests: 'gpus', inForm: true })
    .optional()
    .describe('Second set of GPUs'),
  format: formatOption,
  'other-format': z
    .string()
    .max(40)
    .meta({ suggests: 'formats' })
    .optional()
    .describe('Second number format'),
  context: contextOption,
  sequences: sequencesOption,
  kv: kvOption,
  engine: SERVING_OPTIONS.engine,
});

type Input = z.output<typeof input>;

export const compare = defineCommand({
  name: 'compare',
  group: 'estimate',
  summary: 'Compare two models, GPUs, or number formats',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  input,

  async run(given, context) {
    const isTwo = given['other-model'] ?? given['other-gpu'] ?? given['other-format'];
    if (isTwo === undefined) {
      throw new UserError(
        [
          'Compare with what? Enter two models, GPUs, or formats, like ',
          { command: EXAMPLE },
          ' or ',
          { command: 'compare llama-3.1-8b 4090 5090' },
          '.',
        ],
        { option: 'other-model' },
      );
    }
    if (given.model === undefined && given.gpu !== undefined && given['other-gpu'] !== undefined) {
      return compareCards(
        [readCards(given.gpu, context), readCards(given['other-gpu'], context)],
        context,
      );
    }
    return compareServing(given, context);
  },
});

async function compareServing(given: Input, context: Context): Promise<Reply> {
  const { locale } = context;
  const subject = await readSubject({ model: given.model }, context, EXAMPLE);
  const other = (await findSubject({ model: given['other-model'] }, context)) ?? subject;
  const one = readServing(subject, given, context);
  const two = readServing(
    other,
    {
      ...given,
      gpu: given['other-gpu'] ?? given.gpu,
      format: given['other-format'] ?? given.format,
    },
    context,
  );
  const sides = [
    makeSide(one, context.catalog.latency),
    makeSide(two, context.catalog.latency),
  ] as const;
  const names = sideNames(sides);
  if (names[0] === names[1])
    throw new UserError(['Both sides are the same. Try ', { command: EXAMPLE }, '.'], {
      option: 'other-model',
    });
  const line = lineOf(one, two, given);
  return estimateReply({
    title: `${names[0]} vs. ${names[1]}`,
    verdict: compareVerdict(sides, names, locale),
    blocks: [
      {
        kind: 'table',
        caption: `At ${formatNumber(one.request.tokens, locale)} tokens${one.request.sequences > 1 ? `, ${one.request.sequences} concurrent requests` : ''}${hasSeveralGpus(sides) ? ', memory of the fullest GPU' : ''}`,
        columns: [
          { label: 'Metric' },
          ...names.map((label) => ({ label, align: 'right' as const })),
        ],
        rows: compareRows(sides, locale),
      },
    ],
    chart: compareChart(sides, locale),
    explained: {
      assumptions: [`Speed as of engines of ${context.catalog.latency.year}.`],
      warnings: [...new Set([...one.warnings, ...two.warnings])],
    },
    notes: [...one.notes, ...two.notes],
    buttons: [
      { label: buttonLabel('Show', names[0], 'first side'), run: estimateLine('vram', one.values) },
      {
        label: buttonLabel('Show', names[1], 'second side'),
        run: estimateLine('vram', two.values),
      },
    ],
    line,
    locale,
    data: { sides: sides.map(sideData) },
  });
}

/** What the sides have in common is written once. */
function lineOf(one: Serving, two: Serving, given: Input): string {
  const unlike = <T>(other: T, first: T) => (other === first ? undefined : other);
  return estimateLine('compare', {
    ...one.subject.values,
    'other-model': unlike(two.subject.model?.id, one.subject.model?.id),
    gpu: one.cards?.id,
    'other-gpu': unlike(two.cards?.id, one.cards?.id),
    format: one.values.format,
    'other-format': unlike(two.values.format, one.values.format),
    context: given.context,
    sequences: given.sequences,
    kv: one.values.kv,
    engine: one.values.engine,
  });
}

const MAX_LABEL = 24;

/** A button's label with the name of a side, or with the side where the name is too long. */
function buttonLabel(verb: string, name: string, side: string): string {
  const label = `${verb} ${name}`;
  return label.length > MAX_LABEL ? `${verb} the ${side}` : label;
}

/** Two GPUs without a model. */
function compareCards([a, b]: readonly [Cards, Cards], { locale }: Context): Reply {
  const all = (cards: Cards, value: number) => formatNumber(value * cards.count, locale);
  const rows: [string, (cards: Cards) => string][] = [
    ['Memory, GiB', (cards) => all(cards, cards.gpu.memoryGiB)],
    ['Bandwidth, GB/s', (cards) => (cards.isAnonymous ? '' : all(cards, cards.gpu.bandwidthGBps))],
    ['16-bit TFLOP/s', (cards) => (cards.isAnonymous ? '' : all(cards, cards.gpu.tflops.fp16))],
    [
      'FP8 TFLOP/s',
      ({ gpu, count }) => (gpu.tflops.fp8 ? formatNumber(gpu.tflops.fp8 * count, locale) : ''),
    ],
    ['Power, W', ({ gpu, count }) => (gpu.watts ? formatNumber(gpu.watts * count, locale) : '')],
    [
      'Price per hour',
      ({ gpu, count }) => (gpu.rent ? formatUsd(gpu.rent.usdPerHour * count, locale) : ''),
    ],
  ];
  const names = [a, b].map(({ count, name }) => (count > 1 ? `${count} × ${name}` : name));
  const faster = a.gpu.bandwidthGBps * a.count >= b.gpu.bandwidthGBps * b.count ? 0 : 1;
  const times =
    ((faster === 0 ? a : b).gpu.bandwidthGBps * (faster === 0 ? a : b).count) /
    ((faster === 0 ? b : a).gpu.bandwidthGBps * (faster === 0 ? b : a).count);
  return estimateReply({
    title: `${names[0]} vs. ${names[1]}`,
    verdict:
      a.isAnonymous || b.isAnonymous
        ? 'Only memory can be compared.'
        : `${names[faster]} moves ${formatNumber(times, locale, 2)}× as many bytes per second, which sets the decoding speed.`,
    blocks: [
      {
        kind: 'table',
        caption: 'GPUs',
        columns: [
          { label: 'Metric' },
          ...names.map((label) => ({ label, align: 'right' as const })),
        ],
        rows: rows
          .map(([label, of]) => [label, of(a), of(b)])
          .filter(([, one, other]) => one !== '' || other !== ''),
      },
    ],
    explained: { assumptions: ['Dense peaks, summed over all GPUs of a side.'], warnings: [] },
    notes: [...a.notes, ...b.notes],
    buttons: [a, b].map(({ id, name }, index) => ({
      label: buttonLabel('Fit on', name, index === 0 ? 'first side' : 'second side'),
      run: estimateLine('fit', { gpu: id }),
    })),
    line: estimateLine('compare', { gpu: a.id, 'other-gpu': b.id }),
    locale,
    data: { gpus: [a, b].map(({ gpu, count }) => ({ ...gpu, count })) },
  });
}
