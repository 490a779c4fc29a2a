import { jsonDepth } from '../../json-depth.ts';
import type { Question } from '../schema.ts';

/** A card of Anki: what it shows, and the whole item beside it, so that it can come back. */
export type AnkiNote = {
  /** The same at every export: importing again updates the card and keeps its history. */
  guid: string;
  /** HTML. */
  front: string;
  back: string;
  /** The item as JSON, escaped for a field that holds HTML. */
  item: string;
  tags: string[];
};

/** The fields of a note, in their order. */
export const ANKI_FIELDS = ['Front', 'Back', 'Item'] as const;

const GUID = 'warmup-';

/** The card of an item. */
export function noteOf(question: Question): AnkiNote {
  return {
    guid: `${GUID}${question.id}`,
    front: html([...promptParts(question), ...choiceParts(question)]),
    back: html([...keyParts(question), question.explanation, ...sourceParts(question)]),
    item: escapeHtml(JSON.stringify(question)),
    tags: [
      'warmup',
      `chapter-${question.chapter}`,
      question.difficulty,
      question.format,
      ...question.topics,
    ],
  };
}

/** An item has four levels. */
const DEEPEST = 20;

/** The JSON of an item in a field of a note; undefined for a field that holds something else. */
export function itemIn(field: string): unknown {
  // The JSON has no line ends of its own; an editor may have added some.
  const text = plainText(field).replace(/\r?\n/g, '').trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  if (jsonDepth(text) > DEEPEST) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True when somebody changed what the card shows, which is not where the item is read from. */
export function isRewritten(question: Question, fields: readonly string[]): boolean {
  const squeezed = (field: string) => plainText(field).replace(/\s+/g, '');
  const known = new Set(fields.map(squeezed));
  const { front, back } = noteOf(question);
  return !known.has(squeezed(front)) || !known.has(squeezed(back));
}

type Part = string | { code: string } | { strong: string; rest: string };

function promptParts(question: Question): Part[] {
  const code = 'code' in question && question.code ? [{ code: question.code }] : [];
  return [question.prompt, ...code];
}

const letter = (index: number) => String.fromCharCode(65 + index);

function choiceParts(question: Question): Part[] {
  if ('options' in question)
    return question.options.map(({ text }, index) => `${letter(index)}  ${text}`);
  if (question.format === 'order')
    // In the order of their words: the right order is the answer.
    return question.steps
      .map(({ text }) => text)
      .sort()
      .map((text) => `• ${text}`);
  return question.format === 'scenario' ? [...(question.steps ?? [])] : [];
}

function keyParts(question: Question): Part[] {
  switch (question.format) {
    case 'single':
    case 'multi':
      return question.options.map(({ text, correct, why }, index) => ({
        strong: `${letter(index)} ${correct ? 'right' : 'wrong'}`,
        rest: `: ${text}. ${why}`,
      }));
    case 'numeric':
      return [
        { strong: [question.answer, question.unit].join(' ').trim(), rest: '' },
        question.working,
      ];
    case 'order':
      return question.steps.map(({ text, why }, index) => `${index + 1}. ${text}. ${why}`);
    default:
      return [question.modelAnswer, ...question.keyPoints.map(({ text }) => `• ${text}`)];
  }
}

function sourceParts({ references }: Question): Part[] {
  return references.map(({ title, year, url, where }) => `${title} (${year}), ${where}. ${url}`);
}

function html(parts: readonly Part[]): string {
  return parts.map((part) => `<p>${inner(part)}</p>`).join('');
}

function inner(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part).replaceAll('\n', '<br>');
  if ('code' in part) return `<pre>${escapeHtml(part.code)}</pre>`;
  return `<b>${escapeHtml(part.strong)}</b>${escapeHtml(part.rest)}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['apos', "'"],
  ['nbsp', ' '],
  ['amp', '&'],
]);

/** What a field shows; Anki's editor adds line breaks and hard spaces as it likes. */
function plainText(field: string): string {
  return field
    .replace(/<(?:br|\/p|\/div|div|p)\b[^<>]*>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&([a-z]+|#39);/g, (whole, name: string) => ENTITIES.get(name) ?? whole);
}
