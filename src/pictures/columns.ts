/** A column of a table in a font of one width: as wide as it would like to be, and as it has to be. */
export type ColumnWidth = { wanted: number; least: number };

/**
 * Widths of columns that take at most `room` together, without what stands between them: the widest
 * give way first. Undefined when even the least is too wide.
 */
export function fitColumns(columns: readonly ColumnWidth[], room: number): number[] | undefined {
  const widths = columns.map(({ wanted }) => wanted);
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over -= 1) {
    const canGive = widths.map((width, at) => (width > (columns[at]?.least ?? 0) ? width : 0));
    const most = Math.max(...canGive);
    if (most === 0) return undefined;
    const at = canGive.lastIndexOf(most);
    widths[at] = most - 1;
  }
  return widths;
}

/** The columns of a table, with their cells, that hold anything in one of its rows. */
export function withoutEmptyColumns<C, T>(
  columns: readonly C[],
  rows: readonly (readonly T[])[],
  isEmpty: (cell: T) => boolean,
): { columns: C[]; rows: T[][] } {
  if (rows.length === 0) return { columns: [...columns], rows: [] };
  const kept = columns.map((_, at) =>
    rows.some((row) => row[at] !== undefined && !isEmpty(row[at])),
  );
  const isKept = (_: unknown, at: number) => kept[at];
  return { columns: columns.filter(isKept), rows: rows.map((row) => row.filter(isKept)) };
}
