import type { Command, Option } from './command.ts';
import type { Block, Text } from './reply.ts';
import type { Value, Values } from './request.ts';
import { listIn, type Sources } from './suggest.ts';

export type Field = {
  name: string;
  label: string;
  /** How it is typed or chosen; `paragraph` is a large text field. */
  kind:
    | 'text'
    | 'paragraph'
    | 'number'
    | 'choice'
    | 'choices'
    | 'yes-no'
    | 'channel'
    | 'person'
    | 'file';
  required: boolean;
  choices?: string[];
  /** What a choice is called where its value does not say it. */
  labels?: Record<string, string>;
  /** The command whose option of this name is picked from a list, beside typing what is not on it. */
  suggests?: string;
  value?: string;
  maxLength?: number;
  hint?: string;
};

/** What was wrong with a form as it was sent; without a field it is about all of it. */
export type FormProblem = { field?: string; text: Text };

/** A command with something missing, as the adapter asks for it. `id` is a saved command. */
export type Form = {
  id: string;
  title: string;
  submit: string;
  /** What it is about, such as the question that it answers; shown above the fields. */
  about?: Block[];
  fields: Field[];
  /** All that was wrong, at once. */
  problems?: FormProblem[];
};

/** Discord's modals hold five fields at the most. */
export const MAX_FIELDS = 5;

/**
 * The fields still to be filled, in the order of the command's options: every missing required one,
 * and of the optional ones meant for forms as many as there is room for.
 */
export function formFields(
  command: Command,
  { given, stored, wanted, room = MAX_FIELDS }: FieldsAsked,
  sources: Sources,
): Field[] {
  const open = command.options.filter((option) => given[option.name] === undefined);
  const required = open.filter((option) => option.required);
  const isAsked = ({ name, inForm }: Option) => (wanted ? wanted.includes(name) : inForm);
  const optional = open.filter((option) => isAsked(option) && !option.required);
  const asked = new Set([...required, ...optional].slice(0, room));
  return open
    .filter((option) => asked.has(option))
    .map((option) => field(option, stored[option.name] ?? option.default, { command, sources }));
}

/** What a form is made from. */
export type FieldsAsked = {
  /** Values that are not asked for. */
  given: Values;
  /** Values that fields begin with. */
  stored: Values;
  /** The optional values to ask for; those meant for forms when absent. */
  wanted?: readonly string[] | undefined;
  /** Fields that there is room for. */
  room?: number;
};

type From = { command: Command; sources: Sources };

function field(option: Option, stored: Value | undefined, from: From): Field {
  const value = Array.isArray(stored) ? stored.join(',') : stored;
  return {
    name: option.name,
    label: option.label,
    kind: fieldKind(option),
    required: option.required,
    hint: option.summary,
    ...(option.choices ? { choices: option.choices } : {}),
    ...(option.maxLength ? { maxLength: option.maxLength } : {}),
    ...(value === undefined || typeof value === 'object' ? {} : { value: String(value) }),
    ...offered(option, from),
  };
}

/** Whoever can pick need not type: all of a short closed list, or a list to search in. */
function offered({ suggests }: Option, { command, sources }: From): Partial<Field> {
  const list = suggests === undefined ? undefined : listIn(suggests);
  if (!suggests || !list?.pick) return {};
  if (list.pick === 'search') return { suggests: command.name };
  const all = list.complete('', sources);
  return {
    kind: list.pick === 'several' ? 'choices' : 'choice',
    choices: all.map(({ value }) => value),
    labels: Object.fromEntries(all.map(({ value, label }) => [value, label])),
  };
}

function fieldKind(option: Option): Field['kind'] {
  switch (option.kind) {
    case 'string':
      return option.multiline ? 'paragraph' : 'text';
    case 'int':
    case 'number':
      return 'number';
    case 'count':
      return 'text';
    case 'boolean':
      return 'yes-no';
    case 'enum':
      return 'choice';
    case 'list':
      return 'choices';
    default:
      return option.kind;
  }
}
