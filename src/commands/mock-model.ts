import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { UserError } from '../bot/errors.ts';
import { findSitting } from '../bot/interview-sitting.ts';
import { solutionBlocks } from '../bot/solution.ts';

export const mockModel = defineCommand({
  name: 'mock model',
  summary: 'Read the model answer of a question that is done',
  example: 'mock model interview:3 item:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Number of the interview'),
    item: z.int().min(1).describe('Which question of it'),
  }),

  async run({ interview, item }, context) {
    const { state, catalog } = await findSitting(interview, context);
    const asked = state.items[item - 1];
    const question = asked && catalog.question(asked.questionId);
    if (!asked || !question)
      throw new UserError('That question was not asked. Press a button of the interview.');
    const isOpen =
      item === state.items.length && state.phase !== 'ready' && state.phase !== 'ended';
    if (isOpen)
      throw new UserError('First answer or skip this question; then its model answer is yours.');
    return {
      title: 'Model answer',
      blocks: solutionBlocks(question, catalog.chapter(question.chapter)),
    };
  },
});
