import type { HeatChart } from '../spine/reply.ts';
import { formatCell } from './amounts.ts';
import { n, PAD, type Part, SIZE, shorten, text, WIDTH } from './drawing.ts';
import type { Theme } from './theme.ts';

/** From one row, with its label above its cells, to the next; and the height of a cell and the gap between two. */
const STEP = 58;
const CELL = 30;
const GAP = 3;

/**
 * Colors by the value from which they stand, narrower where what people remember lies, each with a color of type that has
 * a contrast of 4.5 to 1 on it. They differ in lightness, so they remain apart under every kind of color blindness.
 *
 * @see Harrower and Brewer, "ColorBrewer.org" (2003), scheme Blues
 */
const RAMP = [
  { from: 90, fill: '#08519c', type: '#ffffff', label: '90%+' },
  { from: 80, fill: '#2171b5', type: '#ffffff', label: '80%+' },
  { from: 65, fill: '#6baed6', type: '#1a1c20', label: '65%+' },
  { from: 50, fill: '#9ecae1', type: '#1a1c20', label: '50%+' },
  { from: Number.NEGATIVE_INFINITY, fill: '#deebf7', type: '#1a1c20', label: '<50%' },
] as const;

type Shade = Pick<(typeof RAMP)[number], 'fill' | 'type'>;

/** A grid of cells, each with its value in it and colored by it; the colors stand below as its legend. */
export function heat({ columns, rows, foot }: HeatChart, top: number, theme: Theme): Part {
  const all = foot ? [...rows, foot] : rows;
  const first = top + 24;
  const legendAt = first + all.length * STEP + 6;
  const columnWidth = (WIDTH - 2 * PAD) / Math.max(1, columns.length);
  return {
    height: legendAt + CELL - top,
    parts: [
      ...columns.map((name, at) =>
        text(name, {
          x: PAD + (at + 0.5) * columnWidth,
          y: top + 16,
          size: SIZE,
          fill: theme.faint,
          anchor: 'middle',
        }),
      ),
      ...all.flatMap(({ label, values }, row) => [
        text(shorten(label, WIDTH - 2 * PAD, SIZE), {
          x: PAD,
          y: first + row * STEP + 18,
          size: SIZE,
          fill: theme.text,
        }),
        ...values.flatMap((value, at) =>
          cell(formatCell(value), row < rows.length ? shadeOf(value) : undefined, {
            x: PAD + at * columnWidth,
            y: first + row * STEP + 24,
            width: columnWidth,
            theme,
          }),
        ),
      ]),
      ...RAMP.toReversed().flatMap((shade, at) => {
        const width = (WIDTH - 2 * PAD) / RAMP.length;
        return cell(shade.label, shade, { x: PAD + at * width, y: legendAt, width, theme });
      }),
    ],
  };
}

const shadeOf = (value: number | undefined): Shade | undefined =>
  value === undefined ? undefined : RAMP.find(({ from }) => value >= from);

function cell(
  words: string,
  shade: Shade | undefined,
  { x, y, width, theme }: { x: number; y: number; width: number; theme: Theme },
): string[] {
  const look = shade ? `fill="${shade.fill}"` : `fill="none" stroke="${theme.grid}"`;
  return [
    `<rect x="${n(x + GAP / 2)}" y="${n(y)}" width="${n(width - GAP)}" height="${CELL}" rx="3" ${look}/>`,
    text(words, {
      x: x + width / 2,
      y: y + 21,
      size: SIZE,
      anchor: 'middle',
      fill: shade?.type ?? theme.faint,
    }),
  ];
}
