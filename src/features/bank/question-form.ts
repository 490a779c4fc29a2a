import { z } from 'zod';
import { type Draft, questionOf } from '../../core/questions/team-form.ts';
import { clean } from '../../core/questions/typed-text.ts';
import { randomFrom } from '../../core/random.ts';
import type { Values } from '../../spine/request.ts';

/** The fields of a question, in the order in which a form asks for them. */
export const questionFields = {
  prompt: z
    .string()
    .max(600)
    .meta({ multiline: true, label: 'Question' })
    .describe('Up to 600 characters'),
  right: z
    .string()
    .max(1000)
    .meta({ multiline: true, label: 'Correct answer' })
    .describe('One per line, "text | why". Or a number with its unit, like 16 GiB ± 2%'),
  wrong: z
    .string()
    .max(2400)
    .meta({ multiline: true, inForm: true, label: 'Wrong answers' })
    .optional()
    .describe('2 to 4, one per line, "text | why". Leave it empty for a number'),
  explanation: z
    .string()
    .max(1000)
    .meta({ multiline: true })
    .describe('Why the answer is correct. Shown after answering'),
  place: z
    .string()
    .max(40)
    .meta({ label: 'Chapter and difficulty', suggests: 'places' })
    .describe('One chapter, and a difficulty (default: medium), like 5 hard'),
};

/** The same fields for a draft: all but the question may wait. */
export const draftFields = {
  prompt: questionFields.prompt,
  right: questionFields.right.optional().meta({ inForm: true }),
  wrong: questionFields.wrong,
  explanation: questionFields.explanation.optional().meta({ inForm: true }),
  place: questionFields.place.optional().meta({ inForm: true }),
};

type Typed = { [Field in keyof Draft]: string | undefined };

/** The typed fields, without control characters and without those that were left empty. */
export function typedDraft({ prompt, right, wrong, explanation, place }: Typed): Draft {
  const optional = Object.entries({ right, wrong, explanation, place }).flatMap(([field, value]) =>
    value ? [[field, clean(value)] as const] : [],
  );
  return { prompt: clean(prompt ?? ''), ...Object.fromEntries(optional) };
}

/** The stored texts of a draft, for a form to begin with. */
export function draftValues(draft: Draft): Values {
  return { ...draft };
}

/** Tells what an item would lack while the form is still open, so that nothing typed is lost. */
export function checkQuestion(typed: Typed, context: z.core.$RefinementCtx): void {
  const read = questionOf(typedDraft(typed), { id: 'own-check' });
  if (!('problems' in read)) return;
  for (const { field, message } of read.problems)
    context.addIssue({ code: 'custom', path: [field], message, input: typed });
}

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** An id for a new item of a team: none of the bank begins like it. */
export function newQuestionId(seed: string): string {
  const random = randomFrom(`question ${seed}`);
  const letters = Array.from({ length: 8 }, () =>
    ALPHABET.charAt(Math.floor(random() * ALPHABET.length)),
  );
  return `own-${letters.join('')}`;
}
