import { limitLine, PAD, SIZE, shorten, text, WIDTH, widthOf } from './drawing.ts';
import { measured } from './scale.ts';
import type { Theme } from './theme.ts';

/** From one line of a legend to the next. */
export const LINE = 26;

/** What a sign in the picture stands for, and what there is to say of it. */
export type LegendRow = {
  label: string;
  value?: string;
  /** Draws the sign beside the base line of the row. */
  sign(y: number, theme: Theme): string;
};

/** The row of a limit. */
export const limitRow = (limit: { label: string; value: number }, unit: string): LegendRow => ({
  label: limit.label,
  value: measured(limit.value, unit),
  sign: (y, theme) => limitLine({ x1: PAD + 7, x2: PAD + 7, y1: y - 16, y2: y + 5 }, theme),
});

/** Rows below each other, the first on this base line. */
export function legend(rows: readonly LegendRow[], top: number, theme: Theme): string[] {
  return rows.flatMap(({ label, value = '', sign }, index) => {
    const y = top + index * LINE;
    const base = { y, size: SIZE, fill: theme.text };
    const room = WIDTH - 2 * PAD - 36 - widthOf(value, SIZE);
    return [
      sign(y, theme),
      text(shorten(label, room, SIZE), { ...base, x: PAD + 24 }),
      ...(value ? [text(value, { ...base, x: WIDTH - PAD, anchor: 'end' })] : []),
    ];
  });
}
