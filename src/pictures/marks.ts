import type { Mark, ResultChart } from '../spine/reply.ts';

/** Signs that remain apart without color. */
const SIGNS: Record<Mark, string> = { right: '✓', wrong: '✗', done: '•', none: '–', blank: ' ' };

/** So many marks stand in one row, of a picture and of text. */
export const MARKS_IN_ROW = 10;

/** The marks of a result in rows: `1 ✓ · 2 ✗`. */
export function markLines({ marks }: Pick<ResultChart, 'marks'>): string[] {
  const shown = marks.map(({ label, mark }) => `${label} ${SIGNS[mark]}`);
  const rows = Math.ceil(shown.length / MARKS_IN_ROW);
  return Array.from({ length: rows }, (_, row) =>
    shown.slice(row * MARKS_IN_ROW, (row + 1) * MARKS_IN_ROW).join(' · '),
  );
}
