import { type LookUp, nearest, squash } from './names.ts';

/** Something with short names that are known by heart, such as a number format or an engine. */
type Labelled = { id: string; label: string; aliases: readonly string[] };

const LABELS = new WeakMap<readonly Labelled[], ReadonlyMap<string, Labelled>>();

/** The format that a text names by its id, label or alias: `q4`, `Q4_K_M`, `int4`, `awq`. */
export function formatNamed<T extends Labelled>(
  formats: readonly T[],
  text: string,
): T | undefined {
  let known = LABELS.get(formats);
  if (!known) {
    const entries = formats.flatMap((format) =>
      [format.id, format.label, ...format.aliases].map((name) => [squash(name), format] as const),
    );
    // The first with a name keeps it.
    known = new Map(entries.reverse());
    LABELS.set(formats, known);
  }
  // The map of a list holds the formats of that list.
  return known.get(squash(text.slice(0, 120))) as T | undefined;
}

/** Finds a format by any of its names, or the closest ones. */
export function findFormat<T extends Labelled>(formats: readonly T[], text: string): LookUp<T> {
  const item = formatNamed(formats, text);
  if (item) return { found: true, item, others: [] };
  const named = formats.map((format) => ({ ...format, name: format.label, format }));
  return { found: false, suggestions: nearest(named, text).map(({ format }) => format) };
}
