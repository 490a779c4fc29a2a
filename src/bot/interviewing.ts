import { probeFor, questionAsked } from '../core/interview/probe.ts';
import { next } from '../core/interview/session.ts';
import { currentExchange, currentItem, nextPlanned, type Turn } from '../core/interview/state.ts';
import type { Context } from './command.ts';
import { timeOverCard } from './interview-cards.ts';
import { finish } from './interview-ending.ts';

import {
  addTurns,
  cardAt,
  endedCard,
  findSitting,
  present,
  questionOf,
  type Sitting,
} from './interview-sitting.ts';
import type { Reply } from './reply.ts';

/** One step on: asks, grades and probes, or ends; a second press of the same button only shows. */
export async function goOn(
  id: number | undefined,
  seen: number | undefined,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  const { state } = sitting;
  if (seen !== undefined && seen !== sitting.moves) return present(sitting);
  if (state.phase === 'ended' || state.isPaused || state.phase === 'asking')
    return present(sitting);
  if (state.phase === 'answered') return gradeAnswerGiven(sitting, context);
  if (!nextPlanned(state)) return finish(sitting, 'finished', context);
  if (state.isTimed && state.endsAt && state.endsAt <= context.clock.now())
    return timeOverCard(cardAt(sitting));
  const asked = await addTurns(sitting, [{ kind: 'asked' }], context);
  return present(asked ?? (await findSitting(sitting.interview.id, context)));
}

async function gradeAnswerGiven(sitting: Sitting, context: Context): Promise<Reply> {
  const item = currentItem(sitting.state);
  const question = questionOf(item?.questionId, sitting);
  const exchange = currentExchange(sitting.state);
  if (!item || !question || !exchange) {
    const skipped = await addTurns(sitting, [{ kind: 'taken-back' }, { kind: 'skipped' }], context);
    return present(skipped ?? sitting);
  }
  const asked = questionAsked(question, exchange);
  const before = item.exchanges.filter((earlier) => earlier !== exchange);
  const { grade, by } = await context.grade(
    asked,
    exchange.answer ?? '',
    before.flatMap(({ answer }) => answer ?? []),
  );
  const probe = probeFor(question, item, grade);
  const graded = await addTurns(
    sitting,
    [{ kind: 'graded', grade, by, ...(probe ? { probe } : {}) }],
    context,
  );
  return present(graded ?? (await findSitting(sitting.interview.id, context)));
}

/** Takes an answer, typed, sent by form or chosen from a message. */
export async function giveAnswer(
  id: number | undefined,
  text: string,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  const { state } = sitting;
  if (state.phase === 'ended') return endedCard(sitting.interview.id);
  if (state.isPaused || state.phase !== 'asking') {
    const reply = present(sitting);
    const words =
      state.phase === 'answered'
        ? 'You have answered already: take that answer back first, or go on.'
        : state.items.length === 0
          ? 'The interview has not begun yet: press Begin, and the first question comes.'
          : 'No question is waiting for an answer at the moment.';
    return { ...reply, blocks: [{ kind: 'text', text: words }, ...reply.blocks] };
  }
  const answered = await addTurns(sitting, [{ kind: 'answered', text }], context);
  return present(answered ?? (await findSitting(sitting.interview.id, context)));
}

/** A turn that needs nothing but itself: take back, skip, hint, pause, resume, more time. */
export async function takeTurn(
  id: number | undefined,
  seen: number | undefined,
  turn: Turn,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  if (seen !== undefined && seen !== sitting.moves) return present(sitting);
  const changed = next(sitting.state, turn, context.clock.now());
  if (changed === sitting.state) return present(sitting);
  const added =
    (await addTurns(sitting, [turn], context)) ??
    (await findSitting(sitting.interview.id, context));
  if ((turn.kind === 'extended' || turn.kind === 'untimed') && added.state.phase === 'ready')
    return goOn(added.interview.id, added.moves, context);
  return present(added);
}
