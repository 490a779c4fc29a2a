import { fitOnGpu } from '../../core/calculators/memory/capacity.ts';
import {
  inferenceMemory,
  type MemoryParts,
} from '../../core/calculators/memory/inference-memory.ts';
import { kvBytesPerToken } from '../../core/calculators/memory/kv-cache.ts';
import {
  fitOnMachine,
  type Placed,
  type Placement,
  placeLayers,
} from '../../core/calculators/memory/placement.ts';
import { countParameters } from '../../core/calculators/models/parameters.ts';
import { type Latency, servingLatency } from '../../core/calculators/speed/latency.ts';
import type { LatencyFacts } from '../../core/calculators/speed/latency-constants.ts';
import { formatCount, formatGiB, formatNumber, formatSeconds, GIB } from '../../core/units.ts';
import type { BarChart } from '../../spine/reply.ts';
import { formatGpus } from './gpu.ts';
import { memoryParts, servingData } from './memory.ts';
import type { Serving } from './serving.ts';

/** One side of a comparison with all that is shown of it. */
export type Side = {
  serving: Serving;
  memory: MemoryParts;
  /** All GPUs together. */
  totalBytes: number;
  fit: ReturnType<typeof fitOnGpu> | undefined;
  speed: Latency | undefined;
};

/** The tokens of the prompt whose first token is timed. */
const PROMPT_TOKENS = 1024;

/** Works out one side. */
export function makeSide(serving: Serving, facts: LatencyFacts): Side {
  const { request, cards, utilisation, machine } = serving;
  const placement = machine && placeLayers(request, machine);
  const { perGpu, totalBytes } = inferenceMemory(request);
  const placed = placement && placedParts(placement);
  const canTime = cards && !cards.isAnonymous && request.shape.kind !== 'encoder';
  return {
    serving,
    memory: placed ?? perGpu,
    totalBytes: placed?.total ?? totalBytes,
    fit: machine
      ? fitOnMachine(request, machine)
      : cards && fitOnGpu(request, cards.gpu, utilisation),
    speed: canTime
      ? servingLatency({
          ...request,
          facts,
          engine: serving.family,
          gpu: cards.gpu,
          promptTokens: Math.min(PROMPT_TOKENS, request.tokens),
          outputTokens: 256,
          batch: request.sequences,
          ...(placement ? { placement } : {}),
        })
      : undefined,
  };
}

/** What all memories of a machine hold together. */
function placedParts({ places }: Placement): MemoryParts {
  const sum = (of: (place: Placed) => number) => places.reduce((all, each) => all + of(each), 0);
  return {
    weights: sum(({ weights }) => weights),
    kv: sum(({ kv }) => kv),
    activations: 0,
    overhead: sum(({ buffers }) => buffers),
    total: sum(({ total }) => total),
  };
}

/** What tells the sides apart, as the heads of two columns. */
export function sideNames([a, b]: readonly [Side, Side]): [string, string] {
  const differs = (of: (side: Side) => string) => of(a) !== of(b);
  const model = ({ serving }: Side) => serving.subject.name;
  const card = ({ serving }: Side) =>
    serving.cards
      ? formatGpus({ ...serving.cards, count: serving.gpus }).replace(/^one /, '')
      : 'no GPU';
  const format = ({ serving }: Side) => serving.request.format.label.replace(/,.*$/, '');
  const name = (side: Side) =>
    [
      ...(differs(model) ? [model(side)] : []),
      ...(differs(card) ? [card(side)] : []),
      ...(differs(format) && !differs(model) ? [format(side)] : []),
    ].join(', ');
  return [name(a), name(b)];
}

type Row = [label: string, of: (side: Side, locale: string) => string];

const IN_TOTAL = 'Needs in total';

