import { cpuWith, isCpu } from '../../core/calculators/hardware/cpu.ts';
import {
  CARD_SHARE,
  defaultUtilisation,
  usableBytes,
} from '../../core/calculators/memory/capacity.ts';
import { bestFormat, fewestGpus, gpuSets, layoutFor } from '../../core/calculators/memory/fit.ts';
import {
  type Placed,
  type Placement,
  placeLayers,
} from '../../core/calculators/memory/placement.ts';
import { servingLatency } from '../../core/calculators/speed/latency.ts';
import { formatBytes, formatGiB, formatNumber, formatPercent, GIB } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block } from '../../spine/reply.ts';
import { type Cards, formatGpus } from './gpu.ts';
import type { Serving } from './serving.ts';

/** Sizes that GPUs are sold in, for an estimate without a GPU. */
const CARD_SIZES = [6, 8, 10, 12, 16, 24, 32, 40, 48, 64, 80, 96, 141, 180, 192, 256, 288];

/** `8,192 tokens`, `16 × 8,192 tokens`. */
function formatLoad({ request, images = 0 }: Serving, locale: string): string {
  const pictures = images === 0 ? '' : ` with ${images} ${images === 1 ? 'image' : 'images'}`;
  const tokens = `${formatNumber(request.tokens, locale)} tokens${pictures}`;
  return request.sequences > 1 ? `${formatNumber(request.sequences, locale)} × ${tokens}` : tokens;
}

/** `Llama 3.1 8B in BF16, 8,192 tokens`. */
export function servingTitle(serving: Serving, locale: string): string {
  const { subject, request } = serving;
  return `${subject.name} in ${request.format.label}, ${formatLoad(serving, locale)}`;
}

/** The share of a GPU's memory that may be used, in words: `92% of its memory`. */
export const usedShare = (share: number, locale: string) =>
  `${formatPercent(share, locale, 1)} of its memory`;

function shareOf({ cards, request, utilisation }: Serving & { cards: Cards }, locale: string) {
  const share = utilisation ?? defaultUtilisation(request.engine, cards.gpu);
  if (isCpu(cards.gpu)) return `${formatPercent(share, locale)} of its RAM`;
  return cards.gpu.vendor === 'Apple' && share === 1
    ? 'what macOS allows'
    : usedShare(share, locale);
}

/** What each GPU needs and offers, in bytes; `on` names the GPUs. */
type FitQuestion = {
  bytes: number;
  usable: number;
  gpus: number;
  on: string;
  share: string;
};

/** Whether it fits on the GPUs, in one sentence. */
export function fitSentence(
  { bytes, usable, gpus, on, share }: FitQuestion,
  locale: string,
): string {
  const each = gpus > 1 ? ' on each' : '';
  return bytes <= usable
    ? `Fits on ${on} with ${formatGiB(usable - bytes, locale)} free of ${formatGiB(usable, locale)}${each} (${share}).`
    : `Doesn't fit on ${on}: short by ${formatGiB(bytes - usable, locale)}${each} (${formatGiB(usable, locale)} usable, ${share}).`;
}

/** Whether it fits, in one sentence that begins with what it needs. */
export function memoryVerdict(
  serving: Serving,
  perGpu: number,
  { catalog, locale }: Pick<Context, 'catalog' | 'locale'>,
): string {
  const { cards, gpus, request } = serving;
  const each = gpus > 1 ? ` on each of ${gpus} GPUs` : '';
  const needs = `Needs ${formatGiB(perGpu, locale)}${each}`;
  if (!cards) return `${needs}. ${withoutCard(serving, perGpu, { catalog, locale })}`;
  const usable = usableBytes(cards.gpu, request.engine, serving.utilisation);
  const on = formatGpus({ ...cards, count: gpus });
  const share = shareOf({ ...serving, cards }, locale);
  return `${needs}. ${fitSentence({ bytes: perGpu, usable, gpus, on, share }, locale)}`;
}

