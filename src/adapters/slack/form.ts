import type { InputBlock, ModalView } from '@slack/types';
import type { Field, Form } from '../../bot/form.ts';
import type { Attachment, Value, Values } from '../../bot/request.ts';
import { plainObject } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { clean, cut, richBlocks } from './rich-text.ts';

/** A form as a window; `metadata` comes back with what was typed. */
export function formView(form: Form, metadata: string): ModalView {
  const problem = form.problem
    ? richBlocks([{ type: 'text', text: cut(clean(form.problem), LIMITS.richText) }])
    : [];
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: metadata,
    title: plainObject(form.title, LIMITS.viewTitle),
    submit: plainObject(form.submit, LIMITS.viewButton),
    close: plainObject('Cancel', LIMITS.viewButton),
    blocks: [...problem, ...form.fields.map(inputBlock)],
  };
}

/** The callback_id of every form. */
export const FORM = 'form';

/**
 * Under which field the problem of a refused form stands: the one it is about, else the first.
 * Undefined when the form asks for other fields now, so that it must be drawn anew.
 */
export function problemFields(form: Form, asked: string[]): Record<string, string> | undefined {
  const [first] = form.fields;
  if (!form.problem || !first || !form.fields.every(({ name }) => asked.includes(name))) {
    return undefined;
  }
  return { [form.problemAt ?? first.name]: cut(clean(form.problem), LIMITS.sectionText) };
}

/** The field's kind is the action_id, so what was typed can be read without the form. */
function inputBlock(field: Field): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plainObject(field.label, LIMITS.inputLabel),
    ...(field.hint ? { hint: plainObject(hint(field), LIMITS.inputHint) } : {}),
    optional: !field.required,
    element: inputElement(field),
  };
}

function hint({ kind, hint = '', value = '' }: Field): string {
  if (kind === 'file') return `${hint} Paste the file's text.`.trim();
  return kind === 'paragraph' && value.length > LIMITS.inputText
    ? `${tooLong(value)} ${hint}`
    : hint;
}

/** Whoever sends the form as it stands would lose the end of a text that came another way. */
function tooLong({ length }: string): string {
  const [all, most] = [length, LIMITS.inputText].map((count) => count.toLocaleString('en'));
  return `This text has ${all} characters, and Slack allows ${most}. If you submit, the end is lost. To keep all of it, select Cancel.`;
}

function inputElement(field: Field): InputBlock['element'] {
  const action_id = field.kind;
  switch (field.kind) {
    case 'text':
    case 'paragraph':
    case 'file':
      return textInput(field);
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: true,
        ...(isNumber(field.value) ? { initial_value: field.value } : {}),
      };
    case 'choice':
      return { type: 'static_select', action_id, ...choices(field.choices ?? [], field.value) };
    case 'choices':
      return { type: 'multi_static_select', action_id, ...manyChoices(field) };
    case 'yes-no':
      return { type: 'static_select', action_id, ...choices(['Yes', 'No'], yesOrNo(field.value)) };
    case 'channel':
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        // A direct message is not among the choices, and Slack refuses a first choice that is not.
        ...(/^[CG]/.test(field.value ?? '')
          ? { initial_conversation: field.value ?? '' }
          : { default_to_current_conversation: true }),
      };
    case 'person':
      return {
        type: 'users_select',
        action_id,
        ...(field.value ? { initial_user: field.value.replace(/^.*\//, '') } : {}),
      };
  }
}

function textInput({ kind, value, maxLength }: Field): InputBlock['element'] {
  const most = Math.min(maxLength ?? LIMITS.inputText, LIMITS.inputText);
  const text = clean(value ?? '').slice(0, most);
  return {
    type: 'plain_text_input',
    action_id: kind,
    multiline: kind !== 'text',
    max_length: most,
    ...(text ? { initial_value: text } : {}),
  };
}

function isNumber(value: string | undefined): value is string {
  return value !== undefined && /^-?\d+(\.\d+)?$/.test(value);
}

function yesOrNo(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value === 'true' || value === 'yes' ? 'Yes' : 'No';
}

const option = (value: string) => ({
  text: plainObject(value, LIMITS.optionText),
  value: value.slice(0, LIMITS.optionValue),
});

function choices(list: string[], value: string | undefined) {
  return {
    options: list.slice(0, LIMITS.options).map(option),
    ...(value !== undefined && list.includes(value) ? { initial_option: option(value) } : {}),
  };
}

function manyChoices({ choices: list = [], value = '' }: Field) {
  const chosen = value.split(',').filter((name) => list.includes(name));
  return {
    options: list.slice(0, LIMITS.options).map(option),
    ...(chosen.length > 0 ? { initial_options: chosen.map(option) } : {}),
  };
}

/** What Slack says of one input. */
export type InputState = {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[];
  selected_conversation?: string | null;
  selected_user?: string | null;
};

/** The values of a sent form by the names of its fields; those left empty are missing. */
export function formValues(
  state: Record<string, Record<string, InputState>>,
  team: string,
): Values {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, inputs]) =>
      Object.entries(inputs).flatMap(([kind, input]) => {
        const value = inputValue(kind, input, team);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
  );
}

function inputValue(kind: string, input: InputState, team: string): Value | undefined {
  if (kind === 'choices') {
    const chosen = input.selected_options?.map(({ value }) => value) ?? [];
    return chosen.length > 0 ? chosen : undefined;
  }
  if (kind === 'channel') return input.selected_conversation ?? undefined;
  if (kind === 'person') {
    return input.selected_user ? `slack:${team}/${input.selected_user}` : undefined;
  }
  if (kind === 'choice') return input.selected_option?.value;
  if (kind === 'yes-no')
    return input.selected_option ? input.selected_option.value === 'Yes' : undefined;
  if (!input.value) return undefined;
  return kind === 'file' ? pastedFile(input.value) : input.value;
}

function pastedFile(text: string): Attachment {
  return {
    name: 'pasted text',
    bytes: Buffer.byteLength(text),
    text: () => Promise.resolve(text),
  };
}
