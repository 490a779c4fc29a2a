import { z } from 'zod';
import { servingLatency } from '../../../core/calculators/speed/latency.ts';
import {
  explainLatency,
  type LatencyBands,
} from '../../../core/calculators/speed/latency-explain.ts';
import { formatNumber, formatSeconds } from '../../../core/units.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { estimateLine, estimateReply, formatRange, stepsButton, tableOf } from '../card.ts';
import { findCards, formatGpus } from '../gpu.ts';
import { servingData } from '../memory.ts';
import { readSubject } from '../model.ts';
import {
  CONFIG_OPTIONS,
  gpuOption,
  imagesOption,
  LENGTH_OPTIONS,
  layersOption,
  MODEL_OPTIONS,
  SERVING_OPTIONS,
  sequencesOption,
  stepsOption,
} from '../options.ts';
import { placementData } from '../placed.ts';
import { fitWarnings, lengthValues, readSpeed, type Speed, yearOption } from '../speed.ts';

const EXAMPLE = 'latency llama-3.1-8b 4090 prompt:2k output:500';

const { format, kv, engine, tensor, pipeline, data } = SERVING_OPTIONS;

const input = z.object({
  ...MODEL_OPTIONS,
  gpu: gpuOption,
  format,
  ...LENGTH_OPTIONS,
  sequences: sequencesOption,
  kv,
  engine,
  year: yearOption,
  tensor,
  pipeline,
  data,
  layers: layersOption,
  images: imagesOption,
  ...CONFIG_OPTIONS,
  show: stepsOption,
});

export const latency = defineCommand({
  name: 'latency',
  group: 'estimate',
  summary: 'Estimate time to first token and tokens per second',
  example: EXAMPLE,
  visibility: 'private',
  onlyShows: true,
  formWhenEmpty: true,
  mayBePosted: true,
  // llama-bench calls its tests `pp512` and `tg128`.
  rewrites: [
    [/\bpp ?(\d{3,})\b/i, 'prompt:$1'],
    [/\btg ?(\d{2,})\b/i, 'output:$1'],
  ],
  input,

  async run(given, context) {
    const lacksModel = (given.model ?? given.config ?? given.file) === undefined;
    if (lacksModel && !findCards(given.gpu, context))
      throw new UserError(['Which model, and on which GPU? Try ', { command: EXAMPLE }, '.'], {
        option: 'model',
      });
    const subject = await readSubject(given, context, EXAMPLE);
    const speed = readSpeed(subject, given, context, EXAMPLE);
    const { context: _, ...values } = speed.serving.values;
    const asked = { ...values, ...lengthValues(given), year: given.year };
    return answer(speed, asked, { locale: context.locale, show: given.show });
  },
});

type Explained = ReturnType<typeof explainLatency>;
type Values = Record<string, string | number | undefined>;

function titleOf({ serving, request }: Speed, locale: string): string {
  const { subject, cards, gpus } = serving;
  const batch =
    request.batch > 1 ? `, ${formatNumber(request.batch, locale)} concurrent requests` : '';
  return `${subject.name} in ${request.format.label} on ${formatGpus({ ...cards, count: gpus })}${batch}`;
}

function answer(
  speed: Speed,
  values: Values,
  { locale, show }: Pick<Context, 'locale'> & { show: string },
): Reply {
  const { serving, request } = speed;
  const explained = explainLatency(request);
  const { firstToken, perToken, tokensPerSecond, whole, step } = explained;
  const { promptTokens, outputTokens, batch } = request;
  const line = serving.subject.values && estimateLine('latency', values);
  return estimateReply({
    title: titleOf(speed, locale),
    verdict: verdictOf(speed, explained, locale),
    blocks: [
      { kind: 'note', text: `Tokens per second: ${explained.band.why}.` },
      ...batchCharts(speed, locale),
    ],
    details: [timesTable(speed, explained, locale)],
    explained: {
      assumptions: explained.assumptions,
      warnings: [...fitWarnings(speed, locale), ...serving.warnings, ...explained.warnings],
    },
    notes: serving.notes,
    show,
    buttons: serving.subject.values
      ? [
          stepsButton('latency', values),
          { label: 'Show memory', run: estimateLine('vram', serving.values) },
          // A cost is of what the GPUs hold.
          ...((values['layers'] ?? values['images']) === undefined
            ? [{ label: 'Show cost', run: estimateLine('cost', { ...values, sequences: batch }) }]
            : []),
        ]
      : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      ...(request.placement ? placementData(request.placement) : {}),
      prompt: promptTokens,
      output: outputTokens,
      engineFamily: request.engine ?? 'server',
      year: request.year ?? request.facts.year,
      firstTokenSeconds: firstToken,
      allFirstTokensSeconds: explained.firstTokenOfAll,
      perTokenSeconds: perToken,
      wholeSeconds: whole,
      tokensPerSecond,
      promptTokensPerSecond: explained.promptRate,
      throughput: explained.throughput,
      band: explained.band,
      bands: explained.bands,
      boundBy: explained.boundBy,
      criticalBatch: explained.criticalBatch,
      breakdown: step,
      steps: explained.steps,
    },
  });
}

