import { z } from 'zod';
import { exampleOrder, type ScoredQuestion } from '../../../core/questions/check-answer.ts';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Button, Reply } from '../../../spine/reply.ts';
import { openHere } from '../answerable.ts';
import { showPosted, takeAnswer } from '../answering.ts';
import { takeTyped } from '../typed-answers.ts';

export const answer = defineCommand({
  name: 'answer',
  summary: 'Answer a question',
  example: 'answer 12 b',
  says: [
    {
      like: [
        'my answer is {typed}',
        'the answer is {typed}',
        'i think it is {typed}',
        'i choose {typed}',
        'i pick {typed}',
        'i say {typed}',
      ],
      takes: ['typed'],
      label: 'Show question',
    },
  ],
  visibility: 'private',
  hidden: true,
  onlyShows: ({ post }) => post === undefined,
  // All behind the question's number is the answer: in `answer 12 16 GiB` the 16 is no try.
  rewrites: [[/^\s*(\d+)\s+(?!\w+[:=]\S)([^"]+)$/, ' post:$1 typed:"$2"']],
  input: z.object({
    post: z.int().min(1).optional().describe('Question number (default: the open one)'),
    typed: z.string().max(60).optional().describe('Letters as you see them, or a number'),
    choice: z.string().max(20).optional().describe('Option letters, in the original order'),
    try: z.int().min(1).max(9).optional().describe('Try number'),
  }),

  run({ post, typed, choice, try: attempt = 1 }, context) {
    if (post === undefined) return offerAnswer(typed, context);
    // What is typed is read as that person sees it; only a button names letters in the original order.
    if (typed !== undefined) return takeTyped(post, typed, context);
    if (choice === undefined) return showPosted(post, context);
    const letters = choice
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort();
    return takeAnswer(
      {
        postId: post,
        attempt: () => attempt,
        read: ({ question }) => ('options' in question ? letters.join(',') : undefined),
        option: 'choice',
        refusal: (question) => refusal(question, choice),
      },
      context,
    );
  },
});

/** The open question, with a button that submits the answer to that one, whenever it's selected. */
async function offerAnswer(typed: string | undefined, context: Context): Promise<Reply> {
  const [post] = await openHere(context);
  if (!post)
    throw new UserError([
      'No open question right now. Run ',
      { command: 'daily' },
      ' to see more.',
    ]);
  const card = await showPosted(post.id, context);
  if (typed === undefined) return card;
  const run = runLine('answer', { post: post.id, typed });
  const submit: Button = { label: `Submit ${typed.toUpperCase()}`, run, style: 'primary' };
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: [submit] }] };
}

function refusal(question: ScoredQuestion, choice: string): string {
  const { format } = question;
  if (format === 'numeric') return "Enter a number for this question. This didn't use a try.";
  if (format === 'order')
    return `Enter every letter of this question in order, like ${exampleOrder(question.steps.length)}. This didn't use a try.`;
  return `"${choice}" isn't an option for this question. Select one of its buttons.`;
}
