import type { LineChart } from '../bot/reply.ts';
import { color, gridLine, limitLine, n, PAD, shorten, svg, TICKS, text, WIDTH } from './drawing.ts';
import { marker } from './markers.ts';
import { niceMax, short, tokens } from './scale.ts';
import type { Theme } from './theme.ts';

const HEIGHT = 460;
const LEFT = PAD + 56;
const RIGHT = WIDTH - PAD - 130;
const TOP = 84;
const BOTTOM = HEIGHT - 72;

/** More values than this along the x axis, and only every second is written. */
const CROWDED = 8;

/** Where values lie in the picture, and the value at its top. */
type Plot = { most: number; xAt(index: number): number; yAt(value: number): number };

/** Series over one x axis, each marked by a color and a shape and named at its end. */
export function linesSvg(chart: LineChart, theme: Theme): string {
  const plot = plotOf(chart);
  return svg(chart.title, HEIGHT, theme, [
    ...yAxis(chart.unit, plot, theme),
    ...xAxis(chart.x, plot, theme),
    `<clipPath id="plot"><rect x="${LEFT - 8}" y="${TOP - 4}" width="${RIGHT - LEFT + 16}" height="${BOTTOM - TOP + 12}"/></clipPath>`,
    ...seriesParts(chart.series, plot, theme),
    ...(chart.limit ? limitParts(chart.limit, plot, theme) : []),
  ]);
}

function plotOf(chart: LineChart): Plot {
  const values = chart.series.flatMap((series) => series.values);
  const most = niceMax(Math.min(ceilingOf(chart), Math.max(...values, chart.limit?.value ?? 0)));
  const xs = chart.x.values.map((x) => (chart.x.logarithmic ? Math.log2(x) : x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  return {
    most,
    xAt: (index) => LEFT + ((RIGHT - LEFT) * ((xs[index] ?? low) - low)) / (high - low || 1),
    yAt: (value) => BOTTOM - ((BOTTOM - TOP) * value) / most,
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

function yAxis(unit: string, { most, yAt }: Plot, theme: Theme): string[] {
  const label = { x: LEFT - 8, size: 13, fill: theme.faint, anchor: 'end' } as const;
  const lines = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const value = (most * tick) / TICKS;
    const y = yAt(value);
    return [
      gridLine({ x1: LEFT, x2: RIGHT, y1: y, y2: y }, theme),
      text(short(value), { ...label, y: y + 5 }),
    ];
  });
  return [...lines.flat(), text(unit, { ...label, y: TOP - 12 })];
}

function xAxis({ label, values }: LineChart['x'], { xAt }: Plot, theme: Theme): string[] {
  const isWritten = (index: number) => values.length <= CROWDED || index % 2 === 0;
  const numbers = values.flatMap((value, index) =>
    isWritten(index)
      ? [
          text(tokens(value), {
            x: xAt(index),
            y: BOTTOM + 22,
            size: 13,
            fill: theme.faint,
            anchor: 'middle',
          }),
        ]
      : [],
  );
  const name = text(label, {
    x: (LEFT + RIGHT) / 2,
    y: BOTTOM + 48,
    size: 14,
    fill: theme.text,
    anchor: 'middle',
  });
  return [...numbers, name];
}

/** Points above the top are cut off; the names beside the ends keep apart. */
function seriesParts(all: LineChart['series'], { most, xAt, yAt }: Plot, theme: Theme): string[] {
  const ends = spread(
    all.map(({ values }) => yAt(values.at(-1) ?? 0)),
    { gap: 20, top: TOP, bottom: BOTTOM },
  );
  return all.flatMap(({ label, values }, index) => {
    const points = values.map((value, at) => `${n(xAt(at))},${n(yAt(value))}`).join(' ');
    const y = ends[index] ?? BOTTOM;
    return [
      `<polyline points="${points}" fill="none" stroke="${color(index)}" stroke-width="3" clip-path="url(#plot)"/>`,
      ...values.flatMap((value, at) =>
        value <= most ? [marker(index, xAt(at), yAt(value), theme)] : [],
      ),
      marker(index, RIGHT + 16, y, theme),
      text(shorten(label, 110, 14), { x: RIGHT + 28, y: y + 5, size: 14, fill: theme.text }),
    ];
  });
}

/** Moves labels apart so that none covers another. */
function spread(
  ys: number[],
  { gap, top, bottom }: { gap: number; top: number; bottom: number },
): number[] {
  const order = ys.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  let last = top - gap;
  for (const each of order) {
    each.y = Math.max(each.y, last + gap);
    last = each.y;
  }
  const over = Math.max(0, last - bottom);
  const placed: number[] = [];
  for (const { y, index } of order) placed[index] = y - over;
  return placed;
}

function limitParts(limit: NonNullable<LineChart['limit']>, { yAt }: Plot, theme: Theme): string[] {
  const y = yAt(limit.value);
  return [
    limitLine({ x1: LEFT, x2: RIGHT, y1: y, y2: y }, theme),
    text(`${limit.label}: ${short(limit.value)}`, {
      x: RIGHT - 6,
      y: y + 18,
      size: 13,
      fill: theme.text,
      bold: true,
      anchor: 'end',
      halo: theme.background,
    }),
  ];
}
