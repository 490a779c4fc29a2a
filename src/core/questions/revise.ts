import type { Question } from './schema.ts';

/** What an answer depends on; the rest of an item explains it. */
const MEANING = [
  'format',
  'prompt',
  'code',
  'answer',
  'unit',
  'tolerance',
  'accepts',
  'faultLine',
  'keyPoints',
  'redFlags',
] as const;

/**
 * The new text of an item as its next version: the number grows when the meaning changed, and stays
 * when only the explanation around it did. Undefined when nothing changed at all.
 */
export function revise(known: Question, changed: Question): Question | undefined {
  const asKnown = { ...changed, version: known.version };
  if (canonical(asKnown) === canonical(known) && changed.version <= known.version) return undefined;
  const least = sameMeaning(known, changed) ? known.version : known.version + 1;
  return { ...changed, version: Math.max(changed.version, least) };
}

/** True when an answer that was right for the one is right for the other. */
export function sameMeaning(one: Question, other: Question): boolean {
  return canonical(meaningOf(one)) === canonical(meaningOf(other));
}

function meaningOf(question: Question): unknown {
  const fields = new Map<string, unknown>(Object.entries(question));
  return [
    ...MEANING.map((name) => fields.get(name) ?? null),
    'options' in question ? question.options.map(({ text, correct }) => [text, correct]) : null,
    'steps' in question ? (question.steps ?? null) : null,
  ];
}

/** JSON with its fields in one order: equal text means equal content. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
