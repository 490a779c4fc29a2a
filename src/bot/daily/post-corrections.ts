import { checkChoice, checkNumber, isScored, letterOf } from '../../core/questions/check-answer.ts';
import type { ChoiceQuestion, NumericQuestion } from '../../core/questions/schema.ts';
import { formatPoints } from '../../core/scoring/points.ts';
import type { NewOutboxRow, Post, PostState } from '../../store/schema.ts';
import { cut } from '../bank/question-card.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { accountOn, directRow, dueNow } from '../outbox.ts';
import { type Reply, say, type Text } from '../reply.ts';
import { withdrawnCard } from './daily-card.ts';
import { closingSlot, closingTime, questionRow } from './posting.ts';

/** Withdraws a posted question and notifies everyone who answered. */
export async function withdraw(post: Post, note: string, context: Context): Promise<Reply> {
  const { store, clock, emit } = context;
  const { question } = post;
  if (!question) throw new UserError('This day has no question to withdraw.');
  const at = clock.now();
  const told = await createNotifier(post, context, `withdrawn:${post.id}`);
  const done = await store.withdrawPost({
    postId: post.id,
    note,
    at,
    rows: (people) => [
      ...told(people, () =>
        say(
          `A question you answered was withdrawn: ${note}. ${post.isRated ? 'Its points were removed for everyone. ' : ''}Your streak isn't affected. Question: ${cut(question.prompt, 120)}`,
        ),
      ),
      ...editRow(post, context, withdrawnCard(question, note)),
    ],
  });
  if (!done) throw new UserError("This question isn't posted, or it was already withdrawn.");
  emit({ kind: 'withdrawn', post: String(post.id) });
  context.wake();
  return say(
    post.isRated
      ? "Withdrawn. Its points were removed, and I'm messaging everyone who answered."
      : "Withdrawn. I'm messaging everyone who answered. Answers that weren't shared stay private.",
  );
}

/**
 * Scores a posted question again with another answer key and notifies people whose points change.
 *
 * @throws UserError when it has no such key.
 */
export async function correct(
  post: Post,
  key: string | undefined,
  note: string,
  context: Context,
): Promise<Reply> {
  const { store, clock, emit } = context;
  const { question } = post;
  if (question && !isScored(question))
    throw new UserError([
      "Free-text questions don't have an answer key. Withdraw it instead: ",
      { command: `daily withdraw post:${post.id}` },
    ]);
  if (!question) throw new UserError('This day has no question to correct.');
  if (question.format === 'order')
    throw new UserError([
      "An ordering question's answer key can't be corrected. Withdraw it instead: ",
      { command: `daily withdraw post:${post.id}` },
    ]);
  if (!key) throw new UserError(keysOf(question, post.id));
  const corrected = correctedQuestion(question, { key, postId: post.id });
  const told = await createNotifier(post, context, `corrected:${post.id}:${corrected.version}`);
  const affected = await store.correctPost({
    postId: post.id,
    question: corrected,
    check: (answer) =>
      corrected.format === 'numeric'
        ? (checkNumber(corrected, answer)?.share ?? 0)
        : checkChoice(corrected, answer.split(',')).share,
    note,
    at: clock.now(),
    rows: (changes) =>
      changes.flatMap(({ personId, quarters }) =>
        told([personId], () =>
          say(
            `A question you answered was corrected: ${note}. Your points changed by ${quarters > 0 ? '+' : '−'}${formatPoints(Math.abs(quarters))}. Question: ${cut(question.prompt, 120)}`,
          ),
        ),
      ),
  });
  if (!affected) throw new UserError("This question isn't posted, so it can't be corrected.");
  emit({ kind: 'corrected', post: String(post.id) });
  context.wake();
  return say(`Answer key corrected. ${formatChanges(affected.length)}`);
}

function formatChanges(count: number): string {
  if (count === 0) return 'No scores changed.';
  if (count === 1) return "1 score changed, and I'm messaging that person.";
  return `${count} scores changed, and I'm messaging those people.`;
}

