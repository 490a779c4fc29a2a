import { isFinished } from '../core/scoring/points.ts';
import type { Context } from '../spine/command.ts';
import { UserError } from '../spine/errors.ts';

type Asker = Pick<Context, 'store'> &
  Partial<Pick<Context, 'isAlone' | 'platform'>> & {
    team: { id: string };
    person: { id: string };
  };

/**
 * The answer of an open daily question is shown by answering it, not by looking it up.
 *
 * @throws UserError when this item is open and still scores for this person, is answered in words, or is asked in a live round.
 */
export async function assertNotLive(
  id: string,
  context: Asker & Pick<Context, 'catalog'>,
): Promise<void> {
  if ((await context.store.liveOpenFor(context.team.id)).includes(id))
    throw new UserError(
      'This question is open in a live round right now. Its solution is shown in the channel when it closes.',
    );
  if (!(await openFor(context)).includes(id)) return;
  if (context.isAlone)
    throw new UserError(
      'This question is open in a channel right now. To see its solution here, answer it there or wait until it closes.',
    );
  throw new UserError(
    context.catalog.freeText.some((question) => question.id === id)
      ? "This is your team's current question. Its solution is shown when it closes, with everyone's answers."
      : [
          "This is your team's current question. Answer it with ",
          { command: 'daily' },
          ' to see the solution.',
        ],
  );
}

/**
 * Items that are open and still score for this person, or can still be answered in words, in this team
 * or another one of theirs, and what a live round asks now. A person alone may play in any team, and be new there: all count.
 */
export async function openFor({
  store,
  team,
  person,
  isAlone,
  platform,
}: Asker): Promise<string[]> {
  const open = await store.liveOpenFor(team.id);
  const posts = await store.openPostsFor({
    teamId: team.id,
    personId: person.id,
    platform: isAlone ? platform?.name : undefined,
  });
  for (const { id, questionId, isRated } of posts) {
    if (!questionId || (await store.isUnranked(questionId, person.id))) continue;
    if (!isRated || !isFinished(await store.progress(id, person.id))) open.push(questionId);
  }
  return open;
}
