import { shownLetter, textOf } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import type { Block } from '../../spine/reply.ts';
import type { Value } from '../../spine/request.ts';
import { findPractice, stepAt } from './step.ts';
import { askBlocks, orderOf } from './step-card.ts';

/** A question of a practice for the form of its answer, with the steps to put in order as this person sees them. */
export async function practiceAbove(
  id: Value | undefined,
  step: Value | undefined,
  context: Context,
): Promise<Block[] | undefined> {
  if (typeof id !== 'number' || typeof step !== 'number') return undefined;
  const at = await stepAt(await findPractice(id, context), context, step - 1);
  if (!at) return undefined;
  if (at.kind !== 'closed' || at.question.format !== 'order') return askBlocks(at);
  const { question } = at;
  return [
    ...askBlocks(at),
    ...orderOf(at).map(
      (letter, index): Block => ({
        kind: 'text',
        text: [{ bold: `${shownLetter(index)}  ` }, textOf(question, letter)],
      }),
    ),
  ];
}
