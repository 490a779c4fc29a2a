import { COLOURS, type Theme } from './theme.ts';

/** Width of every picture, in pixels of the SVG; so are all other lengths here. */
export const WIDTH = 800;

/** Empty space at the edges. */
export const PAD = 32;

/** Lines of the grid, without the one at zero. */
export const TICKS = 4;

const FONT = 'Inter';

/** Average width of a letter of the font, in parts of its size. */
const LETTER = 0.56;

/** A whole picture of this height: the title on top, then its parts, the later ones in front. */
export function svg(title: string, height: number, theme: Theme, parts: string[]): string {
  const head = text(shorten(title, WIDTH - 2 * PAD, 20), {
    x: PAD,
    y: 46,
    size: 20,
    fill: theme.text,
    bold: true,
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"><rect width="${WIDTH}" height="${height}" fill="${theme.background}"/>${head}${parts.join('')}</svg>`;
}

/** Two ends of a line, from left to right or from top to bottom. */
export type Ends = { x1: number; x2: number; y1: number; y2: number };

/** A line of the grid. */
export function gridLine({ x1, x2, y1, y2 }: Ends, theme: Theme): string {
  return `<line x1="${n(x1)}" x2="${n(x2)}" y1="${n(y1)}" y2="${n(y2)}" stroke="${theme.grid}"/>`;
}

/** The broken line of a limit, which stands out from the grid. */
export function limitLine({ x1, x2, y1, y2 }: Ends, theme: Theme): string {
  return `<line x1="${n(x1)}" x2="${n(x2)}" y1="${n(y1)}" y2="${n(y2)}" stroke="${theme.limit}" stroke-width="2" stroke-dasharray="6 5"/>`;
}

/** Where and how words stand; `y` is their base line. */
export type Written = {
  x: number;
  y: number;
  size: number;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  /** A rim that keeps text apart from lines behind it. */
  halo?: string;
};

/** Words at a place. */
export function text(
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

/** Words cut to a width, which is estimated. */
export function shorten(content: string, width: number, size: number): string {
  const letters = Math.floor(width / (size * LETTER));
  return content.length <= letters ? content : `${content.slice(0, letters - 1)}…`;
}

/** The estimated width of words. */
export const widthOf = (content: string, size: number) => content.length * size * LETTER;

/** The color of a segment or a series; it repeats after the last. */
export const color = (index: number) => COLOURS[index % COLOURS.length] ?? '#0072b2';

/** A length as SVG writes it, to a tenth of a pixel. */
export const n = (value: number) => String(Math.round(value * 10) / 10);
