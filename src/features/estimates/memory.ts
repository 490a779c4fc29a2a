import { fitOnGpu } from '../../core/calculators/memory/capacity.ts';
import { explainInferenceMemory } from '../../core/calculators/memory/inference-explain.ts';
import type { MemoryParts } from '../../core/calculators/memory/inference-memory.ts';
import { formatBytes, formatGiB, GIB } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { BarChart, Block, Button, Reply } from '../../spine/reply.ts';
import {
  bytesData,
  bytesTable,
  type Estimate,
  estimateLine,
  estimateReply,
  type Shown,
  stepsButton,
} from './card.ts';
import type { Serving } from './serving.ts';
import { insteadBlocks, memoryVerdict, servingTitle } from './verdict.ts';

/** The lines of a breakdown with their names. */
export function memoryParts({ weights, kv, activations, overhead, adapters, total }: MemoryParts) {
  return [
    { label: 'Weights', bytes: weights },
    { label: 'KV cache', bytes: kv },
    { label: 'Activations', bytes: activations },
    { label: 'Engine overhead', bytes: overhead },
    ...(adapters === undefined ? [] : [{ label: 'LoRA adapters', bytes: adapters }]),
    { label: 'Total', bytes: total },
  ];
}

/** One stacked bar against what the card offers. */
export function barChart(
  parts: readonly { label: string; bytes: number }[],
  about: { title: string; bar: string; usable: number | undefined; limit: string; locale: string },
): NonNullable<Estimate['chart']> {
  const segments = parts
    .filter(({ label, bytes }) => label !== 'Total' && bytes > 0)
    .map(({ label, bytes }) => ({ label, value: bytes / GIB }));
  const total = parts.find(({ label }) => label === 'Total')?.bytes ?? 0;
  const chart: BarChart = {
    shape: 'bars',
    // Not the title of the message once more.
    title: about.usable === undefined ? 'Memory' : shortVerdict(total, about.usable, about.locale),
    unit: 'GiB',
    bars: [{ label: about.bar, segments }],
    ...(about.usable === undefined
      ? {}
      : { limit: { label: about.limit, value: about.usable / GIB } }),
  };
  const said = parts.map(({ label, bytes }) => `${label} ${formatGiB(bytes, about.locale)}`);
  const offers =
    about.usable === undefined ? '' : ` ${about.limit}: ${formatGiB(about.usable, about.locale)}.`;
  return { chart, alt: `${about.title}: ${said.join(', ')}.${offers}` };
}

/** Whether it fits, as few words as a picture has room for. */
const shortVerdict = (bytes: number, usable: number, locale: string): string =>
  bytes <= usable
    ? `Fits with ${formatGiB(usable - bytes, locale)} free`
    : `Short by ${formatGiB(bytes - usable, locale)}`;

/** Memory for serving a model, with its picture and what could be asked next. */
export function memoryReply(serving: Serving & Shown, context: Context): Reply {
  const { subject, request, cards, utilisation, gpus, notes, warnings, values } = serving;
  const { locale } = context;
  const explained = explainInferenceMemory(request);
  const { perGpu } = explained;
  const fit = cards && fitOnGpu(request, cards.gpu, utilisation);
  const line = subject.values && estimateLine('vram', values);
  const parts = memoryParts(perGpu);
  return estimateReply({
    title: servingTitle(serving, locale),
    verdict: memoryVerdict(serving, perGpu.total, context),
    blocks: [
      ...(fit && !fit.fits ? insteadBlocks(serving, context) : []),
      bytesTable(gpus > 1 ? 'Memory on the fullest GPU' : 'Memory', parts, locale),
      ...(gpus > 1 ? [togetherBlock(explained, locale)] : []),
    ],
    chart: barChart(parts, {
      title: servingTitle(serving, locale),
      bar: gpus > 1 ? 'Per GPU' : request.format.label,
      usable: fit?.usable,
      limit: cards ? `${cards.name} usable` : '',
      locale,
    }),
    explained: { ...explained, warnings: [...warnings, ...explained.warnings] },
    notes,
    show: serving.show,
    buttons: memoryButtons(serving),
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      fits: fit?.fits ?? null,
      bytes: Math.round(perGpu.total),
      totalBytes: Math.round(explained.totalBytes),
      usableBytes: fit ? Math.floor(fit.usable) : null,
      breakdown: bytesData(parts),
      bitsPerWeight: explained.bitsPerWeight,
      steps: explained.steps,
    },
  });
}

function togetherBlock(
  { gpus, totalBytes, replication }: ReturnType<typeof explainInferenceMemory>,
  locale: string,
): Block {
  const copies = replication.bytes;
  const twice =
    copies > 0 ? ` That includes ${formatGiB(copies, locale)} of weights held more than once.` : '';
  return {
    kind: 'text',
    text: `All ${gpus} GPUs together: ${formatBytes(totalBytes, locale)}.${twice}`,
  };
}

/** What was estimated, as data. */
export function servingData({
  subject,
  request,
  cards,
  gpus,
  images,
}: Serving): Record<string, unknown> {
  return {
    model: subject.model?.id ?? subject.name,
    format: request.format.id,
    engine: request.engine,
    context: request.tokens,
    sequences: request.sequences,
    kv: request.kv?.id ?? 'fp16',
    ...(request.adapters ? { adapters: request.adapters } : {}),
    ...(images === undefined ? {} : { images }),
    parallel: request.parallel,
    gpu: cards ? { id: cards.gpu.id, name: cards.gpu.name, memoryGiB: cards.gpu.memoryGiB } : null,
    gpus,
  };
}

/** What may be asked next about a memory. */
export function memoryButtons({ subject, values, cards }: Serving): Button[] {
  if (!subject.values) return [];
  const { gpu, format, context, sequences, images, kv, engine } = values;
  const same = cards
    ? { gpu, format, context, sequences, images, kv, engine }
    : { format, context, sequences, images, kv };
  return [
    stepsButton('vram', values),
    { label: 'See what fits', run: estimateLine('fit', { ...subject.values, ...same }) },
    { label: 'Sweep context', run: estimateLine('vram', { ...values, show: 'sweep' }) },
  ];
}
