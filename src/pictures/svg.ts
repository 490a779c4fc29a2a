import type { Chart } from '../spine/reply.ts';
import { bars, isShort } from './bars.ts';
import { svg } from './drawing.ts';
import { heat } from './heat.ts';
import { lines } from './lines.ts';
import { result } from './result.ts';
import { THEMES, type ThemeName } from './theme.ts';

/** A chart as SVG, drawn for one theme. The text twin is the chart's `alt`. */
export function chartSvg(chart: Chart, themeName: ThemeName): string {
  const theme = THEMES[themeName];
  const head = { ...chart, isShort: chart.shape === 'bars' && isShort(chart) };
  return svg(head, theme, (top) => {
    switch (chart.shape) {
      case 'bars':
        return bars(chart, top, theme);
      case 'lines':
        return lines(chart, top, theme);
      case 'heat':
        return heat(chart, top, theme);
      case 'result':
        return result(chart, top, theme);
    }
  });
}
