import { z } from 'zod';
import { apiUsd } from '../../../core/calculators/speed/cost.ts';
import { latencyAssumptions } from '../../../core/calculators/speed/latency-explain.ts';
import { formatNumber, formatPercent, formatUsd } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply, stepsButton, tableOf } from '../card.ts';
import { allSteps, cheapestSet, type Priced, price, USUAL_BUSY } from '../cost.ts';
import { formatGpus } from '../gpu.ts';
import { servingData } from '../memory.ts';
import { readSubject } from '../model.ts';
import {
  CONFIG_OPTIONS,
  gpuOption,
  LENGTH_OPTIONS,
  MODEL_OPTIONS,
  SERVING_OPTIONS,
  sequencesOption,
  stepsOption,
} from '../options.ts';
import { readServing } from '../serving.ts';
import { fitWarnings, readSpeed, yearOption } from '../speed.ts';

const EXAMPLE = 'cost llama-3.3-70b 2x h100 price:3';

const { format, kv, engine, tensor, pipeline, data } = SERVING_OPTIONS;

const usd = (words: string[], what: string) =>
  z.number().min(0.0001).max(100_000).meta({ words }).optional().describe(what);

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  format,
  ...LENGTH_OPTIONS,
  sequences: sequencesOption,
  price: usd(['rent', 'usd'], 'Dollars per GPU-hour, such as 2.5'),
  busy: z
    .number()
    .min(0.001)
    .max(1)
    .meta({ words: ['load'] })
    .default(USUAL_BUSY)
    .describe('GPU utilization: share of the time in use, such as 0.5'),
  'api-input': usd([], 'To compare: API price in dollars per million input tokens'),
  'api-output': usd([], 'To compare: API price in dollars per million output tokens'),
  kv,
  engine,
  year: yearOption,
  tensor,
  pipeline,
  data,
  ...CONFIG_OPTIONS,
  show: stepsOption,
});

export const cost = defineCommand({
  name: 'cost',
  group: 'estimate',
  summary: 'Estimate the cost per million tokens on rented GPUs',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  // The answer is for a million tokens anyway.
  rewrites: [
    [
      /(?<!(?:^|\s)[\d.]+ ?)\b(?:per|for|a|an|of)?\s*(?:1\s?m|1\s?mio|1mm|1 million|a million|million)\s+(?:output\s+)?tok(?:en)?s?\b/i,
      ' ',
    ],
  ],
  elsewhere: { when: /\b(?:pre-?)?train(?:ing)?\b|\bfine-?\s?tun(?:e|ing)\b/i, command: 'train' },
  input,

  async run(given, context) {
    const subject = await readSubject(given, context, EXAMPLE);
    const isOpen = given.gpu === undefined && !context.person.gpu && !context.team.gpu;
    const tokens = given.prompt + given.output;
    const alone = () => readServing(subject, { ...given, context: tokens }, context);
    const gpu = isOpen ? cheapestSet(alone(), context) : given.gpu;
    const speed = readSpeed(subject, { ...given, gpu }, context, EXAMPLE);
    const notes = isOpen
      ? ['No GPU was entered, so this is the cheapest one with a known hourly price.']
      : [];
    const priced = price(speed, given);
    return answer(priced, notes, context);
  },
});

function titleOf({ speed, batch }: Priced, locale: string): string {
  const { serving, request } = speed;
  return `Cost of ${serving.subject.name} in ${request.format.label} on ${formatGpus({ ...serving.cards, count: serving.gpus })}, ${formatNumber(batch, locale)} concurrent ${batch === 1 ? 'request' : 'requests'}`;
}

function answer(priced: Priced, notes: string[], { locale }: Context): Reply {
  const { speed, given, chosen, usdPerGpuHour, values, batch, most } = priced;
  const { serving } = speed;
  const line = serving.subject.values && estimateLine('cost', values);
  const rent = serving.cards.gpu.rent;
  return estimateReply({
    title: titleOf(priced, locale),
    verdict: `${formatUsd(chosen.usdPerMillion, locale)} per million output tokens (prompts included), at ${formatUsd(chosen.usdPerHour, locale)}/hour and ${formatPercent(given.busy, locale)} utilization.`,
    blocks: [batchTable(priced, locale), ...apiBlocks(priced, locale)],
    explained: {
      ...chosen,
      assumptions: [
        `${formatUsd(usdPerGpuHour, locale)} per GPU-hour${given.price === undefined && rent ? ` (${rent.source})` : ''}.`,
        ...chosen.assumptions,
        ...latencyAssumptions({ ...speed.request, batch }),
      ],
      warnings: [
        ...fitWarnings(speed, locale),
        ...(batch > most
          ? [`Only ${most} concurrent ${most === 1 ? 'request' : 'requests'} of this length fit.`]
          : []),
        ...serving.warnings,
      ],
    },
    unit: 'USD',
    show: given.show,
    notes: [...notes, ...serving.notes],
    buttons: serving.subject.values
      ? [
          stepsButton('cost', values),
          {
            label: 'Find cheapest GPUs',
            run: estimateLine('fit', {
              ...serving.subject.values,
              format: values.format,
              want: 'cheapest',
            }),
          },
        ]
      : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      prompt: given.prompt,
      output: given.output,
      sequences: batch,
      usdPerMillionOutputTokens: chosen.usdPerMillion,
      usdPerHour: chosen.usdPerHour,
      usdPerGpuHour,
      tokensPerSecond: chosen.tokensPerSecond,
      busy: given.busy,
      steps: allSteps(priced),
    },
  });
}

function batchTable({ at, batch, most }: Priced, locale: string): Block {
  const counts = [...new Set([1, 8, 32, 128, batch])].filter(
    (each) => each === batch || each <= most,
  );
  return tableOf(
    'By batch size',
    ['Batch size>', 'Tokens/s>', 'Per million tokens>'],
    counts
      .sort((a, b) => a - b)
      .map(at)
      .map(({ sequences, tokensPerSecond, usdPerMillion }) => [
        formatNumber(sequences, locale),
        formatNumber(tokensPerSecond, locale),
        formatUsd(usdPerMillion, locale),
      ]),
  );
}

/** The same requests at the prices of an API. */
function apiBlocks({ given, chosen }: Priced, locale: string): Block[] {
  const { prompt, output, 'api-input': inputPrice, 'api-output': outputPrice } = given;
  if (inputPrice === undefined && outputPrice === undefined) return [];
  const requests = 1000;
  const api = apiUsd({
    requests,
    inputTokens: prompt,
    outputTokens: output,
    prices: { input: inputPrice ?? 0, output: outputPrice ?? 0 },
  });
  const own = (chosen.usdPerMillion * output * requests) / 1e6;
  const cheaper = own < api ? 'The GPUs are' : 'The API is';
  const times = Math.max(own, api) / Math.min(own, api);
  return [
    {
      kind: 'text',
      text: `1,000 of these requests cost ${formatUsd(own, locale)} on these GPUs and ${formatUsd(api, locale)} with the API. ${cheaper} ${formatNumber(times, locale, 1)}× cheaper.`,
    },
  ];
}
