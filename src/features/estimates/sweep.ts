import { usableBytes } from '../../core/calculators/memory/capacity.ts';
import { type LongestContext, longestContext } from '../../core/calculators/memory/fit.ts';
import { inferenceMemory } from '../../core/calculators/memory/inference-memory.ts';
import { placeLayers, roomOf } from '../../core/calculators/memory/placement.ts';
import { placedBytes } from '../../core/calculators/memory/placement-explain.ts';
import { formatGiB, formatNumber, GIB } from '../../core/units.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, LineChart, Reply } from '../../spine/reply.ts';
import { againBlocks, estimateLine, tableOf } from './card.ts';
import { formatMaxContext } from './fit.ts';
import type { Cards } from './gpu.ts';
import { servingData } from './memory.ts';
import type { Serving } from './serving.ts';

const SWEEP_SEQUENCES = [1, 4, 16, 64];

/** Memory against the context, for several numbers of sequences. */
export function memorySweepReply(serving: Serving, { locale }: Context): Reply {
  const { subject, request, cards, utilisation, values, machine } = serving;
  const { maxContext } = request.shape;
  const contexts = doublings(Math.min(1024, maxContext), maxContext, 8);
  const counts = [...new Set([...SWEEP_SEQUENCES, request.sequences])]
    .sort((a, b) => a - b)
    .slice(0, 5);
  const bytesAt = (tokens: number, sequences: number) =>
    machine
      ? placedBytes(placeLayers({ ...request, tokens, sequences }, machine))
      : inferenceMemory({ ...request, tokens, sequences }).perGpu.total;
  const room = machine
    ? roomOf(machine)
    : cards && usableBytes(cards.gpu, request.engine, utilisation);
  const usable = Number.isFinite(room) ? room : undefined;
  const longest = cards && counts.map((sequences) => longestOf(serving, cards, sequences));
  const title = `${subject.name} in ${request.format.label}: memory by context`;
  const chart: LineChart = {
    shape: 'lines',
    title: !longest
      ? 'Memory by context'
      : longest[0]
        ? `1 sequence fits up to ${formatNumber(longest[0].tokens, locale)} tokens`
        : "Doesn't fit, not even with 1 sequence",
    unit: 'GiB',
    x: { label: 'Context', values: contexts, logarithmic: true },
    series: counts.map((sequences, index) => ({
      label: sequences === 1 ? '1 sequence' : `${sequences} sequences`,
      values: contexts.map((tokens) => bytesAt(tokens, sequences) / GIB),
      ...(longest ? { note: seriesNote(longest[index], locale) } : {}),
    })),
    ...(usable === undefined || !cards
      ? {}
      : { limit: { label: `${cards.name} usable`, value: usable / GIB } }),
  };
  const last = contexts.at(-1) ?? maxContext;
  const ends = counts.map(
    (sequences) =>
      `${sequences} × ${formatNumber(last, locale)} tokens ${formatGiB(bytesAt(last, sequences), locale)}`,
  );
  const line = subject.values && estimateLine('vram', { ...values, show: 'sweep' });
  return {
    title,
    visibility: 'private',
    blocks: [
      ...(longest && cards ? [longestTable(cards, counts, longest, locale)] : []),
      {
        kind: 'chart',
        chart,
        alt: `${title}, from ${formatGiB(bytesAt(contexts[0] ?? 1, 1), locale)}: ${ends.join(', ')}.${usable === undefined || !cards ? '' : ` ${cards.name} usable: ${formatGiB(usable, locale)}.`}`,
      },
      {
        kind: 'note',
        text: machine
          ? 'Memory of all GPUs and RAM together.'
          : serving.gpus > 1
            ? 'Memory on the fullest GPU.'
            : 'Memory on one GPU.',
      },
      ...againBlocks(line),
    ],
    data: {
      ...servingData(serving),
      unit: 'GiB',
      x: contexts,
      series: chart.series,
      ...(usable === undefined ? {} : { usableBytes: usable }),
      ...(line ? { command: line } : {}),
    },
  };
}

/** The longest context with so many sequences, which is where the limit cuts their line. */
function longestOf(
  { request, utilisation, machine }: Serving,
  { gpu }: Cards,
  sequences: number,
): LongestContext | undefined {
  const share = utilisation === undefined ? {} : { utilisation };
  const sharing = machine ? { machine } : {};
  return longestContext({ request: { ...request, sequences }, gpu, ...share, ...sharing });
}

function seriesNote(longest: LongestContext | undefined, locale: string): string {
  if (!longest) return "doesn't fit";
  return longest.limitedBy === 'model' ? 'all fit' : `to ${formatNumber(longest.tokens, locale)}`;
}

function longestTable(
  { name }: Cards,
  counts: readonly number[],
  longest: readonly (LongestContext | undefined)[],
  locale: string,
): Block {
  return tableOf(
    `Longest context that fits on ${name}`,
    ['Sequences>', 'Each up to>'],
    counts.map((sequences, index) => [
      formatNumber(sequences, locale),
      formatMaxContext(longest[index], locale),
    ]),
  );
}

/** Powers of two from a start to the end, and the end itself; at most `most`, from the large side. */
function doublings(from: number, to: number, most: number): number[] {
  const values: number[] = [];
  for (let value = from; value < to; value *= 2) values.push(value);
  return [...values, to].slice(-most);
}
