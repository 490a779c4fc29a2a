/** The largest whole number in a range that passes, or nothing when the smallest does not. */
export function largest(
  from: number,
  to: number,
  passes: (value: number) => boolean,
): number | undefined {
  if (!passes(from)) return undefined;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
