import type {
  APIComponentInLabel,
  APILabelComponent,
  APIStringSelectComponent,
  SelectMenuDefaultValueType,
} from 'discord-api-types/v10';
import type { Field } from '../../spine/form.ts';
import type { Attachment, Value, Values } from '../../spine/request.ts';
import { labelOf } from './card.ts';
import { COMPONENT, LIMITS } from './limits.ts';

/**
 * A field of a form as a modal's Label. The inner id is the kind and the name, `number:tokens`, so
 * that what comes back can be read without the form. What is wrong with it takes the place of its hint.
 */
export function presentField(field: Field, problem = field.hint): APILabelComponent {
  return {
    type: COMPONENT.label,
    label: labelOf(field.label, LIMITS.fieldLabel.max),
    ...(problem ? { description: labelOf(problem, LIMITS.fieldDescription.max) } : {}),
    component: input(field),
  };
}

function input(field: Field): APIComponentInLabel {
  const base = { custom_id: `${field.kind}:${field.name}`, required: field.required };
  const one = { min_values: field.required ? 1 : 0, max_values: 1 };
  switch (field.kind) {
    case 'text':
    case 'number':
      return textInput(field, 1);
    case 'paragraph':
      return textInput(field, 2);
    case 'choice':
    case 'choices':
      return menu(field);
    case 'yes-no':
      return { type: COMPONENT.stringSelect, ...base, ...one, options: yesNo(field.value) };
    case 'channel':
      return {
        type: COMPONENT.channelSelect,
        ...base,
        ...one,
        channel_types: POSTABLE,
        ...picked<SelectMenuDefaultValueType.Channel>(field.value, 'channel'),
      };
    case 'person':
      return {
        type: COMPONENT.userSelect,
        ...base,
        ...one,
        ...picked<SelectMenuDefaultValueType.User>(field.value, 'user'),
      };
    case 'file':
      return { type: COMPONENT.fileUpload, ...base, ...one };
  }
}

/** Text and announcement channels. */
export const POSTABLE: [0, 5] = [0, 5];

function textInput(field: Field, style: 1 | 2): APIComponentInLabel {
  const most = Math.min(field.maxLength ?? LIMITS.fieldText.max, LIMITS.fieldText.max);
  return {
    type: COMPONENT.textInput,
    custom_id: `${field.kind}:${field.name}`,
    style,
    required: field.required,
    max_length: most,
    ...(field.value ? { value: field.value.slice(0, most) } : {}),
  };
}

/** A menu; more choices than Discord shows are typed instead. */
function menu(field: Field): APIComponentInLabel {
  const choices = field.choices ?? [];
  if (choices.length === 0 || choices.length > LIMITS.selectOptions.max) return textInput(field, 1);
  const chosen = new Set(field.kind === 'choices' ? field.value?.split(',') : [field.value]);
  return {
    type: COMPONENT.stringSelect,
    custom_id: `${field.kind}:${field.name}`,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: field.kind === 'choices' ? choices.length : 1,
    options: choices.map((value) => ({
      label: labelOf(field.labels?.[value] ?? value, LIMITS.optionLabel.max),
      value,
      ...(chosen.has(value) ? { default: true } : {}),
    })),
  };
}

function yesNo(value: string | undefined): APIStringSelectComponent['options'] {
  return [
    { label: 'Yes', value: 'true', ...(value === 'true' ? { default: true } : {}) },
    { label: 'No', value: 'false', ...(value === 'false' ? { default: true } : {}) },
  ];
}

/** A string enum knows no literals, so its members are named by a cast. */
function picked<T extends SelectMenuDefaultValueType>(value: string | undefined, type: `${T}`) {
  const id = value?.replace(/^discord:/, '');
  return id && /^\d+$/.test(id) ? { default_values: [{ id, type: type as T }] } : {};
}

/** What one field of a sent modal holds, as Discord gives it back. */
export type Filled = {
  customId: string;
  value?: string;
  values?: readonly string[];
  files?: readonly Attachment[];
};

/** The values of a sent form; what was left empty is absent. */
export function readFields(filled: readonly Filled[]): Values {
  const values: Values = {};
  for (const field of filled) {
    const at = field.customId.indexOf(':');
    const value = readField(field.customId.slice(0, at), field);
    if (at > 0 && value !== undefined) values[field.customId.slice(at + 1)] = value;
  }
  return values;
}

function readField(kind: string, { value, values = [], files = [] }: Filled): Value | undefined {
  const text = value ?? values[0] ?? '';
  switch (kind) {
    case 'choices':
      return values.length > 0 ? [...values] : text || undefined;
    case 'yes-no':
      return text === '' ? undefined : text === 'true';
    case 'number':
      return readNumber(text);
    case 'person':
      return text === '' ? undefined : `discord:${text}`;
    case 'file':
      return files[0];
    default:
      return text.trim() === '' ? undefined : text;
  }
}

/** A number where it is one; else the words as typed, for the machine to judge. */
function readNumber(text: string): number | string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  return Number.isFinite(Number(typed)) ? Number(typed) : typed;
}
