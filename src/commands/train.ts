import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.ts';
import { UserError } from '../bot/errors.ts';
import { estimateLine, estimateReply, formatValue, stepsReply } from '../bot/estimate-card.ts';
import { type Cards, cardsInWords, findCards } from '../bot/estimate-gpu.ts';
import { findSubject } from '../bot/estimate-model.ts';
import { CONFIG_OPTIONS, gpuOption, MODEL_OPTIONS } from '../bot/estimate-options.ts';
import type { LineChart, Reply } from '../bot/reply.ts';
import { peakFlops } from '../core/calculators/gpu.ts';
import { countParameters } from '../core/calculators/parameters.ts';
import {
  chinchillaLoss,
  chinchillaOptimal,
  TOKENS_PER_PARAMETER,
  trainingFlops,
} from '../core/calculators/training-compute.ts';
import { explainTrainingRun } from '../core/calculators/training-run.ts';
import { formatCount, formatNumber, formatSeconds, formatUsd, parseCount } from '../core/units.ts';

const EXAMPLE = 'train llama-3.1-8b 15t tokens 1024x h100';

const input = z.object({
  parameters: z
    .string()
    .max(20)
    .meta({ suggests: 'parameters', words: ['params', 'size'] })
    .optional()
    .describe('Size of the model, such as 7b, instead of a model'),
  ...MODEL_OPTIONS,
  tokens: z
    .string()
    .max(20)
    .meta({ suggests: 'amounts', words: ['token', 'data'] })
    .optional()
    .describe('Tokens of the data, such as 300b or 15t'),
  gpu: gpuOption,
  utilisation: z
    .number()
    .min(0.01)
    .max(1)
    .meta({ words: ['mfu', 'utilization'] })
    .default(0.4)
    .describe('Share of the dense peak that does useful work, such as 0.4'),
  price: z
    .number()
    .min(0.0001)
    .max(100_000)
    .meta({ words: ['rent', 'usd'] })
    .optional()
    .describe('Dollars of one GPU hour'),
  ...CONFIG_OPTIONS,
  show: z.enum(['answer', 'steps']).default('answer').describe('The answer or the steps behind it'),
});

type Input = z.output<typeof input>;

export const train = defineCommand({
  name: 'train',
  summary: 'Estimate the arithmetic, the days and the cost of a training run',
  example: EXAMPLE,
  visibility: 'public',
  input,

  async run(given, context) {
    const asked = await readRun(given, context);
    if (!asked.cards) return withoutCards(asked, context);
    return given.show === 'steps'
      ? steps(asked, asked.cards, context)
      : answer(asked, asked.cards, context);
  },
});

type Asked = {
  name: string;
  parameters: number;
  tokens: number;
  cards: Cards | undefined;
  given: Input;
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
    `"${text.slice(0, 40)}" is no number of ${what}. Write it like 7b, 300b or 15t.`,
  );
}

async function readRun(given: Input, context: Context): Promise<Asked> {
  const subject = await findSubject(given, context);
  if (!subject && given.parameters === undefined)
    throw new UserError(`Which model, or of what size? Try: ${EXAMPLE}`);
  if (subject && given.parameters !== undefined)
    throw new UserError('That is a model and a size. Give only one of them.');
  const parameters = subject
    ? countParameters(subject.shape).active
    : amount(given.parameters ?? '', 'parameters');
  const tokens =
    given.tokens === undefined ? TOKENS_PER_PARAMETER * parameters : amount(given.tokens, 'tokens');
  const cards = findCards(given.gpu, context);
  if (cards?.isAnonymous)
    throw new UserError(`Speed needs the card's name, not only its memory. Try: ${EXAMPLE}`);
  const values = {
    ...(subject?.values ?? { parameters: given.parameters }),
    tokens: given.tokens?.replaceAll(/\s+/g, '').replace(/tokens?$/i, ''),
    gpu: cards?.id,
    utilisation: given.utilisation === 0.4 ? undefined : given.utilisation,
    price: given.price,
  };
  const isRepeatable = subject === undefined || subject.values !== undefined;
  return {
    name: subject?.name ?? `a model of ${formatCount(parameters, context.locale)} parameters`,
    parameters,
    tokens,
    cards,
    given,
    notes: [
      ...(subject?.notes ?? []),
      ...(cards?.notes ?? []),
      ...(given.tokens === undefined
        ? ['20 tokens for each parameter, as no data was named.']
        : []),
      ...(subject && countParameters(subject.shape).active < countParameters(subject.shape).total
        ? [`${formatCount(parameters, context.locale)} active parameters count.`]
        : []),
    ],
    line: isRepeatable ? estimateLine('train', values) : undefined,
    values,
  };
}

const titleOf = ({ name, tokens }: Asked, locale: string) =>
  `Training ${name} on ${formatCount(tokens, locale)} tokens`;

function runOf({ parameters, tokens, given }: Asked, { gpu, count }: Cards) {
  const price = given.price ?? gpu.rent?.usdPerHour;
  return explainTrainingRun({
    parameters,
    tokens,
    gpus: count,
    peakFlops: peakFlops(gpu, 'fp16'),
    utilisation: given.utilisation,
    ...(price === undefined ? {} : { usdPerGpuHour: price }),
    ...(gpu.watts === undefined ? {} : { watts: gpu.watts }),
  });
}