/** `54.7 tokens/s (43.7–68.3) · first token 280 ms (114–686 ms) after …`. */
function verdictOf(speed: Speed, explained: Explained, locale: string): string {
  const { promptTokens, outputTokens } = speed.request;
  const seconds = (value: number) => formatSeconds(value, locale);
  const rate = (value: number) => formatRate(value, locale);
  const rangeOf = (figure: keyof LatencyBands, format: (value: number) => string) => {
    const { low, high } = explained.bands[figure];
    return `(${formatRange(format(low), format(high))})`;
  };
  const tokens = (count: number) => formatNumber(count, locale);
  return [
    `${rate(explained.tokensPerSecond)} tokens/s ${rangeOf('tokensPerSecond', rate)}${inAll(speed, explained, locale)}`,
    `first token ${seconds(explained.firstToken)} ${rangeOf('firstToken', seconds)} after a ${tokens(promptTokens)}-token prompt`,
    `${tokens(outputTokens)} tokens in ${seconds(explained.whole)}, limited by ${bottleneck(explained)}`,
  ].join(' · ');
}

/** What all requests get together, and each GPU's part of it. */
function inAll({ serving, request }: Speed, { throughput }: Explained, locale: string): string {
  if (request.batch === 1) return '';
  const { gpus } = serving;
  const each = gpus > 1 ? ` (${formatRate(throughput / gpus, locale)} per GPU)` : '';
  return ` for each request, ${formatRate(throughput, locale)} in total${each}`;
}

const formatRate = (tokensPerSecond: number, locale: string) =>
  formatNumber(tokensPerSecond, locale, tokensPerSecond < 100 ? 1 : 0);

/** Every time with the range in which measured ones lie. */
function timesTable({ request }: Speed, explained: Explained, locale: string): Block {
  const { bands } = explained;
  const seconds = (value: number) => formatSeconds(value, locale);
  const rate = (value: number) => formatRate(value, locale);
  const row = (label: string, figure: keyof LatencyBands, format: (value: number) => string) => {
    const { low, high } = bands[figure];
    return [label, format(explained[figure]), `${format(low)} to ${format(high)}`];
  };
  const { promptTokens, outputTokens, batch } = request;
  return tableOf(
    'Times',
    ['Metric', 'Value>', 'Likely range>'],
    [
      row(
        `First token (${formatNumber(promptTokens, locale)}-token prompt)`,
        'firstToken',
        seconds,
      ),
      ...(batch > 1
        ? [
            [
              `First tokens of all ${formatNumber(batch, locale)}`,
              seconds(explained.firstTokenOfAll),
              '',
            ],
          ]
        : []),
      row('Each additional token', 'perToken', seconds),
      row(`All ${formatNumber(outputTokens, locale)} tokens`, 'whole', seconds),
      row('Prompt tokens per second', 'promptRate', rate),
      row('Tokens per second, per request', 'tokensPerSecond', rate),
      row('Tokens per second, total', 'throughput', rate),
      ['Bottleneck', bottleneck(explained), ''],
      ['Compute-bound from batch size', formatNumber(explained.criticalBatch, locale), ''],
    ],
  );
}

/** What takes most of a step. */
function bottleneck({ step, boundBy }: Explained): string {
  const { layers, communication, server } = step;
  const rest = layers + communication + server;
  if (rest <= Math.max(step.memory, step.compute))
    return boundBy === 'memory' ? 'memory bandwidth' : 'compute';
  return communication > layers + server ? 'GPU-to-GPU traffic' : 'engine overhead';
}

const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128];

/** Tokens per second by batch size, per request and in total: on one scale the former would be flat. */
function batchCharts({ request }: Speed, locale: string): Block[] {
  const speeds = BATCHES.map((batch) => servingLatency({ ...request, batch }));
  const panel = (label: string, values: number[]): Block => {
    const said = [0, 3, 5, 7].map(
      (at) => `batch size ${BATCHES[at]} ${formatRate(values[at] ?? 0, locale)}`,
    );
    const title = `Tokens per second, ${label.toLowerCase()}`;
    return {
      kind: 'chart',
      chart: {
        shape: 'lines',
        title,
        unit: 'tokens/s',
        x: { label: 'Batch size', values: BATCHES, logarithmic: true },
        series: [{ label, values }],
      },
      alt: `${title}: ${said.join(', ')}.`,
    };
  };
  return [
    panel(
      'Per request',
      speeds.map(({ tokensPerSecond }) => tokensPerSecond),
    ),
    panel(
      'Total',
      speeds.map(({ throughput }) => throughput),
    ),
  ];
}
