import type { Chart } from '../bot/reply.ts';
import { barsSvg } from './bars.ts';
import { linesSvg } from './lines.ts';
import { THEMES, type ThemeName } from './theme.ts';

/** A chart as SVG, drawn for one theme. The text twin is the chart's `alt`. */
export function chartSvg(chart: Chart, themeName: ThemeName): string {
  const theme = THEMES[themeName];
  return chart.shape === 'bars' ? barsSvg(chart, theme) : linesSvg(chart, theme);
}
