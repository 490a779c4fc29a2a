import { choosePlacement } from '../../core/practice/placement.ts';
import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { isPlacing, type PathAt } from './path-progress.ts';
import { showPractice } from './showing.ts';

/**
 * Starts the quiz that finds which chapters somebody knows, or goes on with it.
 *
 * @throws UserError when no question can be asked.
 */
export async function placementCard(at: PathAt, context: Context): Promise<Reply> {
  const { store, person, team, catalog, clock, seed } = context;
  const { placement, path, row } = at;
  if (placement && isPlacing(placement)) return showPractice(placement, context);
  const live = await openFor(context);
  const questions = choosePlacement(
    catalog.questions.filter(({ id }) => !live.includes(id)),
    path.steps.flatMap(({ chapters }) => chapters).filter((chapter) => chapter !== REVIEW_BANK),
    `${person.id} ${seed}`,
  );
  if (questions.length === 0)
    throw new UserError("There aren't enough questions here to find what you know.");
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { kind: 'quiz', mode: 'exam', count: questions.length },
    cards: questions.map(({ id }) => id),
    at: clock.now(),
  });
  await store.savePath({ ...row, placementId: practice.id });
  return showPractice(practice, context);
}
