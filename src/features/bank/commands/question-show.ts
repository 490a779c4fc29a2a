import { z } from 'zod';
import { assertNotLive } from '../../../session/spoiler-guard.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block } from '../../../spine/reply.ts';
import { answeredItemCard, hintedItemCard, itemCard } from '../cards.ts';

export const questionShow = defineCommand({
  name: 'question show',
  summary: 'Show a question from the bank',
  example: 'question show c5-kv-why',
  says: [
    {
      like: [
        'show me {id}',
        'let me see question {id}',
        'display {id}',
        'read question {id}',
        'show {hints} hints for {id}',
        'hints for {id}',
        'show question {id}',
        'open question {id}',
        'show {id} with {hints}',
      ],
      label: 'Show question',
    },
    {
      like: [
        'solution of {id}',
        'answer of {id}',
        'solve {id}',
        'what is the right answer of {id}',
        'show {id} with the solution',
        'what is the answer to {id}',
        'show the solution of {id}',
      ],
      values: { answer: 'yes' },
      label: 'Show solution',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    id: z
      .string()
      .max(64)
      .meta({ suggests: 'questions' })
      .describe('Question ID, as the question shows it'),
    answer: z.boolean().optional().describe('Show the solution too'),
    hints: z.int().min(0).max(3).optional().describe('Number of hints to show'),
  }),

  async run({ id, answer, hints }, context) {
    const { catalog, store, team, person } = context;
    const question = catalog.question(id.trim().toLowerCase());
    if (!question)
      throw new UserError([
        `I can't find the question "${id}". Run `,
        { command: 'ask' },
        ' to look for it.',
      ]);
    const chapter = catalog.chapter(question.chapter);
    if (answer || hints) await assertNotLive(question.id, context);
    if (answer) {
      const card = answeredItemCard(question, chapter);
      const own = await store.ownQuestion(team.id, question.id);
      // The solutions of the bank are for everybody to read.
      if (!own?.question) return card;
      await store.markUnranked([question.id], person.id);
      return { ...card, blocks: [...card.blocks, SEEN] };
    }
    return hints ? hintedItemCard(question, hints, chapter) : itemCard(question, chapter);
  },
});

const SEEN: Block = {
  kind: 'note',
  text: "You've seen the solution, so this question won't earn you points.",
};
