import {
  checkStored,
  type ScoredQuestion,
  type Verdict,
} from '../../core/questions/check-answer.ts';
import { formatPointCount, isFinished, SCORED_TRIES } from '../../core/scoring/points.ts';
import { formatOrdinal } from '../../core/units.ts';
import { answerCard, personalOrder, wrongCard } from '../../session/answer-card.ts';
import { cardChange } from '../../session/card-change.ts';
import { type CardPost, withQuestion } from '../../session/question-card.ts';
import { explanationReply, resultBlocks, toneOf } from '../../session/result-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Block, Button, Reply, Tone } from '../../spine/reply.ts';
import type { Post } from '../../store/schema.ts';
import { type Answerable, answerableOf, findAnswerable, findPosted, greet } from './answerable.ts';
import { explainFreeText, showFreeTextCard } from './free-text-answers.ts';

/** Fixes the order in which one person sees options and steps. */
export const orderSeed = (card: CardPost, context: Context) => `${card.id} ${context.person.id}`;

/** What a person sees of a post: the card with which they answer, or how their answer went. */
export async function showPosted(postId: number, context: Context): Promise<Reply> {
  const posted = await findPosted(postId, context);
  return posted.post.isRated
    ? showAnswerable(answerableOf(posted), context)
    : showFreeTextCard(posted, context);
}

async function showQuestion(postId: number, context: Context): Promise<Reply> {
  return showAnswerable(await findAnswerable(postId, context), context);
}

async function showAnswerable(
  { post, card, practice }: Answerable,
  context: Context,
): Promise<Reply> {
  const progress = await context.store.progress(post.id, context.person.id);
  const last = progress.attempts.at(-1);
  if (!practice && isFinished(progress)) {
    const reply = await finished(card, context, {
      title: last?.isRight ? 'You got this one right' : "You've already finished this one",
      ...(last?.isRight ? { tone: 'right' } : {}),
      answers: progress.attempts.map(({ answer }) => answer),
    });
    return withQuestion(card.question, reply);
  }
  return {
    ...answerCard({
      post: card,
      seed: orderSeed(card, context),
      next: practice ? 1 : progress.attempts.length + 1,
      hints: progress.hints,
      tried: practice ? [] : progress.attempts.map(({ answer }) => answer),
      ...(practice ? { practice } : {}),
    }),
    ...(progress.attempts.length > 0 || progress.hints > 0 ? { update: true } : {}),
  };
}

/** A try at a posted question. */
export type Try = {
  attempt: number;
  /** The answer as it is stored: letters of the item's own order, or a number. Undefined for one of another kind. */
  read(card: CardPost): string | undefined;
  /** What to say of an answer that cannot be read; it uses up no try. */
  refusal(question: ScoredQuestion): string;
  /** The option that holds it. */
  option: string;
};

/** Takes an answer to a post by its number. */
export async function takeAnswer(
  { postId, ...given }: Try & { postId: number },
  context: Context,
): Promise<Reply> {
  return takeAnswerTo(await findAnswerable(postId, context), given, context);
}

/**
 * Checks an answer, records it while it counts, and says how it went.
 *
 * @throws UserError for an answer that cannot be read.
 */
export async function takeAnswerTo(
  { post, card, practice }: Answerable,
  given: Try,
  context: Context,
): Promise<Reply> {
  const typed = given.read(card);
  const verdict = typed === undefined ? undefined : checkStored(card.question, typed);
  if (typed === undefined || !verdict)
    throw new UserError(given.refusal(card.question), { option: given.option });
  if (practice) return practiced(card, context, typed, verdict, practice);
  // Both share one commit: whose first answer it is would else wait for two in a row.
  const [recorded, greeting] = await Promise.all([
    context.store.recordAttempt({
      postId: post.id,
      personId: context.person.id,
      try: given.attempt,
      answer: typed,
      isRight: verdict.right,
      share: verdict.share,
      at: context.clock.now(),
      card: cardChange(
        card.question,
        { key: `post ${post.id}`, what: 'again', share: verdict.share },
        context,
      ),
    }),
    greet(context),
  ]);
  if (recorded.kind === 'refused') {
    const reply =
      recorded.why === 'closed'
        ? await practiced(card, context, typed, verdict, JUST_CLOSED)
        : await showQuestion(post.id, context);
    return withBlocks(reply, greeting);
  }
  if (recorded.kind === 'recorded') {
    context.emit({
      kind: 'answered',
      post: String(post.id),
      person: context.person.id,
      try: given.attempt,
      right: verdict.right,
      quarters: recorded.quarters,
    });
  }
  // A second press, or the same press delivered twice, hears what the first one heard.
  const answer = recorded.kind === 'repeated' ? recorded.attempt.answer : typed;
  const reply = await feedback(post, card, context, {
    attempt: given.attempt,
    verdict: checkStored(card.question, answer) ?? verdict,
    answer,
    quarters: recorded.quarters,
    hints: recorded.hints,
  });
  const isUnranked = recorded.kind === 'recorded' && recorded.unranked;
  return withBlocks(reply, [
    ...greeting,
    ...(isUnranked ? [{ kind: 'note', text: UNRANKED } satisfies Block] : []),
  ]);
}

