import { cardOf } from '../core/practice/card.ts';
import type { Question } from '../core/questions/schema.ts';
import { dayIn } from '../core/time.ts';
import type { Context } from '../spine/command.ts';
import type { CardChange } from '../store/queries/card-steps.ts';
import type { CardStep } from '../store/schema.ts';

/** What something does to the card of a question for the person who asks, today. */
export function cardChange(
  question: Pick<Question, 'id' | 'chapter'>,
  { key, what, share, card = cardOf(question.id) }: Changing,
  { person, clock, zone }: Pick<Context, 'person' | 'clock' | 'zone'>,
): CardChange {
  const at = clock.now();
  return {
    personId: person.id,
    card,
    chapter: question.chapter,
    key,
    what,
    day: dayIn(at, zone),
    at,
    ...(share === undefined ? {} : { share }),
  };
}

type Changing = {
  /** Names what it came from, so that it counts once. */
  key: string;
  what: CardStep;
  share?: number | undefined;
  /** The card, where it is not the question as a whole. */
  card?: string;
};
