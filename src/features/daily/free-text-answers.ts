import type { Grade } from '../../core/grading/types.ts';
import { outcomeInWords, recallOf } from '../../core/practice/memory.ts';
import { cardChange } from '../../session/card-change.ts';
import { withQuestion } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply, Text } from '../../spine/reply.ts';
import type { FreeTextAnswer, Post } from '../../store/schema.ts';
import { isInterviewRoom } from '../interview/room.ts';
import { findPosted, greet, type Posted } from './answerable.ts';
import {
  type FreeTextPost,
  freeTextExplanation,
  ownAnswerCard,
  unansweredCard,
} from './free-text-card.ts';

type FreeText = { post: Post; card: FreeTextPost; isPractice: boolean };

/**
 * Finds a post that is answered in words.
 *
 * @throws UserError when it is unknown, withdrawn, or has options or a number to give.
 */
async function findFreeText(postId: number, context: Context): Promise<FreeText> {
  return freeTextOf(await findPosted(postId, context));
}

function freeTextOf({ post, question, practice }: Posted): FreeText {
  if (!('keyPoints' in question))
    throw new UserError(
      `Question ${post.id} isn't a free-text question. Select Answer under it to see its options.`,
    );
  return { post, card: { id: post.id, question }, isPractice: practice !== undefined };
}

/** The question, or how one's own answer went. */
export async function showFreeTextCard(posted: Posted, context: Context): Promise<Reply> {
  const { post, card, isPractice } = freeTextOf(posted);
  const own = await context.store.freeTextAnswer(post.id, context.person.id);
  if (own) return withQuestion(card.question, ownCard({ post, card }, own, context));
  const note = isPractice
    ? PRACTICE
    : 'Counts for your streak, not points. Only you can see your answer until the question closes.';
  return unansweredCard(card, note);
}

const PRACTICE =
  "This question isn't open, so this is practice. Your answer isn't saved, and your streak doesn't change.";

/** Grades an answer and keeps it while the question is open; a late one is practice. */
export async function submitFreeText(
  given: { postId: number; text: string; isShown: boolean | undefined },
  context: Context,
): Promise<Reply> {
  const { store, person, clock, catalog, emit } = context;
  const { post, card, isPractice } = await findFreeText(given.postId, context);
  const { text } = given;
  const grade = catalog.grade(card.question, text);
  if (isPractice) return practiced(card, { text, grade });
  const before = await store.freeTextAnswer(post.id, person.id);
  const isShown = given.isShown ?? before?.isShown ?? false;
  const recall = recallOf({ outcome: outcomeInWords(grade.score), tries: 1, hints: 0 });
  const saved = await store.saveFreeTextAnswer(
    { postId: post.id, personId: person.id, text, grade, isShown, at: clock.now() },
    cardChange(
      card.question,
      { key: `post ${post.id}`, what: recall, share: grade.score },
      context,
    ),
  );
  if (saved === 'closed') return practiced(card, { text, grade });
  if (saved !== 'repeated')
    emit({
      kind: 'answered-in-words',
      post: String(post.id),
      person: person.id,
      isChange: saved === 'changed',
    });
  const own = await store.freeTextAnswer(post.id, person.id);
  if (!own) throw new Error('The answer was not stored');
  const reply = ownCard({ post, card }, own, context);
  const greeting = await greet(
    context,
    'Only you can see your answer, unless you share it with the team when the question closes.',
  );
  return { ...reply, blocks: [...reply.blocks, ...greeting] };
}

function practiced(card: FreeTextPost, { text, grade }: { text: string; grade: Grade }): Reply {
  const answer = { text, grade, ticked: [], isShown: false, number: null };
  return ownAnswerCard(card, answer, { state: 'practice', note: PRACTICE });
}

const isClosed = ({ closedAt, closesAt }: Post, { clock }: Context) =>
  closedAt !== null || (closesAt !== null && closesAt <= clock.now());

/**
 * All there is to say of a question in words.
 *
 * @throws UserError while it is open.
 */
export async function explainFreeText(posted: Posted, context: Context): Promise<Reply> {
  const { post, card } = freeTextOf(posted);
  if (!isClosed(post, context))
    throw new UserError('This question is open. Its solution is shown when it closes.');
  const own = await context.store.freeTextAnswer(post.id, context.person.id);
  return freeTextExplanation(card, own, context.catalog.chapter(card.question.chapter));
}

function ownCard(
  { post, card }: { post: Post; card: FreeTextPost },
  own: FreeTextAnswer,
  context: Context,
): Reply {
  const { person } = context;
  if (isClosed(post, context))
    return ownAnswerCard(card, own, {
      state: 'closed',
      note: 'It counted for your streak, not points.',
    });
  const shown: Text = own.isShown
    ? `Then it's shared with the team, ${person.isHidden ? "without your name because you're hidden from leaderboards" : 'with your name'}.`
    : "It won't be shared with the team.";
  const note: Text = post.closesAt
    ? [
        'Counts for your streak, not points. You can change it until ',
        { time: post.closesAt, show: 'moment' },
        `. ${shown}`,
      ]
    : `Counts for your streak, not points. You can change it until the question closes. ${shown}`;
  return ownAnswerCard(card, own, { state: 'open', note });
}

/** Counts key points of an answer as heard, by its owner's word, for them alone. */
export async function tickPoints(
  postId: number,
  points: readonly string[],
  context: Context,
): Promise<Reply> {
  const { store, person } = context;
  const { post, card } = await findFreeText(postId, context);
  const known = new Set(card.question.keyPoints.map(({ id }) => id));
  await store.tickFreeText({
    postId,
    personId: person.id,
    points: points.filter((id) => known.has(id)),
  });
  return ownCard({ post, card }, await ownOf(postId, context), context);
}

/** Keeps one's answer back, before or after the others were shown, or shows it after all. */
export async function showOrKeep(
  postId: number,
  isShown: boolean,
  context: Context,
): Promise<Reply> {
  const { store, person, emit } = context;
  const { post, card } = await findFreeText(postId, context);
  await ownOf(postId, context);
  if (await store.showFreeText({ postId, personId: person.id, isShown })) {
    emit({ kind: isShown ? 'shown' : 'kept-back', post: String(postId), person: person.id });
    context.wake();
  }
  return ownCard({ post, card }, await ownOf(postId, context), context);
}

async function ownOf(postId: number, { store, person }: Context): Promise<FreeTextAnswer> {
  const own = await store.freeTextAnswer(postId, person.id);
  if (own) return own;
  throw new UserError([
    `You haven't answered question ${postId}. Run `,
    { command: 'daily' },
    " to see what's open now.",
  ]);
}

/**
 * The open question in words to which a message of this place can be an answer: in its channel, or in a thread under it.
 * What is said in another thread of that channel, such as the room of an interview, is about something else.
 */
export async function freeTextPostHere({
  store,
  team,
  person,
  place,
  platform,
}: Context): Promise<Post | undefined> {
  const interview = await store.openInterviewOf(person.id);
  if (interview && isInterviewRoom(interview, place)) return undefined;
  const open = (await store.openPosts(team.id)).filter(
    (post) => !post.isRated && post.platform === platform.name && post.channel === place.channel,
  );
  if (place.thread === undefined) return open[0];
  return open.find(({ thread, message }) => [thread, message].includes(place.thread ?? null));
}
