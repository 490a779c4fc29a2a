import { z } from 'zod';
import { cut } from '../../../session/question-card.ts';
import { defineCommand } from '../../../spine/command.ts';

const SHOWN = 5;

export const search = defineCommand({
  name: 'search',
  summary: 'Search the question bank',
  example: 'search paged attention',
  says: [
    {
      like: [
        'is there something about {}',
        'is there something on {}',
        'something about {}',
        'got questions on {}',
        'got questions about {}',
        'show all questions about {}',
        'show all questions on {}',
        'all questions about {}',
        'list questions about {}',
        'are there questions on {}',
        'have you got questions on {}',
        'more questions on {}',
        'search the bank for {}',
        'search the question bank for {}',
        'what questions do you have on {}',
        'what questions do you have about {}',
        'which questions are there on {}',
        'everything about {}',
        'all about {}',
        'do we have something on {}',
        'anything about {}',
        'anything on {}',
        'is there anything on {}',
        'is there anything about {}',
        'find {}',
        'find something about {}',
        'find something on {}',
        'look for {}',
        'lookup {}',
        'look up {}',
        'give me questions about {}',
        'give me questions on {}',
        'show questions on {}',
        'i want questions about {}',
        'questions regarding {}',
        'search for {}',
        'search {}',
        'find questions about {}',
        'find questions on {}',
        'any questions on {}',
        'any questions about {}',
        'are there questions about {}',
        'do you have questions on {}',
        'do you have questions about {}',
        'look for questions on {}',
        'questions about {}',
        'questions on {}',
        'look up {} questions',
        'show me questions about {}',
      ],
      rest: 'words',
      label: 'Search questions',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    words: z.string().min(1).max(200).describe('What to search for, like paged attention'),
  }),

  async run({ words }, { catalog }) {
    const hits = await catalog.search(words, SHOWN);
    if (hits.length === 0)
      return {
        title: 'No questions found',
        blocks: [
          {
            kind: 'text',
            text: 'No questions match. Try fewer or different words, like KV cache, LoRA, or roofline.',
          },
          { kind: 'buttons', buttons: [{ label: 'Show chapters', run: 'chapters' }] },
        ],
      };
    return {
      title: `Results for "${cut(words, 60)}"`,
      blocks: hits.flatMap(({ question }, index) => [
        {
          kind: 'text' as const,
          text: [
            { bold: `${index + 1}. ` },
            cut(question.prompt, 160),
            {
              italic: ` ${catalog.chapter(question.chapter)?.title ?? ''}, ${question.difficulty}`,
            },
          ],
        },
        {
          kind: 'buttons' as const,
          buttons: [{ label: `Show ${index + 1}`, run: `question show id:${question.id}` }],
        },
      ]),
    };
  },
});
