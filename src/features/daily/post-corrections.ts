import { checkChoice, checkNumber, isScored } from '../../core/questions/check-answer.ts';
import { formatPoints } from '../../core/scoring/points.ts';
import { personalOrder } from '../../session/answer-card.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { directRow, dueNow } from '../../spine/outbox.ts';
import { type Reply, say, type Text } from '../../spine/reply.ts';
import type { NewOutboxRow, Post } from '../../store/schema.ts';
import {
  askKey,
  type Correctable,
  correctedQuestion,
  isCorrectable,
  keyInWords,
  readKey,
  typedKey,
} from './answer-key.ts';
import { orderSeed } from './answering.ts';
import { closedCard, withdrawnCard } from './daily-card.ts';
import { postedCard } from './posting.ts';

/** The reason that people read when a correction is taken back. */
const UNDONE = 'a correction was undone';

/** The withdrawal as it will be, before anything changes. */
export async function askWithdraw(
  post: Post,
  note: string | undefined,
  { store }: Context,
): Promise<Reply> {
  const { question } = post;
  if (!question) throw new UserError('This day has no question to withdraw.');
  if (post.state !== 'posted') throw new UserError(NOT_WITHDRAWN);
  const { length } = await store.answeredBy(post.id);
  const points = post.isRated ? ' Its points are removed for everyone.' : '';
  const effect = `${points} I message everyone who answered. Streaks aren't affected.`;
  const given = note ? { note } : {};
  return {
    title: 'Withdraw this question?',
    blocks: [
      { kind: 'text', text: question.prompt },
      {
        kind: 'text',
        text: `${formatAnswered(length)}${length === 0 ? '' : effect}`,
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Withdraw question',
            run: runLine('daily fix', {
              post: post.id,
              do: 'withdraw',
              ...given,
              confirm: 'yes',
            }),
            style: 'danger',
          },
        ],
      },
    ],
  };
}

const NOT_WITHDRAWN = "This question isn't posted, or it was already withdrawn.";

function formatAnswered(people: number): string {
  if (people === 0) return 'No one has answered.';
  return people === 1 ? '1 person has answered.' : `${people} people have answered.`;
}

/** Withdraws a posted question and notifies everyone who answered. */
export async function withdraw(post: Post, note: string, context: Context): Promise<Reply> {
  const { store, clock, emit, seed } = context;
  const { question } = post;
  if (!question) throw new UserError('This day has no question to withdraw.');
  const at = clock.now();
  const told = await createNotifier(post, context, `withdrawn:${post.id}:${seed}`);
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
  if (!done) throw new UserError(NOT_WITHDRAWN);
  emit({ kind: 'withdrawn', post: String(post.id) });
  context.wake();
  return withUndo(
    post.isRated
      ? "Withdrawn. Its points were removed, and I'm messaging everyone who answered."
      : "Withdrawn. I'm messaging everyone who answered. Answers that weren't shared stay private.",
    { post: post.id, do: 'restore' },
  );
}

/** What was done, with a button that takes it back. */
function withUndo(text: string, undo: Record<string, string | number>, label = 'Undo'): Reply {
  return {
    update: true,
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [{ label, run: runLine('daily fix', undo) }] },
    ],
  };
}

/** Takes a withdrawal back: the question counts again, as long as it's open people answer it. */
export async function restore(post: Post, context: Context): Promise<Reply> {
  const { store, clock, catalog, emit, seed } = context;
  const { question } = post;
  if (!question) throw new UserError('This day has no question to bring back.');
  const told = await createNotifier(post, context, `restored:${post.id}:${seed}`);
  const { length } = await store.answeredBy(post.id);
  const chapter = catalog.chapter(question.chapter);
  const card =
    post.closedAt && isScored(question)
      ? closedCard({ id: post.id, question }, length, chapter)
      : postedCard({ id: post.id, question, closesAt: post.closesAt }, catalog);
  const done = await store.restorePost({
    postId: post.id,
    at: clock.now(),
    rows: (people) => [
      ...told(people, () =>
        say(
          `A withdrawn question is back: ${cut(question.prompt, 120)}${post.isRated ? ' Its points count again.' : ''}`,
        ),
      ),
      ...editRow(post, context, card),
    ],
  });
  if (!done) throw new UserError("This question isn't withdrawn, so there's nothing to undo.");
  emit({ kind: 'restored', post: String(post.id) });
  context.wake();
  const open = post.closedAt ? 'The question is back' : 'The question is open again';
  return { ...say(`${open}${post.isRated ? ', and its points count' : ''}.`), update: true };
}