const JUST_CLOSED = "This question just closed, so your answer doesn't earn points.";
const UNRANKED = "You wrote, reviewed, or already saw this question, so it doesn't earn points.";

const withBlocks = (reply: Reply, blocks: readonly Block[]): Reply => ({
  ...reply,
  blocks: [...reply.blocks, ...blocks],
});

async function feedback(
  post: Post,
  card: CardPost,
  context: Context,
  {
    attempt,
    verdict,
    answer,
    quarters,
    hints,
  }: { attempt: number; verdict: Verdict; answer: string; quarters: number; hints: number },
): Promise<Reply> {
  if (!verdict.right && attempt < SCORED_TRIES) {
    const order = personalOrder(card.question, orderSeed(card, context));
    return wrongCard({ post: card, order, hints, answer, share: verdict.share });
  }
  const title = verdict.right
    ? `Correct: +${formatPointCount(quarters)}`
    : verdict.share > 0
      ? `Partly correct: +${formatPointCount(quarters)}`
      : 'Incorrect';
  const before =
    attempt > 1 ? (await context.store.progress(post.id, context.person.id)).attempts : [];
  return finished(card, context, {
    title: `${title}${await rankText(context)}`,
    tone: toneOf(verdict.share),
    answers: [...before.slice(0, attempt - 1).map((each) => each.answer), answer],
  });
}

/** Ends scoring for this person and shows the solution; `more` shows all there is to say of it. */
export async function revealSolution(
  { postId, more }: { postId: number; more: boolean },
  context: Context,
): Promise<Reply> {
  const posted = await findPosted(postId, context);
  if (more && !posted.post.isRated) return explainFreeText(posted, context);
  const { post, card, practice } = answerableOf(posted);
  const before = await context.store.progress(post.id, context.person.id);
  if (!practice && !isFinished(before)) {
    const change = cardChange(
      card.question,
      { key: `post ${post.id}`, what: 'again', share: 0 },
      context,
    );
    await context.store.reveal(post.id, context.person.id, context.clock.now(), change);
    context.emit({ kind: 'revealed', post: String(post.id), person: context.person.id });
  }
  if (more)
    return explanationReply(
      answeredOf(card, context, []),
      context.catalog.chapter(card.question.chapter),
    );
  return finished(card, context, { title: 'Solution', answers: [], practice });
}

/** Opens a hint once, however often it is pressed, and shows the question with it. */
export async function openHint(postId: number, number: number, context: Context): Promise<Reply> {
  const { post, card, practice } = await findAnswerable(postId, context);
  const { store, person, clock } = context;
  if (practice) {
    return {
      ...answerCard({
        post: card,
        seed: orderSeed(card, context),
        next: 1,
        hints: number,
        practice,
      }),
      update: true,
    };
  }
  const before = await store.progress(post.id, person.id);
  const isThere = number <= card.question.hints.length;
  if (!isFinished(before) && isThere && number === before.hints + 1) {
    await store.openHint({ postId: post.id, personId: person.id, number, at: clock.now() });
    context.emit({ kind: 'hinted', post: String(post.id), person: person.id });
  }
  return { ...(await showQuestion(post.id, context)), update: true };
}

/** The letters of the item behind the letters that this person was shown, or undefined. */
export function itemLetters(card: CardPost, typed: string, context: Context): string[] | undefined {
  const order = personalOrder(card.question, orderSeed(card, context));
  const shown = [...typed.toUpperCase().replace(/[^A-Z]/g, '')];
  const letters = shown.map((letter) => order[letter.charCodeAt(0) - 65]);
  return letters.every((letter) => letter !== undefined) ? letters : undefined;
}

function practiced(
  card: CardPost,
  context: Context,
  answer: string,
  verdict: Verdict,
  practice: string,
) {
  return finished(card, context, {
    title: verdict.right ? 'Correct' : 'Incorrect',
    tone: toneOf(verdict.share),
    answers: [answer],
    practice,
  });
}

const answeredOf = (card: CardPost, context: Context, answers: readonly string[]) => ({
  question: card.question,
  order: personalOrder(card.question, orderSeed(card, context)),
  answers,
});

function finished(
  card: CardPost,
  context: Context,
  {
    answers,
    practice,
    ...head
  }: { title: string; tone?: Tone; answers: readonly string[]; practice?: string | undefined },
): Reply {
  const { id, chapter } = card.question;
  const buttons: Button[] = [
    { label: 'Explain more', run: `answer reveal post:${card.id} more:yes` },
    { label: 'Review later', run: `question later id:${id}` },
    { label: '3 more like this', run: `quiz chapter:${chapter} count:3`, opens: true },
  ];
  return {
    ...head,
    visibility: 'private',
    update: true,
    blocks: [
      ...resultBlocks(answeredOf(card, context, answers)),
      { kind: 'buttons', buttons },
      ...(practice ? [{ kind: 'note', text: practice } satisfies Block] : []),
    ],
  };
}

/** Where the answer leaves somebody, as ` · 4th of 12`; empty where leaderboards show no names, and for one alone. */
async function rankText({ store, team, person }: Context): Promise<string> {
  if (team.boards !== 'names') return '';
  const standing = await store.standing(team.id, person.id);
  return standing && standing.of > 1 ? ` · ${formatOrdinal(standing.rank)} of ${standing.of}` : '';
}