const ROWS: readonly Row[] = [
  [
    'Parameters',
    ({ serving }, locale) => formatCount(countParameters(serving.request.shape).total, locale),
  ],
  [
    'Active',
    ({ serving }, locale) => formatCount(countParameters(serving.request.shape).active, locale),
  ],
  ['Format', ({ serving }) => serving.request.format.label.replace(/,.*$/, '')],
  ['Weights', ({ memory }, locale) => formatGiB(memory.weights, locale)],
  ['KV per token', (side, locale) => `${formatNumber(kvRate(side) / 1024, locale, 1)} KiB`],
  ['KV cache', ({ memory }, locale) => formatGiB(memory.kv, locale)],
  ['Needs', ({ memory }, locale) => formatGiB(memory.total, locale)],
  [IN_TOTAL, ({ totalBytes }, locale) => formatGiB(totalBytes, locale)],
  ['Free', ({ fit }, locale) => (fit ? spare(fit.spare, locale) : '')],
  [
    'First token',
    (side, locale) => timed(side, (speed) => formatSeconds(speed.firstToken, locale)),
  ],
  [
    'Tokens/s',
    (side, locale) => timed(side, (speed) => formatNumber(speed.tokensPerSecond, locale, 1)),
  ],
];

function kvRate({ serving }: Side): number {
  const { shape, kv } = serving.request;
  return kvBytesPerToken(shape, kv).bytesPerToken;
}

/** The speed of what doesn't fit would be read as a promise. */
function timed({ fit, speed }: Side, words: (speed: Latency) => string): string {
  if (!speed) return '';
  return fit?.fits === false ? "doesn't fit" : words(speed);
}

function spare(bytes: number, locale: string): string {
  return bytes >= 0 ? formatGiB(bytes, locale) : `short by ${formatGiB(-bytes, locale)}`;
}

/** The rows in which there is something to compare. */
export function compareRows(
  sides: readonly [Side, Side],
  locale: string,
): [string, string, string][] {
  const isShown = (label: string) =>
    (label !== 'Active' || isSparse(sides)) && (label !== IN_TOTAL || hasSeveralGpus(sides));
  return ROWS.map(([label, of]): [string, string, string] => [
    label,
    of(sides[0], locale),
    of(sides[1], locale),
  ]).filter(([label, a, b]) => (a !== '' || b !== '') && isShown(label));
}

/** Whether the memory of a side is that of its fullest GPU. */
export const hasSeveralGpus = (sides: readonly Side[]): boolean =>
  sides.some(({ serving }) => serving.gpus > 1);

function isSparse(sides: readonly Side[]): boolean {
  return sides.some(({ serving }) => {
    const { active, text } = countParameters(serving.request.shape);
    return active < text;
  });
}

/** Both memories as stacked bars. */
export function compareChart(sides: readonly [Side, Side], locale: string) {
  const names = sideNames(sides);
  const bars = sides.map(({ memory }, index) => ({
    label: names[index] ?? '',
    segments: memoryParts(memory)
      .filter(({ label }) => label !== 'Total')
      .map(({ label, bytes }) => ({ label, value: bytes / GIB })),
  }));
  const [a, b] = sides;
  const offers = a.fit && b.fit && a.fit.usable === b.fit.usable ? a.fit.usable : undefined;
  const limit =
    a.serving.cards && offers !== undefined
      ? { label: `${a.serving.cards.name} usable`, value: offers / GIB }
      : undefined;
  const chart: BarChart = {
    shape: 'bars',
    title: hasSeveralGpus(sides) ? 'Memory on the fullest GPU' : 'Memory',
    unit: 'GiB',
    bars,
    ...(limit ? { limit } : {}),
  };
  const said = sides.map(
    ({ memory }, index) => `${names[index]} ${formatGiB(memory.total, locale)}`,
  );
  return {
    chart,
    alt: `${chart.title}: ${said.join(', ')}.${offers === undefined ? '' : ` ${limit?.label}: ${formatGiB(offers, locale)}.`}`,
  };
}

/** A side as data. */
export function sideData({
  serving,
  memory,
  totalBytes,
  fit,
  speed,
}: Side): Record<string, unknown> {
  return {
    ...servingData(serving),
    bytes: Math.round(memory.total),
    totalBytes: Math.round(totalBytes),
    breakdown: Object.fromEntries(
      memoryParts(memory).map(({ label, bytes }) => [label, Math.round(bytes)]),
    ),
    fits: fit?.fits ?? null,
    spareBytes: fit ? Math.round(fit.spare) : null,
    firstTokenSeconds: speed?.firstToken ?? null,
    tokensPerSecond: speed?.tokensPerSecond ?? null,
  };
}
