import { jsonDepth } from '../../../json-depth.ts';

/** Fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

const MAX_BYTES = 10 * 1024 * 1024;
const DEEPEST = 50;

/** True for a JSON object, false for lists, numbers, text and null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a field of the object itself, `undefined` without one. */
export function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * Python writes NaN and Infinity, which are no JSON. As text they are harmless in fields that nobody
 * reads, and refused in those that count.
 */
function withoutPythonNumbers(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

/** The object in a text, or a sentence that says why there is none. */
export function parseFields(
  text: string,
): { ok: true; fields: Fields } | { ok: false; message: string } {
  const refuse = (message: string) => ({ ok: false, message }) as const;
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) {
    return refuse('The file is larger than 10 MB. A config.json is only a few kilobytes.');
  }
  if (text.trim() === '') return refuse('The file is empty.');
  if (jsonDepth(text) > DEEPEST) {
    return refuse(`The file is nested more than ${DEEPEST} levels deep. A config.json isn't.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(withoutPythonNumbers(text));
  } catch {
    return refuse('The file is not valid JSON. Paste the whole config.json.');
  }
  if (!isFields(value)) return refuse('The file must be one JSON object, as a config.json is.');
  return { ok: true, fields: value };
}
