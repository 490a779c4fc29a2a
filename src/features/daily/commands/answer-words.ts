import { z } from 'zod';
import { freeTextText } from '../../../session/free-text-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { submitFreeText } from '../free-text-answers.ts';
import { questionAbove } from '../question-above.ts';

export const answerWords = defineCommand({
  name: 'answer words',
  summary: 'Your answer',
  example: 'answer words 12 text:"The cache holds keys and values of past tokens"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    text: freeTextText(),
    shown: z
      .boolean()
      .meta({ inForm: true, label: 'Share with the team when it closes' })
      .optional()
      .describe('Shared with the other answers when the question closes'),
  }),

  formAbout: ({ post }, context) => questionAbove(post, context),

  /** The person's answer so far, to edit. */
  async prefill({ post }, { store, person }) {
    const before =
      typeof post === 'number' ? await store.freeTextAnswer(post, person.id) : undefined;
    return { text: before?.text, shown: before?.isShown ?? false };
  },

  run: ({ post, text, shown }, context) =>
    submitFreeText({ postId: post, text, isShown: shown }, context),
});
