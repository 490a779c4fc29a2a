import { buttonId, runLine } from './button.ts';
import type { Command, Context, Option, OptionProblem } from './command.ts';
import { type Field, type Form, type FormProblem, MAX_FIELDS } from './form.ts';
import { formatFieldError } from './grammar/parse-errors.ts';
import { keptInForm, type ParsedRequest } from './grammar/parse-request.ts';
import { simple } from './grammar/simple-values.ts';
import type { Value, Values } from './request.ts';
import { listIn, type Sources } from './suggest.ts';

/**
 * The form that asks for what is missing; undefined when nothing is.
 *
 * @param check Rejects for a person who may not use the command, before anything is read for them.
 */
export async function formFor(
  asked: ParsedRequest,
  context: Context,
  check: () => Promise<void>,
): Promise<Form | undefined> {
  const { command, values, problems, fromForm } = asked;
  // Out of a form, a wrong value is told in words before anything is asked.
  if (fromForm !== problems.length > 0) return undefined;
  if (!fromForm) {
    const isMissing = ({ required, name }: Option) => required && values[name] === undefined;
    const wanted = await optionalWanted(command, values, context);
    if (!wanted && !command.options.some(isMissing)) return undefined;
  }
  await check();
  return makeForm(asked, formProblems(asked), context);
}

/** The optional values that a form asks for now, although nothing is missing; undefined when it asks for none. */
async function optionalWanted(
  command: Command,
  values: Values,
  context: Context,
): Promise<readonly string[] | undefined> {
  if (command.asks) return command.asks(values, context);
  const isEmpty = Object.keys(values).length === 0;
  if (!command.formWhenEmpty || !isEmpty) return undefined;
  return command.options.filter(({ inForm }) => inForm).map(({ name }) => name);
}

/** The same form once more, with what was wrong when it was sent and all that was written. */
export function refusedForm(
  asked: ParsedRequest,
  problem: FormProblem,
  context: Context,
): Promise<Form> {
  return makeForm(asked, [problem], context);
}

async function makeForm(
  asked: ParsedRequest,
  problems: FormProblem[],
  context: Context,
): Promise<Form> {
  const { command, values, fromForm } = asked;
  const kept = keptInForm(asked);
  const stored = fromForm ? {} : ((await command.prefill?.(values, context)) ?? {});
  const about = await command.formAbout?.(values, context);
  const fields = formFields(
    command,
    {
      given: kept,
      stored: { ...stored, ...values },
      wanted: await optionalWanted(command, kept, context),
      room: about ? MAX_FIELDS - 1 : MAX_FIELDS,
    },
    context.catalog,
  );
  const { id, stored: saved } = buttonId(runLine(command.name, simple(kept)));
  if (saved) await context.store.saveCommand(saved.hash, saved.run, context.clock.now());
  const isAsked = ({ field }: FormProblem) => fields.some(({ name }) => name === field);
  return {
    id,
    title: command.summary.length <= 24 ? command.summary : titleOf(command.name),
    submit: 'Send',
    fields,
    ...(about ? { about } : {}),
    ...(problems.length > 0
      ? { problems: problems.map((each) => (isAsked(each) ? each : { text: each.text })) }
      : {}),
  };
}

function formProblems({ command, problems }: ParsedRequest): FormProblem[] {
  return problems.map((problem: OptionProblem) => ({
    field: problem.option,
    text: formatFieldError(command, problem),
  }));
}

function titleOf(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 24);
}

/**
 * The fields still to be filled, in the order of the command's options: every missing required one,
 * and of the optional ones meant for forms as many as there is room for.
 */
function formFields(
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
type FieldsAsked = {
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
  const text = value === undefined || typeof value === 'object' ? undefined : String(value);
  return {
    name: option.name,
    label: option.label,
    kind: fieldKind(option),
    required: option.required || option.inForm === 'required',
    hint: option.summary,
    ...(option.choices ? { choices: option.choices } : {}),
    ...(option.maxLength ? { maxLength: option.maxLength } : {}),
    ...(text === undefined ? {} : { value: text }),
    ...offered(option, text, from),
  };
}

/** Whoever can pick need not type: all of a short closed list, or a list to search in. */
function offered(
  { suggests }: Option,
  value: string | undefined,
  { command, sources }: From,
): Partial<Field> {
  const list = suggests === undefined ? undefined : listIn(suggests);
  if (!suggests || !list?.pick) return {};
  if (list.pick === 'search') return { suggests: command.name };
  const all = list.complete('', sources);
  return {
    kind: list.pick === 'several' ? 'choices' : 'choice',
    ...(list.pick === 'several' && value ? { value: value.split(/[\s,]+/).join(',') } : {}),
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
