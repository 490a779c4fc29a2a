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
import type { Progress } from '../../store/queries/score.ts';
import { type Answerable, answerableOf, findAnswerable, findPosted, greet } from './answerable.ts';
import { explainFreeText, showFreeTextCard } from './free-text-answers.ts';
import type { NewAttempt, Recorded } from './queries/answers.ts';

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
  /** Which one it is. */
  attempt(answer: string, before: Progress): number;
  /** The answer as it is stored: letters of the item's own order, or a number. Undefined for one of another kind. */
  read(card: CardPost): string | undefined;
  /** What to say of an answer that cannot be read; it uses up no try. */
  refusal(question: ScoredQuestion): string;
  /** The option that holds it. */
  option: string;
};

/**
 * Checks an answer, records it while it counts, and says how it went.
 *
 * @throws UserError for an answer that cannot be read, and for a post that this person can't answer.
 */
export async function takeAnswer(
  { postId, ...given }: Try & { postId: number },
  context: Context,
): Promise<Reply> {
  const { store, person, team, clock } = context;
  const judge: NewAttempt['judge'] = (post, before) => {
    const read = post.teamId === team.id ? readTry(post, given) : undefined;
    return read && { ...judgedOf(read, context), try: given.attempt(read.answer, before) };
  };
  const record = () => store.recordAttempt({ postId, personId: person.id, at: clock.now(), judge });
  let recorded = await record();
  if (recorded.kind === 'refused') {
    const { card, practice } = await findAnswerable(postId, context);
    const read = readTry(card, given);
    if (!read) throw new UserError(given.refusal(card.question), { option: given.option });
    if (practice) return practiced(card, context, read, practice);
    // The look at it has proved that it is posted.
    if (recorded.why === 'unknown') recorded = await record();
    if (recorded.kind === 'refused') return showQuestion(postId, context);
  }
  return heard(recorded, context);
}

/** An answer that can be read, and how right it is. */
type Read = { card: CardPost; answer: string; verdict: Verdict };

function readTry(card: CardPost, { read }: Pick<Try, 'read'>): Read | undefined {
  const answer = read(card);
  const verdict = answer === undefined ? undefined : checkStored(card.question, answer);
  return answer === undefined || !verdict ? undefined : { card, answer, verdict };
}

function judgedOf({ card: { id, question }, answer, verdict }: Read, context: Context) {
  const { right: isRight, share } = verdict;
  const step = { key: `post ${id}`, what: 'again', share } as const;
  return { answer, isRight, share, card: cardChange(question, step, context) };
}

/** What a try says, the first time and when it is repeated. */
async function heard(recorded: Heard, context: Context): Promise<Reply> {
  const { kind, post, answers, quarters, unranked } = recorded;
  const verdict = checkStored(post.question, answers.at(-1) ?? '') ?? UNREAD;
  if (kind === 'recorded') {
    context.emit({
      kind: 'answered',
      post: String(post.id),
      person: context.person.id,
      try: answers.length,
      right: verdict.right,
      quarters,
    });
  }
  const reply = await feedback(recorded, verdict, context);
  const unrankedNote: Block[] = unranked ? [{ kind: 'note', text: UNRANKED }] : [];
  return { ...reply, blocks: [...reply.blocks, ...(await greet(context)), ...unrankedNote] };
}

type Heard = Exclude<Recorded, { kind: 'refused' }>;

/** Of an answer that was stored before its question was corrected. */
const UNREAD: Verdict = { share: 0, right: false, why: [] };

const UNRANKED = "You wrote, reviewed, or already saw this question, so it doesn't earn points.";

async function feedback(
  { post: card, answers, quarters, hints }: Heard,
  verdict: Verdict,
  context: Context,
): Promise<Reply> {
  if (!verdict.right && answers.length < SCORED_TRIES) {
    const order = personalOrder(card.question, orderSeed(card, context));
    const answer = answers.at(-1) ?? '';
    return wrongCard({ post: card, order, hints, answer, share: verdict.share });
  }
  const title = verdict.right
    ? `Correct: +${formatPointCount(quarters)}`
    : verdict.share > 0
      ? `Partly correct: +${formatPointCount(quarters)}`
      : 'Incorrect';
  return finished(card, context, {
    title: `${title}${await rankText(context)}`,
    tone: toneOf(verdict.share),
    answers,
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

function practiced(card: CardPost, context: Context, { answer, verdict }: Read, practice: string) {
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
