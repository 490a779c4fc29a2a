import type { PracticeState } from '../../core/practice/session.ts';
import { cardChange } from '../../session/card-change.ts';
import type { Context } from '../../spine/command.ts';
import type { CardChange } from '../../store/queries/card-steps.ts';
import type { CardStep } from '../../store/schema.ts';
import { keyOf, type PracticeStep } from './step.ts';

/** Moves a practice on; false when it has moved on already, as for a second press. */
export function movePractice(
  at: PracticeStep,
  state: PracticeState,
  change: CardChange | undefined,
  { store, clock }: Context,
): Promise<boolean> {
  const { tried, hints } = at.practice.state;
  return store.movePractice({
    id: at.practice.id,
    from: { step: at.step, tried: tried.length, hints },
    state,
    change,
    at: clock.now(),
  });
}

/** What a step does to its card. */
export const changeOf = (
  at: PracticeStep,
  what: CardStep,
  share: number | undefined,
  context: Context,
  key = keyOf(at),
): CardChange => cardChange(at.question, { card: at.card, key, what, share }, context);

/** A practice that goes on without a step that was not answered. */
export const without = (state: PracticeState, step: number): PracticeState => ({
  ...state,
  cards: state.cards.filter((_, index) => index !== step),
  tried: [],
  hints: 0,
});
