import type { HeatChart } from '../spine/reply.ts';
import { formatCell } from './amounts.ts';
import { n, PAD, type Part, SIZE, shorten, text, WIDTH, widthOf } from './drawing.ts';
import type { Theme } from './theme.ts';

/** From one row of cells to the next, and the gap between two cells. */
const STEP = 34;
const GAP = 3;

/**
 * Colors by the value from which they stand, narrower where what people remember lies, each with a color of type that has
 * a contrast of 4.5 to 1 on it. They differ in lightness, so they remain apart under every kind of color blindness.
 *
 * @see Harrower and Brewer, "ColorBrewer.org" (2003), scheme Blues
 */
const RAMP = [
  { from: 90, fill: '#08519c', type: '#ffffff' },
  { from: 80, fill: '#2171b5', type: '#ffffff' },
  { from: 65, fill: '#6baed6', type: '#1a1c20' },
  { from: 50, fill: '#9ecae1', type: '#1a1c20' },
  { from: Number.NEGATIVE_INFINITY, fill: '#deebf7', type: '#1a1c20' },
] as const;

/** A grid of cells, each with its value in it and colored by it. */
export function heat(chart: HeatChart, top: number, theme: Theme): Part {
  const { rowLabel, columns, rows } = chart;
  const longest = Math.max(
    ...[rowLabel, ...rows.map(({ label }) => label)].map((each) => each.length),
  );
  const left = PAD + Math.min(WIDTH / 3, widthOf('0'.repeat(longest), SIZE)) + 10;
  const width = (WIDTH - PAD - left) / Math.max(1, columns.length);
  const first = top + 28;
  const label = { size: SIZE, fill: theme.faint } as const;
  return {
    height: 28 + rows.length * STEP,
    parts: [
      text(rowLabel, { ...label, x: PAD, y: top + 16 }),
      ...columns.map((name, at) =>
        text(name, { ...label, x: left + (at + 0.5) * width, y: top + 16, anchor: 'middle' }),
      ),
      ...rows.flatMap(({ label: name, values }, row) => [
        text(shorten(name, left - PAD - 10, SIZE), {
          x: PAD,
          y: first + row * STEP + 22,
          size: SIZE,
          fill: theme.text,
        }),
        ...values.flatMap((value, at) =>
          cell(value, { x: left + at * width, y: first + row * STEP, width }, theme),
        ),
      ]),
    ],
  };
}

function cell(
  value: number | undefined,
  { x, y, width }: { x: number; y: number; width: number },
  theme: Theme,
): string[] {
  const step = value === undefined ? undefined : RAMP.find(({ from }) => value >= from);
  const middle = { x: x + width / 2, y: y + 22, size: SIZE, anchor: 'middle' } as const;
  const box = `x="${n(x + GAP / 2)}" y="${n(y)}" width="${n(width - GAP)}" height="${STEP - GAP}" rx="3"`;
  return step
    ? [
        `<rect ${box} fill="${step.fill}"/>`,
        text(formatCell(value), { ...middle, fill: step.type }),
      ]
    : [
        `<rect ${box} fill="none" stroke="${theme.grid}"/>`,
        text(formatCell(value), { ...middle, fill: theme.faint }),
      ];
}