/** What a key can be; each person saw the options in their own order, so each is named. */
function keysOf(question: ChoiceQuestion | NumericQuestion, postId: number): Text {
  if (question.format === 'numeric')
    return [
      'Enter the correct number, like ',
      { command: `daily correct post:${postId} key:${question.answer}` },
      '.',
    ];
  const options = question.options.map(
    ({ text }, index) => `${letterOf(index)} = ${cut(text, 60)}`,
  );
  return [
    'Enter the correct letters, like ',
    { command: `daily correct post:${postId} key:b` },
    ' or ',
    { command: `daily correct post:${postId} key:"a,c"` },
    `. ${options.join(' · ')}`,
  ];
}

function correctedQuestion(
  question: ChoiceQuestion | NumericQuestion,
  { key, postId }: { key: string; postId: number },
) {
  const version = question.version + 1;
  if (question.format === 'numeric') {
    const answer = Number(key);
    if (!Number.isFinite(answer))
      throw new UserError(`"${key}" isn't a number. This question's answer key is a number.`);
    return { ...question, version, answer };
  }
  const right = new Set(
    key
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  const letters = question.options.map((_, index) => letterOf(index));
  if (right.size === 0 || [...right].some((letter) => !letters.includes(letter)))
    throw new UserError(keysOf(question, postId));
  return {
    ...question,
    version,
    options: question.options.map((option, index) => ({
      ...option,
      correct: right.has(letters[index] ?? ''),
    })),
  };
}

/** Direct messages to people on the post's platform, made before the write that sends them. */
async function createNotifier(post: Post, context: Context, key: string) {
  const { store, clock } = context;
  const answered = await store.answeredBy(post.id);
  const accounts = new Map<string, string>();
  for (const personId of answered) {
    const account = await accountOn(post.platform, personId, store);
    if (account) accounts.set(personId, account);
  }
  return (people: string[], reply: (personId: string) => Reply): NewOutboxRow[] =>
    people.flatMap((personId) => {
      const account = accounts.get(personId);
      if (!account) return [];
      return [
        directRow({
          key: `${key}:${personId}`,
          teamId: post.teamId,
          personId,
          platform: post.platform,
          postId: post.id,
          account,
          reply: reply(personId),
          at: clock.now(),
        }),
      ];
    });
}

function editRow(post: Post, { clock }: Context, reply: Reply): NewOutboxRow[] {
  if (!post.message) return [];
  const key = `withdrawn:${post.id}`;
  return [
    {
      key,
      teamId: post.teamId,
      platform: post.platform,
      what: 'closing',
      postId: post.id,
      outgoing: { kind: 'edit', channel: post.channel, message: post.message, reply, key },
      ...dueNow(clock.now()),
    },
  ];
}

/** Sends a post again that failed, or whose delivery is unknown and was not found. */
export async function repost(post: Post, context: Context): Promise<Reply> {
  const { store, clock, catalog } = context;
  const schedule = await store.schedule(post.scheduleId);
  const { question } = post;
  if (!schedule || !question) throw new UserError('This day has no question to post.');
  const closesAt = await closingSlot(schedule, post.day, context);
  const row = questionRow({
    schedule,
    post: { id: post.id, question, closesAt },
    at: clock.now(),
    key: `question:${post.id}:${context.seed.slice(0, 8)}`,
    catalog,
  });
  const from: PostState[] = ['failed', 'lost'];
  if (!(await store.repost({ postId: post.id, closesAt, rows: [row], from })))
    return say('This question is already posted or on its way.');
  context.wake();
  return { ...say('Posting it again now.'), update: true };
}

/** An admin has seen a post whose delivery was never confirmed. */
export async function confirmDelivered(post: Post, context: Context): Promise<Reply> {
  const { store, clock } = context;
  const at = clock.now();
  const proven = await store.provePosted({
    postId: post.id,
    channel: post.channel,
    message: post.message ?? '',
    at,
    closesAt: closingTime(post, at),
  });
  return {
    ...say(
      proven
        ? 'Got it. The question counts as posted, and so do its answers.'
        : 'This was already settled.',
    ),
    update: true,
  };
}
