import type { Latency } from '../../core/calculators/speed/latency.ts';
import { latencyAssumptions, latencyBands } from '../../core/calculators/speed/latency-explain.ts';
import type { LatencyRequest } from '../../core/calculators/speed/passes.ts';
import { type Layout, type Plan, planServing } from '../../core/calculators/speed/plan.ts';
import { formatGiB, formatNumber, formatSeconds, formatUsd } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import { estimateLine, estimateReply, tableOf } from './card.ts';
import { type Cards, formatGpus } from './gpu.ts';
import { servingData } from './memory.ts';
import type { Serving } from './serving.ts';
import { recalledNotes } from './speed.ts';

/** What a plan has to do. */
export type PlanAsked = {
  serving: Serving & { cards: Cards };
  concurrent: number;
  rate: number;
  output: number;
  mostGpus?: number;
  year?: number | undefined;
  values: Record<string, string | number | undefined>;
};

/** The cheapest layout of one kind of GPU, with the next two and why fewer GPUs don't do. */
export function planReply(asked: PlanAsked, context: Context): Reply {
  const { serving, concurrent, rate, mostGpus, values } = asked;
  const { locale } = context;
  const { subject, request, cards, notes, warnings, utilisation } = serving;
  const timing = timingOf(asked, context);
  const plan = planServing({
    request,
    gpu: cards.gpu,
    timing,
    concurrent,
    leastTokensPerSecond: rate,
    ...(mostGpus === undefined ? {} : { mostGpus }),
    ...(utilisation === undefined ? {} : { utilisation }),
  });
  const [best] = plan.good;
  const line = subject.values && estimateLine('plan', values);
  const timed = { ...timing, shape: request.shape, format: request.format, gpu: cards.gpu };
  return estimateReply({
    title: `Plan: ${subject.name} in ${request.format.label} on ${cards.name}, ${formatNumber(concurrent, locale)} concurrent ${concurrent === 1 ? 'request' : 'requests'} of ${formatNumber(request.tokens, locale)} tokens`,
    verdict: best ? verdictOf(best, asked, locale) : nothingDoes(asked, plan, locale),
    blocks: [
      ...(best ? [layoutsTable(plan.good, locale), aboutBest(best, asked, locale)] : []),
      ...whyNext(plan, locale),
      ...whyNotFewer(plan, asked, locale),
    ],
    explained: {
      assumptions: [
        'Sets of 1, 2, 4 … 64 GPUs. Attention and KV heads must divide by the tensor size, which stays within 8 GPUs. Stages are whole servers.',
        ...latencyAssumptions({ ...timed, parallel: best?.parallel ?? {}, batch: concurrent }),
      ],
      warnings: [...warnings, ...closeCall(best, { ...timed, batch: concurrent }, rate, locale)],
    },
    notes: [...notes, ...recalledNotes(cards)],
    buttons: best && subject.values ? buttonsOf(best, asked) : [],
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      concurrent,
      leastTokensPerSecond: rate,
      plans: plan.good.map((layout) => layoutData(layout, cards)),
      tooSmall: plan.tooSmall.map((layout) => layoutData(layout, cards)),
    },
  });
}

/** The prompt and the answer that are timed. */
export function timingOf({ serving, output, year }: PlanAsked, { catalog }: Context) {
  return {
    facts: catalog.latency,
    engine: serving.family,
    promptTokens: Math.max(1, serving.request.tokens - output),
    outputTokens: output,
    ...(year === undefined ? {} : { year }),
  };
}

const gpusOf = ({ gpus }: Layout, { cards }: PlanAsked['serving']) =>
  formatGpus({ ...cards, count: gpus });

/** `tensor 4 × data 2`; one GPU has nothing to split. */
export function layoutWords({ tensor, pipeline, data }: Layout['parallel']): string {
  const parts = Object.entries({ tensor, pipeline, data }).filter(([, degree]) => degree > 1);
  return parts.map(([name, degree]) => `${name} ${degree}`).join(' × ') || 'not split';
}

/** Tokens a second of each request. */
export const formatRate = (latency: Latency | undefined, locale: string) => {
  const rate = latency?.tokensPerSecond ?? 0;
  return formatNumber(rate, locale, rate < 100 ? 1 : 0);
};

