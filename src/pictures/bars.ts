import type { BarChart } from '../spine/reply.ts';
import { color, n, PAD, type Part, SIZE, shorten, text, WIDTH, widthOf } from './drawing.ts';
import { type LegendRow, LINE, legend } from './legend.ts';
import { measured } from './scale.ts';
import type { Theme } from './theme.ts';

/** From one bar, with its label above it, to the next; a label without a bar takes less. */
const STEP = 64;
const BARE_STEP = 36;

/** From the top of a label to its bar, and how high that is. */
const LABEL = 26;
const BAR = 28;

/** Bars of one or more segments, one below the other under their labels, each in the outline of its room. */
export function bars(chart: BarChart, top: number, theme: Theme): Part {
  const names = legendOf(chart);
  let height = 0;
  const parts = chart.bars.flatMap((bar) => {
    const drawn = barParts(bar, top + height, chart, theme);
    height += totalOf(bar) > 0 || roomOf(chart) > 0 ? STEP : BARE_STEP;
    return drawn;
  });
  return {
    height: height + names.length * LINE,
    parts: [...parts, ...legend(names, top + height + 18, theme)],
  };
}

type Bar = BarChart['bars'][number];

const totalOf = ({ segments }: Bar) => segments.reduce((sum, { value }) => sum + value, 0);

/** What the outline of a bar stands for; 0 for none. */
const roomOf = ({ limit, unit }: BarChart) => limit?.value ?? (unit === '%' ? 100 : 0);

/** By how much a bar goes over its limit. */
const shortBy = (bar: Bar, { limit }: BarChart) => (limit ? totalOf(bar) - limit.value : 0);

/** Whether one bar alone goes over the limit, so that the picture is about what is short. */
export const isShort = (chart: BarChart) =>
  chart.bars.length === 1 && chart.bars.some((bar) => shortBy(bar, chart) > 0);

/** The label on the left, the total on the right, and the segments below. */
function barParts(bar: Bar, top: number, chart: BarChart, theme: Theme): string[] {
  const { unit, unitOfOne = unit, limit } = chart;
  const total = totalOf(bar);
  const room = roomOf(chart);
  const most = Math.max(room, ...chart.bars.map(totalOf)) || 1;
  const block = (from: number, to: number, look: string) =>
    to > from
      ? [
          `<rect x="${n(PAD + ((WIDTH - 2 * PAD) * from) / most)}" y="${top + LABEL}" width="${n(((WIDTH - 2 * PAD) * (to - from)) / most)}" height="${BAR}" ${look}/>`,
        ]
      : [];
  const edge = `stroke="${theme.background}" stroke-width="1.5"`;
  const words = measured(total, total === 1 ? unitOfOne : unit);
  const base = { y: top + LABEL - 8, size: SIZE, fill: theme.text };
  let from = 0;
  return [
    text(shorten(bar.label, WIDTH - 2 * PAD - widthOf(words, SIZE) - 12, SIZE), {
      ...base,
      x: PAD,
    }),
    text(words, { ...base, x: WIDTH - PAD, anchor: 'end', bold: true }),
    ...bar.segments.flatMap(({ value }, index) => {
      const start = from;
      from += value;
      return block(start, from, `fill="${color(index)}" ${edge}`);
    }),
    ...(limit ? block(room, total, `fill="${theme.short}" ${edge}`) : []),
    ...block(0, room, outline(theme)),
  ];
}

const outline = (theme: Theme) => `fill="none" stroke="${theme.limit}" stroke-width="1.5"`;

/** Named segments of the first stacked bar, what it has room for, and what is short; a plain bar needs no name. */
function legendOf(chart: BarChart): LegendRow[] {
  const { bars: all, unit, limit } = chart;
  const [first] = all;
  const stacked = all.find(({ segments }) => segments.length > 1);
  const value = (amount: number) => (all.length === 1 ? { value: measured(amount, unit) } : {});
  const over = Math.max(...all.map((bar) => shortBy(bar, chart)));
  return [
    ...(stacked?.segments ?? []).map((segment, index) => ({
      label: segment.label,
      sign: swatch(() => `fill="${color(index)}"`),
      ...value(segment.value),
    })),
    ...(limit
      ? [{ label: limit.label, value: measured(limit.value, unit), sign: swatch(outline) }]
      : []),
    ...(first && over > 0
      ? [{ label: 'Short', sign: swatch(({ short }) => `fill="${short}"`), ...value(over) }]
      : []),
  ];
}

const swatch = (look: (theme: Theme) => string) => (y: number, theme: Theme) =>
  `<rect x="${PAD}" y="${y - 13}" width="15" height="15" ${look(theme)}/>`;
