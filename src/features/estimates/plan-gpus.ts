import names from '../../../data/common-names.json' with { type: 'json' };
import { type Layout, planServing } from '../../core/calculators/speed/plan.ts';
import { formatNumber, formatUsd } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import { estimateLine, estimateReply, tableOf } from './card.ts';
import { formatGpus } from './gpu.ts';
import { servingData } from './memory.ts';
import { formatRate, layoutData, layoutWords, type PlanAsked, timingOf } from './plan.ts';

/** What is tried where no GPU is named: those that are rented most, and those that are bought most. */
export const COMMON_GPUS: readonly string[] = names.planned;

/** Sets shown: the smallest and two others. */
const SHOWN = 3;

type Found = { asked: PlanAsked; best: Layout; memoryGiB: number; usdPerHour: number | undefined };

/** The smallest sets of common GPUs that meet a plan, one of each kind. */
export function planGpusReply(all: readonly PlanAsked[], context: Context): Reply {
  const { locale } = context;
  const found = all.flatMap((asked) => bestOf(asked, context));
  found.sort((a, b) => a.memoryGiB - b.memoryGiB || a.best.gpus - b.best.gpus);
  const [first] = all;
  const shown = found.slice(0, SHOWN);
  const [least] = shown;
  if (!first) throw new RangeError('no GPUs to plan with');
  const { serving, concurrent, rate, values } = first;
  const { cards: _, ...unplaced } = serving;
  const { subject, request } = unplaced;
  const lineOn = (gpu?: string) => estimateLine('plan', { ...values, gpu });
  return estimateReply({
    title: `Plan: ${subject.name} in ${request.format.label}, ${formatNumber(concurrent, locale)} concurrent ${concurrent === 1 ? 'request' : 'requests'} of ${formatNumber(request.tokens, locale)} tokens`,
    verdict: least
      ? `The smallest set is ${setName(least)} (${formatNumber(least.memoryGiB, locale)} GiB): ${formatRate(least.best.latency, locale)} tokens per second for each request, where you need ${formatNumber(rate, locale)}.${cheapest(found, locale)}`
      : `No set of up to 64 common GPUs gives each request ${formatNumber(rate, locale)} tokens per second. Try a lower rate, a smaller format or context, or fewer requests.`,
    blocks: least ? [setsTable(shown, locale)] : [],
    explained: {
      assumptions: [
        `Common GPUs: ${all.map((each) => each.serving.cards.name).join(', ')}. To plan on another one, add it, like gpu:a6000.`,
        'Sets of 1, 2, 4 … 64 GPUs of one kind. The smallest has the least memory in total.',
      ],
      warnings: [],
    },
    notes: subject.notes,
    buttons: subject.values
      ? shown.map(({ asked: { serving: each } }) => ({
          label: `Plan ${each.cards.name}`.slice(0, 24),
          run: lineOn(each.cards.id),
        }))
      : [],
    ...(subject.values ? { line: lineOn() } : {}),
    locale,
    data: {
      ...servingData(unplaced),
      concurrent,
      leastTokensPerSecond: rate,
      plans: found.map(({ asked, best, memoryGiB }) => ({
        gpu: asked.serving.cards.id,
        memoryGiB,
        ...layoutData(best, asked.serving.cards),
      })),
    },
  });
}

function bestOf(asked: PlanAsked, context: Context): Found[] {
  const { serving, concurrent, rate } = asked;
  const { gpu } = serving.cards;
  const { good } = planServing({
    request: serving.request,
    gpu,
    timing: timingOf(asked, context),
    concurrent,
    leastTokensPerSecond: rate,
    wanted: 1,
    ...(serving.utilisation === undefined ? {} : { utilisation: serving.utilisation }),
  });
  const [best] = good;
  if (!best) return [];
  const usdPerHour = gpu.rent && best.gpus * gpu.rent.usdPerHour;
  return [{ asked, best, memoryGiB: best.gpus * gpu.memoryGiB, usdPerHour }];
}

const setName = ({ asked, best }: Found) =>
  `${formatGpus({ ...asked.serving.cards, count: best.gpus })}${best.gpus > 1 ? `, ${layoutWords(best.parallel)}` : ''}`;

function setsTable(sets: readonly Found[], locale: string): Block {
  return tableOf(
    'Smallest first',
    ['GPUs', 'GiB>', 'Tokens/s>'],
    sets.map(({ asked, best, memoryGiB }) => [
      formatGpus({ ...asked.serving.cards, count: best.gpus }),
      formatNumber(memoryGiB, locale),
      formatRate(best.latency, locale),
    ]),
  );
}

/** Few prices are known, so that the smallest set often has none. */
function cheapest(found: readonly Found[], locale: string): string {
  const priced = found.flatMap((set) =>
    set.usdPerHour === undefined ? [] : [{ set, usd: set.usdPerHour }],
  );
  const [least] = priced.sort((a, b) => a.usd - b.usd);
  if (!least) return '';
  const price = `${formatUsd(least.usd, locale)} per hour`;
  return least.set === found[0]
    ? ` It costs ${price}, the lowest price that's known here.`
    : ` The cheapest with a known price is ${setName(least.set)}, at ${price}.`;
}
