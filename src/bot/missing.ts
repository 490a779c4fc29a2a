import { buttonId, runLine } from './button.ts';
import type { Context, Step } from './command.ts';
import { formFields } from './form.ts';
import { formatFieldError } from './parsing/parse-errors.ts';
import { keptInForm, type ParsedRequest } from './parsing/parse-request.ts';
import { simple } from './parsing/simple-values.ts';

/** The form that asks for what is missing; undefined when nothing is. */
export async function formFor(asked: ParsedRequest, context: Context): Promise<Step | undefined> {
  const { command, values, problems, fromForm } = asked;
  const missing = command.options.some((each) => each.required && values[each.name] === undefined);
  const empty = command.formWhenEmpty === true && Object.keys(values).length === 0;
  if (!(missing || empty || (fromForm && problems.length > 0))) return undefined;
  // Out of a form, a wrong value is told in words before anything is asked.
  if (!fromForm && problems.length > 0) return undefined;
  const kept = keptInForm(asked);
  const stored = fromForm ? {} : ((await command.prefill?.(values, context)) ?? {});
  const fields = formFields(command, kept, { ...stored, ...values });
  const { id, stored: saved } = buttonId(runLine(command.name, simple(kept)));
  if (saved) await context.store.saveCommand(saved.hash, saved.run, context.clock.now());
  const [problem] = problems;
  return {
    kind: 'form',
    form: {
      id,
      title: command.summary.length <= 24 ? command.summary : titleOf(command.name),
      submit: 'Send',
      fields,
      ...(problem ? { problem: formatFieldError(command, problem) } : {}),
      ...(problem && fields.some(({ name }) => name === problem.option)
        ? { problemAt: problem.option }
        : {}),
    },
  };
}

function titleOf(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 24);
}
