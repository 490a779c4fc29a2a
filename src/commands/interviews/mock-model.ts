import { z } from 'zod';
import { explanationBlocks } from '../../bot/bank/solution.ts';
import { defineCommand } from '../../bot/command.ts';
import { doneQuestion, loadSession } from '../../bot/interviews/interview-session.ts';

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
    const sitting = await loadSession(interview, context);
    const { question } = doneQuestion(sitting, item).report;
    return {
      title: 'Model answer',
      blocks: [
        { kind: 'text', text: question.modelAnswer },
        ...explanationBlocks(question, sitting.catalog.chapter(question.chapter)),
      ],
    };
  },
});
