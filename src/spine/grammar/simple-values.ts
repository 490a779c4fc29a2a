import type { Values } from '../request.ts';

/** The values that a saved command can carry. */
export function simple(values: Values): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) kept[name] = value.join(',');
    else if (typeof value !== 'object') kept[name] = value;
  }
  return kept;
}
