import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Reply, say } from '../../spine/reply.ts';

/** A vote for the answer that has this number in the recap. */
export async function castVote(
  { postId, number }: { postId: number; number: number },
  context: Context,
): Promise<Reply> {
  const { store, person, clock, emit, team } = context;
  const post = await store.post(postId);
  const reveal = post?.teamId === team.id ? await store.revealOf(postId) : undefined;
  if (!reveal) throw new UserError(`Question ${postId} has no answers to vote for.`);
  const voted = await store.vote({ postId, personId: person.id, number, at: clock.now() });
  switch (voted) {
    case 'own':
      throw new UserError("You can't vote for your own answer. Choose another one.");
    case 'over':
      throw new UserError('Voting is over. The best answers are listed with the key points.');
    case 'unknown':
      throw new UserError(`There's no answer ${number} to vote for. Choose another one.`);
    case 'repeated':
      break;
    default:
      emit({
        kind: 'voted',
        post: String(postId),
        person: person.id,
        isMove: voted === 'moved',
      });
  }
  return {
    ...say([
      `You voted for answer ${number}. Votes are anonymous. To change yours, select another answer before `,
      { time: reveal.votesUntil, show: 'moment' },
      '.',
    ]),
    visibility: 'private',
  };
}
