import type { LineChart } from '../spine/reply.ts';
import { formatPlace } from './amounts.ts';
import {
  color,
  gridLine,
  limitLine,
  n,
  PAD,
  type Part,
  SIZE,
  text,
  WIDTH,
  widthOf,
} from './drawing.ts';
import { type LegendRow, LINE, legend, limitRow } from './legend.ts';
import { marker } from './markers.ts';
import { niceMax, short } from './scale.ts';
import type { Theme } from './theme.ts';

const HEIGHT = 170;
const LEFT = PAD + 44;
const RIGHT = WIDTH - PAD - 6;

/** Lines of the grid, without the one at zero. */
const TICKS = 4;

/** Where values lie in the picture, and the value at its top. */
type Plot = {
  top: number;
  bottom: number;
  most: number;
  xAt(index: number): number;
  yAt(value: number): number;
};

/** Series over one x axis, each marked by a color and a shape, with the place where it meets the limit. */
export function lines(chart: LineChart, top: number, theme: Theme): Part {
  const plot = plotOf(chart, top + 20);
  const below = plot.bottom + 78;
  const names = legendOf(chart);
  return {
    height: below - top + (names.length - 1) * LINE,
    parts: [
      ...yAxis(chart.unit, plot, theme),
      ...xAxis(chart.x, plot, theme),
      `<clipPath id="plot"><rect x="${LEFT - 8}" y="${n(plot.top - 4)}" width="${RIGHT - LEFT + 16}" height="${HEIGHT + 12}"/></clipPath>`,
      ...chart.series.flatMap(({ values }, index) => seriesParts(values, index, plot, theme)),
      ...(chart.limit ? limitParts(chart.limit, chart.series, plot, theme) : []),
      ...legend(names, below, theme),
    ],
  };
}

function legendOf({ series, limit, unit }: LineChart): LegendRow[] {
  // A line alone is what the title says.
  const named = series.length > 1 || series[0]?.note ? series : [];
  return [
    ...named.map(({ label, note = '' }, index) => ({
      label,
      value: note,
      sign: (y: number, theme: Theme) => marker(index, PAD + 8, y - 5, theme),
    })),
    ...(limit ? [limitRow(limit, unit)] : []),
  ];
}

function plotOf(chart: LineChart, top: number): Plot {
  const values = chart.series.flatMap((series) => series.values);
  const most = niceMax(Math.min(ceilingOf(chart), Math.max(...values, chart.limit?.value ?? 0)));
  const xs = chart.x.values.map((x) => (chart.x.logarithmic ? Math.log2(x) : x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const bottom = top + HEIGHT;
  // Between two values the axis is even in what it shows, which for contexts is their logarithm.
  const placeAt = (index: number) => {
    const [before = low, after = before] = [xs[Math.floor(index)], xs[Math.ceil(index)]];
    return before + (after - before) * (index % 1);
  };
  return {
    top,
    bottom,
    most,
    xAt: (index) => LEFT + ((RIGHT - LEFT) * (placeAt(index) - low)) / (high - low || 1),
    yAt: (value) => bottom - (HEIGHT * value) / most,
  };
}

/**
 * What lies far above the limit would press everything else to the ground; but the lowest line is
 * seen as a whole, and where each of the others begins.
 */
function ceilingOf({ limit, series }: LineChart): number {
  if (!limit) return Number.POSITIVE_INFINITY;
  const lowest = Math.min(...series.map(({ values }) => Math.max(...values)));
  const begins = Math.max(...series.map(({ values }) => values[0] ?? 0));
  return Math.max(limit.value * 2.5, lowest, begins);
}

function yAxis(unit: string, { top, most, yAt }: Plot, theme: Theme): string[] {
  const label = { size: SIZE, fill: theme.faint } as const;
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const value = (most * tick) / TICKS;
    const y = yAt(value);
    return [
      gridLine({ x1: LEFT, x2: RIGHT, y1: y, y2: y }, theme),
      text(short(value), { ...label, x: LEFT - 6, y: y + 5, anchor: 'end' }),
    ];
  });
  return [...ticks.flat(), text(unit, { ...label, x: PAD, y: top - 12 })];
}

function xAxis({ label, values }: LineChart['x'], { bottom, xAt }: Plot, theme: Theme): string[] {
  const last = values.length - 1;
  const widest = Math.max(...values.map((value) => widthOf(formatPlace(value), SIZE))) + 8;
  const every = Math.ceil((widest * last) / (RIGHT - LEFT)) || 1;
  // Counted from the end, which is the model's limit.
  const numbers = values.flatMap((value, index) =>
    (last - index) % every === 0
      ? [
          text(formatPlace(value), {
            x: index === last ? RIGHT + 6 : xAt(index),
            y: bottom + 22,
            size: SIZE,
            fill: theme.faint,
            anchor: index === last ? 'end' : 'middle',
          }),
        ]
      : [],
  );
  const middle = (LEFT + RIGHT) / 2;
  const name = {
    x: middle,
    y: bottom + 46,
    size: SIZE,
    fill: theme.text,
    anchor: 'middle',
  } as const;
  return [...numbers, text(label, name)];
}

/** Points above the top are cut off. */
function seriesParts(
  values: readonly number[],
  index: number,
  { most, xAt, yAt }: Plot,
  theme: Theme,
): string[] {
  const points = values.map((value, at) => `${n(xAt(at))},${n(yAt(value))}`).join(' ');
  return [
    `<polyline points="${points}" fill="none" stroke="${color(index)}" stroke-width="3" clip-path="url(#plot)"/>`,
    ...values.flatMap((value, at) =>
      value <= most ? [marker(index, xAt(at), yAt(value), theme)] : [],
    ),
  ];
}

function limitParts(
  limit: NonNullable<LineChart['limit']>,
  series: LineChart['series'],
  { bottom, xAt, yAt }: Plot,
  theme: Theme,
): string[] {
  const y = yAt(limit.value);
  const cuts = series.flatMap(({ values }, index) => {
    const at = crossing(values, limit.value);
    return at === undefined
      ? []
      : [
          `<line x1="${n(xAt(at))}" x2="${n(xAt(at))}" y1="${n(y)}" y2="${bottom}" stroke="${color(index)}" stroke-width="2" stroke-dasharray="2 4"/>`,
          `<circle cx="${n(xAt(at))}" cy="${n(y)}" r="7" fill="none" stroke="${theme.limit}" stroke-width="2"/>`,
        ];
  });
  return [limitLine({ x1: LEFT, x2: RIGHT, y1: y, y2: y }, theme), ...cuts];
}

/** Between which places, as a number between their indexes, a rising series meets the limit. */
function crossing(values: readonly number[], limit: number): number | undefined {
  const after = values.findIndex((value) => value > limit);
  const [low, high] = [values[after - 1], values[after]];
  if (low === undefined || high === undefined) return undefined;
  return after - 1 + (limit - low) / (high - low);
}
