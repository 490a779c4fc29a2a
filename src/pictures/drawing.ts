import { COLOURS, type Theme } from './theme.ts';

/**
 * Width of every picture, in units of the SVG; so are all other lengths here. A phone shows it 250 pixels wide, where
 * the smallest type is 11 pixels high.
 */
export const WIDTH = 360;

/** Empty space at the edges. */
export const PAD = 16;

/** The size of all type but the title. */
export const SIZE = 16;
const TITLE_SIZE = 19;

const FONT = 'Inter';

/** Average width of a letter of the font, in parts of its size. */
const LETTER = 0.56;

/** What stands under the head of a picture, and how high it is. */
export type Part = { height: number; parts: string[] };

/** A whole picture: the title and the verdict on top, then what `below` draws from that height on. */
export function svg(
  { title, verdict = '', isShort = false }: { title: string; verdict?: string; isShort?: boolean },
  theme: Theme,
  below: (top: number) => Part,
): string {
  const titleFill = isShort ? theme.short : theme.text;
  const titles = broken(title, TITLE_SIZE);
  const verdicts = broken(verdict, SIZE);
  const head = titles.map((line, index) =>
    text(line, { x: PAD, y: 32 + index * 24, size: TITLE_SIZE, fill: titleFill, bold: true }),
  );
  const said = verdicts.map((line, index) =>
    text(line, { x: PAD, y: 34 + titles.length * 24 + index * 22, size: SIZE, fill: theme.text }),
  );
  const { height, parts } = below(28 + titles.length * 24 + verdicts.length * 22);
  const total = 28 + titles.length * 24 + verdicts.length * 22 + height + PAD;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}"><rect width="${WIDTH}" height="${total}" fill="${theme.background}"/>${[...head, ...said, ...parts].join('')}</svg>`;
}

/** At most this many lines of a title or a verdict. */
const MAX_LINES = 3;

/** Words on as many lines as they need. */
function broken(content: string, size: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer, size) <= WIDTH - 2 * PAD)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const last = [lines.slice(MAX_LINES - 1).join(' ')].filter(Boolean);
  return [...lines.slice(0, MAX_LINES - 1), ...last].map((line) =>
    shorten(line, WIDTH - 2 * PAD, size),
  );
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
};

/** Words at a place. */
export function text(
  content: string,
  { x, y, size, fill, anchor = 'start', bold = false }: Written,
): string {
  return `<text x="${n(x)}" y="${n(y)}" font-family="${FONT}" font-size="${size}" font-weight="${bold ? 600 : 400}" fill="${fill}" text-anchor="${anchor}">${xml(content)}</text>`;
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
  return content.length <= letters ? content : `${content.slice(0, letters - 1).trimEnd()}…`;
}

/** The estimated width of words. */
export const widthOf = (content: string, size: number) => content.length * size * LETTER;

/** The color of a segment or a series; it repeats after the last. */
export const color = (index: number) => COLOURS[index % COLOURS.length] ?? '#1a85c8';

/** A length as SVG writes it, to a tenth of a pixel. */
export const n = (value: number) => String(Math.round(value * 10) / 10);
