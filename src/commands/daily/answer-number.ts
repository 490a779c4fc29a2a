import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { takeAnswer } from '../../bot/daily/answering.ts';
import { questionAbove } from '../../bot/daily/question-above.ts';
import type { ScoredQuestion } from '../../core/questions/check-answer.ts';

export const answerNumber = defineCommand({
  name: 'answer number',
  summary: 'Enter the number',
  example: 'answer number 12 value:"16 GiB"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    value: z.string().max(60).describe('A number with or without its unit, like 1.5 or 16 GiB'),
    try: z.int().min(1).max(9).optional().describe('Try number'),
  }),

  formAbout: ({ post }, context) => questionAbove(post, context),

  run: ({ post, value, try: attempt = 1 }, context) =>
    takeAnswer(
      {
        postId: post,
        attempt,
        read: ({ question }) => (question.format === 'numeric' ? value.trim() : undefined),
        option: 'value',
        refusal: (question) => refusal(question, value),
      },
      context,
    ),
});

function refusal(question: ScoredQuestion, value: string): string {
  if (question.format !== 'numeric') return 'This is a multiple-choice question. Select a letter.';
  const { unit, accepts = [] } = question;
  const units = [unit, ...accepts.map((other) => other.unit)].filter(Boolean).join(' or ');
  return `"${value}" isn't a number${units ? ` in ${units}` : ''}. Enter something like 1.5${unit ? ` ${unit}` : ''}. This didn't use a try.`;
}
