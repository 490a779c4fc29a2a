import type { Mark, ResultChart } from '../spine/reply.ts';
import { n, PAD, type Part, SIZE, shorten, text, WIDTH, widthOf } from './drawing.ts';
import { MARKS_IN_ROW } from './marks.ts';
import type { Theme } from './theme.ts';

/** A sign with its label above it, and at most so wide. */
const TILE = 30;
const ROW = 66;
const MAX_STEP = 48;

/** From one fact to the next. */
const FACT = 28;

/** White signs keep a contrast of 3 to 1 with these. */
const FILLS: Partial<Record<Mark, string>> = {
  right: '#00835f',
  wrong: '#c25400',
  done: '#0072b2',
};

/** Signs in a box of 30, so that none hangs on a font. */
const PATHS: Record<Mark, string> = {
  right: 'M8 16 l5 5 l10 -12',
  wrong: 'M9 9 l12 12 M21 9 l-12 12',
  done: 'M14.9 15 h0.2',
  none: 'M11 15 h8',
  blank: '',
};

/** Signs in rows, each under its label, and facts below them. */
export function result({ marks, facts }: ResultChart, top: number, theme: Theme): Part {
  const columns = Math.min(MARKS_IN_ROW, marks.length);
  const step = Math.min(MAX_STEP, (WIDTH - 2 * PAD) / Math.max(1, columns));
  const height = Math.ceil(marks.length / MARKS_IN_ROW) * ROW;
  return {
    height: height + facts.length * FACT,
    parts: [
      ...marks.flatMap(({ label, mark }, at) =>
        tile(mark, label, {
          x: PAD + (at % MARKS_IN_ROW) * step + step / 2,
          y: top + Math.floor(at / MARKS_IN_ROW) * ROW,
          theme,
        }),
      ),
      ...facts.flatMap((fact, at) => factParts(fact, top + height + at * FACT + 18, theme)),
    ],
  };
}

function tile(
  mark: Mark,
  label: string,
  { x, y, theme }: { x: number; y: number; theme: Theme },
): string[] {
  const fill = FILLS[mark];
  const box = fill ? `fill="${fill}"` : `fill="none" stroke="${theme.faint}"`;
  const ink = fill ? '#ffffff' : theme.faint;
  const width = mark === 'done' ? 9 : 3;
  return [
    text(label, { x, y: y + 16, size: SIZE, fill: theme.faint, anchor: 'middle' }),
    `<g transform="translate(${n(x - TILE / 2)} ${n(y + 24)})"><rect width="${TILE}" height="${TILE}" rx="5" ${box}/><path d="${PATHS[mark]}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round"/></g>`,
  ];
}

/** The name on the left and the value on the right. */
function factParts(
  { label, value }: ResultChart['facts'][number],
  y: number,
  theme: Theme,
): string[] {
  const room = WIDTH - 2 * PAD - widthOf(label, SIZE) - 12;
  return [
    text(label, { x: PAD, y, size: SIZE, fill: theme.faint }),
    text(shorten(value, room, SIZE), {
      x: WIDTH - PAD,
      y,
      size: SIZE,
      fill: theme.text,
      anchor: 'end',
      bold: true,
    }),
  ];
}
