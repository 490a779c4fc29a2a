import type { BarChart, Chart, LineChart } from '../bot/reply.ts';
import { COLOURS, MARKERS, THEMES, type Theme, type ThemeName } from './theme.ts';

const WIDTH = 800;
const PAD = 32;
const FONT = 'Inter';

/** Average width of a letter of the font, in parts of its size. */
const LETTER = 0.56;

/** A chart as SVG, drawn for one theme. The text twin is the chart's `alt`. */
export function chartSvg(chart: Chart, themeName: ThemeName): string {
  const theme = THEMES[themeName];
  return chart.shape === 'bars' ? barsSvg(chart, theme) : linesSvg(chart, theme);
}

function barsSvg(chart: BarChart, theme: Theme): string {
  const labelWidth = Math.min(
    240,
    Math.max(...chart.bars.map(({ label }) => widthOf(label, 15)), 40),
  );
  const left = PAD + labelWidth + 16;
  const right = WIDTH - PAD - 110;
  const totals = chart.bars.map(({ segments }) => sum(segments.map(({ value }) => value)));
  const whole = chart.unit === '%' ? 100 : 0;
  const most = niceMax(Math.max(...totals, chart.limit?.value ?? 0, whole));
  const scale = (value: number) => ((right - left) * value) / most;
  const top = 84;
  const step = 52;
  const bottom = top + chart.bars.length * step;
  const legend = legendOf(chart);
  const height = bottom + 44 + Math.ceil(legend.length / 2) * 26;
  const parts = [
    ...frame(chart.title, theme),
    ...verticalGrid({ most, left, right, top: top - 8, bottom, unit: chart.unit, theme }),
  ];
  for (const [row, bar] of chart.bars.entries()) {
    const y = top + row * step;
    const total = totals[row] ?? 0;
    let x = left;
    parts.push(
      text(shorten(bar.label, labelWidth, 15), {
        x: left - 12,
        y: y + 23,
        size: 15,
        fill: theme.text,
        anchor: 'end',
      }),
    );
    for (const [index, { value }] of bar.segments.entries()) {
      const width = scale(value);
      if (width > 0)
        parts.push(
          `<rect x="${n(x)}" y="${y}" width="${n(width)}" height="32" fill="${colour(index)}" stroke="${theme.background}" stroke-width="1.5"/>`,
        );
      x += width;
    }
    parts.push(
      text(`${short(total)} ${total === 1 ? (chart.unitOfOne ?? chart.unit) : chart.unit}`, {
        x: x + 8,
        y: y + 22,
        size: 15,
        fill: theme.text,
        bold: true,
      }),
    );
  }
  if (chart.limit)
    parts.push(
      ...limitLine(
        left + scale(chart.limit.value),
        top - 12,
        bottom,
        `${chart.limit.label}: ${short(chart.limit.value)} ${chart.unit}`,
        theme,
      ),
    );
  for (const [index, item] of legend.entries()) {
    const x = PAD + (index % 2) * ((WIDTH - 2 * PAD) / 2);
    const y = bottom + 46 + Math.floor(index / 2) * 26;
    parts.push(`<rect x="${x}" y="${y - 12}" width="14" height="14" fill="${colour(index)}"/>`);
    parts.push(text(item, { x: x + 22, y, size: 14, fill: theme.text }));
  }
  return svg(height, theme, parts);
}

