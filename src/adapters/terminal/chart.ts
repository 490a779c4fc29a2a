import { formatAmount, formatPlace, heatRows } from '../../pictures/amounts.ts';
import { markLines } from '../../pictures/marks.ts';
import type { BarChart, Chart, HeatChart, LineChart, ResultChart } from '../../spine/reply.ts';
import { BAR_WIDTH } from './limits.ts';
import { clean } from './text.ts';

/** The shades of the segments of a bar, in their order. */
const SHADES = ['█', '▓', '▒', '░', '■', '□'];

/** Bars drawn with letters; lines and heat maps as a table of their values. */
export function chartLines(chart: Chart): string[] {
  switch (chart.shape) {
    case 'bars':
      return barChartLines(chart);
    case 'lines':
      return lineChartLines(chart);
    case 'heat':
      return heatChartLines(chart);
    case 'result':
      return resultLines(chart);
  }
}

function resultLines(chart: ResultChart): string[] {
  const facts = chart.facts.map(({ label, value }) => `${label}: ${clean(value)}`);
  return [
    clean(chart.title),
    ...[chart.verdict, ...markLines(chart), ...facts].map((line) => `  ${clean(line)}`),
  ];
}

function lineChartLines({ title, unit, x, series }: LineChart): string[] {
  const head = [x.label, ...series.map(({ label }) => label)];
  const rows = x.values.map((value, index) => [
    formatPlace(value),
    ...series.map(({ values }) => formatAmount(values[index] ?? 0)),
  ]);
  return [`${clean(title)} (${unit})`, ...columnLines(head, rows)];
}

function heatChartLines(chart: HeatChart): string[] {
  const { title, unit, rowLabel, columns } = chart;
  const cells = heatRows(chart).map((row) => row.map((cell) => clean(cell)));
  return [`${clean(title)} (${unit})`, ...columnLines([rowLabel, ...columns], cells)];
}

function columnLines(head: string[], rows: string[][]): string[] {
  const widths = head.map((label, column) =>
    Math.max(label.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: string[]) =>
    `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`;
  return [line(head), ...rows.map(line)];
}

function barChartLines(chart: BarChart): string[] {
  const { bars, limit, unit } = chart;
  const atLeast = unit === '%' ? 100 : 1e-9;
  const most = Math.max(...bars.map(totalOf), limit?.value ?? 0, atLeast);
  const width = Math.max(...bars.map(({ label }) => label.length));
  return [
    clean(chart.title),
    ...bars.map((bar) => {
      const total = totalOf(bar);
      const name = clean(bar.label).padEnd(width);
      const ofUnit = total === 1 ? (chart.unitOfOne ?? unit) : unit;
      return `  ${name}  ${barOf(bar, most, limit?.value)} ${formatAmount(total)} ${ofUnit}`;
    }),
    ...legendOf(chart),
    ...(limit ? [`  │ ${limit.label}: ${formatAmount(limit.value)} ${unit}`] : []),
  ];
}

type Bar = BarChart['bars'][number];

const totalOf = ({ segments }: Bar) => segments.reduce((sum, { value }) => sum + value, 0);

const shade = (index: number) => SHADES[index % SHADES.length] ?? '█';

/** The bar alone, with a stroke where the limit is. */
function barOf({ segments }: Bar, most: number, limit: number | undefined): string {
  const columns = (value: number) => Math.round((value / most) * BAR_WIDTH);
  const bar = segments.map(({ value }, index) => shade(index).repeat(columns(value))).join('');
  if (limit === undefined) return bar;
  const limitAt = columns(limit);
  return `${bar.slice(0, limitAt).padEnd(limitAt)}│${bar.slice(limitAt + 1)}`;
}

/** Names the segments of a stacked bar; their values only where they are those of every bar. */
function legendOf({ bars, unit }: BarChart): string[] {
  const stacked = bars.find(({ segments }) => segments.length > 1);
  return (stacked?.segments ?? []).map(({ label, value }, index) => {
    const amount = bars.length === 1 ? ` ${formatAmount(value)} ${unit}` : '';
    return `  ${shade(index)} ${clean(label)}${amount}`;
  });
}
