import type { Command, Option } from './command.ts';
import type { Value, Values } from './request.ts';

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
  value?: string;
  maxLength?: number;
  hint?: string;
};

/** A command with something missing, as the adapter asks for it. `id` is a saved command. */
export type Form = {
  id: string;
  title: string;
  submit: string;
  fields: Field[];
  problem?: string;
  /** The name of the field that the problem is about, when the form asks for it. */
  problemAt?: string;
};

/** Discord's modals hold five fields at the most. */
export const MAX_FIELDS = 5;

/**
 * The fields still to be filled, in the order of the command's options: every missing required one,
 * and of the optional ones meant for forms as many as there is room for.
 */
export function formFields(command: Command, given: Values, stored: Values): Field[] {
  const open = command.options.filter((option) => given[option.name] === undefined);
  const required = open.filter((option) => option.required);
  const optional = open.filter((option) => option.inForm && !option.required);
  const asked = new Set([...required, ...optional].slice(0, MAX_FIELDS));
  return open
    .filter((option) => asked.has(option))
    .map((option) => field(option, stored[option.name]));
}

function field(option: Option, stored: Value | undefined): Field {
  return {
    name: option.name,
    label: option.label,
    kind: fieldKind(option),
    required: option.required,
    hint: option.summary,
    ...(option.choices ? { choices: option.choices } : {}),
    ...(option.maxLength ? { maxLength: option.maxLength } : {}),
    ...(stored === undefined || typeof stored === 'object' ? {} : { value: String(stored) }),
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