function withoutCard(
  { request, gpus, utilisation }: Serving,
  perGpu: number,
  { catalog, locale }: Pick<Context, 'catalog' | 'locale'>,
): string {
  const share = utilisation ?? CARD_SHARE[request.engine];
  const size = CARD_SIZES.find((each) => each * GIB * share >= perGpu);
  if (size !== undefined) {
    const on = gpus > 1 ? `${size} GB GPUs` : `one ${size} GB GPU`;
    const usable = size * GIB * share;
    return fitSentence(
      { bytes: perGpu, usable, gpus, on, share: usedShare(share, locale) },
      locale,
    );
  }
  const [set] = gpus > 1 ? [] : gpuSets(request, catalog.gpus, { utilisation });
  return set
    ? `No single GPU holds it. The smallest set is ${set.count} × ${set.gpu.name} (${formatNumber(set.memoryGiB, locale)} GiB).`
    : 'No GPU holds that much.';
}

/** What would fit instead, or how much of it fits with the help of the CPU. */
export function insteadBlocks(
  serving: Serving,
  context: Pick<Context, 'catalog' | 'locale'>,
): Block[] {
  const { cards, request, utilisation, gpus, machine } = serving;
  if (!cards) return [];
  const set = machine
    ? undefined
    : fewestGpus({ ...request, parallel: {} }, cards.gpu, utilisation);
  const ways = [
    ...smallerFormat(serving, cards),
    ...(set && set.count > gpus && !isCpu(cards.gpu) ? [`on ${set.count} × ${cards.name}`] : []),
  ];
  const text =
    ways.length > 0 ? `It fits ${ways.join(', or ')}.` : 'No supported format makes it fit.';
  return [{ kind: 'text', text }, ...offloadBlocks(serving, cards, context)];
}

/** The best format that fits; llama.cpp has some below four bits. */
function smallerFormat(
  { subject, request, utilisation, gpus, machine }: Serving,
  { gpu }: Cards,
): string[] {
  const share = utilisation === undefined ? {} : { utilisation };
  const question = { request, gpu, ...share, ...(machine ? { machine } : {}) };
  const format = bestFormat(question, subject.model?.native);
  if (format) return [`in ${format.label}`];
  if (request.engine === 'llama.cpp') return [];
  const parallel = layoutFor({ ...request, engine: 'llama.cpp' }, gpus) ?? {};
  const other = { ...request, engine: 'llama.cpp' as const, parallel };
  const gguf = bestFormat({ request: other, gpu, ...share });
  return gguf ? [`in ${gguf.label} with llama.cpp`] : [];
}

/** GGUF files can leave layers with the CPU; how much memory the computer has, nobody said. */
function offloadBlocks(
  { request, utilisation, gpus, family, machine }: Serving,
  cards: Cards,
  context: Pick<Context, 'catalog' | 'locale'>,
): Block[] {
  const isPossible = request.engine === 'llama.cpp' && gpus === 1 && !cards.gpu.unified;
  if (!isPossible || machine || request.shape.kind !== 'decoder') return [];
  const placement = placeLayers(request, {
    gpus: [cards.gpu],
    ram: cpuWith(Infinity),
    ...(utilisation === undefined ? {} : { utilisation }),
  });
  return [offloadBlock({ request, family, placement, cards }, context)];
}

/** How the layers are divided between the GPUs and the computer's memory, and the speed that makes. */
export function offloadBlock(
  {
    request,
    family,
    placement,
    cards,
  }: Pick<Serving, 'request' | 'family'> & { placement: Placement; cards: Cards },
  { catalog, locale }: Pick<Context, 'catalog' | 'locale'>,
): Block {
  const { places, gpuLayers, layers } = placement;
  const onGpus = places.filter(({ gpu }) => !isCpu(gpu));
  const total = (list: readonly Placed[]) => list.reduce((sum, each) => sum + each.total, 0);
  const rest = total(places.filter(({ gpu }) => isCpu(gpu)));
  const speed = servingLatency({
    ...request,
    gpu: cards.gpu,
    facts: catalog.latency,
    engine: family,
    placement,
    promptTokens: request.tokens,
    outputTokens: 1,
    batch: request.sequences,
  });
  const rate = cards.isAnonymous
    ? ''
    : ` About ${formatNumber(speed.tokensPerSecond, locale, 1)} tokens per second.`;
  const where = onGpus.length > 1 ? 'GPUs' : 'GPU';
  return {
    kind: 'text',
    text: `With CPU offload: ${gpuLayers} of ${layers} layers on the ${where} (-ngl ${gpuLayers}) take ${formatGiB(total(onGpus), locale)}, and ${formatBytes(rest, locale)} stays in CPU memory.${rate}`,
  };
}
