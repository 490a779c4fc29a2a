import { cut } from '../../session/question-card.ts';
import { UserError } from '../../spine/errors.ts';
import type { Field, Form } from '../../spine/form.ts';
import type { Values } from '../../spine/request.ts';
import { attachmentAt } from './files.ts';

/** A form that is asked one field after the other. */
export type Asking = { id: string; fields: Field[]; values: Values };

/** A form before its first answer. */
export function beginAsking({ id, fields }: Form): Asking {
  return { id, fields: [...fields], values: {} };
}

/** A form that was refused: only what was wrong is asked again, and the rest stays as it was sent. */
export function askAgain({ id, fields, problems = [] }: Form): Asking {
  const isWrong = ({ name }: Field) => problems.some(({ field }) => field === name);
  const kept = fields.filter((field) => !isWrong(field) && field.kind !== 'file');
  return {
    id,
    fields: fields.filter((field) => !kept.includes(field)),
    values: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
  };
}

/** What an empty line stands for is shown to this length. */
const SHOWN = 200;

/** What is asked of a field, with its choices and with what an empty line stands for. */
export function questionOf(field: Field): string {
  const { kind, label, choices, labels, hint, value, required } = field;
  const about = labels ? hint : (choices?.join(', ') ?? hint);
  const lines = kind === 'paragraph' ? ' (\\n begins a new line)' : '';
  const standard = value ? ` [${cut(value, SHOWN)}]` : required ? '' : ' [optional]';
  return `${label}${about ? ` (${about})` : ''}${lines}${standard.replaceAll('\n', '\\n')}:`;
}

/** A line holds no line breaks, so a large field reads them as they are written elsewhere. */
function typedValue({ kind }: Field, line: string): string {
  return kind === 'paragraph' ? line.replaceAll('\\n', '\n') : line;
}

/**
 * Takes the answer to the field that is asked now.
 *
 * @throws UserError when it cannot be empty or its file cannot be read; the field stays open.
 */
export function answerField({ fields, values }: Asking, line: string): void {
  const [field] = fields;
  if (!field) return;
  const value = line.trim() === '' ? field.value : typedValue(field, line.trim());
  if (value === undefined && field.required) {
    throw new UserError('This field is required. Enter cancel to exit.');
  }
  values[field.name] = value !== undefined && field.kind === 'file' ? attachmentAt(value) : value;
  fields.shift();
}
