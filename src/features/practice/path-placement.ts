import { nextPlacement, PER_CHAPTER } from '../../core/practice/placement.ts';
import type { PracticeState } from '../../core/practice/session.ts';
import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Practice } from '../../store/schema.ts';
import { isPlacing, type PathAt } from './path-progress.ts';

/**
 * Starts the quiz that finds which chapters somebody knows, or goes on with it.
 *
 * @throws UserError when no question can be asked.
 */
export async function placementOf(at: PathAt, context: Context): Promise<Practice> {
  const { store, person, team, clock } = context;
  const { placement, path, row } = at;
  if (placement && isPlacing(placement)) return placement;
  const placing = path.steps
    .flatMap(({ chapters }) => chapters)
    .filter((chapter) => chapter !== REVIEW_BANK);
  const first = await nextFor(placing, { cards: [], results: [] }, context);
  if (!first) throw new UserError("There aren't enough questions here to find what you know.");
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { kind: 'quiz', mode: 'exam', count: placing.length * PER_CHAPTER, placing },
    cards: [first.id],
    at: clock.now(),
  });
  await store.savePath({ ...row, placementId: practice.id });
  return practice;
}

/** A placement with its next question, until it is over; any other practice as it is. */
export async function withNext(
  state: PracticeState,
  { settings }: Practice,
  context: Context,
): Promise<PracticeState> {
  if (settings.kind !== 'quiz' || !settings.placing) return state;
  const next = await nextFor(settings.placing, state, context);
  return next ? { ...state, cards: [...state.cards, next.id] } : state;
}

async function nextFor(
  chapters: readonly number[],
  state: Pick<PracticeState, 'cards' | 'results'>,
  context: Context,
) {
  const { person, catalog } = context;
  const live = await openFor(context);
  return nextPlacement(state, {
    questions: catalog.questions.filter(({ id }) => !live.includes(id)),
    chapters,
    find: catalog.question,
    areTwins: catalog.areTwins,
    seed: person.id,
  });
}