function verdictOf(best: Layout, { serving, rate }: PlanAsked, locale: string): string {
  const layout = best.gpus > 1 ? ` (${layoutWords(best.parallel)})` : '';
  return `${capital(gpusOf(best, serving))}${layout}: ${formatRate(best.latency, locale)} tokens per second for each request, where you need ${formatNumber(rate, locale)}.`;
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function nothingDoes({ serving, rate, mostGpus = 64 }: PlanAsked, plan: Plan, locale: string) {
  const fastest = Math.max(0, ...plan.tooSmall.map(({ latency }) => latency?.tokensPerSecond ?? 0));
  const { name } = serving.cards;
  return fastest === 0
    ? `Not even ${mostGpus} × ${name} hold this. Try a smaller format or context, or fewer requests.`
    : `No set of up to ${mostGpus} × ${name} reaches ${formatNumber(rate, locale)} tokens per second for each request. The fastest reaches ${formatNumber(fastest, locale, 1)}.`;
}

/** No more columns than a phone has room for; what the best one holds and costs is said below. */
function layoutsTable(layouts: readonly Layout[], locale: string): Block {
  return tableOf(
    'Best first',
    ['GPUs>', 'Layout', 'Tokens/s>'],
    layouts.map((layout) => [
      formatNumber(layout.gpus, locale),
      shortLayout(layout.parallel),
      formatRate(layout.latency, locale),
    ]),
  );
}

/** `TP 2 × PP 2`, as engines abbreviate it. */
function shortLayout({ tensor, pipeline, data }: Layout['parallel']): string {
  const parts = Object.entries({ TP: tensor, PP: pipeline, DP: data });
  const split = parts.filter(([, degree]) => degree > 1);
  return split.map(([name, degree]) => `${name} ${degree}`).join(' × ') || 'not split';
}

/** What the best layout holds, how soon it answers, and what it costs. */
function aboutBest(best: Layout, { serving }: PlanAsked, locale: string): Block {
  const { rent } = serving.cards.gpu;
  const holds = `${formatNumber(best.holds, locale)} ${best.holds === 1 ? 'request' : 'requests'}`;
  const price = rent ? ` It costs ${formatUsd(best.gpus * rent.usdPerHour, locale)} per hour.` : '';
  return {
    kind: 'text',
    text: `The best layout holds ${holds}, with the first token after ${formatSeconds(best.latency?.firstToken ?? 0, locale)}.${price}`,
  };
}

/** What the next layouts give and take beside the best. */
function whyNext({ good: [best, ...others] }: Plan, locale: string): Block[] {
  const rate = ({ latency }: Layout) => latency?.tokensPerSecond ?? 0;
  if (!best || others.length === 0) return [];
  const times = (ratio: number) => `${formatNumber(ratio, locale, 2)}×`;
  const reasons = others.map(
    (other) =>
      `${layoutWords(other.parallel)}: ${times(rate(other) / rate(best))} the speed and ${times(other.holds / best.holds)} the requests for ${times(other.gpus / best.gpus)} the GPUs`,
  );
  return [{ kind: 'text', text: `Next: ${reasons.join('; ')}.` }];
}

/** What the best layout of each smaller number of GPUs lacks. */
function whyNotFewer({ tooSmall }: Plan, asked: PlanAsked, locale: string): Block[] {
  const reasons = tooSmall.map((layout) => {
    const gpus = gpusOf(layout, asked.serving);
    return layout.latency
      ? `${gpus} (${layoutWords(layout.parallel)}): ${formatRate(layout.latency, locale)} tokens per second`
      : `${gpus}: short by ${formatGiB(-layout.spare, locale)}${layout.gpus > 1 ? ' on each GPU' : ''}`;
  });
  return reasons.length === 0 ? [] : [{ kind: 'text', text: `Too small: ${reasons.join('; ')}.` }];
}

/** Said when the rate that is needed lies within the likely range of the plan's. */
function closeCall(
  best: Layout | undefined,
  request: Omit<LatencyRequest, 'parallel'>,
  rate: number,
  locale: string,
): string[] {
  if (!best?.latency) return [];
  const { low } = latencyBands(
    { ...request, parallel: best.parallel },
    best.latency,
  ).tokensPerSecond;
  return low >= rate
    ? []
    : [
        `Measured speeds vary: this one may be as low as ${formatNumber(low, locale, 1)} tokens per second.`,
      ];
}

function buttonsOf(best: Layout, { serving, concurrent }: PlanAsked) {
  const { tensor, pipeline, data } = best.parallel;
  const { gpu: _, sequences: __, ...values } = serving.values;
  const layout = {
    ...values,
    gpu: best.gpus > 1 ? `${best.gpus}x${serving.cards.gpu.id}` : serving.cards.id,
    ...(best.gpus > 1 ? { tensor, pipeline, data } : {}),
    sequences: concurrent,
  };
  const { context: ___, ...timed } = layout;
  return [
    { label: 'Show memory', run: estimateLine('vram', layout), style: 'primary' as const },
    { label: 'Show speed', run: estimateLine('latency', timed) },
  ];
}

/** A layout as data. */
export function layoutData({ gpus, parallel, spare, holds, latency }: Layout, { gpu }: Cards) {
  return {
    gpus,
    parallel,
    spareBytes: Math.round(spare),
    holds,
    tokensPerSecond: latency?.tokensPerSecond ?? null,
    firstTokenSeconds: latency?.firstToken ?? null,
    usdPerHour: gpu.rent ? gpus * gpu.rent.usdPerHour : null,
  };
}