/**
 * The question and its new key, read and checked.
 *
 * @throws UserError when it has no such key.
 */
function correctable(post: Post): Correctable {
  const { question } = post;
  if (!question) throw new UserError('This day has no question to correct.');
  if (!isCorrectable(question)) throw new UserError(NO_KEY);
  return question;
}

const NO_KEY = "This question's answer key can't be corrected.";

/** The order in which the person who corrects sees the options. */
const orderFor = (question: Correctable, { id }: Post, context: Context) =>
  personalOrder(question, orderSeed({ id, question }, context));

/** A question without a key that can be corrected can only be withdrawn. */
function withdrawInstead(post: Post): Reply | undefined {
  const { question } = post;
  if (!question || isCorrectable(question)) return undefined;
  const text: Text = isScored(question)
    ? "An ordering question's answer key can't be corrected. Withdraw it instead."
    : "Free-text questions don't have an answer key. Withdraw it instead.";
  const run = `daily fix post:${post.id} do:withdraw`;
  return {
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [{ label: 'Withdraw question', run }] },
    ],
  };
}

/** Asks for the key, or shows what would be correct, before anything changes. */
export async function askCorrect(
  post: Post,
  key: string | undefined,
  note: string | undefined,
  context: Context,
): Promise<Reply> {
  const { store } = context;
  const instead = withdrawInstead(post);
  if (instead) return instead;
  const question = correctable(post);
  if (post.state !== 'posted') throw new UserError(NOT_CORRECTED);
  const order = orderFor(question, post, context);
  if (!key) return askKey(question, post.id, { note, order });
  const read = readKey(question, key, order);
  const corrected = correctedQuestion(question, { key: read, order });
  const now = keyInWords(question, order);
  const after = keyInWords(corrected, order);
  if (now === after) return say(`That's already the answer key: ${now}`);
  const { length } = await store.answeredBy(post.id);
  return {
    title: 'Correct the answer key?',
    blocks: [
      { kind: 'text', text: question.prompt },
      {
        kind: 'fields',
        fields: [
          { label: 'Correct now', value: now },
          { label: 'Correct afterward', value: after },
          ...(note ? [{ label: 'Reason', value: note }] : []),
        ],
      },
      {
        kind: 'text',
        text: `${formatAnswered(length)} I score every answer again and message people whose points change.`,
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Correct answer key',
            run: runLine('daily fix', {
              post: post.id,
              do: 'correct',
              key: typedKey(corrected),
              ...(note ? { note } : {}),
              confirm: 'yes',
            }),
            style: 'primary',
          },
        ],
      },
    ],
  };
}

const NOT_CORRECTED = "This question isn't posted, so it can't be corrected.";

/**
 * Scores a posted question again with another answer key and notifies people whose points change.
 *
 * @throws UserError when it has no such key.
 */
export async function correct(
  post: Post,
  key: string,
  note: string,
  context: Context,
): Promise<Reply> {
  const { store, clock, emit } = context;
  const question = correctable(post);
  const order = orderFor(question, post, context);
  const corrected = correctedQuestion(question, { key, order });
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
  if (!affected) throw new UserError(NOT_CORRECTED);
  emit({ kind: 'corrected', post: String(post.id) });
  context.wake();
  const isUndo = note === UNDONE;
  const done = isUndo ? 'Correction undone.' : 'Answer key corrected.';
  return withUndo(
    `${done} Correct now: ${keyInWords(corrected, order)}. ${formatChanges(affected.length)}`,
    {
      post: post.id,
      do: 'correct',
      key: typedKey(question),
      ...(isUndo ? {} : { note: UNDONE }),
      confirm: 'yes',
    },
    isUndo ? 'Correct again' : 'Undo',
  );
}

function formatChanges(count: number): string {
  if (count === 0) return 'No scores changed.';
  if (count === 1) return "1 score changed, and I'm messaging that person.";
  return `${count} scores changed, and I'm messaging those people.`;
}

/** Direct messages to people on the post's platform, made before the write that sends them. */
async function createNotifier(post: Post, context: Context, key: string) {
  const { store, clock } = context;
  const accounts = await store.accountsAnswered(post);
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

function editRow(post: Post, { clock, seed }: Context, reply: Reply): NewOutboxRow[] {
  if (!post.message) return [];
  const key = `withdrawn:${post.id}:${seed}`;
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
