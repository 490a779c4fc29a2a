import type { BarChart } from '../spine/reply.ts';
import {
  color,
  gridLine,
  limitLine,
  n,
  PAD,
  type Part,
  SIZE,
  shorten,
  text,
  WIDTH,
  widthOf,
} from './drawing.ts';
import { type LegendRow, LINE, legend, limitRow } from './legend.ts';
import { measured, niceMax, short } from './scale.ts';
import type { Theme } from './theme.ts';

/** From one bar, with its label above it, to the next. */
const STEP = 68;

/** From the top of a label to its bar, and how high that is. */
const LABEL = 26;
const BAR = 28;

/** Lines of the grid, without the one at zero. */
const TICKS = 2;

/** Where the bars lie, and the value at their right end. */
type Plot = { top: number; bottom: number; most: number };

/** Bars of one or more segments, one below the other under their labels, with the limit across them. */
export function bars(chart: BarChart, top: number, theme: Theme): Part {
  const whole = chart.unit === '%' ? 100 : 0;
  const most = niceMax(Math.max(...chart.bars.map(totalOf), chart.limit?.value ?? 0, whole));
  const plot: Plot = { top, bottom: top + chart.bars.length * STEP, most };
  const names = legendOf(chart);
  return {
    height: chart.bars.length * STEP + 34 + names.length * LINE,
    parts: [
      ...chart.bars.flatMap((_, row) => grid(plot, row, theme)),
      ...axis(plot, chart.unit, theme),
      ...chart.bars.flatMap((bar, row) => barParts(bar, top + row * STEP, { chart, plot, theme })),
      ...limitParts(chart, plot, theme),
      ...legend(names, plot.bottom + 50, theme),
    ],
  };
}

type Bar = BarChart['bars'][number];

const totalOf = ({ segments }: Bar) => segments.reduce((sum, { value }) => sum + value, 0);

/** How far to the right a value reaches. */
const xAt = (value: number, { most }: Plot) => PAD + ((WIDTH - 2 * PAD) * value) / most;

const ticksOf = ({ most }: Plot) =>
  Array.from({ length: TICKS + 1 }, (_, tick) => (most * tick) / TICKS);

/** Behind one bar, so that no line runs through the labels. */
function grid(plot: Plot, row: number, theme: Theme): string[] {
  const y = plot.top + row * STEP + LABEL;
  return ticksOf(plot).map((value) => {
    const x = xAt(value, plot);
    return gridLine({ x1: x, x2: x, y1: y, y2: y + BAR }, theme);
  });
}

function axis(plot: Plot, unit: string, theme: Theme): string[] {
  return ticksOf(plot).map((value, tick) =>
    text(tick === TICKS ? measured(value, unit) : short(value), {
      x: xAt(value, plot),
      y: plot.bottom + 10,
      size: SIZE,
      fill: theme.faint,
      anchor: tick === 0 ? 'start' : tick === TICKS ? 'end' : 'middle',
    }),
  );
}

/** The label on the left, the total on the right, and the segments below. */
function barParts(
  bar: Bar,
  top: number,
  { chart, plot, theme }: { chart: BarChart; plot: Plot; theme: Theme },
): string[] {
  const total = totalOf(bar);
  const words = measured(total, total === 1 ? (chart.unitOfOne ?? chart.unit) : chart.unit);
  const room = WIDTH - 2 * PAD - widthOf(words, SIZE) - 12;
  const base = { y: top + LABEL - 8, size: SIZE, fill: theme.text };
  const parts = [
    text(shorten(bar.label, room, SIZE), { ...base, x: PAD }),
    text(words, { ...base, x: WIDTH - PAD, anchor: 'end', bold: true }),
  ];
  let from = 0;
  for (const [index, { value }] of bar.segments.entries()) {
    const [x, end] = [xAt(from, plot), xAt(from + value, plot)];
    from += value;
    if (end > x)
      parts.push(
        `<rect x="${n(x)}" y="${top + LABEL}" width="${n(end - x)}" height="${BAR}" fill="${color(index)}" stroke="${theme.background}" stroke-width="1.5"/>`,
      );
  }
  return parts;
}

function limitParts({ limit, bars: all }: BarChart, plot: Plot, theme: Theme): string[] {
  if (!limit) return [];
  const x = xAt(limit.value, plot);
  return all.map((_, row) => {
    const y = plot.top + row * STEP + LABEL;
    return limitLine({ x1: x, x2: x, y1: y - 5, y2: y + BAR + 5 }, theme);
  });
}

/** Named segments of the first stacked bar, and the limit; a plain bar needs no name. */
function legendOf({ bars: all, unit, limit }: BarChart): LegendRow[] {
  const stacked = all.find(({ segments }) => segments.length > 1);
  const isOnly = all.length === 1;
  return [
    ...(stacked?.segments ?? []).map(({ label, value }, index) => ({
      label,
      sign: swatch(index),
      ...(isOnly ? { value: measured(value, unit) } : {}),
    })),
    ...(limit ? [limitRow(limit, unit)] : []),
  ];
}

const swatch = (index: number) => (y: number) =>
  `<rect x="${PAD}" y="${y - 13}" width="15" height="15" fill="${color(index)}"/>`;
