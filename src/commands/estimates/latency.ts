import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { estimateLine, estimateReply, stepsReply } from '../../bot/estimates/card.ts';
import { formatGpus } from '../../bot/estimates/gpu.ts';
import { servingData } from '../../bot/estimates/memory.ts';
import { readSubject } from '../../bot/estimates/model.ts';
import {
  CONFIG_OPTIONS,
  gpuOption,
  MODEL_OPTIONS,
  SERVING_OPTIONS,
  sequencesOption,
} from '../../bot/estimates/options.ts';
import {
  fitWarnings,
  LENGTH_OPTIONS,
  lengthValues,
  readSpeed,
  type Speed,
} from '../../bot/estimates/speed.ts';
import type { Block, LineChart, Reply } from '../../bot/reply.ts';
import { servingLatency } from '../../core/calculators/speed/latency.ts';
import { explainLatency } from '../../core/calculators/speed/latency-explain.ts';
import { formatNumber, formatSeconds } from '../../core/units.ts';

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
  tensor,
  pipeline,
  data,
  ...CONFIG_OPTIONS,
  show: z.enum(['answer', 'steps']).default('answer').describe('The answer or the steps behind it'),
});

export const latency = defineCommand({
  name: 'latency',
  summary: 'Estimate the time to the first token and the tokens per second',
  example: EXAMPLE,
  visibility: 'public',
  input,

  async run(given, context) {
    const subject = await readSubject(given, context, EXAMPLE);
    const speed = readSpeed(subject, given, context, EXAMPLE);
    const { context: _, ...values } = speed.serving.values;
    const asked = { ...values, ...lengthValues(given) };
    return given.show === 'steps' ? steps(speed, asked, context) : answer(speed, asked, context);
  },
});

type Values = Record<string, string | number | undefined>;

function titleOf({ serving, request }: Speed, locale: string): string {
  const { subject, cards, gpus } = serving;
  const batch = request.batch > 1 ? `, ${formatNumber(request.batch, locale)} at once` : '';
  return `${subject.name} in ${request.format.label} on ${formatGpus({ ...cards, count: gpus })}${batch}`;
}

function steps(speed: Speed, values: Values, { locale }: Context): Reply {
  const { serving, request } = speed;
  return stepsReply({
    title: `Steps: ${titleOf(speed, locale)}`,
    steps: explainLatency(request).steps,
    line: serving.subject.values && estimateLine('latency', values),
    locale,
    data: servingData(serving),
  });
}

function answer(speed: Speed, values: Values, { locale }: Context): Reply {
  const { serving, request } = speed;
  const explained = explainLatency(request);
  const { firstToken, perToken, tokensPerSecond, whole, throughput, boundBy, step } = explained;
  const { promptTokens, outputTokens, batch } = request;
  const line = serving.subject.values && estimateLine('latency', values);
  const rate = formatRate(tokensPerSecond, locale);
  return estimateReply({
    title: titleOf(speed, locale),
    verdict: `First token after ${formatSeconds(firstToken, locale)}, then ${rate} tokens per second: ${formatNumber(outputTokens, locale)} tokens take ${formatSeconds(whole, locale)}.`,
    blocks: [timesTable(speed, explained, locale)],
    chart: batchChart(speed, locale),
    explained: {
      ...explained,
      warnings: [...fitWarnings(speed, locale), ...serving.warnings, ...explained.warnings],
    },
    unit: 's',
    notes: serving.notes,
    buttons: serving.subject.values
      ? [
          {
            label: 'Show the steps',
            run: estimateLine('latency', { ...values, show: 'steps' }),
            style: 'primary',
          },
          { label: 'Its memory', run: estimateLine('vram', serving.values) },
          { label: 'Its cost', run: estimateLine('cost', { ...values, sequences: batch }) },
        ]
      : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      prompt: promptTokens,
      output: outputTokens,
      firstTokenSeconds: firstToken,
      perTokenSeconds: perToken,
      wholeSeconds: whole,
      tokensPerSecond,
      throughput,
      boundBy,
      criticalBatch: explained.criticalBatch,
      breakdown: step,
      steps: explained.steps,
    },
  });
}

const formatRate = (tokensPerSecond: number, locale: string) =>
  formatNumber(tokensPerSecond, locale, tokensPerSecond < 100 ? 1 : 0);

function timesTable(
  { request }: Speed,
  explained: ReturnType<typeof explainLatency>,
  locale: string,
): Block {
  const { firstToken, perToken, tokensPerSecond, whole, throughput, boundBy } = explained;
  return {
    kind: 'table',
    caption: 'Times',
    columns: [{ label: 'What' }, { label: 'Value', align: 'right' }],
    rows: [
      [
        `First token of a ${formatNumber(request.promptTokens, locale)} token prompt`,
        formatSeconds(firstToken, locale),
      ],
      ['Each further token', formatSeconds(perToken, locale)],
      [`All ${formatNumber(request.outputTokens, locale)} tokens`, formatSeconds(whole, locale)],
      ['Tokens per second, each', formatRate(tokensPerSecond, locale)],
      ['Tokens per second, together', formatNumber(throughput, locale)],
      ['A step waits for', boundBy === 'memory' ? 'memory traffic' : 'arithmetic'],
      ['Batch where arithmetic takes over', formatNumber(explained.criticalBatch, locale)],
    ],
  };
}

const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128];

/** What each and what all get as more sequences share the cards. */
function batchChart({ request }: Speed, locale: string) {
  const speeds = BATCHES.map((batch) => servingLatency({ ...request, batch }));
  const chart: LineChart = {
    shape: 'lines',
    title: 'Tokens per second by sequences at once',
    unit: 'tokens/s',
    x: { label: 'Sequences', values: BATCHES, logarithmic: true },
    series: [
      { label: 'Together', values: speeds.map(({ throughput }) => throughput) },
      { label: 'Each', values: speeds.map(({ tokensPerSecond }) => tokensPerSecond) },
    ],
  };
  const said = [0, 3, 5, 7].map((index) => {
    const speed = speeds[index];
    return `${BATCHES[index]} at once ${formatNumber(speed?.throughput ?? 0, locale)} together and ${formatNumber(speed?.tokensPerSecond ?? 0, locale, 1)} each`;
  });
  return { chart, alt: `${chart.title}: ${said.join('; ')}.` };
}
