import type { DataVisualizationBlock } from '../../slack/chart.ts';
import { draw, styled, type Tree } from './tree.ts';

type Series = DataVisualizationBlock['chart']['series'];

const WIDTH = 300;
const HEIGHT = 200;
const LEFT = 52;
const BOTTOM = 44;
const TOP = 12;

/**
 * Slack's own chart, near to how Slack draws one: the numbers are exact, colours and shapes are not.
 * A table of the same numbers stands in it for those who do not see it.
 */
export function drawChart({ title, chart }: DataVisualizationBlock): Tree {
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const most = niceMost(chart.series);
  const plot = chart.type === 'bar' ? bars : lines;
  return styled(
    'figure',
    'sl-chart',
    styled('figcaption', 'sl-chart-title', title),
    draw(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': formatChart(chart.series) },
      ...grid(most),
      ...plot(chart.series, categories, most),
      ...categoryLabels(categories),
      ...axisLabels(xLabel, yLabel),
    ),
    legend(chart.series),
  );
}

function niceMost(series: Series): number {
  const most = Math.max(0, ...series.flatMap(({ data }) => data.map(({ value }) => value)));
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}

const yOf = (value: number, most: number) =>
  HEIGHT - BOTTOM - (Math.max(0, value) / most) * (HEIGHT - BOTTOM - TOP);

const round = (value: number) => String(Math.round(value * 10) / 10);

function grid(most: number): Tree[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = round(yOf(share * most, most));
    return [
      draw('line', { class: 'grid', x1: String(LEFT), x2: String(WIDTH), y1: y, y2: y }),
      label(short(share * most), { x: LEFT - 6, y: Number(y) + 4, anchor: 'end' }),
    ];
  });
}

function label(text: string, at: { x: number; y: number; anchor: string }): Tree {
  return draw('text', { x: round(at.x), y: round(at.y), 'text-anchor': at.anchor }, text);
}

function slot(categories: readonly string[]): number {
  return (WIDTH - LEFT) / Math.max(1, categories.length);
}

function bars(series: Series, categories: readonly string[], most: number): Tree[] {
  const room = slot(categories);
  const width = Math.min(46, (room * 0.8) / Math.max(1, series.length));
  const group = width * series.length;
  return series.flatMap(({ data }, index) =>
    data.map(({ value }, at) => {
      const y = yOf(value, most);
      return draw('rect', {
        class: `series-${index % 6}`,
        x: round(LEFT + room * at + (room - group) / 2 + width * index),
        y: round(y),
        width: round(Math.max(1, width - 2)),
        height: round(Math.max(0, HEIGHT - BOTTOM - y)),
      });
    }),
  );
}

function lines(series: Series, categories: readonly string[], most: number): Tree[] {
  const room = slot(categories);
  return series.flatMap(({ data }, index) => {
    const points = data.map(
      ({ value }, at) => [LEFT + room * (at + 0.5), yOf(value, most)] as const,
    );
    return [
      draw('polyline', {
        class: `line-${index % 6}`,
        points: points.map(([x, y]) => `${round(x)},${round(y)}`).join(' '),
      }),
      ...points.map(([x, y]) =>
        draw('circle', { class: `series-${index % 6}`, cx: round(x), cy: round(y), r: '3' }),
      ),
    ];
  });
}

function categoryLabels(categories: readonly string[]): Tree[] {
  const room = slot(categories);
  const every = Math.ceil((categories.length * 60) / (WIDTH - LEFT));
  const most = Math.max(4, Math.floor((room * every) / 8));
  return categories.flatMap((text, at) =>
    at % every === 0
      ? [
          label(text.length > most ? `${text.slice(0, most - 1)}…` : text, {
            x: LEFT + room * (at + 0.5),
            y: HEIGHT - BOTTOM + 16,
            anchor: 'middle',
          }),
        ]
      : [],
  );
}

function axisLabels(x: string | undefined, y: string | undefined): Tree[] {
  return [
    ...(x ? [label(x, { x: LEFT + (WIDTH - LEFT) / 2, y: HEIGHT - 6, anchor: 'middle' })] : []),
    ...(y ? [label(y, { x: 2, y: HEIGHT - 6, anchor: 'start' })] : []),
  ];
}

function legend(series: Series): Tree {
  return styled(
    'ul',
    'sl-legend',
    ...series.map(({ name }, index) =>
      draw('li', {}, styled('span', `swatch series-${index % 6}`), name),
    ),
  );
}

function formatChart(series: Series): string {
  return series
    .map(
      ({ name, data }) =>
        `${name}: ${data.map(({ label: at, value }) => `${at} ${short(value)}`).join(', ')}`,
    )
    .join('; ');
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}
