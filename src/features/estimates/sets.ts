import { type GpuSet, type GpuSetOrder, gpuSets } from '../../core/calculators/memory/fit.ts';
import { inferenceMemory } from '../../core/calculators/memory/inference-memory.ts';
import { shortGpuName } from '../../core/calculators/names/gpu-names.ts';
import { formatNumber, formatUsd } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import { estimateLine, estimateReply, tableOf } from './card.ts';
import { readPrices } from './gpu.ts';
import { servingData } from './memory.ts';
import type { Serving } from './serving.ts';
import { servingTitle } from './verdict.ts';

/** Sets of GPUs that hold a model, the smallest or cheapest first. */
export function setsReply(
  serving: Serving,
  asked: { order: GpuSetOrder; prices?: string | undefined },
  context: Context,
): Reply {
  const { catalog, locale } = context;
  const { subject, request, values, notes, warnings, utilisation } = serving;
  const { order } = asked;
  const prices = readPrices(asked.prices, context);
  const sets = gpuSets({ ...request, parallel: {} }, catalog.gpus, { order, prices, utilisation });
  const [first] = sets;
  if (!first) throw new UserError(nothingHolds(subject.name, order));
  const line =
    subject.values && estimateLine('fit', { ...values, want: order, prices: asked.prices });
  const needed = inferenceMemory({ ...request, parallel: first.parallel }).perGpu.total;
  return estimateReply({
    title: `GPUs for ${servingTitle(serving, locale)}`,
    verdict: setsVerdict(first, order, locale),
    blocks: [setsTable(sets, order, locale)],
    explained: {
      assumptions: [
        'Sets of 1, 2, 4 … 64 GPUs. Matrices are split within a server of 8, layers across servers.',
        ...(order === 'cheapest'
          ? ['Only GPUs with a known hourly price. The details of a GPU show its date.']
          : []),
      ],
      warnings,
    },
    notes,
    buttons: setsButtons(serving, first, order),
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      order,
      bytes: Math.round(needed),
      sets: sets.map(({ gpu, count, memoryGiB, usdPerHour, parallel }) => ({
        gpu: gpu.id,
        count,
        memoryGiB,
        usdPerHour: usdPerHour ?? null,
        parallel,
      })),
    },
  });
}

function nothingHolds(model: string, order: GpuSetOrder): string {
  return order === 'cheapest'
    ? `No GPU with a known price holds ${model} like this. Add prices, like prices:b200=5.50.`
    : `Not even 64 GPUs of any kind hold ${model} like this. Try a smaller format or context.`;
}

function setsTable(sets: readonly GpuSet[], order: GpuSetOrder, locale: string): Block {
  return tableOf(
    order === 'cheapest' ? 'Lowest price first' : 'Least memory first',
    ['GPUs', 'GiB>', 'Price>'],
    sets
      .slice(0, 10)
      .map((set) => [setName(set), formatNumber(set.memoryGiB, locale), rentOf(set, locale)]),
  );
}

function setName({ gpu, count }: GpuSet): string {
  return count === 1 ? shortGpuName(gpu) : `${count} × ${shortGpuName(gpu)}`;
}

function rentOf({ usdPerHour }: GpuSet, locale: string): string {
  return usdPerHour === undefined ? '' : `${formatUsd(usdPerHour, locale)}/hour`;
}

function setsVerdict(first: GpuSet, order: GpuSetOrder, locale: string): string {
  const memory = `${formatNumber(first.memoryGiB, locale)} GiB`;
  return order === 'cheapest'
    ? `The cheapest set is ${setName(first)} at ${rentOf(first, locale)}.`
    : `The smallest set is ${setName(first)} (${memory}).`;
}

function setsButtons(
  { subject, values }: Serving,
  { gpu, count }: GpuSet,
  order: GpuSetOrder,
): Button[] {
  if (!subject.values) return [];
  const other = order === 'cheapest' ? 'smallest' : 'cheapest';
  return [
    {
      label: 'Show memory',
      run: estimateLine('vram', { ...values, gpu: `${count}x${gpu.id}` }),
      style: 'primary',
    },
    {
      label: other === 'cheapest' ? 'Find cheapest set' : 'Find smallest set',
      run: estimateLine('fit', { ...values, gpu: 'none', want: other }),
    },
  ];
}
