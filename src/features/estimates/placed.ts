import { isCpu } from '../../core/calculators/hardware/cpu.ts';
import type { Machine, Placed, Placement } from '../../core/calculators/memory/placement.ts';
import {
  explainPlacement,
  placedBytes,
  placeName,
} from '../../core/calculators/memory/placement-explain.ts';
import { formatGiB, formatNumber, GIB } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { BarChart, Block, Reply } from '../../spine/reply.ts';
import { bytesData, estimateLine, estimateReply, type Shown, tableOf } from './card.ts';
import { type Cards, formatGpus } from './gpu.ts';
import { memoryButtons, servingData } from './memory.ts';
import type { Serving } from './serving.ts';
import { insteadBlocks, offloadBlock, servingTitle } from './verdict.ts';

/** Memory for serving a model whose layers are in several memories, each counted by itself. */
export function placedMemoryReply(
  serving: Serving & Shown & { cards: Cards; machine: Machine },
  context: Context,
): Reply {
  const { subject, request, cards, machine, notes, warnings, values, family } = serving;
  const { locale } = context;
  const explained = explainPlacement(request, machine);
  const line = subject.values && estimateLine('vram', values);
  const isShared = explained.gpuLayers < explained.layers;
  return estimateReply({
    title: servingTitle(serving, locale),
    verdict: verdictOf(explained, cards, locale),
    blocks: [
      ...(explained.fits ? [] : insteadBlocks(serving, context)),
      ...(isShared
        ? [offloadBlock({ request, family, placement: explained, cards }, context)]
        : []),
      placesTable(explained, locale),
    ],
    chart: placesChart(explained, servingTitle(serving, locale), locale),
    explained: { ...explained, warnings: [...warnings, ...explained.warnings] },
    notes,
    show: serving.show,
    buttons: memoryButtons(serving),
    ...(line ? { line } : {}),
    locale,
    data: {
      ...servingData(serving),
      fits: explained.fits,
      bytes: Math.round(placedBytes(explained)),
      ...placementData(explained),
      bitsPerWeight: explained.bitsPerWeight,
      steps: explained.steps,
    },
  });
}

function verdictOf(placement: Placement, cards: Cards, locale: string): string {
  const { places, fits, gpuLayers, layers } = placement;
  const needs = `Needs ${formatGiB(placedBytes(placement), locale)}.`;
  const on = formatGpus(cards);
  if (!fits) {
    const short = places
      .filter((place) => !place.fits)
      .map((place) => `${placeName(place)} by ${formatGiB(place.total - place.usable, locale)}`);
    return `${needs} Doesn't fit on ${on}: short on ${[...new Set(short)].join(', ')}.`;
  }
  if (gpuLayers === layers) {
    const spare = Math.min(...places.map(({ total, usable }) => usable - total));
    return `${needs} Fits on ${on} with at least ${formatGiB(spare, locale)} free on each.`;
  }
  const shared =
    gpuLayers === 0
      ? 'all layers are in RAM'
      : `${layers - gpuLayers} of ${layers} layers are in RAM`;
  return `${needs} Fits on ${on}: ${shared}.`;
}

/** Each memory with what it holds of what it offers. */
function placesTable({ places }: Placement, locale: string): Block {
  const gib = (bytes: number) => formatNumber(bytes / GIB, locale, 1);
  return tableOf(
    'Memories, in GiB',
    ['Memory', 'Layers>', 'Used>'],
    numbered(places).map(({ name, place }) => [
      name,
      formatNumber(place.layers, locale),
      Number.isFinite(place.usable)
        ? `${gib(place.total)} of ${gib(place.usable)}`
        : gib(place.total),
    ]),
  );
}

/** GPUs of one kind by their numbers: `RTX 3090 #2`. */
export function numbered(places: readonly Placed[]): { name: string; place: Placed }[] {
  return places.map((place, at) => {
    const isAlike = (other: Placed) => other.gpu.id === place.gpu.id;
    const number = places.slice(0, at + 1).filter(isAlike).length;
    const name = placeName(place);
    return { name: places.filter(isAlike).length > 1 ? `${name} #${number}` : name, place };
  });
}

/** Parts of what a memory holds. */
const partsOf = ({ weights, kv, buffers }: Placed) => [
  { label: 'Weights', bytes: weights },
  { label: 'KV cache', bytes: kv },
  { label: 'Buffers', bytes: buffers },
];

function placesChart({ places, fits }: Placement, title: string, locale: string) {
  const bars = numbered(places).map(({ name, place }) => ({
    label: name,
    segments: partsOf(place).map(({ label, bytes }) => ({ label, value: bytes / GIB })),
  }));
  const chart: BarChart = {
    shape: 'bars',
    title: fits ? 'Fits' : "Doesn't fit",
    unit: 'GiB',
    bars,
  };
  const said = numbered(places).map(
    ({ name, place }) =>
      `${name} ${formatGiB(place.total, locale)}${Number.isFinite(place.usable) ? ` of ${formatGiB(place.usable, locale)}` : ''}`,
  );
  return { chart, alt: `${title}: ${said.join(', ')}.` };
}

/** Where the layers are, as data. */
export const placementData = ({ places, gpuLayers, layers }: Placement) => ({
  gpuLayers,
  layers,
  memories: places.map(placeData),
});

const placeData = (place: Placed) => ({
  gpu: isCpu(place.gpu) ? null : place.gpu.id,
  layers: place.layers,
  fits: place.fits,
  bytes: Math.round(place.total),
  usableBytes: Number.isFinite(place.usable) ? Math.floor(place.usable) : null,
  breakdown: bytesData(partsOf(place)),
});
