import {
  CARD_SHARE,
  defaultUtilisation,
  usableBytes,
} from '../../core/calculators/memory/capacity.ts';
import { bestFormat, fewestGpus, gpuSets, layoutFor } from '../../core/calculators/memory/fit.ts';
import { explainOffload } from '../../core/calculators/memory/offload.ts';
import { formatBytes, formatGiB, formatNumber, formatPercent, GIB } from '../../core/units.ts';
import type { Context } from '../command.ts';
import type { Block } from '../reply.ts';
import { type Cards, formatGpus } from './gpu.ts';
import type { Serving } from './serving.ts';

/** Sizes that GPUs are sold in, for an estimate without a GPU. */
const CARD_SIZES = [6, 8, 10, 12, 16, 24, 32, 40, 48, 64, 80, 96, 141, 180, 192, 256, 288];

/** `8,192 tokens`, `16 × 8,192 tokens`. */
function formatLoad({ request }: Serving, locale: string): string {
  const tokens = `${formatNumber(request.tokens, locale)} tokens`;
  return request.sequences > 1 ? `${formatNumber(request.sequences, locale)} × ${tokens}` : tokens;
}

/** `Llama 3.1 8B in BF16, 8,192 tokens`. */
export function servingTitle(serving: Serving, locale: string): string {
  const { subject, request } = serving;
  return `${subject.name} in ${request.format.label}, ${formatLoad(serving, locale)}`;
}

/** The share of the memory that may be used, in words behind what stays free and what is usable. */
type UsedShare = { free: string; usable: string };

/** A plain share in words: `at 92% use`. */
export function usedShare(share: number, locale: string): UsedShare {
  const percent = formatPercent(share, locale, 1);
  return { free: `at ${percent} use`, usable: `at ${percent}` };
}

function shareOf({ cards, request, utilisation }: Serving & { cards: Cards }, locale: string) {
  const share = utilisation ?? defaultUtilisation(request.engine, cards.gpu);
  return cards.gpu.vendor === 'Apple' && share === 1
    ? { free: 'of what macOS allows', usable: 'under macOS' }
    : usedShare(share, locale);
}

/** What each GPU needs and offers, in bytes; `on` names the GPUs. */
type FitQuestion = {
  bytes: number;
  usable: number;
  gpus: number;
  on: string;
  share: UsedShare;
};

/** Whether it fits on the GPUs, in one sentence. */
export function fitSentence(
  { bytes, usable, gpus, on, share }: FitQuestion,
  locale: string,
): string {
  const each = gpus > 1 ? ' on each' : '';
  return bytes <= usable
    ? `Fits on ${on} with ${formatGiB(usable - bytes, locale)} free${each} (${share.free}).`
    : `Doesn't fit on ${on}: short by ${formatGiB(bytes - usable, locale)}${each} (${formatGiB(usable, locale)} usable ${share.usable}).`;
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
export function insteadBlocks(serving: Serving, { locale }: Pick<Context, 'locale'>): Block[] {
  const { cards, request, utilisation, gpus } = serving;
  if (!cards) return [];
  const set = fewestGpus({ ...request, parallel: {} }, cards.gpu, utilisation);
  const ways = [
    ...smallerFormat(serving, cards),
    ...(set && set.count > gpus ? [`on ${set.count} × ${cards.name}`] : []),
  ];
  const text =
    ways.length > 0 ? `It fits ${ways.join(', or ')}.` : 'No supported format makes it fit.';
  return [{ kind: 'text', text }, ...offloadBlocks(serving, cards, locale)];
}

/** The best format that fits; llama.cpp has some below four bits. */
function smallerFormat({ subject, request, utilisation, gpus }: Serving, { gpu }: Cards): string[] {
  const share = utilisation === undefined ? {} : { utilisation };
  const format = bestFormat({ request, gpu, ...share }, subject.model?.native);
  if (format) return [`in ${format.label}`];
  if (request.engine === 'llama.cpp') return [];
  const parallel = layoutFor({ ...request, engine: 'llama.cpp' }, gpus) ?? {};
  const other = { ...request, engine: 'llama.cpp' as const, parallel };
  const gguf = bestFormat({ request: other, gpu, ...share });
  return gguf ? [`in ${gguf.label} with llama.cpp`] : [];
}

/** GGUF files can leave layers with the CPU. */
export function offloadBlocks(
  { request, utilisation, gpus, layers }: Serving,
  cards: Cards,
  locale: string,
): Block[] {
  const isPossible = request.engine === 'llama.cpp' && gpus === 1 && !cards.gpu.unified;
  if (!isPossible || request.shape.kind !== 'decoder') return [];
  const split = explainOffload({
    ...request,
    gpu: cards.gpu,
    ...(utilisation === undefined ? {} : { utilisation }),
    ...(layers === undefined ? {} : { mostLayers: layers }),
  });
  const speed = cards.isAnonymous
    ? ''
    : ` About ${formatNumber(split.tokensPerSecond, locale, 1)} tokens per second.`;
  return [
    {
      kind: 'text',
      text: `With CPU offload: ${split.gpuLayers} of ${split.layers} layers on the GPU (-ngl ${split.gpuLayers}) take ${formatGiB(split.gpuBytes, locale)}, and ${formatBytes(split.cpuBytes, locale)} stays in CPU memory.${speed}`,
    },
  ];
}
