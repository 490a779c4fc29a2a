import { recallOf } from '../../core/practice/memory.ts';
import type { Verdict } from '../../core/questions/check-answer.ts';
import { drawAgain } from '../../core/questions/generators/drawn.ts';
import type { DrawnQuestion } from '../../core/questions/generators/generator.ts';
import { cardChange } from '../../session/card-change.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';

/**
 * The drill behind a button: its id holds kind and seed, so nothing is stored.
 *
 * @throws UserError when this version draws no such question.
 */
export function findDrill(id: string, { catalog }: Pick<Context, 'catalog'>): DrawnQuestion {
  const question = drawAgain(catalog.generators, id);
  if (!question)
    throw new UserError([
      'This drill is no longer available. Run ',
      { command: 'drill' },
      ' for a new one.',
    ]);
  return question;
}

/** Its kind comes back in the review, with other numbers. The same drill answered again is the same answer. */
export async function keepDrill(
  question: DrawnQuestion,
  { right, share }: Verdict,
  context: Context,
): Promise<void> {
  const what = recallOf({ outcome: right ? 'right' : 'wrong', tries: 1, hints: 0 });
  await context.store.changeCard(
    cardChange(question, { key: `drill ${question.id}`, what, share }, context),
  );
}