function steps(asked: Asked, cards: Cards, { locale }: Context): Reply {
  return stepsReply({
    title: `Steps: ${titleOf(asked, locale)}`,
    steps: runOf(asked, cards).steps,
    line: asked.line,
    locale,
    data: { parameters: asked.parameters, tokens: asked.tokens },
  });
}

/** What is known without knowing on what it runs. */
function flopsRows({ parameters, tokens }: Asked, locale: string): [string, string][] {
  const flops = trainingFlops({ parameters, tokens });
  const best = chinchillaOptimal(flops);
  return [
    ['Arithmetic', formatValue(flops, 'FLOPs', locale)],
    ['Tokens for each parameter', formatNumber(tokens / parameters, locale, 1)],
    [
      'Best use of it by Chinchilla',
      `${formatCount(best.parameters, locale)} parameters, ${formatCount(best.tokens, locale)} tokens`,
    ],
    [
      "Loss by Chinchilla's law",
      formatNumber(chinchillaLoss(parameters, tokens, 'epoch'), locale, 2),
    ],
  ];
}

function rowsTable(rows: [string, string][]) {
  return {
    kind: 'table' as const,
    caption: 'The run',
    columns: [{ label: 'What' }, { label: 'Value' }],
    rows,
  };
}

function withoutCards(asked: Asked, { locale }: Context): Reply {
  const { parameters, tokens, notes, line } = asked;
  const flops = trainingFlops({ parameters, tokens });
  return estimateReply({
    title: titleOf(asked, locale),
    verdict: `${formatValue(flops, 'FLOPs', locale)}. Name the GPUs for days and dollars, such as gpu:64xh100.`,
    blocks: [rowsTable(flopsRows(asked, locale))],
    explained: { assumptions: ['6 operations for each parameter and token.'], warnings: [] },
    notes,
    buttons: [],
    ...(line ? { line } : {}),
    locale,
    data: { parameters, tokens, flops, best: chinchillaOptimal(flops) },
  });
}

function answer(asked: Asked, cards: Cards, { locale }: Context): Reply {
  const { parameters, tokens, notes, line, given, values } = asked;
  const run = runOf(asked, cards);
  const { days, gpuHours, usd, megawattHours, flops } = run;
  const rent = cards.gpu.rent;
  const money = usd === undefined ? '' : `, ${formatUsd(usd, locale)}`;
  return estimateReply({
    title: titleOf(asked, locale),
    verdict: `${formatSeconds(days * 86_400, locale)} on ${cardsInWords(cards)}${money}.`,
    blocks: [
      rowsTable([
        ['GPU hours', formatNumber(gpuHours, locale)],
        ...(megawattHours === undefined
          ? []
          : [
              ['Energy of the cards', `${formatNumber(megawattHours, locale, 1)} MWh`] as [
                string,
                string,
              ],
            ]),
        ...flopsRows(asked, locale),
      ]),
    ],
    chart: daysChart(asked, cards, locale),
    explained: {
      ...run,
      assumptions: [
        ...run.assumptions,
        ...(given.price === undefined && rent
          ? [`${formatUsd(rent.usdPerHour, locale)} for a GPU hour: ${rent.source}.`]
          : []),
      ],
    },
    unit: 'days',
    notes,
    buttons: line
      ? [
          {
            label: 'Show the steps',
            run: estimateLine('train', { ...values, show: 'steps' }),
            style: 'primary',
          },
          ...(values['model'] === undefined
            ? []
            : [
                {
                  label: 'Its memory',
                  run: estimateLine('vram', {
                    model: values['model'],
                    gpu: values['gpu'],
                    for: 'train',
                  }),
                },
              ]),
        ]
      : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      parameters,
      tokens,
      gpu: cards.gpu.id,
      gpus: cards.count,
      flops,
      days,
      gpuHours,
      usd: usd ?? null,
      megawattHours: megawattHours ?? null,
      tokensPerParameter: run.tokensPerParameter,
      best: run.best,
      steps: run.steps,
    },
  });
}

/** Days against the number of GPUs. */
function daysChart(asked: Asked, cards: Cards, locale: string) {
  const counts = [0.25, 0.5, 1, 2, 4, 8].map((times) =>
    Math.max(1, Math.round(cards.count * times)),
  );
  const gpus = [...new Set(counts)];
  const days = gpus.map((count) => runOf(asked, { ...cards, count }).days);
  const chart: LineChart = {
    shape: 'lines',
    title: `Days by number of ${cards.name}`,
    unit: 'days',
    x: { label: 'GPUs', values: gpus, logarithmic: true },
    series: [{ label: 'Days', values: days }],
  };
  const said = gpus.map(
    (count, index) =>
      `${formatNumber(count, locale)} GPUs ${formatSeconds((days[index] ?? 0) * 86_400, locale)}`,
  );
  return { chart, alt: `${chart.title}: ${said.join(', ')}.` };
}
