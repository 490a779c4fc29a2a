import { color, n } from './drawing.ts';
import { MARKERS, type Theme } from './theme.ts';

/** The shape of a series around a point, in its color. */
export function marker(index: number, x: number, y: number, theme: Theme): string {
  const fill = color(index);
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
