/** Columns of a reply; narrow enough to read, and for half a screen. */
export const WIDTH = 88;

/** Columns of the longest bar. */
export const BAR_WIDTH = 32;
