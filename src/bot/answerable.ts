import type { Post } from '../store/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import { closingTime } from './posting.ts';
import type { CardPost } from './question-card.ts';
import type { Block } from './reply.ts';

/** A post that can be answered, or practised when `practice` says why nothing counts. */
export type Answerable = { post: Post; card: CardPost; practice?: string };

/**
 * Finds a post for whoever pressed its button.
 *
 * @throws UserError when it is another team's, unknown or withdrawn.
 */
export async function findAnswerable(postId: number, context: Context): Promise<Answerable> {
  const { store, team } = context;
  let post = await store.post(postId);
  if (!post?.question || post.teamId !== team.id)
    throw new UserError(`I do not know question ${postId} here. Type daily to see today's.`);
  if (post.state === 'claimed' || post.state === 'lost')
    post = (await prove(post, context)) ?? post;
  const { question } = post;
  if (!question)
    throw new UserError(`Question ${postId} has no content. Type daily to see today's.`);
  if (post.state === 'withdrawn')
    throw new UserError(
      `This question was withdrawn (${post.problem ?? 'no reason given'}), so it counts for nobody.`,
    );
  const schedule = await store.schedule(post.scheduleId);
  const card: CardPost = { id: post.id, question, closes: schedule?.closes ?? 'hours' };
  const practice = practiceReason(post, context.clock.now());
  return practice ? { post, card, practice } : { post, card };
}

/** A press on a message is proof that the message is there. */
async function prove(post: Post, context: Context): Promise<Post | undefined> {
  const { store, clock, place, message } = context;
  const schedule = await store.schedule(post.scheduleId);
  if (!schedule || !message || place.kind === 'direct') return undefined;
  const at = clock.now();
  await store.provePosted({
    postId: post.id,
    channel: place.channel,
    message,
    at,
    closesAt: closingTime(schedule, at),
  });
  return store.post(post.id);
}

function practiceReason(post: Post, now: Date): string | undefined {
  if (post.closedAt || (post.closesAt && post.closesAt <= now))
    return 'This question is closed: answer it for practice, no points count.';
  if (post.state !== 'posted') return 'This question is not posted yet: no points count.';
  return undefined;
}

/** One line to a person's first answer: who sees what. */
export async function greet({ store, person, clock }: Context): Promise<Block[]> {
  if (person.greetedAt || !(await store.greetOnce(person.id, clock.now()))) return [];
  return [
    {
      kind: 'note',
      text: [
        'First time here: others see your points on the board, never your answers. ',
        { code: 'me export' },
        ' shows all that is kept about you, ',
        { code: 'me delete' },
        ' forgets you, ',
        { code: 'me hide' },
        ' takes you off the boards.',
      ],
    },
  ];
}
