import { z } from 'zod';
import { formatDay } from '../../../core/time.ts';
import { cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { Post } from '../../../store/schema.ts';
import { isBankAdmin } from '../../bank/question-review.ts';
import { isCorrectable } from '../answer-key.ts';
import { askCorrect, askWithdraw, correct, restore, withdraw } from '../post-corrections.ts';
import { confirmDelivered, repost, waysOn } from '../reposting.ts';
import { formatState } from '../schedule-words.ts';

export const dailyFix = defineCommand({
  name: 'daily fix',
  summary: 'Fix a daily question',
  example: 'daily fix post:3',
  says: [
    {
      like: [
        'question {post} is wrong so withdraw it',
        'remove question {post}',
        'question {post} should not count',
        'void question {post}',
        'withdraw question {post}',
        'take question {post} back',
        'question {post} was wrong so withdraw it',
        'cancel question {post}',
      ],
      values: { do: 'withdraw' },
      takes: ['post'],
      label: 'Withdraw question',
    },
    {
      like: [
        'restore question {post}',
        'bring question {post} back',
        'undo withdrawing question {post}',
      ],
      values: { do: 'restore' },
      takes: ['post'],
      label: 'Restore question',
    },
    {
      like: [
        'the answer of {post} should be {key}',
        'change the answer of question {post} to {key}',
        'the solution of question {post} is wrong it is {key}',
        'correct question {post}',
        'fix the answer of question {post} to {key}',
        'the right answer of question {post} is {key}',
        'correct question {post} the answer is {key}',
      ],
      values: { do: 'correct' },
      // "My answer is B" answers the open question.
      needs: ['question', 'correct', 'fix', 'change', 'right', 'should', 'wrong'],
      takes: ['post', 'key'],
      label: 'Correct question',
    },
  ],
  visibility: 'private',
  access: 'admin',
  hidden: true,
  // `daily withdraw post:3` was typed in full once; now it shows the question, with the button.
  rewrites: [[/^\s*(?:withdraw|restore|correct|again|found)\b/i, '']],
  input: z.object({
    post: z.int().min(1).optional().describe('Question number'),
    do: z
      .enum(['show', 'withdraw', 'restore', 'correct', 'again', 'found'])
      .default('show')
      .describe('What to do with it'),
    key: z
      .string()
      .max(60)
      .meta({ label: 'Correct answer' })
      .optional()
      .describe('Letters, or a number'),
    note: z
      .string()
      .max(200)
      .meta({ label: 'Reason' })
      .optional()
      .describe('People who answered will see it. You can leave it empty.'),
    confirm: z.boolean().optional().describe('Confirm withdrawing or correcting it'),
  }),

  async asks({ post: id, do: act, key, note, confirm }, context) {
    if (confirm || note !== undefined) return undefined;
    if (act !== 'correct') return act === 'withdraw' ? ['note'] : undefined;
    const { question } = await findPost(typeof id === 'number' ? id : undefined, context);
    if (!isCorrectable(question)) return undefined;
    if (key !== undefined) return ['note'];
    // An option is selected on a card; a number is typed.
    return question.format === 'numeric' ? ['key', 'note'] : undefined;
  },

  async run({ post: id, do: act, key, note, confirm }, context) {
    const post = await findPost(id, context);
    switch (act) {
      case 'show':
        return show(post, context);
      case 'withdraw':
        return confirm
          ? withdraw(post, note ?? 'it had a problem', context)
          : askWithdraw(post, note, context);
      case 'restore':
        return restore(post, context);
      case 'correct':
        return confirm && key
          ? correct(post, key, note ?? 'the answer key was wrong', context)
          : askCorrect(post, key, note, context);
      case 'again':
        return repost(post, context);
      case 'found':
        return confirmDelivered(post, context);
    }
  },
});

/** A question that was asked, with what an admin can do about it now. */
function show(post: Post, { locale }: Context): Reply {
  return {
    title: `Question ${post.id}`,
    blocks: [
      {
        kind: 'text',
        text: [`${formatDay(post.day, locale)}, `, ...formatState(post)],
      },
      { kind: 'text', text: cut(post.question?.prompt ?? 'none', 300) },
      { kind: 'buttons', buttons: waysOn(post) },
    ],
  };
}

/** @throws UserError when there is none, or it is of a team for which this person doesn't decide. */
async function findPost(id: number | undefined, context: Context): Promise<Post> {
  const { store, team } = context;
  const post = id === undefined ? (await store.recentPosts(team.id, 1))[0] : await store.post(id);
  if (!post && id === undefined) throw new UserError('No questions yet.');
  if (!post || !(await isBankAdmin(post.teamId, context)))
    throw new UserError([
      `I can't find question ${id}. Run `,
      { command: 'daily history' },
      ' to see question numbers.',
    ]);
  return post;
}
