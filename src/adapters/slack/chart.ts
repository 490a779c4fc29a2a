import type { Block } from '@slack/types';
import { formatAmount, formatPlace, heatRows, roundAmount } from '../../pictures/amounts.ts';
import { markLines } from '../../pictures/marks.ts';
import type { BarChart, Chart, HeatChart, LineChart, ResultChart } from '../../spine/reply.ts';
import { LIMITS } from './limits.ts';
import { clean, cut } from './rich-text.ts';

/**
 * Slack's chart block, which `@slack/types` 3.2 does not know yet.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export interface DataVisualizationBlock extends Block {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar' | 'line' | 'area';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label?: string; y_label?: string };
  };
}

/** Slack draws neither heat maps nor results. */
type DrawnChart = BarChart | LineChart;

type Series = { name: string; values: number[] };

/** Letters of all labels below the bars that are readable on a phone, where Slack cuts them to the width of a bar. */
const MAX_LETTERS = 45;

/** Slack's own chart; undefined when it holds more than Slack draws well, or numbers that it cannot. */
export function chartBlock(chart: Chart): DataVisualizationBlock | undefined {
  if (chart.shape === 'heat' || chart.shape === 'result') return undefined;
  const labels = chartCategories(chart).map(clean);
  if (chart.shape === 'bars' && labels.join('').length > MAX_LETTERS) return undefined;
  const categories = labels.map((label) => cut(label, LIMITS.chartLabel));
  const series = chartSeries(chart).map(({ name, values }) => ({
    name: cut(clean(name), LIMITS.chartLabel),
    values,
  }));
  if (!fits(categories, series)) return undefined;
  const yLabel = cut(clean(chart.unit), LIMITS.axisLabel);
  return {
    type: 'data_visualization',
    title: cut(clean(chart.title), LIMITS.chartTitle) || 'Chart',
    chart: {
      type: chart.shape === 'bars' ? 'bar' : 'line',
      series: series.map(({ name, values }) => ({
        name,
        data: categories.map((label, index) => ({ label, value: roundAmount(values[index] ?? 0) })),
      })),
      axis_config: {
        categories,
        ...(chart.shape === 'lines'
          ? { x_label: cut(clean(chart.x.label), LIMITS.axisLabel) }
          : {}),
        ...(yLabel ? { y_label: yLabel } : {}),
      },
    },
  };
}

function fits(categories: string[], series: Series[]): boolean {
  const names = series.map(({ name }) => name);
  return (
    categories.length > 0 &&
    categories.length <= LIMITS.chartPoints &&
    series.length > 0 &&
    series.length <= LIMITS.chartSeries &&
    isUniqueAndFilled(categories) &&
    isUniqueAndFilled(names) &&
    series.every(({ values }) => values.every(Number.isFinite))
  );
}

function isUniqueAndFilled(labels: string[]): boolean {
  return new Set(labels).size === labels.length && !labels.includes('');
}

function chartCategories(chart: DrawnChart): string[] {
  if (chart.shape === 'bars') return chart.bars.map(({ label }) => label);
  return chart.x.values.map(formatPlace);
}

/** A limit is a series of its own: Slack draws no separate line. */
function chartSeries(chart: DrawnChart): Series[] {
  const series = chart.shape === 'bars' ? barSeries(chart) : lineSeries(chart);
  const { limit } = chart;
  if (!limit) return series;
  const points = chartCategories(chart).length;
  return [...series, { name: limit.label, values: Array<number>(points).fill(limit.value) }];
}

/** Segments with one label make one series; a bar without it has none of it. */
function barSeries({ bars }: BarChart): Series[] {
  const names = new Set(bars.flatMap(({ segments }) => segments.map(({ label }) => label)));
  return [...names].map((name) => ({
    name,
    values: bars.map(({ segments }) =>
      segments.filter(({ label }) => label === name).reduce((sum, { value }) => sum + value, 0),
    ),
  }));
}

function lineSeries({ series }: LineChart): Series[] {
  return series.map(({ label, values }) => ({ name: label, values }));
}

/** The numbers of a chart as a table, for places that draw none. */
export function chartTable(chart: Chart): {
  caption: string;
  columns: { label: string; align?: 'left' | 'right' }[];
  rows: string[][];
} {
  if (chart.shape === 'heat') return heatTable(chart);
  if (chart.shape === 'result') return resultTable(chart);
  const series = chartSeries(chart);
  const first = chart.shape === 'lines' ? chart.x.label : '';
  return {
    caption: chart.unit ? `${chart.title} (${chart.unit})` : chart.title,
    columns: [
      { label: first },
      ...series.map(({ name }) => ({ label: name, align: 'right' as const })),
    ],
    rows: chartCategories(chart).map((label, index) => [
      label,
      ...series.map(({ values }) => formatAmount(values[index] ?? 0)),
    ]),
  };
}

function heatTable(chart: HeatChart) {
  const { title, unit, rowLabel, columns } = chart;
  return {
    caption: `${title} (${unit})`,
    columns: [{ label: rowLabel }, ...columns.map((label) => ({ label, align: 'right' as const }))],
    rows: heatRows(chart),
  };
}

function resultTable({ title, verdict, facts, ...chart }: ResultChart) {
  return {
    caption: title,
    columns: [{ label: verdict }],
    rows: [
      ...markLines(chart).map((line) => [line]),
      ...facts.map(({ label, value }) => [`${label}: ${value}`]),
    ],
  };
}
