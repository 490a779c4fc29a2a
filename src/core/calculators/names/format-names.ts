import type { LookUp } from './names.ts';
import { nearest } from './near-names.ts';
import { squash } from './spellings.ts';

/** Something with short names that are known by heart, such as a number format or an engine. */
type Labelled = { id: string; label: string; aliases: readonly string[]; bits?: number };

const LABELS = new WeakMap<readonly Labelled[], ReadonlyMap<string, Labelled>>();

/** Names that say how, not how much: beside another name the other one counts. */
const GENERAL: ReadonlySet<string> = new Set(['gguf', '4bit', '8bit', 'bnb', 'bitsandbytes']);

const CLOSERS: ReadonlySet<string> = new Set(['quant', 'quantized', 'quantised', 'quantization']);

/** The format that a text names by its id, label or alias: `q4`, `Q4_K_M`, `int4`, `awq`, `gptq int4`, `q5 gguf`. */
export function formatNamed<T extends Labelled>(
  formats: readonly T[],
  text: string,
): T | undefined {
  const whole = oneFormat(formats, text);
  const words = text
    .slice(0, 120)
    .trim()
    .split(/[\s,-]+/)
    .filter((word) => !CLOSERS.has(word.toLowerCase()));
  if (whole || words.length < 2 || words.length > 3) {
    return whole ?? (words.length === 1 ? oneFormat(formats, words[0] ?? '') : undefined);
  }
  const special = words.filter((word) => !GENERAL.has(squash(word)));
  const named = (special.length > 0 ? special : words).map((word) => oneFormat(formats, word));
  const [first] = named;
  const isKnown = words.every((word) => oneFormat(formats, word) || GENERAL.has(squash(word)));
  return isKnown && named.every((format) => format === first) ? first : undefined;
}

function oneFormat<T extends Labelled>(formats: readonly T[], text: string): T | undefined {
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

/** `1.58bit`, `3.7bpw`: a format that isn't known is near to those of as many bits. */
const BITS = /(?:^|[^\d.])(\d{1,2}(?:\.\d+)?)[ -]?(?:bits?|bpw)\b/i;

/** Finds a format by any of its names, or the closest ones. */
export function findFormat<T extends Labelled>(formats: readonly T[], text: string): LookUp<T> {
  const item = formatNamed(formats, text);
  if (item) return { found: true, item, others: [] };
  const bits = Number(BITS.exec(text)?.[1] ?? 0);
  if (bits > 0 && bits < 32) {
    const far = (format: T) => Math.abs((format.bits ?? 32) - bits);
    return { found: false, suggestions: [...formats].sort((a, b) => far(a) - far(b)).slice(0, 4) };
  }
  const named = formats.map((format) => ({ ...format, name: format.label, format }));
  return { found: false, suggestions: nearest(named, text).map(({ format }) => format) };
}
