import { readCardId } from '../../core/practice/card.ts';
import { stepOf } from '../../core/practice/session.ts';
import { isScored, type ScoredQuestion } from '../../core/questions/check-answer.ts';
import { seedToken } from '../../core/questions/generators/drawn.ts';
import type { FreeTextQuestion, Question } from '../../core/questions/schema.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Practice } from '../../store/schema.ts';

/** One question of a practice, as it is asked. */
export type PracticeStep = {
  practice: Practice;
  /** Its place, from 0. */
  step: number;
  card: string;
} & Asked;

type Asked =
  | { kind: 'closed'; question: ScoredQuestion }
  | { kind: 'words'; question: FreeTextQuestion }
  /** One key point that was missed before. */
  | { kind: 'point'; question: FreeTextQuestion; point: FreeTextQuestion['keyPoints'][number] };

/** Names a step to the store, so that its answer counts once. */
export const keyOf = ({ practice, step }: Pick<PracticeStep, 'practice' | 'step'>) =>
  `${practice.settings.kind} ${practice.id} ${step}`;

/**
 * One's own practice.
 *
 * @throws UserError when it is gone or somebody else's.
 */
export async function findPractice(id: number, { store, person }: Context): Promise<Practice> {
  const practice = await store.practice(id);
  if (!practice || practice.personId !== person.id)
    throw new UserError([
      "I can't find this practice. Run ",
      { command: 'quiz' },
      ' for a new one.',
    ]);
  return practice;
}

/** The question at a step, or at the one in hand; undefined when it is no longer in the bank, or all are behind. */
export async function stepAt(
  practice: Practice,
  context: Context,
  step = stepOf(practice.state),
): Promise<PracticeStep | undefined> {
  const card = practice.state.cards[step];
  const asked = card === undefined ? undefined : await askedBy(card, practice, step, context);
  return card !== undefined && asked ? { practice, step, card, ...asked } : undefined;
}

/** What a card asks in a practice; a calculation has other numbers each time. */
async function askedBy(
  card: string,
  practice: Pick<Practice, 'id' | 'teamId'>,
  step: number,
  { catalogOf }: Pick<Context, 'catalogOf'>,
): Promise<Asked | undefined> {
  const catalog = await catalogOf(practice.teamId);
  const target = readCardId(card);
  if (target.kind === 'drill') {
    const generator = catalog.generators.find(({ id }) => id === target.generator);
    const question = generator?.draw(seedToken(`${practice.id} ${step}`));
    return question && { kind: 'closed', question };
  }
  const question = catalog.question(target.item);
  if (!question) return undefined;
  if (target.kind === 'item') return askedAs(question);
  if (!('keyPoints' in question)) return undefined;
  const point = question.keyPoints.find(({ id }) => id === target.point);
  return point && { kind: 'point', question, point };
}

function askedAs(question: Question): Asked {
  return isScored(question) ? { kind: 'closed', question } : { kind: 'words', question };
}

/** Whether a practice finds which chapters of a path somebody knows. */
export const isPlacement = ({ settings }: Pick<Practice, 'settings'>) =>
  settings.kind === 'quiz' && settings.placing !== undefined;

/** An exam says nothing until its end. */
export const isSilent = ({ settings, endedAt }: Practice) =>
  settings.kind === 'quiz' && settings.mode === 'exam' && endedAt === null;
