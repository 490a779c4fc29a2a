import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { type Reply, say } from '../reply.ts';

/** A vote for the answer that has this number in the recap. */
export async function castVote(
  { postId, number }: { postId: number; number: number },
  context: Context,
): Promise<Reply> {
  const { store, person, clock, emit, team } = context;
  const post = await store.post(postId);
  const reveal = post?.teamId === team.id ? await store.revealOf(postId) : undefined;
  if (!reveal) throw new UserError(`There are no answers to question ${postId} to vote for.`);
  const voted = await store.vote({ postId, personId: person.id, number, at: clock.now() });
  switch (voted) {
    case 'own':
      throw new UserError('This answer is yours. Your vote is for somebody else: choose another.');
    case 'over':
      throw new UserError('The vote is over. The best answers stand beside the key points.');
    case 'unknown':
      throw new UserError(`There is no answer ${number} any more. Choose another one.`);
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
      `Your vote is for answer ${number}. Nobody sees whom you chose; press another one to move it, until `,
      { time: reveal.votesUntil, show: 'moment' },
      '.',
    ]),
    visibility: 'private',
  };
}
