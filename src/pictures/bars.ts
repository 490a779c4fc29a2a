import type { BarChart } from '../bot/reply.ts';
import {
  color,
  gridLine,
  limitLine,
  n,
  PAD,
  shorten,
  svg,
  TICKS,
  text,
  WIDTH,
  widthOf,
} from './drawing.ts';
import { measured, niceMax, short } from './scale.ts';
import type { Theme } from './theme.ts';

const TOP = 84;

/** From one bar to the next. */
const STEP = 52;

/** Where the bars lie, and the value at their right end. */
type Plot = { left: number; right: number; bottom: number; most: number };

/** Bars of one or more segments, from left to right, with the limit across them. */
export function barsSvg(chart: BarChart, theme: Theme): string {
  const labelWidth = Math.min(
    240,
    Math.max(...chart.bars.map(({ label }) => widthOf(label, 15)), 40),
  );
  const totals = chart.bars.map(totalOf);
  const whole = chart.unit === '%' ? 100 : 0;
  const plot: Plot = {
    left: PAD + labelWidth + 16,
    right: WIDTH - PAD - 110,
    bottom: TOP + chart.bars.length * STEP,
    most: niceMax(Math.max(...totals, chart.limit?.value ?? 0, whole)),
  };
  const legend = legendOf(chart);
  const height = plot.bottom + 44 + Math.ceil(legend.length / 2) * 26;
  return svg(chart.title, height, theme, [
    ...grid(plot, chart.unit, theme),
    ...chart.bars.flatMap((bar, row) => [
      text(shorten(bar.label, labelWidth, 15), {
        x: plot.left - 12,
        y: TOP + row * STEP + 23,
        size: 15,
        fill: theme.text,
        anchor: 'end',
      }),
      ...barParts(bar, { y: TOP + row * STEP, chart, plot, theme }),
    ]),
    ...(chart.limit ? limitParts(chart.limit, { unit: chart.unit, plot, theme }) : []),
    ...legendParts(legend, plot.bottom + 46, theme),
  ]);
}

type Bar = BarChart['bars'][number];

const totalOf = ({ segments }: Bar) => segments.reduce((sum, { value }) => sum + value, 0);

/** How far to the right a value reaches. */
const lengthOf = (value: number, { left, right, most }: Plot) => ((right - left) * value) / most;

function grid({ left, right, bottom, most }: Plot, unit: string, theme: Theme): string[] {
  return Array.from({ length: TICKS + 1 }, (_, tick) => {
    const x = left + ((right - left) * tick) / TICKS;
    const value = (most * tick) / TICKS;
    return [
      gridLine({ x1: x, x2: x, y1: TOP - 8, y2: bottom }, theme),
      text(tick === TICKS ? measured(value, unit) : short(value), {
        x,
        y: bottom + 18,
        size: 13,
        fill: theme.faint,
        anchor: 'middle',
      }),
    ];
  }).flat();
}

/** The segments of one bar, and its total behind them. */
function barParts(
  bar: Bar,
  { y, chart, plot, theme }: { y: number; chart: BarChart; plot: Plot; theme: Theme },
): string[] {
  let x = plot.left;
  const parts: string[] = [];
  for (const [index, { value }] of bar.segments.entries()) {
    const width = lengthOf(value, plot);
    if (width > 0)
      parts.push(
        `<rect x="${n(x)}" y="${y}" width="${n(width)}" height="32" fill="${color(index)}" stroke="${theme.background}" stroke-width="1.5"/>`,
      );
    x += width;
  }
  const total = totalOf(bar);
  const unit = total === 1 ? (chart.unitOfOne ?? chart.unit) : chart.unit;
  const words = measured(total, unit);
  return [...parts, text(words, { x: x + 8, y: y + 22, size: 15, fill: theme.text, bold: true })];
}

/** The label stands on the side with more room. */
function limitParts(
  limit: NonNullable<BarChart['limit']>,
  { unit, plot, theme }: { unit: string; plot: Plot; theme: Theme },
): string[] {
  const x = plot.left + lengthOf(limit.value, plot);
  const isRight = x > WIDTH / 2;
  return [
    limitLine({ x1: x, x2: x, y1: TOP - 12, y2: plot.bottom }, theme),
    text(`${limit.label}: ${measured(limit.value, unit)}`, {
      x: isRight ? x - 6 : x + 6,
      y: TOP - 10,
      size: 13,
      fill: theme.text,
      bold: true,
      anchor: isRight ? 'end' : 'start',
    }),
  ];
}

/** Named segments of the first stacked bar; a plain bar needs no legend. */
function legendOf(chart: BarChart): string[] {
  const stacked = chart.bars.find(({ segments }) => segments.length > 1);
  if (!stacked) return [];
  const only = chart.bars.length === 1;
  return stacked.segments.map(({ label, value }) =>
    only ? `${label}: ${measured(value, chart.unit)}` : label,
  );
}

/** The legend in two columns, from this height on. */
function legendParts(legend: string[], top: number, theme: Theme): string[] {
  return legend.flatMap((item, index) => {
    const x = PAD + (index % 2) * ((WIDTH - 2 * PAD) / 2);
    const y = top + Math.floor(index / 2) * 26;
    return [
      `<rect x="${x}" y="${y - 12}" width="14" height="14" fill="${color(index)}"/>`,
      text(item, { x: x + 22, y, size: 14, fill: theme.text }),
    ];
  });
}
