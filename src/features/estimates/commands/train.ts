import { z } from 'zod';
import { peakFlops } from '../../../core/calculators/hardware/gpu.ts';
import { chinchillaOptimal, trainingFlops } from '../../../core/calculators/training/compute.ts';
import {
  explainTrainingRun,
  USUAL_TRAINING_SHARE,
} from '../../../core/calculators/training/run.ts';
import { formatCount, formatNumber, formatSeconds, formatUsd } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Button, LineChart, Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply, formatValue, stepsButton, tableOf } from '../card.ts';
import { type Cards, formatGpus } from '../gpu.ts';
import { CONFIG_OPTIONS, gpuOption, MODEL_OPTIONS, stepsOption } from '../options.ts';
import { flopsRows, type Run, readRun } from '../run.ts';

const EXAMPLE = 'train llama-3.1-8b 15t tokens 1024x h100';

const input = z.object({
  parameters: z
    .string()
    .max(20)
    .meta({ suggests: 'parameters', words: ['params', 'size'] })
    .optional()
    .describe('Model size, such as 7b, instead of a model'),
  ...MODEL_OPTIONS,
  tokens: z
    .string()
    .max(20)
    .meta({ suggests: 'amounts', words: ['token', 'data'] })
    .optional()
    .describe('Training tokens, such as 300b or 15t'),
  gpu: gpuOption,
  utilisation: z
    .number()
    .min(0.01)
    .max(1)
    .meta({ label: 'Utilization', words: ['mfu', 'utilization'] })
    .default(USUAL_TRAINING_SHARE)
    .describe('Model FLOPs utilization (MFU), such as 0.4'),
  price: z
    .number()
    .min(0.0001)
    .max(100_000)
    .meta({ words: ['rent', 'usd'] })
    .optional()
    .describe('Dollars per GPU-hour'),
  sequence: z
    .int()
    .min(1)
    .max(10_000_000)
    .meta({ kind: 'count', words: ['seq', 'seq len', 'sequence length', 'context', 'ctx'] })
    .optional()
    .describe('Tokens per sequence, for the attention scores, such as 8k'),
  ...CONFIG_OPTIONS,
  show: stepsOption,
});

export const train = defineCommand({
  name: 'train',
  group: 'estimate',
  summary: 'Estimate the compute, days, and cost of a training run',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  // No context stands in such a line, so a number before a card counts cards.
  rewrites: [[/\b(\d{3,6}) (?=[a-z]+\d)/i, '$1x ']],
  // Tokens in all and days are of a run; a LoRA without them asks for its memory.
  elsewhere: {
    when: /^(?!.*\b(?:how long|days?|hours?|weeks?|cost|price)\b|.*\d ?[mbt] tokens\b).*(?:^|\s)(?:for[:=])?q?lora\b|(?:^|\s)for[:=]/i,
    command: 'vram',
  },
  input,

  async run(given, context) {
    const asked = await readRun(given, context, EXAMPLE);
    if (!asked.cards) return withoutCards(asked, context);
    return answer(asked, asked.cards, context);
  },
});

const titleOf = ({ name, tokens }: Run, locale: string) =>
  `Training ${name} on ${formatCount(tokens, locale)} tokens`;

function runOf({ parameters, tokens, given, scores }: Run, { gpu, count }: Cards) {
  const price = given.price ?? gpu.rent?.usdPerHour;
  return explainTrainingRun({
    parameters,
    tokens,
    ...(scores ? { attentionFlopsPerToken: scores.flopsPerToken } : {}),
    gpus: count,
    peakFlops: peakFlops(gpu, 'fp16'),
    utilisation: given.utilisation,
    ...(price === undefined ? {} : { usdPerGpuHour: price }),
    ...(gpu.watts === undefined ? {} : { watts: gpu.watts }),
  });
}

function rowsTable(rows: [string, string][]) {
  return tableOf('Training run', ['Metric', 'Value'], rows);
}

function withoutCards(asked: Run, { locale }: Context): Reply {
  const { parameters, tokens, notes, line, scores } = asked;
  const linear = trainingFlops({ parameters, tokens });
  const flops = linear + (scores?.flopsPerToken ?? 0) * tokens;
  return estimateReply({
    title: titleOf(asked, locale),
    verdict: `${formatValue(flops, 'FLOPs', locale)}. For days and cost, add GPUs, like gpu:64xh100.`,
    blocks: [rowsTable(flopsRows(asked, locale))],
    explained: {
      assumptions: [
        `6 operations per parameter and token${scores ? ', and the attention scores' : ''}.`,
      ],
      warnings: [],
    },
    notes,
    buttons: [],
    ...(line ? { line } : {}),
    locale,
    data: { parameters, tokens, flops, best: chinchillaOptimal(linear) },
  });
}

function answer(asked: Run, cards: Cards, { locale }: Context): Reply {
  const { parameters, tokens, notes, line, given, values } = asked;
  const run = runOf(asked, cards);
  const { days, gpuHours, usd, megawattHours, flops } = run;
  const rent = cards.gpu.rent;
  const money = usd === undefined ? '' : `, ${formatUsd(usd, locale)}`;
  return estimateReply({
    title: titleOf(asked, locale),
    verdict: `${formatSeconds(days * 86_400, locale)} on ${formatGpus(cards)}${money}.`,
    blocks: [rowsTable([...usageRows(run, locale), ...flopsRows(asked, locale)])],
    chart: daysChart(asked, cards, locale),
    explained: {
      ...run,
      assumptions: [
        ...run.assumptions,
        ...(given.price === undefined && rent
          ? [`${formatUsd(rent.usdPerHour, locale)} per GPU-hour (${rent.source}).`]
          : []),
      ],
    },
    unit: 'days',
    show: given.show,
    notes,
    buttons: line ? buttonsFor(values) : [],
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

function usageRows(
  { gpuHours, megawattHours }: ReturnType<typeof runOf>,
  locale: string,
): [string, string][] {
  const hours: [string, string] = ['GPU-hours', formatNumber(gpuHours, locale)];
  if (megawattHours === undefined) return [hours];
  return [hours, ['GPU energy', `${formatNumber(megawattHours, locale, 1)} MWh`]];
}

function buttonsFor(values: Run['values']): Button[] {
  const steps: Button = stepsButton('train', values);
  const { model, gpu } = values;
  if (model === undefined) return [steps];
  return [steps, { label: 'Show memory', run: estimateLine('vram', { model, gpu, for: 'train' }) }];
}

/** Days against the number of GPUs. */
function daysChart(asked: Run, cards: Cards, locale: string) {
  const counts = [0.25, 0.5, 1, 2, 4, 8].map((times) =>
    Math.max(1, Math.round(cards.count * times)),
  );
  const gpus = [...new Set(counts)];
  const days = gpus.map((count) => runOf(asked, { ...cards, count }).days);
  const chart: LineChart = {
    shape: 'lines',
    title: `Days by number of GPUs (${cards.name})`,
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