/** Named segments of the first stacked bar; a plain bar needs no legend. */
function legendOf(chart: BarChart): string[] {
  const stacked = chart.bars.find(({ segments }) => segments.length > 1);
  if (!stacked) return [];
  const only = chart.bars.length === 1;
  return stacked.segments.map(({ label, value }) =>
    only ? `${label}: ${short(value)} ${chart.unit}` : label,
  );
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

function linesSvg(chart: LineChart, theme: Theme): string {
  const height = 460;
  const left = PAD + 56;
  const right = WIDTH - PAD - 130;
  const top = 84;
  const bottom = height - 72;
  const values = chart.series.flatMap((series) => series.values);
  const most = niceMax(Math.min(ceilingOf(chart), Math.max(...values, chart.limit?.value ?? 0)));
  const xs = chart.x.values.map((x) => (chart.x.logarithmic ? Math.log2(x) : x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const xAt = (index: number) =>
    left + ((right - left) * ((xs[index] ?? low) - low)) / (high - low || 1);
  const yAt = (value: number) => bottom - ((bottom - top) * value) / most;
  const parts = [...frame(chart.title, theme)];
  for (let tick = 0; tick <= 4; tick += 1) {
    const value = (most * tick) / 4;
    parts.push(
      `<line x1="${left}" x2="${right}" y1="${n(yAt(value))}" y2="${n(yAt(value))}" stroke="${theme.grid}"/>`,
    );
    parts.push(
      text(short(value), {
        x: left - 8,
        y: yAt(value) + 5,
        size: 13,
        fill: theme.faint,
        anchor: 'end',
      }),
    );
  }
  parts.push(
    text(chart.unit, { x: left - 8, y: top - 12, size: 13, fill: theme.faint, anchor: 'end' }),
  );
  for (const [index, x] of chart.x.values.entries()) {
    if (chart.x.values.length > 8 && index % 2 === 1) continue;
    parts.push(
      text(tokens(x), {
        x: xAt(index),
        y: bottom + 22,
        size: 13,
        fill: theme.faint,
        anchor: 'middle',
      }),
    );
  }
  parts.push(
    text(chart.x.label, {
      x: (left + right) / 2,
      y: bottom + 48,
      size: 14,
      fill: theme.text,
      anchor: 'middle',
    }),
  );
  const ends = spread(
    chart.series.map((series) => yAt(series.values.at(-1) ?? 0)),
    20,
    top,
    bottom,
  );
  parts.push(
    `<clipPath id="plot"><rect x="${left - 8}" y="${top - 4}" width="${right - left + 16}" height="${bottom - top + 12}"/></clipPath>`,
  );
  for (const [index, series] of chart.series.entries()) {
    const points = series.values.map((value, at) => `${n(xAt(at))},${n(yAt(value))}`).join(' ');
    parts.push(
      `<polyline points="${points}" fill="none" stroke="${colour(index)}" stroke-width="3" clip-path="url(#plot)"/>`,
    );
    for (const [at, value] of series.values.entries())
      if (value <= most) parts.push(marker(index, xAt(at), yAt(value), theme));
    const y = ends[index] ?? bottom;
    parts.push(marker(index, right + 16, y, theme));
    parts.push(
      text(shorten(series.label, 110, 14), { x: right + 28, y: y + 5, size: 14, fill: theme.text }),
    );
  }
  if (chart.limit) {
    const y = n(yAt(chart.limit.value));
    parts.push(
      `<line x1="${left}" x2="${right}" y1="${y}" y2="${y}" stroke="${theme.limit}" stroke-width="2" stroke-dasharray="6 5"/>`,
    );
    parts.push(
      text(`${chart.limit.label}: ${short(chart.limit.value)}`, {
        x: right - 6,
        y: Number(y) + 18,
        size: 13,
        fill: theme.text,
        bold: true,
        anchor: 'end',
        halo: theme.background,
      }),
    );
  }
  return svg(height, theme, parts);
}

/** Moves labels apart so that none covers another. */
function spread(ys: number[], gap: number, top: number, bottom: number): number[] {
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

function marker(index: number, x: number, y: number, theme: Theme): string {
  const fill = colour(index);
  const [cx, cy] = [n(x), n(y)];
  switch (MARKERS[index % MARKERS.length]) {
    case 'square':
      return `<rect x="${n(x - 5)}" y="${n(y - 5)}" width="10" height="10" fill="${fill}"/>`;
    case 'triangle':
      return `<path d="M${cx} ${n(y - 6)}L${n(x + 6)} ${n(y + 5)}L${n(x - 6)} ${n(y + 5)}Z" fill="${fill}"/>`;
    case 'diamond':
      return `<path d="M${cx} ${n(y - 7)}L${n(x + 7)} ${cy}L${cx} ${n(y + 7)}L${n(x - 7)} ${cy}Z" fill="${fill}"/>`;
    case 'cross':
      return `<path d="M${n(x - 5)} ${n(y - 5)}L${n(x + 5)} ${n(y + 5)}M${n(x + 5)} ${n(y - 5)}L${n(x - 5)} ${n(y + 5)}" stroke="${fill}" stroke-width="3"/>`;
    case 'ring':
      return `<circle cx="${cx}" cy="${cy}" r="5" fill="${theme.background}" stroke="${fill}" stroke-width="3"/>`;
    default:
      return `<circle cx="${cx}" cy="${cy}" r="5" fill="${fill}"/>`;
  }
}

function verticalGrid({
  most,
  left,
  right,
  top,
  bottom,
  unit,
  theme,
}: {
  most: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  unit: string;
  theme: Theme;
}): string[] {
  const parts: string[] = [];
  for (let tick = 0; tick <= 4; tick += 1) {
    const x = n(left + ((right - left) * tick) / 4);
    parts.push(`<line x1="${x}" x2="${x}" y1="${top}" y2="${bottom}" stroke="${theme.grid}"/>`);
    parts.push(
      text(`${short((most * tick) / 4)}${tick === 4 ? ` ${unit}` : ''}`, {
        x: Number(x),
        y: bottom + 18,
        size: 13,
        fill: theme.faint,
        anchor: 'middle',
      }),
    );
  }
  return parts;
}

function limitLine(x: number, top: number, bottom: number, label: string, theme: Theme): string[] {
  const anchor = x > WIDTH / 2 ? 'end' : 'start';
  return [
    `<line x1="${n(x)}" x2="${n(x)}" y1="${top}" y2="${bottom}" stroke="${theme.limit}" stroke-width="2" stroke-dasharray="6 5"/>`,
    text(label, {
      x: anchor === 'end' ? x - 6 : x + 6,
      y: top + 2,
      size: 13,
      fill: theme.text,
      bold: true,
      anchor,
    }),
  ];
}

function frame(title: string, theme: Theme): string[] {
  return [
    text(shorten(title, WIDTH - 2 * PAD, 20), {
      x: PAD,
      y: 46,
      size: 20,
      fill: theme.text,
      bold: true,
    }),
  ];
}

function svg(height: number, theme: Theme, parts: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"><rect width="${WIDTH}" height="${height}" fill="${theme.background}"/>${parts.join('')}</svg>`;
}

type Written = {
  x: number;
  y: number;
  size: number;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  /** A rim that keeps text apart from lines behind it. */
  halo?: string;
};

function text(
  content: string,
  { x, y, size, fill, anchor = 'start', bold = false, halo }: Written,
): string {
  const rim = halo ? ` stroke="${halo}" stroke-width="5" paint-order="stroke"` : '';
  return `<text x="${n(x)}" y="${n(y)}" font-family="${FONT}" font-size="${size}" font-weight="${bold ? 600 : 400}" fill="${fill}" text-anchor="${anchor}"${rim}>${xml(content)}</text>`;
}

/** XML, and only characters that it and the font can hold. */
function xml(content: string): string {
  return content
    .replace(/[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Extended_Pictographic}]/gu, '')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function shorten(content: string, width: number, size: number): string {
  const letters = Math.floor(width / (size * LETTER));
  return content.length <= letters ? content : `${content.slice(0, letters - 1)}…`;
}

const widthOf = (content: string, size: number) => content.length * size * LETTER;
const colour = (index: number) => COLOURS[index % COLOURS.length] ?? '#0072b2';
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const n = (value: number) => String(Math.round(value * 10) / 10);

const NUMBERS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }),
);

function short(value: number): string {
  const size = Math.abs(value);
  return NUMBERS[size < 10 ? 2 : size < 100 ? 1 : 0]?.format(value) ?? '';
}

function tokens(value: number): string {
  if (value >= 1024 ** 2 && value % 1024 ** 2 === 0) return `${value / 1024 ** 2}M`;
  return value >= 1024 && value % 1024 === 0 ? `${value / 1024}k` : short(value);
}

/** The smallest round number that is not below the largest value. */
function niceMax(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
