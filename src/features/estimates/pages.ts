import type { Block } from '../../spine/reply.ts';

/** Rows of a table that a phone shows without much scrolling. */
const ROWS = 20;

/** One page of a long list, what to say of it, and the buttons to the pages around it. */
export function pageOf<T>(
  rows: readonly T[],
  wanted: number,
  lineOf: (page: number) => string,
): { shown: T[]; which: string; buttons: Block[] } {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const page = Math.min(wanted, pages);
  const buttons = [
    ...(page > 1 ? [{ label: 'Previous page', run: lineOf(page - 1) }] : []),
    ...(page < pages ? [{ label: 'Next page', run: lineOf(page + 1) }] : []),
  ];
  return {
    shown: rows.slice((page - 1) * ROWS, page * ROWS),
    which: pages > 1 ? `, page ${page} of ${pages}` : '',
    buttons: buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [],
  };
}
