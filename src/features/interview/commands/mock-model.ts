import { z } from 'zod';
import { explanationBlock, sourceBlocks } from '../../../session/solution.ts';
import { defineCommand } from '../../../spine/command.ts';
import { doneQuestion, loadSession } from '../interview-session.ts';

export const mockModel = defineCommand({
  name: 'mock model',
  summary: 'Show the model answer to a finished question',
  example: 'mock model interview:3 item:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Interview number'),
    item: z.int().min(1).describe('Question number in the interview'),
  }),

  async run({ interview, item }, context) {
    const session = await loadSession(interview, context);
    const { question } = doneQuestion(session, item).report;
    return {
      title: 'Model answer',
      blocks: [
        { kind: 'text', text: question.modelAnswer },
        explanationBlock(question),
        ...sourceBlocks(question, session.catalog.chapter(question.chapter)),
      ],
    };
  },
});
