import { isScored } from '../../core/questions/check-answer.ts';
import type { Question } from '../../core/questions/schema.ts';
import type { CardPost } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Block, spans } from '../../spine/reply.ts';
import type { Post } from '../../store/schema.ts';
import { closingTime } from './posting.ts';

/** A post that was asked; `practice` says why nothing counts, when nothing does. */
export type Posted = {
  post: Post;
  question: Question;
  practice?: string;
};

/** A post whose answer is scored. */
export type Answerable = { post: Post; card: CardPost; practice?: string };

/** The open questions of this channel, or else all of the team. */
export async function openHere({ store, team, place }: Context): Promise<Post[]> {
  const open = await store.openPosts(team.id);
  const here = open.filter((post) => post.channel === place.channel);
  return here.length > 0 ? here : open;
}

/**
 * Finds a post for the person who selected its button.
 *
 * @throws UserError when it is another team's, unknown or withdrawn.
 */
export async function findPosted(postId: number, context: Context): Promise<Posted> {
  const { store, team } = context;
  let post = await store.post(postId);
  if (!post?.question || post.teamId !== team.id)
    throw new UserError([
      `I can't find question ${postId}. Run `,
      { command: 'daily' },
      " to see today's question.",
    ]);
  if (post.state === 'claimed' || post.state === 'lost')
    post = (await prove(post, context)) ?? post;
  const { question } = post;
  if (!question)
    throw new UserError([
      `Question ${postId} is empty. Run `,
      { command: 'daily' },
      " to see today's question.",
    ]);
  if (post.state === 'withdrawn')
    throw new UserError([
      'This question was withdrawn (',
      ...spans(post.problem ?? 'no reason given'),
      "), so it doesn't count for anyone.",
    ]);
  const practice = practiceReason(post, context.clock.now());
  return { post, question, ...(practice ? { practice } : {}) };
}

/** @throws UserError also when it is answered in words. */
export async function findAnswerable(postId: number, context: Context): Promise<Answerable> {
  return answerableOf(await findPosted(postId, context));
}

/** @throws UserError when it is answered in words. */
export function answerableOf({ post, question, practice }: Posted): Answerable {
  if (!isScored(question))
    throw new UserError([
      `Question ${post.id} is a free-text question. Select `,
      { bold: 'Answer' },
      ' under it and write your answer.',
    ]);
  const card = { id: post.id, question };
  return practice ? { post, card, practice } : { post, card };
}

/** A press on a message is proof that the message is there. */
async function prove(post: Post, context: Context): Promise<Post | undefined> {
  const { store, clock, place, message } = context;
  if (!message || place.kind === 'direct') return undefined;
  const at = clock.now();
  await store.provePosted({
    postId: post.id,
    channel: place.channel,
    message,
    at,
    closesAt: closingTime(post, at),
  });
  return store.post(post.id);
}

function practiceReason(post: Post, now: Date): string | undefined {
  if (post.closedAt || (post.closesAt && post.closesAt <= now))
    return 'This question is closed. You can still answer it for practice (no points).';
  if (post.state !== 'posted') return "This question isn't posted yet, so it doesn't earn points.";
  return undefined;
}

/** One line to a person's first answer: who sees what. */
export async function greet(
  { store, person, clock }: Context,
  seen = 'Teammates see your points, never your answers.',
): Promise<Block[]> {
  if (person.greetedAt || !(await store.greetOnce(person.id, clock.now()))) return [];
  return [{ kind: 'note', text: [`${seen} Everything about you: `, { command: 'me' }] }];
}
