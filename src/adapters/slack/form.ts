import type { InputBlock, ModalView, RichTextBlock } from '@slack/types';
import type { Suggestion } from '../../spine/command.ts';
import type { Field, Form } from '../../spine/form.ts';
import type { Attachment, Value, Values } from '../../spine/request.ts';
import { plainObject, slackBlocks } from './blocks.ts';
import { LIMITS, PROBLEM, TYPED } from './limits.ts';
import { clean, cut, plainText, richBlocks } from './rich-text.ts';

/** A form as a window; `metadata` comes back with what was typed. */
export function formView(form: Form, metadata: string): ModalView {
  const room = { tables: 0, charts: 0, ids: 0, isSimple: false };
  const about = (form.about ?? []).flatMap((block) => slackBlocks(block, room));
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: metadata,
    title: plainObject(form.title, LIMITS.viewTitle),
    submit: plainObject(form.submit, LIMITS.viewButton),
    close: plainObject('Cancel', LIMITS.viewButton),
    blocks: [
      ...problemBlocks(form),
      ...about.slice(0, LIMITS.blocksInView - MOST_BESIDE),
      ...form.fields.flatMap(inputBlocks),
    ],
  };
}

/** More blocks than problems and fields ever have. */
const MOST_BESIDE = 30;

/** The callback_id of every form. */
export const FORM = 'form';

function problemBlocks({ problems = [] }: Form): RichTextBlock[] {
  const text = problems.map(({ text: words }) => plainText(words)).join('\n');
  const [first, ...rest] = richBlocks([{ type: 'text', text: cut(clean(text), LIMITS.richText) }]);
  return first ? [{ ...first, block_id: PROBLEM }, ...rest] : [];
}

/**
 * Under which fields the problems of a refused form stand: those that they are about, else the first.
 * Undefined when the form asks for other fields now, so that it must be drawn again.
 */
export function problemFields(form: Form, asked: string[]): Record<string, string> | undefined {
  const { problems = [], fields } = form;
  const [first] = fields;
  if (problems.length === 0 || !first || !fields.every(({ name }) => asked.includes(name)))
    return undefined;
  const errors: Record<string, string> = {};
  for (const { field = first.name, text } of problems) {
    const words = [errors[field], plainText(text)].filter(Boolean).join('\n');
    errors[field] = cut(words, LIMITS.sectionText);
  }
  return errors;
}

/** A list to search in has a text field below it for what is not on it. */
function inputBlocks(field: Field): InputBlock[] {
  if (!field.suggests) return [inputBlock(field)];
  const { label, hint: _, value: __, ...typed } = field;
  const isPicked = field.value !== undefined && field.value.length <= LIMITS.optionValue;
  return [
    {
      ...inputBlock(field),
      // Either of the two will do, so neither is required.
      optional: true,
      element: {
        type: 'external_select',
        action_id: `${PICK}${field.suggests}`,
        min_query_length: 0,
        placeholder: plainObject('Search', LIMITS.placeholder),
        ...(isPicked && field.value ? { initial_option: option(field.value) } : {}),
      },
    },
    inputBlock({
      ...typed,
      name: `${field.name}${TYPED}`,
      label: `${label}, if it isn't on the list`,
      required: false,
      ...(isPicked || field.value === undefined ? {} : { value: field.value }),
    }),
  ];
}

/** How the action_id of a list begins; the command whose option it completes follows. */
const PICK = 'pick|';

/** The command whose option a list completes; undefined for any other element. */
export const pickedFor = (actionId: string): string | undefined =>
  actionId.startsWith(PICK) ? actionId.slice(PICK.length) : undefined;

/** Options for a list that somebody opens or searches in. */
export function listOptions(found: readonly Suggestion[]) {
  return found
    .filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ value, label }) => option(value, label));
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
      return { type: 'static_select', action_id, ...choices(field) };
    case 'choices':
      return { type: 'multi_static_select', action_id, ...manyChoices(field) };
    case 'yes-no':
      return { type: 'static_select', action_id, ...choices(yesOrNo(field)) };
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

function yesOrNo({ value }: Field): Choices {
  const isYes = value === 'true' || value === 'yes';
  return {
    choices: ['Yes', 'No'],
    ...(value === undefined ? {} : { value: isYes ? 'Yes' : 'No' }),
  };
}

type Choices = Pick<Field, 'choices' | 'labels' | 'value'>;

const option = (value: string, label = value) => ({
  text: plainObject(label, LIMITS.optionText),
  value: value.slice(0, LIMITS.optionValue),
});

function choices({ choices: list = [], labels = {}, value }: Choices) {
  const shown = (each: string) => option(each, labels[each]);
  return {
    options: list.slice(0, LIMITS.options).map(shown),
    ...(value !== undefined && list.includes(value) ? { initial_option: shown(value) } : {}),
  };
}

function manyChoices({ choices: list = [], labels = {}, value = '' }: Choices) {
  const shown = (each: string) => option(each, labels[each]);
  const chosen = value.split(',').filter((name) => list.includes(name));
  return {
    options: list.slice(0, LIMITS.options).map(shown),
    ...(chosen.length > 0 ? { initial_options: chosen.map(shown) } : {}),
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

/**
 * The values of a sent form by the names of its fields; those left empty are missing. What was typed
 * beside a list counts before what was picked from it.
 */
export function formValues(
  state: Record<string, Record<string, InputState>>,
  team: string,
): Values {
  const read = Object.entries(state).flatMap(([block, inputs]) =>
    Object.entries(inputs).flatMap(([kind, input]) => {
      const value = inputValue(kind, input, team);
      const isTyped = block.endsWith(TYPED);
      const name = isTyped ? block.slice(0, -TYPED.length) : block;
      return value === undefined ? [] : [{ name, value, isTyped }];
    }),
  );
  const picked = read.filter(({ isTyped }) => !isTyped);
  const typed = read.filter(({ isTyped }) => isTyped);
  return Object.fromEntries([...picked, ...typed].map(({ name, value }) => [name, value]));
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
  if (kind === 'choice' || pickedFor(kind)) return input.selected_option?.value;
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
