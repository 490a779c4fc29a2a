import { buttonId, runLine } from './button.ts';
import type { Command, Context, Option, OptionProblem } from './command.ts';
import { type Form, type FormProblem, formFields, MAX_FIELDS } from './form.ts';
import { formatFieldError } from './parsing/parse-errors.ts';
import { keptInForm, type ParsedRequest } from './parsing/parse-request.ts';
import { simple } from './parsing/simple-values.ts';
import type { Values } from './request.ts';

/**
 * The form that asks for what is missing; undefined when nothing is.
 *
 * @param check Throws for a person who may not use the command, before anything is read for them.
 */
export async function formFor(
  asked: ParsedRequest,
  context: Context,
  check: () => void,
): Promise<Form | undefined> {
  const { command, values, problems, fromForm } = asked;
  // Out of a form, a wrong value is told in words before anything is asked.
  if (fromForm !== problems.length > 0) return undefined;
  if (!fromForm) {
    const isMissing = ({ required, name }: Option) => required && values[name] === undefined;
    const wanted = await optionalWanted(command, values, context);
    if (!wanted && !command.options.some(isMissing)) return undefined;
  }
  check();
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
